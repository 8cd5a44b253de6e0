#include <cmath>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "base/check.h"
#include "ingest/handle.h"
#include "ingest/header.h"
#include "ingest/speaker.h"
#include "ingest/values.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace xinjing::ingest;
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const auto time = take_time(text, {.year = 2026});
  XINJING_CHECK(time.value.has_value() == (time.why == nullptr));
  const auto money = take_money(text);
  XINJING_CHECK(money.value.has_value() == (money.why == nullptr));
  const auto number = take_number(text);
  XINJING_CHECK(!number.value || std::isfinite(*number.value));
  (void)take_day(text), (void)take_integer(text), (void)zone_from(text), (void)is_missing(text);
  (void)header_key(text), (void)header_unit(text), (void)speaker_from(text);
  (void)normal_handle(text, text);
  return 0;
}
