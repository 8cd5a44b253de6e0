#pragma once

#include <span>

#include "language/expectation.h"

namespace xinjing::language {

/// Lets each entry cite the customer's clause that tells it. What is cited stays unless its clause
/// has no word of the aspect, of failing or of asking, and another clause of the turn has both of
/// the first; where it is mostly an order's number, a telephone, a choice of a menu or a "yes", or
/// is glad of what was not met, one of them is enough, and the other turns are looked at as well.
/// Entries with a due time or a norm keep theirs. docs/methods/expectations.md has the points and
/// the figures. REQUIRES: spans within the turns. Cost: about 1 us an entry, 3 where it is looked
/// for another clause.
void cite_what_tells(const Conversation& conversation, const ExpectationWords& words,
                     std::span<Expectation> entries);

}  // namespace xinjing::language
