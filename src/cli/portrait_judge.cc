#include "cli/portrait_judge.h"

#include <algorithm>
#include <cmath>
#include <map>

#include "learn/metric.h"
#include "psychology/standing.h"

namespace xinjing::cli {
namespace {

constexpr std::uint16_t kConstruct = 0;
constexpr std::int32_t kDaysBetween = 20;
constexpr double kSure = 1e-6;

using Episodes = std::vector<const learn::HeldOut*>;

double log_odds(double p) { return std::log(p) - std::log1p(-p); }

evidence::Tally tally_of(const Episodes& episodes, const learn::OverEpisodes& head,
                         const evidence::Card& card) {
  const bool several = !evidence::one_state_holds(card);
  evidence::Tally tally;
  for (std::size_t e = 0; e < episodes.size(); ++e) {
    const Day day{static_cast<std::int32_t>(e) * kDaysBetween};
    tally.add({kConstruct, evidence::kExposure, day}, 0, 1);
    for (std::size_t s = 0; s < head.states.size(); ++s) {
      const auto state = card.find_state(head.states[s]);
      const bool said = episodes[e]->said[s];
      if (!state || (several && !said)) continue;
      const double p = std::clamp(double{episodes[e]->p[s]}, kSure, 1 - kSure);
      const double prior = std::clamp(double{head.priors[s]}, kSure, 1 - kSure);
      const double nats = several ? log_odds(p) - log_odds(prior) : std::log(p) - std::log(prior);
      const double capped = std::clamp(nats, -card.cap_nats, card.cap_nats);
      tally.add({kConstruct, *state, day}, std::llround(capped * evidence::kMicroNatsPerNat),
                said ? 1 : 0);
    }
  }
  return tally;
}

int state_in(const evidence::Card& card, const learn::OverEpisodes& head,
             const learn::HeldOut& episode) {
  const auto most = std::max_element(episode.truth.begin(), episode.truth.end());
  const std::string& id = head.states[std::size_t(most - episode.truth.begin())];
  return card.find_state(id).value_or(evidence::kExposure);
}

}  // namespace

PortraitVerdict judge_portraits(const learn::OverEpisodes& head, const evidence::Card& card) {
  std::map<std::string, Episodes> customers;
  for (const learn::HeldOut& one : head.episodes) customers[one.customer].push_back(&one);
  const bool sequence = card.measure == evidence::Measure::kSequence;
  PortraitVerdict verdict{.construct = head.head,
                          .measure = sequence ? "kappa of each episode" : "macro F1",
                          .customers = customers.size()};
  std::vector<int> gold;
  std::vector<int> path;
  std::vector<learn::Hits> hits(head.states.size());
  for (const auto& [customer, episodes] : customers) {
    const evidence::Tally tally = tally_of(episodes, head, card);
    const Day last{static_cast<std::int32_t>(episodes.size() - 1) * kDaysBetween};
    const psychology::Standing standing = psychology::read_standing(tally, kConstruct, card, last);
    verdict.said += standing.said() ? 1 : 0;
    for (std::size_t e = 0; sequence && e < standing.path.size(); ++e) {
      gold.push_back(state_in(card, head, *episodes[e]));
      path.push_back(standing.path[e].state);
    }
    for (std::size_t s = 0; s < head.states.size(); ++s) {
      const auto state = card.find_state(head.states[s]);
      const bool says = state && standing.said() && standing.dist[*state] >= 0.5;
      hits[s].count(episodes.front()->truth[s] >= 0.5F, says);
    }
  }
  verdict.value = sequence ? learn::kappa(gold, path) : learn::macro_f1(hits);
  return verdict;
}

}  // namespace xinjing::cli
