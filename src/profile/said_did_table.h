#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "base/day.h"
#include "evidence/card.h"
#include "profile/said_did.h"
#include "store/database.h"
#include "store/person_messages.h"

namespace xinjing::profile {

/// Where the words and acts of one person part as of a day, the most probable first, with up to two
/// quotes of the words and three rows of the acts.
Result<std::vector<SaidDid>> load_said_did(const DuckConnection& connection,
                                           store::PersonMessages& person,
                                           std::span<const SaidDidRule> rules,
                                           const evidence::Catalogue& cards, Day as_of);

/// Writes the table `said_did` anew for everybody. REQUIRES: the table `preferences` is of the same
/// day. Reads only people of whom enough is known by acts. Cost: about 10 us a person.
Status write_said_did(const store::Database& database, std::span<const SaidDidRule> rules,
                      const evidence::Catalogue& cards, Day as_of);

}  // namespace xinjing::profile
