#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/day.h"
#include "base/span.h"
#include "store/database.h"

namespace xinjing::store {

/// A ground together with the words it rests on.
struct QuotedEvidence {
  std::string construct;
  std::string state;
  Day day;
  std::int64_t micro_nats = 0;
  std::int64_t n = 0;
  std::string source;
  std::string card;
  std::string event_table;
  std::optional<std::int64_t> event_no;
  std::optional<std::int64_t> conversation_no;
  std::optional<std::int64_t> turn_no;
  std::optional<Span> span;
  std::string quote;            // empty where no words are meant
  std::string message;          // the whole message
  std::string channel;          // empty: unknown
  std::optional<Instant> time;  // of the message
};

struct QuoteOptions {
  std::string_view construct{};  // empty: all
  std::int64_t best = 0;         // for and against each state, the weightiest; 0: all
};

/// The evidence about a person, sorted by construct, state, for before against, weight, day, row.
/// Cost: about 10 ms in a file of a million messages, if evidence was written in the order of
/// customers (Replacement).
Result<std::vector<QuotedEvidence>> quoted_evidence(const Database& database, std::int64_t person,
                                                    const QuoteOptions& options = {});

/// What can be said about a person, as the table portraits holds it.
struct PortraitRow {
  std::string construct;
  std::string state;
  bool said = false;
  std::optional<double> p;
  double weight = 0;
  std::int64_t n = 0;
  std::int64_t episodes = 0;
  std::optional<double> trend;
  std::optional<Day> first_day;
  std::optional<Day> last_day;
  Day as_of;
  std::string card;
};

Result<std::vector<PortraitRow>> read_portrait(const Database& database, std::int64_t person);

/// Puts new portraits in the place of those of `people`, who are not stale after it; portraits of
/// people who are now somebody else go too. One transaction on the main connection, so work may be
/// cut into batches and go on after kill -9. Dropped before `commit`, everything is undone.
class PortraitLoad {
 public:
  static Result<PortraitLoad> begin(const Database& database,
                                    const std::vector<std::int64_t>& people);
  Status add(std::int64_t person, const PortraitRow& row);
  Status commit();

 private:
  explicit PortraitLoad(Transaction transaction) : x_transaction(std::move(transaction)) {}

  Transaction x_transaction;
  std::optional<DuckAppender> x_appender;
};

}  // namespace xinjing::store
