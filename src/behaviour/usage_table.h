#pragma once

#include <string>
#include <vector>

#include "base/duckdb.h"
#include "base/result.h"
#include "behaviour/kept_usage.h"
#include "behaviour/usage_study.h"
#include "store/database.h"

namespace xinjing::behaviour {

/// What the rows of the table usage are, before anything is computed from them.
struct UsageSource {
  std::int64_t rows = 0;        // all rows of the table
  std::int64_t used = 0;        // readings that went into the study
  std::int64_t nobody = 0;      // rows without a customer
  std::int64_t later = 0;       // rows after the day of looking, clock errors among them
  std::int64_t earlier = 0;     // rows before the year 2000, or with no number
  std::int64_t other_unit = 0;  // rows whose unit is none of electricity
  std::int64_t other_kind = 0;  // rows of another kind than `kind`
  std::string kind{};           // the one with most rows; may be empty
  ReadingMode mode = ReadingMode::kConsumption;
  RisesAndFalls counts{};  // from which the mode was told, if it was not given
  Day as_of{};
  bool meters = false;  // whether rows name meters or accounts
};

struct UsageOptions {
  std::optional<Day> as_of{};         // none: the last day that is no clock error
  std::optional<ReadingMode> mode{};  // none: by rises and falls
  ReadingStamp stamp = ReadingStamp::kStart;
  StudyOptions study{};
  int unusual_days = 62;  // how far back unusual periods may begin
};

struct UsageRows {
  UsageSource source;
  UsageStudy study;
};

/// Reads the table usage and studies every meter. kBadInput, with how many there are, where no row
/// can be used, or rises and falls cannot tell what the numbers are.
/// Cost: about 0.1 us a reading and thread to read, 0.2 us to study; readings are held 8 million at
/// a time, one scan of the table for each.
Result<UsageRows> load_usage(const DuckConnection& connection, int zone_minutes,
                             const UsageOptions& options);

/// Fills usage_features and usage_alerts (unusual periods of the last year). Where nothing can be
/// said, both are empty.
Status write_usage(const store::Database& database, Day as_of);

/// Of a person, as the last analysis kept it; nothing where that looked from a later day than
/// `as_of`.
Result<std::vector<KeptUsage>> load_kept_usage(const DuckConnection& connection,
                                               std::int64_t person, Day as_of);

}  // namespace xinjing::behaviour
