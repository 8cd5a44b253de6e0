#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/day.h"
#include "base/span.h"
#include "store/database.h"

namespace xinjing::store {

/// The headline states of a conversation (table readings). Missing values are null.
struct ReadingRow {
  struct Headline {
    std::string_view state;
    double p = 0;
  };
  std::int64_t conversation_no = 0;
  std::optional<std::int64_t> subject_no{};
  std::optional<Day> day{};
  std::uint64_t digest = 0;
  std::string_view model{};
  std::string_view cards{};
  std::string_view lang{};
  std::optional<double> sentiment{};
  std::optional<Headline> emotion{};
  std::optional<Headline> motive{};
  std::optional<Headline> need{};
  std::optional<Headline> stage{};
  std::optional<double> satisfaction{};
  std::optional<double> escalation{};
  std::optional<double> urgency{};
  std::string_view detail{};  // empty: null
};

/// One ground (table evidence).
struct EvidenceRow {
  std::optional<std::int64_t> conversation_no{};
  std::optional<std::int64_t> subject_no{};
  std::string_view construct{};
  std::string_view state{};
  Day day{};
  std::int64_t micro_nats = 0;
  std::int64_t n = 1;
  std::string_view source{};                  // "model", "cue" or "act"
  std::string_view card{};                    // version
  std::string_view event_table = "messages";  // where the row is that it rests on
  std::optional<std::int64_t> event_no{};     // row_no there
  std::optional<std::int64_t> turn_no{};
  std::optional<Span> span{};  // bytes of the message's text
  std::string_view act{};      // which kind of act; empty: words
};

/// One entry of the ledger (table expectations).
struct ExpectationRow {
  std::int64_t conversation_no = 0;
  std::optional<std::int64_t> subject_no{};
  std::string_view aspect{};
  std::string_view kind{};
  std::string_view status{};
  bool promised = false;
  std::optional<Day> due{};
  double p = 0;
  std::optional<std::int64_t> event_no{};
  std::optional<std::int64_t> turn_no{};
  std::optional<Span> span{};
  // Where a norm of the trade says what is expected: pack and id, and the words for it.
  std::optional<std::string_view> norm{};
  std::optional<std::string_view> content_zh{};
  std::optional<std::string_view> content_en{};
};

/// Words about a promise (table promise_words).
struct PromiseWordRow {
  std::int64_t conversation_no = 0;
  std::optional<std::int64_t> subject_no{};
  std::string_view what{};
  std::string_view acts{};
  std::optional<std::string_view> aspect{};
  std::optional<std::int64_t> due_millis{};
  bool due_to_the_minute = false;
  std::optional<std::string_view> amount{};
  std::optional<std::string_view> unit{};
  std::optional<std::string_view> bound{};
  std::optional<std::string_view> giver{};
  Span object{};  // empty: none
  bool measures = false;
  bool recalls = false;
  std::int64_t event_no = 0;
  std::int64_t turn_no = 0;
  Span span{};
};

/// Which rows a replacement takes away before it adds.
struct Replaced {
  std::span<const std::int64_t> conversations{};  // all that was made of them
  std::string_view construct{};                   // not empty: only this one's evidence of them
  std::span<const std::int64_t> acts_of{};        // evidence of subjects that no words gave
};

/// Puts new readings, evidence, expectations and words of promises in the place of old ones, in one
/// transaction on the main connection: after kill -9 either all of a batch is there or nothing.
/// Name only conversations that have rows (StoredConversation::has_rows); naming none costs
/// nothing. Whoever gains or loses evidence becomes stale. Add rows in the order of the
/// conversations, so that those of one customer lie together and a look-up reads little. Dropped
/// before `commit`, everything is undone. Cost: about 0.4 us a row. One thread.
class Replacement {
 public:
  static Result<Replacement> begin(const Database& database, const Replaced& replaced = {});

  Status add(const ReadingRow& row);
  Status add(const EvidenceRow& row);
  Status add(const ExpectationRow& row);
  Status add(const PromiseWordRow& row);
  Status commit();

 private:
  Replacement(const Database& database, Transaction transaction)
      : x_database(&database), x_transaction(std::move(transaction)) {}
  Status open(const DuckConnection& connection);
  Status note_stale(std::optional<std::int64_t> subject_no);

  const Database* x_database;
  Transaction x_transaction;
  std::optional<DuckAppender> x_readings;
  std::optional<DuckAppender> x_evidence;
  std::optional<DuckAppender> x_expectations;
  std::optional<DuckAppender> x_promise_words;
  std::optional<DuckAppender> x_stale;
  std::int64_t x_last_stale = -1;
};

/// One sum of the tally.
struct TallyRow {
  std::int64_t subject_no = 0;
  std::string construct;
  std::string state;
  Day day;
  std::int64_t micro_nats = 0;
  std::int64_t n = 0;

  bool operator==(const TallyRow&) const = default;
};

/// The tally of one subject or of all, by its key: SUM and GROUP BY over the evidence, computed
/// when asked, so it can never be stale. The fold in C++ must agree with it to the last bit.
Result<std::vector<TallyRow>> read_tally(const Database& database,
                                         std::optional<std::int64_t> subject_no = {});

}  // namespace xinjing::store
