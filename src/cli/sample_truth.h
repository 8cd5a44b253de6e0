#pragma once

#include <filesystem>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "base/day.h"
#include "base/lang.h"
#include "base/result.h"

namespace xinjing::cli {

/// A point of a sample company's story, as its author wrote it down.
struct TruthPoint {
  std::string id, kind, direction, department, channel, customer_kind, people, state, measure,
      construct;
  Said text;
  std::optional<Day> from, to;
  std::vector<std::string> aspects, states, words, customers;
  std::int64_t least = 1;
  int polarity = 0;
};

/// What the author meant a conversation to say.
struct TruthTalk {
  std::string customer, first_message, need, stage, bond;
  std::vector<std::string> promises;  // made, kept, exceeded, broken
  std::vector<std::string> motives, emotions;
  std::map<std::string, std::set<int>> aspects;  // code: polarities, mostly one
  int escalation = 0;
  double satisfaction = 0;
};

struct Truth {
  std::vector<TruthPoint> points;
  std::vector<TruthTalk> talks;
};

/// Reads truth.json and truth.jsonl from FOLDER, or FOLDER/truth. kNotFound without them; a line
/// that is no JSON is refused with its place.
Result<Truth> read_truth(const std::filesystem::path& folder);

}  // namespace xinjing::cli
