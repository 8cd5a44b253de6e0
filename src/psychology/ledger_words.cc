#include "psychology/ledger_words.h"

#include <algorithm>
#include <iterator>
#include <limits>
#include <set>

#include "evidence/confirmation.h"

namespace xinjing::psychology {
namespace {

language::Giver giver_named(std::string_view id) {
  using language::Giver;
  for (const Giver giver : {Giver::kCompany, Giver::kContract, Giver::kAdvert, Giver::kCustomer}) {
    if (giver_id(giver) == id) return giver;
  }
  return Giver::kAgent;
}

}  // namespace

ActBits::ActBits(std::span<const std::string> first) {
  for (const std::string& name : first) x_names.emplace(name, x_names.size());
}

language::Acts ActBits::of(std::string_view names) {
  constexpr std::size_t kMost = 31;
  language::Acts acts = 0;
  while (!names.empty()) {
    const std::size_t end = std::min(names.find('+'), names.size());
    const auto name = x_names.emplace(names.substr(0, end), x_names.size()).first;
    acts |= language::Acts{1} << std::min(name->second, kMost);
    names.remove_prefix(std::min(names.size(), end + 1));
  }
  return acts;
}

void add_words(const evidence::PromiseWordRow& row, const Place& at, std::string_view text,
               ActBits& bits, std::vector<Promise>& promises, std::vector<News>& news) {
  const std::string quote(slice(text, row.span));
  const bool wanted = row.what == "wanted";
  if (wanted || row.what == "told" || row.what == "promise") {
    promises.push_back({.at = at,
                        .span = row.span,
                        .quote = quote,
                        .told = row.what == "told",
                        .due = row.due,
                        .due_to_the_minute = row.due_to_the_minute,
                        .amount = row.amount,
                        .acts = bits.of(row.acts),
                        .moves = row.recalls,
                        .wanted = wanted,
                        .giver = giver_named(row.giver),
                        .object = std::string(slice(text, row.object))});
    return;
  }
  for (const auto outcome : {language::Outcome::kMet, language::Outcome::kUnmet,
                             language::Outcome::kExceeded, language::Outcome::kWithdrawn}) {
    if (outcome_id(outcome) != row.what) continue;
    news.push_back({.at = at,
                    .span = row.span,
                    .quote = quote,
                    .context = std::string(text),
                    .outcome = outcome,
                    .acts = bits.of(row.acts),
                    .recalls = row.recalls,
                    .amount = row.amount,
                    .measures = row.measures});
  }
}

std::vector<evidence::PromiseFate> fates_of_talk(std::span<const evidence::PromiseWordRow> rows,
                                                 std::span<const language::Turn> turns) {
  std::vector<Promise> promises;
  std::vector<News> news;
  ActBits bits({});
  std::map<std::pair<Place, Span>, std::string> aspects;
  Instant last{};
  for (const evidence::PromiseWordRow& row : rows) {
    const language::Turn& turn = turns[row.turn];
    const Place at{turn.time.value_or(last), 0, row.turn};
    last = at.time;
    aspects.emplace(std::pair{at, row.span}, row.aspect);
    add_words(row, at, turn.text, bits, promises, news);
  }
  std::vector<evidence::PromiseFate> out;
  if (promises.empty() || news.empty()) return out;
  for (const LedgerEntry& entry : fold_ledger(std::move(promises), std::move(news), last)) {
    const bool known = entry.status == PromiseStatus::kMet ||
                       entry.status == PromiseStatus::kUnmet ||
                       entry.status == PromiseStatus::kExceeded;
    if (!known || !entry.changed_at) continue;
    const evidence::PromiseFate fate{.aspect = aspects[{entry.promise.at, entry.promise.span}],
                                     .status = std::string(status_id(entry.status)),
                                     .turn = static_cast<std::uint32_t>(entry.changed_at->turn_no),
                                     .span = entry.changed_span};
    // One matter that was promised and asked for is told once.
    const bool again = std::any_of(out.begin(), out.end(), [&](const auto& other) {
      return other.turn == fate.turn && other.span == fate.span && other.status == fate.status;
    });
    if (!again) out.push_back(fate);
  }
  return out;
}

namespace {

constexpr Instant kEver{std::numeric_limits<std::int64_t>::max()};

bool is_known(PromiseStatus status) {
  return status == PromiseStatus::kMet || status == PromiseStatus::kUnmet ||
         status == PromiseStatus::kExceeded;
}

/// Whether a conversation tells of the end of a promise without looking at any other.
bool speaks_for_itself(std::int64_t conversation_no, const std::vector<Promise>& promises,
                       const std::vector<News>& news) {
  const auto mine = [&](const auto& one) { return one.at.conversation_no == conversation_no; };
  std::vector<Promise> own;
  std::vector<News> told;
  std::copy_if(promises.begin(), promises.end(), std::back_inserter(own), mine);
  std::copy_if(news.begin(), news.end(), std::back_inserter(told), mine);
  const bool recalls = std::any_of(told.begin(), told.end(), [](const News& one) {
    return !one.of_agent && evidence::speaks_of_promise(outcome_id(one.outcome), one.recalls);
  });
  if (recalls || own.empty()) return recalls;
  const auto ledger = fold_ledger(std::move(own), std::move(told), kEver);
  return std::any_of(ledger.begin(), ledger.end(),
                     [](const LedgerEntry& entry) { return is_known(entry.status); });
}

}  // namespace

std::vector<LaterFate> fates_told_later(const std::vector<Promise>& promises,
                                        const std::vector<News>& news,
                                        const std::vector<Deed>& deeds) {
  std::set<Mention> by_customer;
  for (const News& one : news) {
    if (!one.of_agent) by_customer.insert({one.at, one.span});
  }
  std::map<Mention, LaterFate> found;
  for (const LedgerEntry& entry : fold_ledger(promises, news, kEver, deeds)) {
    const Place& made = entry.promise.at;
    if (!is_known(entry.status) || !entry.changed_at || entry.changed_by.empty()) continue;
    const Mention told{*entry.changed_at, entry.changed_span};
    if (told.at.conversation_no == made.conversation_no || !by_customer.contains(told)) continue;
    // One matter that was promised and asked for is told once; what was promised stands first.
    found.try_emplace(told,
                      LaterFate{told.at, told.span, entry.status, {made, entry.promise.span}});
  }
  std::map<std::int64_t, bool> speak;
  std::vector<LaterFate> out;
  for (const auto& [told, fate] : found) {
    const auto [known, is_new] = speak.try_emplace(told.at.conversation_no, false);
    if (is_new) known->second = speaks_for_itself(known->first, promises, news);
    if (!known->second) out.push_back(fate);
  }
  return out;
}

}  // namespace xinjing::psychology
