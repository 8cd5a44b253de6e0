#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/day.h"
#include "base/lang.h"
#include "base/result.h"
#include "language/phrase_index.h"
#include "language/promises.h"

// What was done for one person, as the company's own rows show it.
namespace xinjing::psychology {

/// The tables whose rows show what was done.
enum class DeedTable : std::uint8_t { kOrders, kTouchpoints, kEvents };
inline constexpr std::size_t kDeedTables = 3;
/// Its name in the database.
std::string_view table_id(DeedTable table);
/// In words for people: "orders", "订单".
Said table_label(DeedTable table);

/// A row that shows that something was done. What was done and when, not how well.
struct Deed {
  DeedTable table = DeedTable::kOrders;
  std::int64_t row = 0;  // row_no of the table
  // The first and the last moment when it may have been done: the whole day if only that is known.
  Instant from;
  Instant until;
  std::optional<Instant> begun = {};      // when it began, of what took some time
  language::Acts acts = 0;                // bits of DeedWords::acts
  std::optional<std::int64_t> paid = {};  // money paid back, in 1/10000
  std::string currency = {};              // may be empty
  std::string what = {};                  // the activity, the kind; empty for orders
  std::string who = {};                   // the resource; may be empty
  std::string id = {};                    // of the order, case or event; may be empty
};

/// Where it stands and what it says, for people: "row 12 of orders: 300.00 CNY paid back (DD17)".
Said deed_in_words(const Deed& deed);

/// The words by which rows show acts (lexicons/acts.tsv; lexicons/README.md has the format).
/// Immutable, any thread.
class DeedWords {
 public:
  /// No words: no row shows anything.
  DeedWords() = default;

  /// Refused with file:line:column: another header, a row with other than four columns, an unknown
  /// table, words that words_of refuses, a first row that does not say what promises are for, an
  /// act that it does not name, more than 30 of them.
  static Result<DeedWords> parse(std::string_view text, std::string_view name);

  /// Names of acts as in lexicons/promises.*.tsv; a promise is for the first that it names. An act
  /// is the bit of its place here.
  const std::vector<std::string>& acts() const { return x_acts; }

  /// What a row shows: for a touchpoint its activity, for an event its kind, for an order nothing
  /// but a negative amount, which the caller has seen. None if the row or its status says that it
  /// was asked for, planned or in vain. Cost: O(characters).
  language::Acts acts_of(DeedTable table, std::string_view what, std::string_view status) const;

 private:
  struct Words {
    std::vector<std::u32string> words;
    std::vector<language::Acts> acts;  // of each; none for what was in vain
    language::PhraseIndex index;
    language::Acts always = 0;  // what every row shows
  };

  /// What words of a text show; nothing if some say that it was in vain.
  static std::optional<language::Acts> shown(const Words& words, std::string_view text);

  std::vector<std::string> x_acts;
  std::array<Words, kDeedTables> x_tables;
};

}  // namespace xinjing::psychology
