#include "report/followed_text.h"

#include <array>

#include "base/format.h"
#include "base/visible.h"
#include "psychology/deeds.h"

namespace xinjing::report {
namespace {

using psychology::Deed;
using psychology::PromiseStatus;

/// "2026-03-09 10:00".
std::string minute_text(Instant at, int zone_minutes) {
  const std::string iso = iso_time(at, zone_minutes);
  constexpr std::size_t kDate = 10, kTime = 5;
  return iso.substr(0, kDate) + " " + iso.substr(kDate + 1, kTime);
}

std::string in_quotes(std::string_view words) { return fmt::format("“{}”", visible_line(words)); }

struct StatusWords {
  std::string_view id;
  Said words;
};

/// What became of what a customer asked for.
Said fate_of(std::string_view status) {
  static const std::array kFates = {
      StatusWords{"open", {"open, nothing heard yet", "未了，还没有下文"}},
      StatusWords{"met", {"met", "办到了"}},
      StatusWords{"unmet", {"not met", "没有办到"}},
      StatusWords{"exceeded", {"more than asked for", "比要的还多"}},
      StatusWords{"withdrawn", {"withdrawn by the customer", "客户不要了"}},
      StatusWords{"expired", {"overdue, nothing heard", "过期无下文"}}};
  for (const StatusWords& one : kFates) {
    if (one.id == status) return one.words;
  }
  return {std::string(status), std::string(status)};
}

/// How an entry ended, as both kinds have it.
struct Ending {
  std::string fate;
  std::optional<Instant> at;
  std::string by;  // the words
  const std::optional<Deed>& deed;
  const std::optional<language::Amount>& amount;
  const std::optional<language::Amount>& came;
};

std::vector<std::string> lines_of(const Ending& end, int zone, Lang lang) {
  const bool zh = lang == Lang::kZh;
  std::string line = end.fate;
  if (end.at) line = minute_text(*end.at, zone) + " " + line;
  if (!end.by.empty()) line += (zh ? "：" : ": ") + in_quotes(end.by);
  std::vector<std::string> out = {line};
  if (end.amount && end.came) {
    out.push_back(fmt::format(fmt::runtime(zh ? "应为 {} {}，实为 {}" : "{} {} was due, {} came"),
                              end.amount->number, end.amount->unit, end.came->number));
  }
  if (end.deed) out.push_back(visible_line(deed_in_words(*end.deed).in(lang)));
  return out;
}

Said giver_in_words(std::string_view giver) {
  if (giver == "contract") return {"in a contract", "合同上"};
  if (giver == "advert") return {"in an advertisement", "广告上"};
  if (giver == "company") return {"by the company, as the customer tells", "公司（客户转述）"};
  return {"by an agent", "坐席"};
}

}  // namespace

std::vector<std::string> fate_lines(const profile::Expectation& one, int zone, Lang lang) {
  const bool zh = lang == Lang::kZh;
  std::string what = visible_line(one.content.in(lang));
  if (!one.to.empty()) {
    what += fmt::format(fmt::runtime(zh ? "（对{}提的）" : " (asked of {})"), visible_line(one.to));
  }
  std::vector<std::string> out = {what};
  const Ending end{
      fate_of(one.status).in(lang), one.changed_at, one.changed_by, one.deed, one.amount, one.came};
  for (std::string& line : lines_of(end, zone, lang)) out.push_back(std::move(line));
  return out;
}

std::string followed_text(const profile::Portrait& portrait, Lang lang) {
  const bool zh = lang == Lang::kZh;
  const int zone = portrait.zone_minutes;
  std::string asked, promised;
  const auto add = [](std::string& to, const std::vector<std::string>& lines) {
    for (const std::string& line : lines) to += "    " + line + "\n";
  };
  for (const profile::Expectation& one : portrait.expectations) {
    if (!one.followed) continue;
    asked += fmt::format("  {} {}\n", minute_text(one.asked_at.value_or(Instant{}), zone),
                         in_quotes(one.quote));
    add(asked, fate_lines(one, zone, lang));
  }
  for (const profile::PromiseLine& one : portrait.promises) {
    promised +=
        fmt::format("  {} {}{}{}\n", minute_text(one.made_at.value_or(Instant{}), zone),
                    giver_in_words(one.giver).in(lang), zh ? "：" : ": ", in_quotes(one.quote));
    promised += "    " + visible_line(one.content.in(lang)) + "\n";
    const Ending end{status_label(one.status).in(lang),
                     one.changed_at,
                     one.changed_by,
                     one.deed,
                     one.amount,
                     one.came};
    add(promised, lines_of(end, zone, lang));
  }
  std::string out;
  if (!asked.empty()) {
    out += (zh ? "\n客户要求过的，后来怎样（最近的在前）\n"
               : "\nWhat the customer asked for, and what became of it (the latest first)\n") +
           asked;
  }
  if (!promised.empty()) {
    out += (zh ? "\n承诺过的，后来怎样（最近的在前）\n"
               : "\nWhat was promised, and what became of it (the latest first)\n") +
           promised;
  }
  return out;
}

}  // namespace xinjing::report
