#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "cli/company.h"
#include "insight/report_data.h"

namespace xinjing::cli {

/// One point of the story of a sample company, and whether the report tells it.
struct StoryPoint {
  std::string id;
  std::string text;
  bool found = false;
  std::string by;  // the event or list that tells it
};

/// A statement of the report that the labels do not bear out.
struct WrongClaim {
  std::string claim;
  std::string why;
};

/// How a construct is read, beside the labels of the sample.
struct ReadingScore {
  std::string construct, measure;
  std::size_t n = 0;
  double value = 0, low = 0, high = 0;
};

struct SampleCheck {
  std::vector<StoryPoint> points;
  std::vector<WrongClaim> wrong;
  std::size_t claims = 0;  // that could be checked
  std::vector<ReadingScore> readings;
};

/// Compares a report with truth.json and truth.jsonl of a sample company (in FOLDER or
/// FOLDER/truth), and the readings with truth.jsonl. A point counts as found only by what the
/// report shows: its events, and the first 15 of each list of people. The files are written by
/// tools/make_sample.py. REQUIRES: the temporary tables of load_report_data on this connection.
Result<SampleCheck> check_sample(const Company& company, const insight::ReportData& data,
                                 const std::filesystem::path& folder, Lang lang);

/// As text, for a person.
std::string sample_check_text(const SampleCheck& check, Lang lang);

}  // namespace xinjing::cli
