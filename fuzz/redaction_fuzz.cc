#include <cstddef>
#include <cstdint>
#include <string>

#include "base/check.h"
#include "base/utf8.h"
#include "ingest/redaction.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace xinjing;
  std::string text = repaired_utf8({reinterpret_cast<const char*>(data), size});
  const std::string before = text;
  const auto spans = ingest::find_personal(text);
  std::uint32_t end = 0;
  for (const ingest::PersonalSpan& personal : spans) {
    XINJING_CHECK(end <= personal.span.begin && personal.span.begin < personal.span.end);
    end = personal.span.end;
  }
  XINJING_CHECK(end <= text.size());
  ingest::mask(text, spans);
  XINJING_CHECK(text.size() == before.size() && is_utf8(text));
  return 0;
}
