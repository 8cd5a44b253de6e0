#include <cstddef>
#include <cstdint>
#include <string_view>

#include "base/json.h"
#include "cli/own_labels.h"
#include "learn/dataset.h"

// Labels that people bring: a labelled conversation as a line of JSON, and a cell of a sheet.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace xinjing;
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  JsonParser parser;
  if (const auto line = parser.parse(text); line && line->is_object()) {
    (void)learn::labelled_from(*line, "own");
  }
  static const evidence::Catalogue no_cards;
  static const cli::LabelHead heads[] = {
      {"motive", language::HeadKind::kSeveral, false, {"vent", "praise"}},
      {"emotion", language::HeadKind::kOne, true, {"neutral", "anger"}}};
  for (const cli::LabelHead& head : heads) (void)cli::label_states(text, head, no_cards);
  return 0;
}
