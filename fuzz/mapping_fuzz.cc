#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include "base/check.h"
#include "ingest/mapping.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace xinjing::ingest;
  const auto mapping = Mapping::parse({reinterpret_cast<const char*>(data), size}, "map.toml");
  if (!mapping) {
    XINJING_CHECK(!mapping.error().said.en.empty() && !mapping.error().said.zh.empty());
    return 0;
  }
  const std::vector<std::string> headers{"客户编号", "时间", "内容", "text", "a"};
  for (const char* file : {"messages.csv", "a", "订单.xlsx"}) {
    const auto plan = plan_for(file, headers, *mapping);
    XINJING_CHECK(!plan || plan->fields.size() == headers.size());
  }
  return 0;
}
