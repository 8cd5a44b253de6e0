#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/day.h"
#include "base/span.h"
#include "store/database.h"

namespace xinjing::store {

/// A message as it was kept; empty strings are unknown.
struct StoredMessage {
  std::string message_id;
  std::string text;
  std::string channel;
  std::optional<Instant> time;
  std::string agent;
  std::string department;

  /// The bytes of the text that a span covers; nothing if it does not fit.
  std::string_view quote(const std::optional<Span>& span) const;
};

/// By messages.row_no.
using StoredMessages = std::unordered_map<std::int64_t, StoredMessage>;

/// Some messages of a person, by their numbers. `subjects` says whose they mostly are: those are
/// read in one go, the others one by one. Written so because the engine skips blocks by equality,
/// while a join or a list of numbers makes it read the text of every message (ten times the time).
Result<StoredMessages> find_messages(const DuckConnection& connection,
                                     const std::vector<std::int64_t>& numbers,
                                     const std::vector<std::int64_t>& subjects);

/// The numbers of the subjects that are a person, ascending.
Result<std::vector<std::int64_t>> subject_numbers(const DuckConnection& connection,
                                                  std::int64_t person);

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
                                                    std::int64_t person,
                                                    const QuoteOptions& options = {});

}  // namespace xinjing::store
