#pragma once

#include <optional>
#include <string>

#include "cli/acts.h"
#include "evidence/permit.h"
#include "report/churn_text.h"

namespace xinjing::cli {

/// What somebody wants to know of churn.
struct ChurnAsked {
  int horizon_days = 90;
  std::string leavers{};  // a file of those who left; empty: who orders no more
  std::string as_of{};
  bool words = true;
  std::optional<std::size_t> folds{};  // none: 5 of buyers, as in churn_risks, 10 of others
  behaviour::Link link = behaviour::Link::kLogit;
  std::size_t limit = 20;  // 0: all
};

/// From a table with a label (labelled_table.h); what was left out is told on `context.err`.
struct LabelledTable;
Result<report::ChurnShown> study_table(const Context& context, const LabelledTable& table,
                                       const ChurnAsked& asked);

/// From a company's rows; with the words' signals of what `permit` allows where they were read.
Result<report::ChurnShown> study_acts(const Context& context, const Acts& acts,
                                      const evidence::Permit& permit, const ChurnAsked& asked);

}  // namespace xinjing::cli
