#pragma once

// For tests of this room only: the CDNOW sample of Fader and Hardie, where it is at hand.
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <map>
#include <string>
#include <vector>

#include "base/day.h"
#include "behaviour/buying_model.h"
#include "behaviour/spend.h"

namespace xinjing::behaviour {

struct Cdnow {
  std::vector<BuyingCell> cells;  // grouped
  std::vector<Spender> spenders;  // those who bought again, by the mean money of their repeats
};

/// The folder of data sets: XINJING_DATA, else shared/data beside the source tree.
inline std::filesystem::path data_folder() {
  const char* named = std::getenv("XINJING_DATA");
  if (named != nullptr) return named;
  return std::filesystem::path(XINJING_SOURCE_DIR) / ".." / "shared" / "data";
}

inline Day day_from(const std::string& iso) {
  return *day_from_date(std::stoi(iso.substr(0, 4)), std::stoi(iso.substr(5, 2)),
                        std::stoi(iso.substr(8, 2)));
}

/// The 2,357 customers of the first quarter of 1997 as of 1997-09-30; nothing without the file.
inline Cdnow load_cdnow() {
  std::ifstream file(data_folder() / "beh_cdnow" / "sample_calibration.csv");
  std::map<std::string, std::map<int, double>> bought;
  std::string line, cells[5];
  std::getline(file, line);
  while (std::getline(file, line)) {
    std::size_t at = 0;
    for (std::string& cell : cells) {
      const std::size_t end = std::min(line.find(',', at), line.size());
      cell = line.substr(at, end - at), at = end + 1;
    }
    bought[cells[0]][day_from(cells[2]).number] += std::stod(cells[4]);
  }
  Cdnow out;
  const int end = day_from("1997-09-30").number;
  for (const auto& [customer, days] : bought) {
    const int first = days.begin()->first, last = days.rbegin()->first;
    const int repeats = int(days.size()) - 1;
    out.cells.push_back({0, repeats, last - first, end - first, 1});
    double money = 0;
    for (auto day = std::next(days.begin()); day != days.end(); ++day) money += day->second;
    if (money > 0) out.spenders.push_back({double(repeats), money / repeats});
  }
  out.cells = grouped(std::move(out.cells));
  return out;
}

}  // namespace xinjing::behaviour
