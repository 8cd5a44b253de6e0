#include "psychology/standing.h"

#include <algorithm>
#include <charconv>
#include <cmath>

#include "base/hidden_chain.h"
#include "psychology/decayed.h"

namespace xinjing::psychology {
namespace {

using Days = std::vector<DecayedDay>;

// Episodes of one person err alike, so each after the first counts for less than its full log-odds.
// A guess: 0 would let n episodes count as one, 1 as n independent ones.
constexpr double kIndependence = 0.5;
// Strength of the prior in pseudo-episodes for shares and traits.
constexpr double kPriorEpisodes = 2.0;
constexpr double kNormal95 = 1.959963984540054;
// A later half that differs by less than this much evidence per episode is called flat.
constexpr double kFlatNats = 0.3;
constexpr double kFlatShare = 0.15;

double decayed_exposures(const Days& days) {
  double n = 0;
  for (const DecayedDay& day : days) n += day.weight * day.exposures;
  return n;
}

double decayed_sum(const Days& days, std::vector<double> DecayedDay::*what, std::size_t state) {
  double sum = 0;
  for (const DecayedDay& day : days) sum += day.weight * (day.*what)[state];
  return sum;
}

bool shows_anything(const DecayedDay& day) {
  return std::any_of(day.counts.begin(), day.counts.end(), [](double n) { return n > 0; });
}

std::size_t index_of_largest(const std::vector<double>& values) {
  return std::size_t(std::max_element(values.begin(), values.end()) - values.begin());
}

double log_odds(double p) {
  const double safe = std::clamp(p, 1e-9, 1 - 1e-9);
  return std::log(safe / (1 - safe));
}

/// What several episodes say of one state, on the scale of log odds.
double summed(const Days& days, double n, std::size_t state) {
  const double scale = (1 + kIndependence * (n - 1)) / n;
  return scale * decayed_sum(days, &DecayedDay::nats, state);
}

/// Whether it is a probability that log-odds of episodes add up to.
bool adds_up(const evidence::Card& card) {
  return card.measure == evidence::Measure::kTypology ||
         card.measure == evidence::Measure::kSequence ||
         card.measure == evidence::Measure::kSeveral;
}

void read_typology(Standing& out, const Days& days, const evidence::Card& card) {
  const double n = std::max(1.0, decayed_exposures(days));
  std::vector<double> logits = log_priors(card);
  for (std::size_t s = 0; s < logits.size(); ++s) logits[s] += summed(days, n, s);
  out.dist = softmax(std::move(logits));
  out.state = std::uint16_t(index_of_largest(out.dist));
  out.p = out.dist[out.state];
  out.low = out.high = out.p;
  out.nats = log_odds(out.p) - log_odds(std::exp(log_priors(card)[out.state]));
}

HiddenChain chain_of(const evidence::Card& card) {
  HiddenChain chain;
  for (const evidence::CardState& state : card.states) {
    chain.start.push_back(state.prior);
    chain.next.push_back(state.next);
  }
  return chain;
}

void read_sequence(Standing& out, const Days& days, const evidence::Card& card) {
  const HiddenChain chain = chain_of(card);
  std::vector<std::vector<double>> nats;
  std::vector<const DecayedDay*> steps;
  for (const DecayedDay& day : days) {
    if (!shows_anything(day)) continue;
    nats.push_back(day.nats);
    steps.push_back(&day);
  }
  out.dist = chain.start;
  const std::vector<std::vector<double>> path = smoothed(chain, nats);
  for (std::size_t t = 0; t < path.size(); ++t) {
    const std::size_t state = index_of_largest(path[t]);
    out.path.push_back({steps[t]->day, std::uint16_t(state), path[t][state]});
  }
  if (!path.empty()) {
    const double fresh = steps.back()->weight;
    for (std::size_t s = 0; s < out.dist.size(); ++s) {
      out.dist[s] = fresh * path.back()[s] + (1 - fresh) * chain.start[s];
    }
  }
  out.state = std::uint16_t(index_of_largest(out.dist));
  out.p = out.low = out.high = out.dist[out.state];
  out.nats = log_odds(out.p) - log_odds(card.states[out.state].prior);
}

void read_several(Standing& out, const Days& days, const evidence::Card& card) {
  const double n = std::max(1.0, decayed_exposures(days));
  for (std::size_t s = 0; s < card.states.size(); ++s) {
    const double logit = log_odds(card.states[s].prior) + summed(days, n, s);
    out.dist.push_back(1 / (1 + std::exp(-logit)));
  }
  out.state = std::uint16_t(index_of_largest(out.dist));
  out.p = out.dist[out.state];
  out.low = out.high = out.p;
  out.nats = log_odds(out.p) - log_odds(card.states[out.state].prior);
}

void read_share(Standing& out, const Days& days, const evidence::Card& card) {
  const double n = decayed_exposures(days);
  for (std::size_t s = 0; s < card.states.size(); ++s) {
    const double hits = std::min(n, decayed_sum(days, &DecayedDay::counts, s));
    out.dist.push_back((hits + kPriorEpisodes * card.states[s].prior) / (n + kPriorEpisodes));
  }
  std::vector<double> hits;
  for (std::size_t s = 0; s < card.states.size(); ++s) {
    hits.push_back(decayed_sum(days, &DecayedDay::counts, s) + 1e-6 * out.dist[s]);
  }
  out.state = std::uint16_t(index_of_largest(hits));
  out.p = out.dist[out.state];
  out.nats = decayed_sum(days, &DecayedDay::nats, out.state);
  const double spread = kNormal95 * std::sqrt(out.p * (1 - out.p) / (n + kPriorEpisodes + 1));
  out.low = std::max(0.0, out.p - spread);
  out.high = std::min(1.0, out.p + spread);
}

double level_of(const evidence::Card& card, std::size_t state) {
  const std::string& id = card.states[state].id;
  double value = 0;
  const auto [end, error] = std::from_chars(id.data(), id.data() + id.size(), value);
  if (error == std::errc{} && end == id.data() + id.size()) return value;
  return card.states[state].valence ? double(*card.states[state].valence) : double(state);
}

/// The distribution over levels that one day's evidence gives, its episodes averaged.
std::vector<double> day_distribution(const DecayedDay& day, const evidence::Card& card) {
  std::vector<double> logits = log_priors(card);
  for (std::size_t s = 0; s < logits.size(); ++s)
    logits[s] += day.nats[s] / std::max(1.0, day.exposures);
  return softmax(std::move(logits));
}

double mean_level(const std::vector<double>& dist, const evidence::Card& card) {
  double mean = 0;
  for (std::size_t s = 0; s < dist.size(); ++s) mean += dist[s] * level_of(card, s);
  return mean;
}

/// How decided a distribution is, in nats: 0 when all states are alike, log K when one is certain.
double decidedness(const std::vector<double>& dist) {
  double sum = std::log(double(dist.size()));
  for (const double p : dist) sum += p > 0 ? p * std::log(p) : 0;
  return sum;
}

void read_trait(Standing& out, const Days& days, const evidence::Card& card) {
  std::vector<double> sum = softmax(log_priors(card));
  for (double& x : sum) x *= kPriorEpisodes / 4;  // weak: one episode must be able to speak
  double n = kPriorEpisodes / 4;
  for (const DecayedDay& day : days) {
    const double weight = day.weight * day.exposures;
    const std::vector<double> dist = day_distribution(day, card);
    if (shows_anything(day)) out.nats += weight * decidedness(dist);
    for (std::size_t s = 0; s < sum.size(); ++s) sum[s] += weight * dist[s];
    n += weight;
  }
  for (double& x : sum) x /= n;
  out.dist = std::move(sum);
  out.mean = mean_level(out.dist, card);
  out.state = std::uint16_t(index_of_largest(out.dist));
  out.p = out.dist[out.state];
  double variance = 0;
  double least = *out.mean;
  double most = *out.mean;
  for (std::size_t s = 0; s < out.dist.size(); ++s) {
    const double level = level_of(card, s);
    variance += out.dist[s] * (level - *out.mean) * (level - *out.mean);
    least = std::min(least, level);
    most = std::max(most, level);
  }
  const double spread = kNormal95 * std::sqrt(variance / n);
  out.low = std::max(least, *out.mean - spread);
  out.high = std::min(most, *out.mean + spread);
}

double strength(std::span<const DecayedDay> days, const Standing& standing,
                const evidence::Card& card) {
  double n = 0, sum = 0;
  for (const DecayedDay& day : days) {
    n += day.exposures;
    if (standing.mean) {
      sum += day.exposures * mean_level(day_distribution(day, card), card);
    } else if (adds_up(card)) {
      sum += day.nats[standing.state];
    } else {
      sum += day.counts[standing.state];
    }
  }
  return n > 0 ? sum / n : 0;
}

Trend trend_of(const Days& days, const Standing& standing, const evidence::Card& card) {
  if (days.size() < 2 || standing.episodes < 4) return Trend::kUnknown;
  double half = 0;
  std::size_t split = 0;
  while (split + 1 < days.size() && half + days[split].exposures <= double(standing.episodes) / 2) {
    half += days[split++].exposures;
  }
  if (split == 0) return Trend::kUnknown;
  const auto all = std::span(days);
  const double change =
      strength(all.subspan(split), standing, card) - strength(all.first(split), standing, card);
  const double flat = adds_up(card) ? kFlatNats : kFlatShare;
  if (std::abs(change) < flat) return Trend::kFlat;
  return change > 0 ? Trend::kUp : Trend::kDown;
}

Ground ground_of(const Standing& standing, const evidence::Card& card) {
  if (standing.episodes == 0 || standing.evidence == 0) return Ground::kNothing;
  const bool must_be_likely = adds_up(card);
  if (times_shown(standing, card) < card.minimum_episodes) return Ground::kFewEpisodes;
  if (standing.shown == 0 && !standing.mean) return Ground::kUndecided;
  if (standing.nats < card.minimum_nats) return Ground::kWeak;
  // A share says how often, a trait how much: only one state among several can be undecided.
  if (must_be_likely && standing.p < card.minimum_probability) return Ground::kUndecided;
  return Ground::kEnough;
}

void count(Standing& out, const Days& days) {
  for (const DecayedDay& day : days) {
    out.episodes += std::int64_t(day.exposures);
    double rows = 0;
    for (const double n : day.counts) rows += n;
    if (rows == 0) continue;
    if (out.evidence == 0) out.first = day.day;
    out.last = day.day;
    out.evidence += std::int64_t(rows);
  }
}

}  // namespace

std::int64_t times_shown(const Standing& standing, const evidence::Card& card) {
  return evidence::one_state_holds(card) ? standing.evidence : standing.shown;
}

std::string_view trend_id(Trend trend) {
  constexpr std::string_view kIds[] = {"unknown", "down", "flat", "up"};
  return kIds[static_cast<std::size_t>(trend)];
}

std::string_view ground_id(Ground ground) {
  constexpr std::string_view kIds[] = {"enough", "nothing",   "few_episodes",
                                       "weak",   "undecided", "faded"};
  return kIds[static_cast<std::size_t>(ground)];
}

Standing read_standing(const evidence::Tally& tally, std::uint16_t construct,
                       const evidence::Card& card, Day as_of) {
  const Days days = decayed_days(tally, construct, card, as_of);
  Standing out;
  count(out, days);
  switch (card.measure) {
    case evidence::Measure::kTypology:
      read_typology(out, days, card);
      break;
    case evidence::Measure::kSequence:
      read_sequence(out, days, card);
      break;
    case evidence::Measure::kTrait:
      read_trait(out, days, card);
      break;
    case evidence::Measure::kSeveral:
      read_several(out, days, card);
      break;
    case evidence::Measure::kShare:
    case evidence::Measure::kRate:
    case evidence::Measure::kLedger:
      read_share(out, days, card);
      break;
  }
  for (const DecayedDay& day : days) out.shown += std::int64_t(day.counts[out.state]);
  out.ground = ground_of(out, card);
  out.trend = trend_of(days, out, card);
  const bool unsaid = out.ground == Ground::kWeak || out.ground == Ground::kUndecided;
  if (unsaid && out.last < as_of && read_standing(tally, construct, card, out.last).said()) {
    out.ground = Ground::kFaded;
  }
  return out;
}

}  // namespace xinjing::psychology
