#include "cli/analysis.h"
#include "cli/company.h"
#include "profile/churn_risk_table.h"

namespace xinjing::cli {

Status Analysis::model_acts() {
  const Result<Day> as_of = as_of_day(x_database.connection(), x_options.as_of);
  if (!as_of) return as_of.failure();
  return profile::write_churn_risks(x_database, *as_of);
}

}  // namespace xinjing::cli
