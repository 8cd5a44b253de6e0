#pragma once

#include "language/scope.h"

namespace xinjing::evidence {

/// What of a cue's weight counts where it is said in this scope, 0 to 1.5: nothing of what is
/// denied, little of what is asked, supposed, wished or told of others, less of what is granted or
/// over, more of what is stressed. The factors are guessed; docs/methods/scope.md has the table.
double scope_weight(const language::Scope& scope);

/// The same where a cue tells how somebody is or talks: that shows in what they suppose, ask and
/// tell of the past as well, so only what is denied, or of others, counts less.
double manner_weight(const language::Scope& scope);

}  // namespace xinjing::evidence
