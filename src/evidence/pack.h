#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "base/lang.h"
#include "base/result.h"

namespace xinjing::evidence {

/// What a pack of a trade says of itself (packs/*/pack.toml; packs/README.md has the format).
struct PackCard {
  std::string id;
  Said name;
  Said description;  // one sentence
  std::int64_t version = 1;
  std::string source;
  std::string licence;
};

/// Reads a pack.toml; `name` is the file's name, for places. Refused with file:line:column: a key
/// that is missing, empty, unknown or of the wrong type, an id of other than small letters, digits
/// and _, a version below 1.
Result<PackCard> parse_pack(std::string_view text, std::string_view name);

}  // namespace xinjing::evidence
