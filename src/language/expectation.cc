#include "language/expectation.h"

#include <algorithm>
#include <numeric>

namespace xinjing::language {
namespace {

constexpr float kSaid = 0.5F;
constexpr std::size_t kStatuses = 4;  // of each aspect, beside each other
constexpr std::size_t kCode = 3;      // letters of an aspect: "SPD:unmet"

bool are_same_words(const NormHit& hit, const Expectation& entry) {
  return hit.turn == entry.turn && hit.span.begin < entry.span.end &&
         entry.span.begin < hit.span.end;
}

}  // namespace

std::vector<Expectation> find_expectations(const Reading& reading, std::span<const Head> heads,
                                           const Head* expectation, const Head* kinds) {
  std::vector<Expectation> out;
  if (expectation == nullptr) return out;
  const auto p = reading.episode(*expectation);
  const auto index = static_cast<std::size_t>(expectation - heads.data());
  for (std::size_t k = 0; k + kStatuses <= p.size(); k += kStatuses) {
    const auto of_aspect = p.subspan(k, kStatuses);
    if (std::accumulate(of_aspect.begin(), of_aspect.end(), 0.0F) < kSaid) continue;
    const auto best = static_cast<std::size_t>(
        std::max_element(of_aspect.begin(), of_aspect.end()) - of_aspect.begin());
    const Ground* const ground = ground_to_say(reading, index, k + best);
    if (ground == nullptr) continue;
    const std::string_view state = expectation->states[k + best];
    Expectation& one = out.emplace_back(Expectation{.aspect = state.substr(0, kCode),
                                                    .status = state.substr(kCode + 1),
                                                    .p = of_aspect[best],
                                                    .turn = ground->turn,
                                                    .span = ground->span});
    if (kinds == nullptr) continue;
    const auto kind = reading.episode(*kinds);
    one.stated = kind[0] >= kSaid;
    one.promised = kind.size() > 1 && kind[1] >= kSaid;
  }
  return out;
}

void add_norms(std::span<const NormHit> hits, std::vector<Expectation>& expectations) {
  for (const NormHit& hit : hits) {
    for (Expectation& one : expectations) {
      const bool fits = one.aspect == hit.norm->aspect && are_same_words(hit, one);
      if (fits && one.norm == nullptr) one.norm = hit.norm;
    }
  }
  for (const NormHit& hit : hits) {
    const bool used = std::any_of(expectations.begin(), expectations.end(),
                                  [&](const Expectation& one) { return one.norm == hit.norm; });
    if (used) continue;
    const auto same =
        std::find_if(expectations.begin(), expectations.end(), [&](const Expectation& one) {
          return one.aspect == hit.norm->aspect && one.status == hit.status();
        });
    if (same == expectations.end()) {
      expectations.push_back({.aspect = hit.norm->aspect,
                              .status = hit.status(),
                              .p = hit.p,
                              .turn = hit.turn,
                              .span = hit.span,
                              .norm = hit.norm});
    } else if (same->norm == nullptr) {
      same->norm = hit.norm;
    }
  }
}

}  // namespace xinjing::language
