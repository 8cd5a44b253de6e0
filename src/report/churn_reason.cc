#include "report/churn_reason.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "base/format.h"

namespace xinjing::report {
namespace {

constexpr double kNothing = 0.05;

enum class Scale { kWhole, kTenth, kYears, kTimes };

/// How a column of a company's rows is told; {} is its value.
struct Wording {
  std::string_view name;
  std::string_view label_en, label_zh, said_en, said_zh;
  Scale scale = Scale::kWhole;
};

constexpr Wording kWordings[] = {
    {"order_recency", "days since the last order", "距上次下单天数", "no order for {} days",
     "已 {} 天没有下单"},
    {"orders", "orders", "订单数", "{} orders so far", "累计 {} 单"},
    {"orders_30", "orders in 30 days", "近 30 天订单数", "{} orders in 30 days", "近 30 天 {} 单"},
    {"orders_90", "orders in 90 days", "近 90 天订单数", "{} orders in 90 days", "近 90 天 {} 单"},
    {"order_age", "days since the first order", "距首次下单天数", "first order {} days ago",
     "首次下单在 {} 天前"},
    {"order_gap", "mean days between orders", "平均下单间隔", "orders every {} days",
     "平均每 {} 天下单一次"},
    {"order_lateness", "silence against the usual gap", "沉默与平常间隔之比",
     "silent for {} times the usual gap", "沉默已是平常间隔的 {} 倍", Scale::kTimes},
    {"spent", "money spent", "累计消费", "spent {} so far", "累计消费 {}"},
    {"returns", "returns", "退货次数", "{} returns", "退货 {} 次"},
    {"event_recency", "days since the last event", "距上次行为天数", "no event for {} days",
     "已 {} 天没有登录、浏览等行为"},
    {"events_30", "events in 30 days", "近 30 天行为数", "{} events in 30 days",
     "近 30 天行为 {} 次"},
    {"events_90", "events in 90 days", "近 90 天行为数", "{} events in 90 days",
     "近 90 天行为 {} 次"},
    {"talk_recency", "days since the last contact", "距上次联系天数", "last contact {} days ago",
     "上次联系在 {} 天前"},
    {"talks_90", "conversations in 90 days", "近 90 天对话数", "{} conversations in 90 days",
     "近 90 天对话 {} 段"},
    {"visits_90", "visits and cases in 90 days", "近 90 天到访与工单数",
     "{} visits or cases in 90 days", "近 90 天到访与工单 {} 次"},
    {"registered_age", "years as a customer", "客户年数", "customer for {} years", "成为客户 {} 年",
     Scale::kYears},
    {"kind", "kind of customer", "客户类型", "", ""},
    {"level", "level of customer", "客户等级", "", ""},
    {"satisfaction_last", "satisfaction in the last conversation", "最近一段对话的满意度",
     "satisfaction {} in the last conversation (-2 to 2)", "最近一段对话满意度 {}（-2 到 2）",
     Scale::kTenth},
    {"unresolved", "last conversation left displeased", "最近一段对话以不满收场",
     "the last conversation was left displeased: {}", "最近一段对话以不满收场：{}"},
    {"escalation_180", "escalation in 180 days", "近 180 天升级风险",
     "escalation up to {} in 180 days (0 to 2)", "近 180 天升级程度至 {}（0 到 2）", Scale::kTenth},
    {"waver_180", "words of wavering or leaving in 180 days", "近 180 天动摇或要走的话",
     "words of wavering or leaving: {} nats in 180 days", "近 180 天动摇或要走的话 {} 奈特",
     Scale::kTenth},
    {"unmet_180", "unmet expectations and promises in 180 days", "近 180 天落空的期望与承诺",
     "{} expectations or promises unmet in 180 days", "近 180 天落空的期望与承诺 {} 项"}};

const Wording* wording_of(std::string_view name) {
  const auto* found = std::ranges::find(kWordings, name, &Wording::name);
  return found == std::end(kWordings) ? nullptr : found;
}

std::string figure(double value, Scale scale) {
  switch (scale) {
    case Scale::kTenth:
      return fmt::format("{:.1f}", value);
    case Scale::kYears:
      return fmt::format("{:.1f}", value / 365.25);
    case Scale::kTimes:
      return fmt::format("{:.1f}", std::exp(value));
    case Scale::kWhole:
      break;
  }
  return fmt::format("{:.0f}", value);
}

/// A number as it would be written by hand: 70.7, 140, 0.25.
std::string plain(double value) { return fmt::format("{:.6g}", value); }

}  // namespace

std::string churn_label(std::string_view name, Lang lang) {
  const Wording* const wording = wording_of(name);
  if (wording == nullptr) return std::string(name);
  return std::string(lang == Lang::kZh ? wording->label_zh : wording->label_en);
}

std::string churn_reason(std::string_view name, double value, std::string_view level, Lang lang) {
  const bool zh = lang == Lang::kZh;
  const std::string label = churn_label(name, lang);
  if (!level.empty()) return fmt::format("{}{}{}", label, zh ? "＝" : " = ", level);
  if (std::isnan(value)) return label + (zh ? "：未知" : ": not known");
  const Wording* const wording = wording_of(name);
  if (wording == nullptr) return fmt::format("{}{}{}", label, zh ? "＝" : " = ", plain(value));
  if (name == "unresolved") {
    return fmt::format(fmt::runtime(zh ? wording->said_zh : wording->said_en),
                       value > 0 ? (zh ? "是" : "yes") : (zh ? "否" : "no"));
  }
  return fmt::format(fmt::runtime(zh ? wording->said_zh : wording->said_en),
                     figure(value, wording->scale));
}

std::string churn_reason(const behaviour::Covariate& column, std::uint32_t row, Lang lang) {
  if (!column.of_words()) return churn_reason(column.name, column.numbers[row], "", lang);
  const std::int32_t word = column.words[row];
  return churn_reason(column.name, std::nan(""),
                      word < 0 ? "" : std::string_view(column.levels[std::size_t(word)]), lang);
}

std::vector<std::size_t> strongest(const std::vector<double>& parts, double sign,
                                   std::size_t most) {
  std::vector<std::size_t> out(parts.size());
  std::iota(out.begin(), out.end(), std::size_t(0));
  std::erase_if(out, [&](std::size_t c) { return sign * parts[c] < kNothing; });
  std::stable_sort(out.begin(), out.end(),
                   [&](std::size_t a, std::size_t b) { return sign * parts[a] > sign * parts[b]; });
  if (out.size() > most) out.resize(most);
  return out;
}

}  // namespace xinjing::report
