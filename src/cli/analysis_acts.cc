#include "behaviour/customer_values_table.h"
#include "cli/analysis.h"
#include "cli/company.h"

namespace xinjing::cli {

Status Analysis::model_acts() {
  const Result<Day> as_of = as_of_day(x_database.connection(), x_options.as_of);
  if (!as_of) return as_of.failure();
  if (Status done = behaviour::write_customer_values(x_database, *as_of); !done) return done;
  return {};
}

}  // namespace xinjing::cli
