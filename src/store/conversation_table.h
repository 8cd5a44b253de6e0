#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/day.h"
#include "ingest/speaker.h"
#include "store/database.h"

namespace xinjing::store {

struct ConversationOptions {
  int gap_minutes = 30;  // silence that ends a conversation that has no id
};

/// What `build_conversations` did.
struct ConversationChange {
  std::int64_t conversations = 0;  // there are now
  std::int64_t placed = 0;         // messages that were put into conversations in this call
  std::int64_t vanished = 0;       // conversations that ceased; their readings went with them
};

/// Puts messages together into conversations: by the company's conversation id and the customer;
/// where there is none, by customer, channel and a gap of silence; where nobody is known or no
/// time, each alone. Rows that name nobody join the one customer of their conversation id. Looks
/// only at what messages that came since the last call touch; another gap puts everything together
/// anew. One transaction. Cost: about 1 s for a million new messages. docs/schema.md.
Result<ConversationChange> build_conversations(const Database& database,
                                               const ConversationOptions& options = {});

/// A message in its conversation.
struct StoredTurn {
  ingest::Speaker speaker = ingest::Speaker::kCustomer;
  std::string_view text;
  std::optional<Instant> time;
  std::int64_t message_no = 0;  // messages.row_no: the row that evidence points to
};

struct StoredConversation {
  std::int64_t conversation_no = 0;
  std::optional<std::int64_t> subject_no;
  std::uint64_t digest = 0;
  std::optional<Instant> started;
  bool has_rows = false;  // read before: its old rows must be replaced
  std::string_view channel;
  std::string_view lang;  // as the company stated it; mostly empty
  std::span<const StoredTurn> turns;
};

/// Some conversations with their messages. Owns all text; move-only; moving keeps views valid.
class ConversationBatch {
 public:
  ConversationBatch() = default;
  ConversationBatch(ConversationBatch&&) = default;
  ConversationBatch& operator=(ConversationBatch&&) = default;

  std::span<const StoredConversation> conversations() const { return x_conversations; }
  std::size_t messages() const { return x_turns.size(); }
  bool empty() const { return x_conversations.empty(); }

 private:
  friend class StaleConversations;
  struct Slice {
    std::size_t begin = 0;
    std::size_t size = 0;
  };
  struct Draft {  // offsets, while the text still moves
    Slice channel;
    Slice lang;
    std::size_t first_turn = 0;
  };
  Slice keep(std::string_view text);
  std::string_view view(Slice slice) const { return {x_bytes.data() + slice.begin, slice.size}; }
  void settle();

  std::vector<char> x_bytes;
  std::vector<StoredTurn> x_turns;
  std::vector<Slice> x_texts;  // parallel to x_turns
  std::vector<StoredConversation> x_conversations;
  std::vector<Draft> x_drafts;  // parallel to x_conversations
};

/// Which readings count as fresh: those with the digest of their conversation and these versions.
struct ReaderVersion {
  std::string_view model;
  std::string_view cards;
};

/// Reads the conversations that were never read, or changed since, or were read by another model
/// or other cards, in the order customer, time, number, with all their messages. Has a connection
/// and a snapshot of its own, so results may be written meanwhile. One thread. Cost: about 0.5 s a
/// million messages; sorts outside memory where needed.
class StaleConversations {
 public:
  static Result<StaleConversations> begin(const Database& database, ReaderVersion version);

  /// The next conversations, whole ones, at least `messages` messages together unless it is the
  /// end; an empty batch is the end.
  Result<ConversationBatch> next(std::size_t messages = 50'000);

  /// How much there is in all, for progress.
  std::int64_t conversations() const { return x_conversations; }
  std::int64_t messages() const { return x_messages; }

 private:
  StaleConversations(DuckConnection connection, DuckResult rows)
      : x_connection(std::move(connection)), x_rows(std::move(rows)) {}
  static void take(ConversationBatch& batch, const DuckRow& row);

  DuckConnection x_connection;
  DuckResult x_rows;  // after the connection, so it goes first
  std::optional<DuckChunk> x_chunk;
  std::size_t x_at = 0;
  std::int64_t x_conversations = 0;
  std::int64_t x_messages = 0;
};

}  // namespace xinjing::store
