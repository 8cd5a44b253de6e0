#include "behaviour/journey_table.h"
#include "cli/analysis.h"
#include "cli/company.h"

namespace xinjing::cli {

Status Analysis::model_acts() {
  std::optional<Day> asked;
  if (!x_options.as_of.empty()) {
    const Result<Day> day = day_argument(x_options.as_of);
    if (!day) return day.failure();
    asked = *day;
  }
  return behaviour::write_journey(x_database, asked);
}

}  // namespace xinjing::cli
