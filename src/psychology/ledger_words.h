#pragma once

#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "evidence/promise_words.h"
#include "language/reading.h"
#include "psychology/ledger.h"

// From words about promises, as they are stored, to what the ledger folds.
namespace xinjing::psychology {

/// Names of acts as bits: the same name is the same bit, the first names the first bits.
class ActBits {
 public:
  explicit ActBits(std::span<const std::string> first);
  /// Of names joined by '+'. Cost: O(log names) each.
  language::Acts of(std::string_view names);

 private:
  std::map<std::string, std::size_t, std::less<>> x_names;
};

/// Adds the promise or the news that a row tells. `text`: the message, whose words `row.span` are.
void add_words(const evidence::PromiseWordRow& row, const Place& at, std::string_view text,
               ActBits& bits, std::vector<Promise>& promises, std::vector<News>& news);

/// What became of the promises and expectations that one conversation tells of, by what is told in
/// it: of `promise`, `told` and `wanted` rows that are met, unmet or exceeded. Cost: that of
/// fold_ledger. REQUIRES: rows of the conversation with these turns.
std::vector<evidence::PromiseFate> fates_of_talk(std::span<const evidence::PromiseWordRow> rows,
                                                 std::span<const language::Turn> turns);

/// What customers' words tell of promises and expectations that belong to other conversations.
struct LaterFate {
  Place told;  // where it was told
  Span span;
  PromiseStatus status = PromiseStatus::kMet;
  Mention promised;  // of what

  bool operator==(const LaterFate&) const = default;
};

/// The fates, met, unmet and exceeded, that the whole ledger of a person finds in other
/// conversations than the one in which the promise was made: by place, one for each clause. Left
/// out are conversations that speak of promises by themselves, by a promise of their own or by
/// words that recall one: those are weighed where they are read (evidence/confirmation.h). Of
/// `deeds` as fold_ledger. Cost: that of fold_ledger, twice.
std::vector<LaterFate> fates_told_later(const std::vector<Promise>& promises,
                                        const std::vector<News>& news,
                                        const std::vector<Deed>& deeds = {});

}  // namespace xinjing::psychology
