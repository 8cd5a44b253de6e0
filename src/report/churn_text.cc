#include "report/churn_text.h"

#include <algorithm>
#include <numeric>

#include "base/format.h"
#include "base/json_writer.h"
#include "base/visible.h"
#include "insight/interval.h"
#include "report/churn_reason.h"
#include "report/terminal_chart.h"

namespace xinjing::report {
namespace {

using behaviour::Bounds;
using behaviour::ChurnStudy;

constexpr std::size_t kReasons = 4;
constexpr std::size_t kDrivers = 8;
constexpr std::size_t kBar = 40;

std::string percent(double share) {
  return fmt::format("{:.{}f}%", 100 * share, share < 0.0995 ? 1 : 0);
}

/// A bar and the blanks up to the figure behind it: every sign of a bar is three bytes, one column.
std::string padded_bar(double value, double highest) {
  std::string out = bar(value, highest, kBar);
  const std::size_t columns = out.size() / std::string_view("█").size();
  out.append(kBar + 2 - columns, ' ');
  return out;
}

std::string bounds(const Bounds& one) {
  return fmt::format("{:.3f} (95% {:.3f}–{:.3f})", one.value, one.low, one.high);
}

std::string gained(const Bounds& one) {
  return fmt::format("{:+.3f} (95% {:+.3f} … {:+.3f})", one.value, one.low, one.high);
}

std::string head_text(const ChurnShown& shown, bool zh) {
  const ChurnStudy& study = shown.study;
  const double share = double(study.leavers) / double(study.customers);
  std::string out = zh ? fmt::format("流失：{}\n", shown.leaving.zh)
                       : fmt::format("Churn: {}\n", shown.leaving.en);
  out += zh ? fmt::format("学自 {} 位客户，其中 {} 位离开（{}）", study.customers, study.leavers,
                          percent(share))
            : fmt::format("Learned from {} customers, {} of whom left ({})", study.customers,
                          study.leavers, percent(share));
  if (shown.in_time) {
    out += zh ? fmt::format("，{} 个客户时段", study.cross.p.size())
              : fmt::format(", in {} periods of customers", study.cross.p.size());
  }
  return out + (zh ? "。\n\n" : ".\n\n");
}

std::string area_text(const ChurnShown& shown, bool zh) {
  const ChurnStudy& study = shown.study;
  std::string out =
      zh ? "区分力（AUC，0.5 为瞎猜，1 为全对）\n" : "Ranking (AUC: 0.5 is chance, 1 is perfect)\n";
  const auto line = [&](const char* en, const char* chinese, const std::string& value) {
    out += fmt::format("  {}{}\n", padded(zh ? chinese : en, 44), value);
  };
  line("cross-validation by customers", "按客户交叉验证", bounds(area_bounds(study.cross)));
  if (!study.forward.p.empty()) {
    const std::string day = iso_date({study.forward_at});
    line(("the same, seen from " + day).c_str(), ("其中从 " + day + " 看的").c_str(),
         bounds(area_bounds(study.last_day)));
    line(("forward: learned before " + day).c_str(), ("向前检验：只学 " + day + " 之前").c_str(),
         bounds(area_bounds(study.forward)));
  }
  if (shown.gain) {
    line("acts alone", "只看行为", bounds(*shown.acts_alone));
    line("what the words add, same customers", "加上言语的增益（同一批客户）", gained(*shown.gain));
  }
  const behaviour::Brier brier = behaviour::brier(study.cross);
  line("Brier score (of the base rate alone)", "Brier 分（只报总体比例时）",
       fmt::format("{:.4f} ({:.4f})", brier.score, brier.of_base_rate));
  return out + "\n";
}

std::string calibration_text(const ChurnShown& shown, bool zh) {
  std::string out = zh ? "校准：说的概率与实际（交叉验证）\n"
                       : "Calibration: what was said and what happened (cross-validation)\n";
  out += fmt::format("  {}{}{}\n", padded(zh ? "说的" : "said", 10),
                     padded(zh ? "实际（95% 区间）" : "happened (95%)", 26), zh ? "数量" : "rows");
  for (const behaviour::Bin& bin : calibration_bins(shown.study.cross)) {
    const insight::Interval share = insight::share_interval(bin.events, bin.rows);
    const bool within = bin.mean_p >= share.low && bin.mean_p <= share.high;
    out += fmt::format("  {}{}{}{}\n", padded(percent(bin.mean_p), 10),
                       padded(fmt::format("{} ({}–{})", percent(bin.events / bin.rows),
                                          percent(share.low), percent(share.high)),
                              26),
                       fmt::format("{:.0f}", bin.rows),
                       within ? "" : (zh ? "  不在区间内" : "  outside"));
  }
  return out + "\n";
}

std::string gain_text(const ChurnShown& shown, bool zh) {
  std::string out =
      zh ? "增益：先联系风险最高的人，能赶上多少要走的人\n"
         : "Gain: calling those at most risk first reaches this share of the leavers\n";
  const std::vector<double> gain = gain_curve(shown.study.cross);
  for (std::size_t i = 0; i < gain.size(); ++i) {
    out +=
        fmt::format("  {:>4}%  {}{:.0f}%\n", 10 * (i + 1), padded_bar(gain[i], 1), 100 * gain[i]);
  }
  return out + "\n";
}

std::string drivers_text(const ChurnShown& shown, bool zh) {
  std::string out =
      zh ? "与离开相伴的因素（平均改变对数几率多少；相关，不等于因果）\n"
         : "What goes with leaving (mean change of the log odds; no proof of cause)\n";
  const std::vector<double>& weight = shown.study.weight;
  const std::vector<std::size_t> first = strongest(weight, 1, kDrivers);
  for (const std::size_t c : first) {
    out += fmt::format(
        "  {}{}{:.2f}\n",
        padded(visible_line(churn_label(shown.all.columns[c].name, zh ? Lang::kZh : Lang::kEn)),
               44),
        padded_bar(weight[c], weight[first.front()]), weight[c]);
  }
  if (first.empty()) out += zh ? "  没有\n" : "  nothing\n";
  return out + "\n";
}

std::string reasons(const ChurnShown& shown, std::uint32_t row, const std::vector<double>& parts,
                    double sign, Lang lang) {
  std::string out;
  for (const std::size_t c : strongest(parts, sign, kReasons)) {
    out += fmt::format("{}{} {:+.1f}", out.empty() ? "" : (lang == Lang::kZh ? "；" : "; "),
                       churn_reason(shown.all.columns[c], row, lang), parts[c]);
  }
  return visible_line(out);
}

void write_bounds(JsonWriter& json, std::string_view name, const Bounds& one) {
  json.key(name).begin_object().field("value", one.value).field("low", one.low);
  json.field("high", one.high).end_object();
}

void write_study(JsonWriter& json, const ChurnShown& shown, Lang lang) {
  const ChurnStudy& study = shown.study;
  json.begin_object().key("study").begin_object();
  json.field("leaving", shown.leaving.in(lang));
  json.field("customers", std::int64_t(study.customers));
  json.field("left", std::int64_t(study.leavers));
  json.field("rows", std::int64_t(study.cross.p.size()));
  write_bounds(json, "auc", area_bounds(study.cross));
  if (!study.forward.p.empty()) {
    write_bounds(json, "auc_last_day", area_bounds(study.last_day));
    write_bounds(json, "auc_forward", area_bounds(study.forward));
    json.field("forward_from", iso_date({study.forward_at}));
  }
  if (shown.gain) {
    write_bounds(json, "auc_acts_alone", *shown.acts_alone);
    write_bounds(json, "gain_of_words", *shown.gain);
  }
  const behaviour::Brier brier = behaviour::brier(study.cross);
  json.field("brier", brier.score).field("brier_of_base_rate", brier.of_base_rate);
  json.field("ridge", study.model.ridge, 1).field("calibration_slope", study.model.slope);
  json.key("calibration").begin_array();
  for (const behaviour::Bin& bin : calibration_bins(study.cross)) {
    json.begin_object().field("said", bin.mean_p).field("happened", bin.events / bin.rows);
    json.field("rows", std::int64_t(bin.rows)).end_object();
  }
  json.end_array().key("gain").begin_array();
  for (const double share : gain_curve(study.cross)) json.number(share);
  json.end_array().key("drivers").begin_object();
  for (const std::size_t c : strongest(study.weight, 1, study.weight.size())) {
    json.field(shown.all.columns[c].name, study.weight[c], 3);
  }
  json.end_object().end_object().end_object();
}

void write_reasons(JsonWriter& json, const ChurnShown& shown, std::uint32_t row,
                   const std::vector<double>& parts, double sign, Lang lang) {
  json.begin_array();
  for (const std::size_t c : strongest(parts, sign, kReasons)) {
    json.begin_object().field("what", shown.all.columns[c].name);
    json.field("says", churn_reason(shown.all.columns[c], row, lang));
    json.field("adds", parts[c], 3).end_object();
  }
  json.end_array();
}

}  // namespace

std::string churn_study_text(const ChurnShown& shown, Lang lang) {
  const bool zh = lang == Lang::kZh;
  return head_text(shown, zh) + area_text(shown, zh) + calibration_text(shown, zh) +
         gain_text(shown, zh) + drivers_text(shown, zh);
}

std::string churn_people_text(const ChurnShown& shown, Lang lang) {
  const bool zh = lang == Lang::kZh;
  std::string out =
      zh ? fmt::format("风险最高的客户（{}）\n", visible_line(shown.leaving.zh))
         : fmt::format("Customers at most risk ({})\n", visible_line(shown.leaving.en));
  for (std::size_t i = 0; i < shown.names.size(); ++i) {
    const std::uint32_t row = shown.told[i];
    const std::vector<double> parts = shown.study.model.parts(shown.all, row);
    const std::string because = reasons(shown, row, parts, 1, lang);
    const std::string against = reasons(shown, row, parts, -1, lang);
    out +=
        fmt::format("  {}{}\n", padded(percent(shown.risks[i]), 7), visible_line(shown.names[i]));
    if (!because.empty()) out += fmt::format("         {}{}\n", zh ? "因为：" : "for: ", because);
    if (!against.empty()) {
      out += fmt::format("         {}{}\n", zh ? "反面：" : "against: ", against);
    }
  }
  const std::size_t left = shown.told.size() - shown.names.size();
  if (left > 0) {
    out += zh ? fmt::format("  ……另有 {} 位（--limit 0 全部列出）\n", left)
              : fmt::format("  ... and {} more (--limit 0 shows all)\n", left);
  }
  return out;
}

std::string churn_json(const ChurnShown& shown, Lang lang) {
  std::string out;
  {
    JsonWriter json(out);
    write_study(json, shown, lang);
  }
  out += '\n';
  for (std::size_t i = 0; i < shown.names.size(); ++i) {
    const std::uint32_t row = shown.told[i];
    const std::vector<double> parts = shown.study.model.parts(shown.all, row);
    {
      JsonWriter json(out);
      json.begin_object().field("customer", shown.names[i]).field("risk", shown.risks[i]);
      json.key("for");
      write_reasons(json, shown, row, parts, 1, lang);
      json.key("against");
      write_reasons(json, shown, row, parts, -1, lang);
      json.end_object();
    }
    out += '\n';
  }
  return out;
}

}  // namespace xinjing::report
