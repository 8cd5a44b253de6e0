#include "behaviour/buying_fit.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <map>
#include <string>
#include <vector>

#include "base/day.h"
#include "behaviour/spend.h"

namespace xinjing::behaviour {
namespace {

// The CDNOW sample of Fader and Hardie, where it is at hand.
struct Cdnow {
  std::vector<BuyingCell> cells;  // grouped
  std::vector<Spender> spenders;  // those who bought again, by the mean money of their repeats
};

/// The folder of data sets: XINJING_DATA, else shared/data beside the source tree.
std::filesystem::path data_folder() {
  const char* named = std::getenv("XINJING_DATA");
  if (named != nullptr) return named;
  return std::filesystem::path(XINJING_SOURCE_DIR) / ".." / "shared" / "data";
}

Day day_from(const std::string& iso) {
  return *day_from_date(std::stoi(iso.substr(0, 4)), std::stoi(iso.substr(5, 2)),
                        std::stoi(iso.substr(8, 2)));
}

/// The 2,357 customers of the first quarter of 1997 as of 1997-09-30; nothing without the file.
Cdnow load_cdnow() {
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

TEST(BgNbd, MatchesFaderHardieLee2005OnCdnow) {
  const Cdnow data = load_cdnow();
  if (data.cells.empty()) GTEST_SKIP() << "no CDNOW data";
  const BuyingFit fit = fit_buying(BuyingModel::kBgNbd, data.cells);
  const BuyingParameters p = fit.of_level(0);
  EXPECT_EQ(fit.customers, 2357);
  EXPECT_TRUE(fit.settled);
  EXPECT_NEAR(p.r, 0.243, 5e-4);
  EXPECT_NEAR(p.alpha, 4.414, 5e-4);
  EXPECT_NEAR(p.a, 0.793, 5e-4);
  EXPECT_NEAR(p.b, 2.426, 5e-4);
  EXPECT_NEAR(fit.log_likelihood, -9582.4, 0.05);
}

TEST(ParetoNbd, MatchesFaderHardieLee2005OnCdnow) {
  const Cdnow data = load_cdnow();
  if (data.cells.empty()) GTEST_SKIP() << "no CDNOW data";
  const BuyingFit fit = fit_buying(BuyingModel::kParetoNbd, data.cells);
  const BuyingParameters p = fit.of_level(0);
  EXPECT_TRUE(fit.settled);
  EXPECT_NEAR(p.r, 0.553, 5e-4);
  EXPECT_NEAR(p.alpha, 10.578, 2e-3);
  EXPECT_NEAR(p.a, 0.606, 5e-4);
  EXPECT_NEAR(p.b, 11.669, 5e-3);
  EXPECT_NEAR(fit.log_likelihood, -9595.0, 0.05);
}

// Parameters as the package BTYDplus and its vignette give them, in weeks.
TEST(MbgNbd, MatchesBatislamDenizelFiliztekin2007OnCdnow) {
  const Cdnow data = load_cdnow();
  if (data.cells.empty()) GTEST_SKIP() << "no CDNOW data";
  const BuyingFit fit = fit_buying(BuyingModel::kMbgNbd, data.cells);
  const BuyingParameters p = fit.of_level(0);
  EXPECT_TRUE(fit.settled);
  EXPECT_NEAR(p.r, 0.525, 5e-3);
  EXPECT_NEAR(p.alpha, 6.183, 5e-2);
  EXPECT_NEAR(p.a, 0.891, 5e-3);
  EXPECT_NEAR(p.b, 1.614, 1e-2);
}

TEST(Spend, MatchesFaderHardie2013OnCdnow) {
  const Cdnow data = load_cdnow();
  if (data.cells.empty()) GTEST_SKIP() << "no CDNOW data";
  const SpendFit fit = fit_spend(data.spenders);
  EXPECT_EQ(fit.customers, 946);
  EXPECT_TRUE(fit.settled);
  EXPECT_NEAR(fit.parameters.p, 6.25, 5e-3);
  EXPECT_NEAR(fit.parameters.q, 3.74, 5e-3);
  EXPECT_NEAR(fit.parameters.gamma, 15.44, 1e-2);
}

}  // namespace
}  // namespace xinjing::behaviour
