#include "sources/xes_trace.h"

#include <algorithm>
#include <deque>
#include <unordered_map>

#include "base/format.h"
#include "sources/source.h"

namespace xinjing::sources {
namespace {

std::string lower(std::string_view text) {
  std::string out(text);
  for (char& c : out) {
    if (c >= 'A' && c <= 'Z') c = char(c + 32);
  }
  return out;
}

struct Key {
  std::string_view name;
  std::string XesEvent::*field;
};
constexpr Key kKeys[] = {{"concept:name", &XesEvent::name},
                         {"time:timestamp", &XesEvent::time},
                         {"start_timestamp", &XesEvent::start_time},
                         {"lifecycle:transition", &XesEvent::transition},
                         {"concept:instance", &XesEvent::instance},
                         {"identity:id", &XesEvent::id},
                         {"org:resource", &XesEvent::resource},
                         {"org:group", &XesEvent::group},
                         {"org:role", &XesEvent::role},
                         {"customer", &XesEvent::customer},
                         {"客户", &XesEvent::customer},
                         {"客户编号", &XesEvent::customer},
                         {"channel", &XesEvent::channel},
                         {"渠道", &XesEvent::channel}};

bool closes(std::string_view transition) {
  return transition == "complete" || transition == "ate_abort" || transition == "pi_abort" ||
         transition == "withdraw";
}

const std::string& first_of(const std::string& a, const std::string& b) {
  return a.empty() ? b : a;
}

XesStep step_of(const XesEvent& trace, XesEvent& event, std::size_t place) {
  XesStep out;
  out.line = event.line;
  out.too_long = event.too_long || trace.too_long;
  out.id = event.id.empty() && !trace.name.empty()
               ? fmt::format("{}#{}@{}", trace.name, place, event.time)
               : std::move(event.id);
  out.case_id = trace.name;
  out.customer = first_of(event.customer, trace.customer);
  out.channel = first_of(event.channel, trace.channel);
  out.activity = std::move(event.name);
  out.resource = first_of(event.resource, first_of(event.group, event.role));
  const bool timed = !event.start_time.empty();
  out.started = timed ? std::move(event.start_time) : event.time;
  if (timed) out.ended = std::move(event.time);
  out.status = std::move(event.transition);
  if (lower(out.status) == "complete") out.status.clear();
  return out;
}

}  // namespace

void XesEvent::take(std::string_view key, std::string_view value) {
  for (const Key& known : kKeys) {
    if (known.name != key) continue;
    if (value.size() > kMaxCellBytes) {
      too_long = true;
      return;
    }
    (this->*known.field) = value;
  }
}

std::vector<XesStep> steps_of(const XesEvent& trace, std::vector<XesEvent>& events) {
  std::vector<XesStep> out;
  std::unordered_map<std::string, std::deque<std::size_t>> begun;
  for (std::size_t i = 0; i < events.size(); ++i) {
    XesEvent& event = events[i];
    const std::string transition = lower(event.transition);
    const bool start = transition == "start" && event.start_time.empty();
    if (start || closes(transition)) {
      std::deque<std::size_t>& waiting = begun[event.name + '\0' + event.instance];
      if (!start && !waiting.empty()) {
        XesStep& step = out[waiting.front()];
        waiting.pop_front();
        step.ended = std::move(event.time);
        step.status = transition == "complete" ? std::string() : event.transition;
        step.too_long |= event.too_long;
        continue;
      }
      if (start) waiting.push_back(out.size());
    }
    out.push_back(step_of(trace, event, i + 1));
  }
  return out;
}

}  // namespace xinjing::sources
