#pragma once

#include "base/json_writer.h"
#include "evidence/card.h"
#include "profile/said_did.h"

namespace xinjing::report {

/// One difference between words and acts as a JSON object; docs/commands.md describes its members.
void write_said_did(JsonWriter& json, const profile::SaidDid& one,
                    const evidence::Catalogue& catalogue);

}  // namespace xinjing::report
