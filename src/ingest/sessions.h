#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/day.h"
#include "base/option.h"

namespace xinjing::ingest {

/// What a message says of the conversation it belongs to. Views: the rows outlive the answer.
struct MessagePlace {
  std::string_view conversation;  // as the file names it; empty: not said
  std::string_view subject;
  std::string_view channel;
  std::optional<Instant> time;
  std::int64_t row = 0;  // orders messages of one time; unique
};

struct SessionOptions {
  int gap_minutes = 30;
};
inline constexpr Option<SessionOptions> kSessionOptions[] = {
    {"gap_minutes", &SessionOptions::gap_minutes, "silence that ends a conversation, in minutes",
     "对话中断多少分钟视为结束"},
};

/// Messages that belong together, in the order they were said.
struct Session {
  std::string conversation;           // named by the file; empty where time made it
  std::vector<std::size_t> messages;  // indices into the input: by time, then row

  bool operator==(const Session&) const = default;
};

/// Conversations: messages with the same conversation id and the same subject; without an id, those
/// of the same subject and channel between which no silence is longer than the gap. A message with
/// an id that names nobody (no subject, or the conversation's own, "h:conversation:ID") joins the
/// one subject of that id; where the id has none or several, those messages are a conversation of
/// their own. A message with neither id nor time, or with neither id nor subject, is a conversation
/// by itself. Messages of a conversation that
/// have no time stand at its beginning, in the order of rows. Does not depend on the order of the
/// input, apart from the indices. The store does the same in SQL; this is its twin for tests.
std::vector<Session> sessions(std::span<const MessagePlace> messages,
                              const SessionOptions& options = {});

}  // namespace xinjing::ingest
