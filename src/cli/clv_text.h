#pragma once

#include "behaviour/holdout.h"
#include "cli/buyers.h"

namespace xinjing::cli {

/// What `xinjing clv` shows, beside the models themselves.
struct ClvView {
  const AskedBuyers& asked;
  const behaviour::ValueModel& model;
  const behaviour::ValueOptions& options;
  int horizon_days = 0;
  double discount_per_year = 0;
};

/// The names of models and of rules beside them.
Said model_label(behaviour::BuyingModel model);

/// Customers, model, parameters, totals, and the first `limit` by value (0: all).
void write_clv_text(const Context& context, const ClvView& view,
                    const behaviour::Valuation& valuation, int limit);

/// One object a customer.
void write_clv_json(const Context& context, const ClvView& view,
                    const behaviour::Valuation& valuation);

/// One object: parameters with standard errors, log-likelihood, totals.
void write_totals_json(const Context& context, const ClvView& view,
                       const behaviour::Valuation& valuation);

/// The comparison with what came, as text with charts, or as one object. `split` is the last day
/// that the models saw.
void write_holdout_text(const Context& context, const ClvView& view,
                        const behaviour::Holdout& holdout);
void write_holdout_json(const Context& context, const ClvView& view,
                        const behaviour::Holdout& holdout);

}  // namespace xinjing::cli
