#include "behaviour/customer_values_table.h"
#include "behaviour/journey_table.h"
#include "behaviour/recommendation_table.h"
#include "behaviour/usage_table.h"
#include "cli/analysis.h"
#include "cli/company.h"
#include "profile/churn_risk_table.h"

namespace xinjing::cli {

Status Analysis::model_acts() {
  const Result<Day> as_of = as_of_day(x_database.connection(), x_options.as_of);
  if (!as_of) return as_of.failure();
  Status done = behaviour::write_journey(
      x_database, x_options.as_of.empty() ? std::nullopt : std::optional(*as_of));
  if (done) done = behaviour::write_usage(x_database, *as_of);
  if (done) done = behaviour::write_recommendations(x_database, *as_of);
  if (done) done = profile::write_churn_risks(x_database, *as_of);
  if (done) done = behaviour::write_customer_values(x_database, *as_of);
  return done;
}

}  // namespace xinjing::cli
