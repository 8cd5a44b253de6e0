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
  StoredMessage message;     // whole; empty where no message is meant
  std::string quote;         // empty where no words are meant
  std::string conversation;  // the company's id, else our number; empty: none
};

struct QuoteOptions {
  std::string_view construct{};  // empty: all
  std::int64_t best = 0;         // with words, for and against each state; 0: all, with or without
  std::optional<Day> until{};
};

/// The evidence about a person by construct and state, the weightiest first, then by day
/// (latest first), conversation, turn, span. Cost: about 15 ms in a file of a million messages,
/// if evidence was written in the order of customers (Replacement).
Result<std::vector<QuotedEvidence>> quoted_evidence(const DuckConnection& connection,
                                                    PersonMessages& messages,
                                                    const QuoteOptions& options = {});

}  // namespace xinjing::store
