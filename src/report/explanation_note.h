#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "base/day.h"
#include "base/lang.h"
#include "evidence/card.h"
#include "psychology/standing.h"

namespace xinjing::report {

/// Words, an act or a figure, and what it says today of the states of a construct.
struct Cited {
  std::string text;
  bool quoted = true;  // said by the customer or the agent, not counted or recorded
  Day day;
  std::vector<std::pair<std::size_t, double>> nats;  // by state
};

/// What a construct's grounds come to, as one colleague would tell another: the claim and how sure,
/// the words that say most for it, what else is likely, what speaks against it, and how many
/// conversations it rests on. `conversations` are those (or acts) with any ground. Two to five
/// sentences; empty where there is nothing to say.
std::string explanation_note(const evidence::Card& card, const psychology::Standing& standing,
                             const std::vector<Cited>& cited, std::size_t conversations, Day as_of,
                             Lang lang);

}  // namespace xinjing::report
