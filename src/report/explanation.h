#pragma once

#include <string>
#include <vector>

#include "base/lang.h"
#include "evidence/card.h"
#include "profile/portrait_table.h"

namespace xinjing::report {

/// The way from a number back to its grounds: prior, every piece of evidence with weight, decay and
/// words, and the probability they add up to. `rows` are all the evidence of the construct.
std::string explanation_text(const profile::Line& line, const evidence::Card& card,
                             const std::vector<profile::EvidenceRow>& rows, Day as_of, Lang lang);

}  // namespace xinjing::report
