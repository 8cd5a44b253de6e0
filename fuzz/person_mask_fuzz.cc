// Whatever customers say: the mask puts stars for letters and changes nothing else, and what is
// masked stays as it is.
#include <cstddef>
#include <cstdint>
#include <string>

#include "base/check.h"
#include "base/utf8.h"
#include "report/person_mask.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace xinjing;
  static const report::PersonMask mask({"陈立", "赵师傅", "Grace Lin", "坐席1"},
                                       {{"祝明远", "个人"}});
  const std::string text = repaired_utf8({reinterpret_cast<const char*>(data), size});
  const std::u32string said = characters_of(text);
  const std::string shown = mask.masked(text, "冯铁山", "个人");
  const std::u32string got = characters_of(shown);
  XINJING_CHECK(got.size() == said.size());
  for (std::size_t i = 0; i < said.size(); ++i) XINJING_CHECK(got[i] == said[i] || got[i] == U'*');
  XINJING_CHECK(mask.masked(shown, "冯铁山", "个人") == shown);
  (void)mask.names_somebody(text);
  return 0;
}
