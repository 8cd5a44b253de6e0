#include "behaviour/act_table.h"
#include "behaviour/preference_table.h"
#include "cli/analysis.h"
#include "cli/company.h"

namespace xinjing::cli {

Status Analysis::read_acts() {
  auto wrote = behaviour::write_act_evidence(x_database, x_knowledge.catalogue, x_knowledge.acts,
                                             x_knowledge.acts_version);
  return wrote ? Status{} : Status(wrote.failure());
}

Status Analysis::model_acts() {
  const Result<Day> as_of = as_of_day(x_database.connection(), x_options.as_of);
  if (!as_of) return as_of.failure();
  return behaviour::write_preferences(x_database, *as_of);
}

}  // namespace xinjing::cli
