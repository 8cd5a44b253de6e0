#pragma once

#include <string>
#include <vector>

#include "behaviour/buyers_table.h"
#include "cli/acts.h"

namespace xinjing::cli {

/// The buyers of a company as a command asked for them, and what must be said of its orders.
struct AskedBuyers {
  behaviour::Buyers buyers;
  std::vector<std::string> ids;  // parallel to buyers.all
  Day first_order;
  std::vector<Said> notes;  // left out, odd, counted otherwise: a sentence each
};

/// Who bought, as of `--as-of` (default: the last day with orders, errors of clocks apart).
/// kBadInput where nobody bought anything.
Result<AskedBuyers> ask_buyers(const DuckConnection& connection, const std::string& as_of,
                               const std::string& covariate);

/// Prints the notes, a line each.
void tell_notes(const Context& context, const std::vector<Said>& notes);

/// Money of the currency's unit as "¥1,234" or "USD 12.30": without cents from 1,000 on.
std::string short_money(const std::string& currency, double amount);

}  // namespace xinjing::cli
