#pragma once

#include <string_view>

#include "base/span.h"

namespace xinjing::insight {

/// Whether what stands at `hit` in a message is said of somebody with whom the speaker neither
/// lives nor for whom he acts: "她不识字" of an old woman in the queue, "that lady can't see". It
/// is where the clause, or the one before it, has a third person in front of the hit and the
/// message names nobody of the speaker's own ("我妈", "家里", "my husband"), or a stranger is named
/// outright. A rule of words: it errs towards the speaker. Pure. Cost: O(bytes).
bool of_somebody_else(std::string_view text, Span hit);

/// The same for an act, such as leaving: only the clause up to the hit counts ("隔壁小区换了",
/// "他早不 跟你们买了"), since who tells of another goes on to speak of himself.
bool done_by_somebody_else(std::string_view text, Span hit);

}  // namespace xinjing::insight
