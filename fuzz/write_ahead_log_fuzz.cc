#include <string>

#include "base/check.h"
#include "store/write_ahead_log.h"

// Any bytes as the database's log: what is kept is a beginning of it, and keeping it changes
// nothing.
extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size) {
  const std::string log = std::string("\x64\x00\x62\x65\x00\x02\xff\xff", 8) +
                          std::string(reinterpret_cast<const char*>(data), size);
  const auto length = xinjing::store::committed_length(log);
  XINJING_CHECK(length && *length <= log.size());
  XINJING_CHECK(xinjing::store::committed_length(std::string_view(log).substr(0, *length)) ==
                length);
  return 0;
}
