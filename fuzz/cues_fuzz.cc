#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include "base/check.h"
#include "base/utf8.h"
#include "language/cue_lexicon.h"

// A cue file that is read finds each of its cues in the file's own text.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace xinjing;
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const auto cues = language::parse_cues(text, "cues.tsv");
  if (!cues) {
    XINJING_CHECK(cues.error().place.starts_with("cues.tsv:"));
    return 0;
  }
  std::vector<std::string> states;
  for (const language::Cue& cue : *cues) states.push_back(cue.state);
  const std::vector<language::CueFile> files{{0, "test", states, text, "cues.tsv"}};
  const auto lexicon = language::CueLexicon::compile(files);
  XINJING_CHECK(bool(lexicon));
  language::CueLexicon::Scratch scratch;
  std::vector<language::CueMatch> matches;
  for (const language::Cue& cue : *cues) {
    matches.clear();
    const bool agent = cue.scope == language::CueScope::kAgent;
    const std::u32string characters = characters_of(cue.text);
    lexicon->find(characters, agent ? ingest::Speaker::kAgent : ingest::Speaker::kCustomer, scratch,
                  matches);
    bool whole = false;
    for (const language::CueMatch& match : matches) {
      XINJING_CHECK(match.span.begin < match.span.end && match.span.end <= characters.size());
      whole = whole || match.span.size() == characters.size();
    }
    XINJING_CHECK(whole);
  }
  return 0;
}
