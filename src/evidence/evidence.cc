#include "evidence/evidence.h"

namespace xinjing::evidence {

std::optional<Source> source_from(std::string_view id) {
  for (const Source source : {Source::kModel, Source::kCue, Source::kDetector, Source::kAct}) {
    if (source_id(source) == id) return source;
  }
  return std::nullopt;
}

}  // namespace xinjing::evidence
