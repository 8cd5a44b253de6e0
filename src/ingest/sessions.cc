#include "ingest/sessions.h"

#include <algorithm>
#include <map>
#include <numeric>
#include <set>
#include <tuple>

namespace xinjing::ingest {
namespace {

bool stands_alone(const MessagePlace& m) {
  return m.conversation.empty() && (!m.time || m.subject.empty());
}

/// Whom each message is about: as it says or, where it names nobody, the only one whom others with
/// its conversation id name. [messages]
std::vector<std::string_view> subjects_of(std::span<const MessagePlace> messages) {
  const auto names_somebody = [](const MessagePlace& m) {
    constexpr std::string_view kOwn = "h:conversation:";
    return !m.subject.empty() &&
           !(m.subject.starts_with(kOwn) && m.subject.substr(kOwn.size()) == m.conversation);
  };
  std::map<std::string_view, std::set<std::string_view>> named;
  for (const MessagePlace& m : messages) {
    if (!m.conversation.empty() && names_somebody(m)) named[m.conversation].insert(m.subject);
  }
  std::vector<std::string_view> out;
  out.reserve(messages.size());
  for (const MessagePlace& m : messages) {
    const auto found = named.find(m.conversation);
    if (m.conversation.empty() || names_somebody(m)) {
      out.push_back(m.subject);
    } else {
      const bool one = found != named.end() && found->second.size() == 1;
      out.push_back(one ? *found->second.begin() : std::string_view());
    }
  }
  return out;
}

/// Messages of one conversation, or candidates for one, side by side in the order they were said.
auto order_of(const MessagePlace& m) {
  const bool named = !m.conversation.empty();
  const std::string_view channel = named ? std::string_view() : m.channel;
  return std::make_tuple(m.conversation, m.subject, channel, m.time.has_value(),
                         m.time.value_or(Instant{}).millis, m.row);
}

bool goes_on(const MessagePlace& last, const MessagePlace& next, const SessionOptions& options) {
  if (last.conversation != next.conversation || last.subject != next.subject) return false;
  if (!next.conversation.empty()) return true;
  if (stands_alone(last) || stands_alone(next)) return false;
  const std::int64_t silence = next.time->millis - last.time->millis;
  return last.channel == next.channel && silence <= options.gap_minutes * 60'000LL;
}

}  // namespace

std::vector<Session> sessions(std::span<const MessagePlace> stated, const SessionOptions& options) {
  std::vector<MessagePlace> messages(stated.begin(), stated.end());
  const std::vector<std::string_view> subjects = subjects_of(stated);
  for (std::size_t i = 0; i < messages.size(); ++i) messages[i].subject = subjects[i];
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
