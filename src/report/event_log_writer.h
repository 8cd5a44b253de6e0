#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/day.h"

// Event logs for other programs.
namespace xinjing::report {

/// A step as it is written out. Empty texts are left out.
struct LoggedStep {
  std::string id, case_id, customer, channel, activity, resource, status;
  Instant started;
  std::optional<Instant> ended{};
};

/// Writes a log in XES (IEEE 1849-2016), a trace a case. A step with an end is two events, `start`
/// and `complete` with the same concept:instance; another one is its `status` as transition where
/// it is known from XES, else a `complete`. Events of a trace are in order of time. Memory: one
/// trace. Characters that XML cannot hold become U+FFFD.
class XesWriter {
 public:
  /// Times are written in the zone.
  XesWriter(std::string& out, int zone_minutes) : x_out(out), x_zone(zone_minutes) {}

  void begin();
  /// REQUIRES: the steps of a case come one after another, in order of time.
  void add(LoggedStep step);
  void end();

 private:
  void finish_trace();

  std::string& x_out;
  int x_zone;
  std::vector<LoggedStep> x_trace;
};

/// The names of the columns, which `xinjing` knows when it reads the file again; and a row. `raw`:
/// no apostrophe before texts that a spreadsheet would take for a formula.
std::string csv_header();
std::string csv_row(const LoggedStep& step, int zone_minutes, bool raw);

}  // namespace xinjing::report
