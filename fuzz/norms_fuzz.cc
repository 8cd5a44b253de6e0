#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include "base/check.h"
#include "evidence/pack.h"
#include "language/expectation.h"
#include "language/normalise.h"
#include "language/norms.h"

// Any bytes as a pack.toml and as norms: refused with the place or read; each trigger is found in
// the file's own text, and what is found lies in it.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace xinjing;
  using namespace xinjing::language;
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  if (const auto pack = evidence::parse_pack(text, "pack.toml"); !pack) {
    XINJING_CHECK(pack.error().place.starts_with("pack.toml"));
  }
  const std::vector<std::string> aspects = {"ENV", "PRI", "SPD"};
  NormLexicon norms;
  const Status added =
      norms.add({.pack = "p", .text = text, .name = "norms.tsv", .aspects = aspects});
  if (!added) {
    XINJING_CHECK(added.error().place.starts_with("norms.tsv:"));
    return 0;
  }
  norms.build();
  Normalised normal;
  normalise(text, normal);
  std::vector<FoundPhrase> scratch;
  std::vector<NormLexicon::Found> found;
  norms.find(normal.chars, scratch, found);
  std::vector<NormHit> hits;
  for (const NormLexicon::Found& one : found) {
    XINJING_CHECK(one.norm < norms.norms().size());
    XINJING_CHECK(one.chars.begin < one.chars.end && one.chars.end <= normal.chars.size());
    hits.push_back({.norm = &norms.norms()[one.norm],
                    .open = !one.broken,
                    .turn = 0,
                    .span = normal.bytes(one.chars.begin, one.chars.end),
                    .p = 0.6F});
  }
  std::vector<Expectation> entries;
  add_norms(hits, entries);
  XINJING_CHECK(entries.size() <= hits.size());
  return 0;
}
