#include <cmath>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "base/check.h"
#include "behaviour/tariff_plan.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace xinjing;
  const auto book =
      behaviour::TariffBook::parse({reinterpret_cast<const char*>(data), size}, "t.toml");
  if (!book) {
    XINJING_CHECK(!book.error().said.en.empty() && !book.error().said.zh.empty());
    return 0;
  }
  for (const behaviour::TariffPlan& plan : book->plans) {
    for (int month = 1; month <= 12; ++month) {
      for (int minute = 0; minute < 1440; minute += 30) {
        XINJING_CHECK(plan.window(month, minute % 60 == 0, minute) < plan.windows.size());
      }
    }
    double before = 0;
    for (const double kwh : {0.0, 1.0, 250.0, 1e4, 1e9}) {
      const double cost = plan.tier_cost(kwh);
      XINJING_CHECK(!std::isnan(cost) && cost >= before);
      before = cost;
    }
    XINJING_CHECK(book->find(plan.id) != nullptr);
  }
  return 0;
}
