#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/day.h"
#include "base/span.h"
#include "store/database.h"
#include "store/person_messages.h"

namespace xinjing::store {

/// A row of orders or events that a ground rests on.
struct StoredAct {
  std::string id;    // the company's, else empty
  std::string kind;  // of an event
  std::string what;  // the product, or what was looked at or searched for; personal data masked
  std::optional<std::int64_t> amount{};    // ten-thousandths
  std::optional<std::int64_t> discount{};  // ten-thousandths
  std::string currency;
};

/// A ground together with the words or the row it rests on.
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
  StoredMessage message;     // whole; empty where no message is meant
  std::string quote;         // empty where no words are meant
  std::string conversation;  // the company's id, else our number; empty: none
  std::string act;           // the kind of act; empty: words
  StoredAct record;          // of an act
};

struct QuoteOptions {
  std::string_view construct{};  // empty: all
  std::int64_t best = 0;         // with words or acts, for and against each state; 0: all
  std::optional<Day> until{};
};

/// The evidence about a person by construct and state, the weightiest first, then by day
/// (latest first), conversation, turn, span. Cost: about 15 ms in a file of a million messages,
/// if evidence was written in the order of customers (Replacement).
Result<std::vector<QuotedEvidence>> quoted_evidence(const DuckConnection& connection,
                                                    PersonMessages& messages,
                                                    const QuoteOptions& options = {});

}  // namespace xinjing::store
