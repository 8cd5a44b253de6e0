#pragma once

#include <string>
#include <vector>

#include "base/lang.h"
#include "profile/portrait.h"

namespace xinjing::report {

/// What became of an expectation that is followed, a line each: what is expected, of whom and by
/// when; then when it was settled and by which words or which row, and how much came.
/// REQUIRES: `one.followed`. Its words when it was asked for are not among them.
std::vector<std::string> fate_lines(const profile::Expectation& one, int zone_minutes, Lang lang);

/// The ledger in full: every expectation that is followed and every promise, with when and in which
/// words it was said, and what became of it when; the latest first. Empty where there is none.
std::string followed_text(const profile::Portrait& portrait, Lang lang);

}  // namespace xinjing::report
