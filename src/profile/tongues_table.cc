#include "profile/tongues_table.h"

#include <algorithm>

#include "store/person_messages.h"

namespace xinjing::profile {

Result<Tongues> load_tongues(const DuckConnection& connection,
                             const std::vector<std::int64_t>& subjects, std::int64_t end) {
  struct Written {
    std::int64_t time = 0;
    std::int64_t row = 0;
    std::string text;
  };
  std::vector<Written> all;
  const Status read = store::for_each_value(
      connection,
      "SELECT COALESCE(EPOCH_MS(time), 0), row_no, text FROM messages "
      "WHERE subject_no = ? AND speaker = 0",
      subjects, [&](const DuckRow& row) {
        if (row.integer(0) < end) {
          all.push_back({row.integer(0), row.integer(1), std::string(row.text_or_empty(2))});
        }
      });
  if (!read) return read.failure();
  std::ranges::sort(all, {}, [](const Written& one) { return std::pair(one.time, one.row); });
  Tongues tongues;
  for (const Written& one : all) add_message(one.text, tongues);
  return tongues;
}

}  // namespace xinjing::profile
