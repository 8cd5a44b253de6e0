#include <algorithm>

#include "evidence/catalog.h"

namespace xinjing::evidence::catalog {
namespace {

// On social media one tag names the company itself, and a second is common.
constexpr std::size_t kManyTags = 3;

// Where the customer has tagged the third name, if so many were tagged.
void find_tags(const Episode& episode, std::vector<Finding>& out) {
  std::vector<std::string_view> names;
  for (const std::uint32_t turn : episode.customer_turns) {
    if (episode.signals[turn].marker(Marker::kTag) == 0) continue;
    const std::string_view text = episode.turns[turn].text;
    for (Span tag = next_tag(text, 0); !tag.empty(); tag = next_tag(text, tag.end)) {
      const std::string_view name = slice(text, tag);
      if (std::find(names.begin(), names.end(), name) != names.end()) continue;
      names.push_back(name);
      if (names.size() < kManyTags) continue;
      out.push_back({.target = 0, .nats = 0.5, .turn = turn, .span = tag});
      return;
    }
  }
}

void detect(const Episode& episode, std::vector<Finding>& out) {
  find_tags(episode, out);
  for (const std::uint32_t turn : episode.customer_turns) {
    const TurnSignals& signals = episode.signals[turn];
    if (signals.marker(Marker::kPublic) > 0) {
      const Span span = signals.marker_span(Marker::kPublic);
      out.push_back({.target = 0, .nats = 0.6, .turn = turn, .span = span});
    }
    if (signals.marker(Marker::kRegulator) > 0) {
      const Span span = signals.marker_span(Marker::kRegulator);
      out.push_back({.target = 1, .nats = 1.5, .turn = turn, .span = span});
    }
  }
}

}  // namespace

const Entry& goes_public() {
  static const Entry entry{
      .name = "goes_public",
      .about = {"names the media, a regulator or a court, or tags three names with @",
                "提到媒体、监管、法院，或用 @ 点名三个以上"},
      .weights = Weights::kMeasured,
      .targets = {{"escalation", "1"}, {"escalation", "2"}},
      .detect = detect};
  return entry;
}

}  // namespace xinjing::evidence::catalog
