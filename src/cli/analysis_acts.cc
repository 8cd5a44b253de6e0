#include "behaviour/act_table.h"
#include "behaviour/customer_values_table.h"
#include "behaviour/journey_table.h"
#include "behaviour/preference_table.h"
#include "behaviour/recommendation_table.h"
#include "behaviour/usage_table.h"
#include "cli/analysis.h"
#include "cli/company.h"
#include "cli/resources.h"
#include "profile/churn_risk_table.h"
#include "profile/said_did_table.h"
#include "psychology/ledger_evidence_table.h"

namespace xinjing::cli {

Status Analysis::read_acts() {
  // First what later conversations tell of promises, for which all must be read.
  const auto deeds = load_deed_words(x_context.home);
  if (!deeds) return deeds.failure();
  auto told = psychology::write_ledger_evidence(x_database, x_knowledge.catalogue, *deeds,
                                                x_knowledge.version);
  if (!told) return told.failure();
  auto wrote = behaviour::write_act_evidence(x_database, x_knowledge.catalogue, x_knowledge.acts,
                                             x_knowledge.acts_version);
  return wrote ? Status{} : Status(wrote.failure());
}

Status Analysis::model_acts() {
  const Result<Day> as_of = as_of_day(x_database.connection(), x_options.as_of);
  if (!as_of) return as_of.failure();
  Status done = behaviour::write_journey(
      x_database, x_options.as_of.empty() ? std::nullopt : std::optional(*as_of));
  if (done) done = behaviour::write_usage(x_database, *as_of);
  if (done) done = behaviour::write_recommendations(x_database, *as_of);
  if (done) done = profile::write_churn_risks(x_database, *as_of);
  if (done) done = behaviour::write_customer_values(x_database, *as_of);
  if (done) done = behaviour::write_preferences(x_database, *as_of);
  if (done) done = write_said_did(*as_of);
  return done;
}

Status Analysis::write_said_did(Day as_of) {
  const auto rules = load_said_did_rules(x_context.home, x_knowledge.catalogue);
  if (!rules) return rules.failure();
  return profile::write_said_did(x_database, *rules, x_knowledge.catalogue, as_of);
}

}  // namespace xinjing::cli
