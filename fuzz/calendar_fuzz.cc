#include <cstddef>
#include <cstdint>
#include <string_view>

#include "base/check.h"
#include "language/due_time.h"

// Any bytes as a calendar, and as a message that names a due time: refused with the place, or read;
// a due time lies in the text, and a working day is worked.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace xinjing;
  using namespace xinjing::language;
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const auto calendar = WorkCalendar::parse(text, "calendar.tsv");
  if (!calendar) XINJING_CHECK(calendar.error().place.starts_with("calendar.tsv:"));
  const WorkCalendar known = calendar ? *calendar : WorkCalendar();
  const Day today = *day_from_date(2026, 2, 27);
  XINJING_CHECK(known.is_working(known.after(today, 3)));
  const auto due = find_due_time(text, {today, 14 * 60 + 30}, known);
  if (!due) return 0;
  XINJING_CHECK(due->span.begin < due->span.end && due->span.end <= text.size());
  XINJING_CHECK(due->day >= today || due->minute.has_value());
  XINJING_CHECK(!due->minute || (*due->minute >= 0 && *due->minute < 24 * 60));
  return 0;
}
