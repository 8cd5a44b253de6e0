#include "psychology/deeds.h"

#include <algorithm>

#include "base/format.h"
#include "base/tsv.h"
#include "language/lexicon_words.h"
#include "language/normalise.h"

namespace xinjing::psychology {
namespace {

constexpr std::string_view kHeader = "table\twords\tacts\tnote";
constexpr std::size_t kMostActs = 30;
constexpr std::array<std::string_view, kDeedTables> kIds = {"orders", "touchpoints", "events"};
constexpr std::string_view kNone = "-";

/// The bits of names joined by '+'; nothing for a name that is not among them.
std::optional<language::Acts> bits_of(std::string_view names, const std::vector<std::string>& acts,
                                      std::string_view& unknown) {
  language::Acts bits = 0;
  for (const std::string_view name : split(names, '+')) {
    const auto at = std::find(acts.begin(), acts.end(), name);
    unknown = name;
    if (at == acts.end()) return {};
    bits |= language::Acts{1} << (at - acts.begin());
  }
  return bits;
}

}  // namespace

std::string_view table_id(DeedTable table) { return kIds[static_cast<std::size_t>(table)]; }

Said table_label(DeedTable table) {
  const std::array<Said, kDeedTables> kLabels = {
      {{"orders", "订单"}, {"touchpoints", "办理记录"}, {"events", "行为事件"}}};
  return kLabels[static_cast<std::size_t>(table)];
}

Said deed_in_words(const Deed& deed) {
  Said what{deed.what, deed.what};
  if (deed.paid) {
    constexpr double kUnits = 10'000;
    const std::string money = fmt::format("{:.2f}{}{}", double(*deed.paid) / kUnits,
                                          deed.currency.empty() ? "" : " ", deed.currency);
    what = {money + " paid back", "退款 " + money};
  }
  if (!deed.who.empty()) what.en += ", " + deed.who, what.zh += "，" + deed.who;
  if (!deed.id.empty()) what.en += " (" + deed.id + ")", what.zh += "（" + deed.id + "）";
  const Said table = table_label(deed.table);
  return {fmt::format("row {} of {}: {}", deed.row, table.en, what.en),
          fmt::format("{}表第 {} 行：{}", table.zh, deed.row, what.zh)};
}

Result<DeedWords> DeedWords::parse(std::string_view text, std::string_view name) {
  DeedWords out;
  const Status read = TsvReader(text, name, kHeader).each([&](const TsvRow& row) -> Status {
    const auto& cells = row.cells;
    if (out.x_acts.empty()) {
      if (cells[0] != "promise" || cells[1] != kNone || cells[2].empty()) {
        return row.refuse(cells[0], {"the first row is: promise, -, acts joined by +",
                                     "第一行应为：promise、-、以 + 相连的 act 名称"});
      }
      for (const std::string_view act : split(cells[2], '+')) out.x_acts.emplace_back(act);
      if (out.x_acts.size() > kMostActs) {
        return row.refuse(cells[2], {fmt::format("at most {} acts", kMostActs),
                                     fmt::format("最多 {} 种 act", kMostActs)});
      }
      return {};
    }
    const auto id = std::find(kIds.begin(), kIds.end(), cells[0]);
    if (id == kIds.end()) return row.refuse(cells[0], {"there is no such table", "没有这张表"});
    Words& table = out.x_tables[static_cast<std::size_t>(id - kIds.begin())];
    language::Acts acts = 0;
    if (cells[2] != kNone) {
      std::string_view unknown;
      const auto bits = bits_of(cells[2], out.x_acts, unknown);
      if (!bits) {
        return row.refuse(unknown, {"the first row names no such act", "第一行没有这种 act"});
      }
      acts = *bits;
    }
    if (cells[1] == kNone) {
      table.always |= acts;
      return {};
    }
    Result<std::vector<std::u32string>> words =
        language::words_of(row, cells[1], table.words.size());
    if (!words) return words.failure();
    table.acts.resize(table.acts.size() + words->size(), acts);
    std::move(words->begin(), words->end(), std::back_inserter(table.words));
    return {};
  });
  if (!read) return read.failure();
  for (Words& table : out.x_tables) table.index = language::PhraseIndex(table.words);
  return out;
}

std::optional<language::Acts> DeedWords::shown(const Words& words, std::string_view text) {
  // "refund_paid" and "refund.paid" are words too.
  std::string plain(text);
  std::replace_if(
      plain.begin(), plain.end(), [](char c) { return c == '_' || c == '.'; }, ' ');
  language::Normalised normal;
  language::normalise(plain, normal);
  std::vector<language::FoundPhrase> found;
  words.index.find(normal.chars, found);
  language::Acts acts = 0;
  Span last;
  for (const language::FoundPhrase& one : found) {  // by place, the longest first
    if (one.chars.end <= last.end && one.chars != last) continue;
    last = one.chars;
    if (words.acts[one.phrase] == 0) return {};
    acts |= words.acts[one.phrase];
  }
  return acts;
}

language::Acts DeedWords::acts_of(DeedTable table, std::string_view what,
                                  std::string_view status) const {
  const Words& words = x_tables[static_cast<std::size_t>(table)];
  const std::optional<language::Acts> acts = shown(words, what);
  if (!acts || !shown(words, status)) return 0;
  return *acts | words.always;
}

}  // namespace xinjing::psychology
