#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/json.h"
#include "base/result.h"
#include "language/reading.h"

namespace xinjing::language {

/// A line of `xinjing read` taken apart. Its texts are views into the parsed document.
struct Request {
  std::string id_json;  // the id as it was given, as JSON: "c1" in quotes, 17 without, or null
  std::vector<Turn> turns;
  std::optional<Lang> lang;

  Conversation conversation() const { return {.id = id_json, .turns = turns, .lang = lang}; }
};

/// The id alone, for an error line.
std::string id_of_request(JsonValue line);

/// The same of a line that is no JSON, where the id is whole and can be read; else null. Reuses
/// `parser`. Cost: O(bytes).
std::string legible_id(std::string_view line, JsonParser& parser);

/// Checks and takes apart {"id", "turns": [{"speaker", "text", "time"?}]} or {"id", "text"};
/// kBadInput with one sentence where something needed is missing or of the wrong type.
Status parse_request(JsonValue line, Request& into);

/// "2026-01-02T10:00:00+08:00", with or without seconds, fractions and zone (none: UTC).
std::optional<Instant> parse_iso_time(std::string_view text);

}  // namespace xinjing::language
