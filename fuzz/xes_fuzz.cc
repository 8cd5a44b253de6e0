#include "source_fuzz.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  xinjing::read_to_end(data, size, "log.xes");
  xinjing::read_to_end(data, size, "log.xes.gz");
  return 0;
}
