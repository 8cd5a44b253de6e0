#include "ingest/sessions.h"

#include <algorithm>
#include <numeric>
#include <tuple>

namespace xinjing::ingest {
namespace {

bool stands_alone(const MessagePlace& m) {
  return m.conversation.empty() && (!m.time || m.subject.empty());
}

/// Messages of one conversation, or candidates for one, side by side in the order they were said.
auto order_of(const MessagePlace& m) {
  const bool named = !m.conversation.empty();
  const std::string_view subject = named ? std::string_view() : m.subject;
  const std::string_view channel = named ? std::string_view() : m.channel;
  return std::make_tuple(m.conversation, subject, channel, m.time.has_value(),
                         m.time.value_or(Instant{}).millis, m.row);
}

bool goes_on(const MessagePlace& last, const MessagePlace& next, const SessionOptions& options) {
  if (last.conversation != next.conversation) return false;
  if (!next.conversation.empty()) return true;
  if (stands_alone(last) || stands_alone(next)) return false;
  const std::int64_t silence = next.time->millis - last.time->millis;
  return last.subject == next.subject && last.channel == next.channel &&
         silence <= options.gap_minutes * 60'000LL;
}

}  // namespace

std::vector<Session> sessions(std::span<const MessagePlace> messages,
                              const SessionOptions& options) {
  std::vector<std::size_t> order(messages.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
    return order_of(messages[a]) < order_of(messages[b]);
  });
  std::vector<Session> out;
  const MessagePlace* last = nullptr;
  for (const std::size_t i : order) {
    const MessagePlace& message = messages[i];
    if (last == nullptr || !goes_on(*last, message, options)) {
      out.push_back({std::string(message.conversation), {}});
    }
    out.back().messages.push_back(i);
    last = &message;
  }
  return out;
}

}  // namespace xinjing::ingest
