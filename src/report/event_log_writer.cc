#include "report/event_log_writer.h"

#include <algorithm>
#include <array>

#include "base/format.h"
#include "report/markup.h"

namespace xinjing::report {
namespace {

constexpr std::string_view kHead = R"(<?xml version="1.0" encoding="UTF-8"?>
<log xes.version="1849.2016" xes.features="" xmlns="http://www.xes-standard.org/">
  <extension name="Concept" prefix="concept" uri="http://www.xes-standard.org/concept.xesext"/>
  <extension name="Time" prefix="time" uri="http://www.xes-standard.org/time.xesext"/>
  <extension name="Lifecycle" prefix="lifecycle" uri="http://www.xes-standard.org/lifecycle.xesext"/>
  <extension name="Organizational" prefix="org" uri="http://www.xes-standard.org/org.xesext"/>
  <global scope="trace">
    <string key="concept:name" value=""/>
  </global>
  <global scope="event">
    <string key="concept:name" value=""/>
    <date key="time:timestamp" value="1970-01-01T00:00:00Z"/>
  </global>
  <classifier name="Activity" keys="concept:name"/>
)";

void put(std::string& out, std::string_view type, std::string_view key, std::string_view value) {
  if (value.empty()) return;
  out += fmt::format("      <{} key=\"{}\" value=\"{}\"/>\n", type, key, markup_escaped(value));
}

bool is_transition(std::string_view status) {
  constexpr std::array<std::string_view, 13> kKnown = {
      "schedule", "assign",   "reassign",   "start",     "suspend",  "resume", "complete",
      "withdraw", "autoskip", "manualskip", "ate_abort", "pi_abort", "unknown"};
  return std::ranges::find(kKnown, status) != kKnown.end();
}

/// One event to be written: a step's start, its end, or its only moment.
struct Moment {
  std::int64_t millis;
  std::size_t step;
  std::string_view transition;
  bool paired;
};

bool looks_like_a_formula(std::string_view value) {
  constexpr std::array<std::string_view, 11> kSigns = {"=",  "+",  "-",  "@",  "\t", "\r",
                                                       "\n", "＝", "＋", "－", "＠"};
  return std::ranges::any_of(kSigns, [value](auto sign) { return value.starts_with(sign); });
}

void put_cell(std::string& out, std::string_view value, bool raw) {
  const bool harmful = !raw && looks_like_a_formula(value);
  const bool quoted = value.find_first_of(",\"\r\n") != std::string_view::npos;
  if (quoted) out.push_back('"');
  if (harmful) out.push_back('\'');
  for (const char c : value) {
    if (c == '"') out.push_back(c);
    out.push_back(c);
  }
  if (quoted) out.push_back('"');
}

}  // namespace

void XesWriter::begin() { x_out += kHead; }

void XesWriter::add(LoggedStep step) {
  if (!x_trace.empty() && x_trace.front().case_id != step.case_id) finish_trace();
  x_trace.push_back(std::move(step));
}

void XesWriter::finish_trace() {
  if (x_trace.empty()) return;
  std::vector<Moment> moments;
  for (std::size_t i = 0; i < x_trace.size(); ++i) {
    const LoggedStep& step = x_trace[i];
    const bool known = is_transition(step.status);
    if (step.ended && *step.ended >= step.started) {
      moments.push_back({step.started.millis, i, "start", true});
      moments.push_back({step.ended->millis, i, "complete", true});
    } else {
      moments.push_back(
          {step.started.millis, i, known ? std::string_view(step.status) : "complete", false});
    }
  }
  std::ranges::stable_sort(moments, {}, &Moment::millis);
  x_out += fmt::format("  <trace>\n    <string key=\"concept:name\" value=\"{}\"/>\n",
                       markup_escaped(x_trace.front().case_id));
  for (const Moment& moment : moments) {
    const LoggedStep& step = x_trace[moment.step];
    x_out += "    <event>\n";
    put(x_out, "string", "concept:name", step.activity);
    if (moment.paired) put(x_out, "string", "concept:instance", std::to_string(moment.step + 1));
    put(x_out, "date", "time:timestamp", iso_time({moment.millis}, x_zone));
    put(x_out, "string", "lifecycle:transition", moment.transition);
    put(x_out, "string", "org:resource", step.resource);
    put(x_out, "string", "customer", step.customer);
    put(x_out, "string", "channel", step.channel);
    x_out += "    </event>\n";
  }
  x_out += "  </trace>\n";
  x_trace.clear();
}

void XesWriter::end() {
  finish_trace();
  x_out += "</log>\n";
}

std::string csv_header() {
  return "touchpoint_id,case_id,customer,channel,activity,started,ended,resource,status\n";
}

std::string csv_row(const LoggedStep& step, int zone_minutes, bool raw) {
  const std::string started = iso_time(step.started, zone_minutes);
  const std::string ended = step.ended ? iso_time(*step.ended, zone_minutes) : "";
  std::string out;
  for (const std::string* text : {&step.id, &step.case_id, &step.customer, &step.channel,
                                  &step.activity, &started, &ended, &step.resource, &step.status}) {
    if (text != &step.id) out.push_back(',');
    put_cell(out, *text, raw);
  }
  out.push_back('\n');
  return out;
}

}  // namespace xinjing::report
