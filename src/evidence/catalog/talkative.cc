#include "base/format.h"
#include "evidence/catalog.h"

namespace xinjing::evidence::catalog {
namespace {

constexpr std::size_t kLeastTurns = 3;
constexpr double kManyUnits = 60;       // a turn, on average
constexpr double kMostOfTheTalk = 0.7;  // share of all units
constexpr double kLongTalk = 150;       // units of the customer, for the share to mean anything

void detect(const Episode& episode, std::vector<Finding>& out) {
  if (episode.customer_turns.size() < kLeastTurns) return;
  double all = 0;
  for (const TurnSignals& signals : episode.signals) all += signals.units;
  double customer = 0;
  std::uint32_t longest = episode.customer_turns.front();
  for (const std::uint32_t turn : episode.customer_turns) {
    customer += episode.signals[turn].units;
    if (episode.signals[turn].units > episode.signals[longest].units) longest = turn;
  }
  const bool long_turns =
      customer >= kManyUnits * static_cast<double>(episode.customer_turns.size());
  const bool answered = episode.turns.size() > episode.customer_turns.size();
  const bool dominates = answered && customer >= kLongTalk && customer >= kMostOfTheTalk * all;
  if (!long_turns && !dominates) return;
  out.push_back({.target = 0, .nats = 0.5, .turn = longest, .span = {}});
  out.push_back({.target = 1, .nats = 0.3, .turn = longest, .span = {}});
}

Said figure(const Episode& episode) {
  double all = 0;
  double customer = 0;
  for (const TurnSignals& signals : episode.signals) all += signals.units;
  for (const std::uint32_t turn : episode.customer_turns) customer += episode.signals[turn].units;
  const double mean = customer / static_cast<double>(episode.customer_turns.size());
  return {fmt::format("{:.0f} units a turn on average, {:.0f}% of the talk", mean,
                      100 * customer / all),
          fmt::format("平均每次说 {:.0f} 字，占全部话量 {:.0f}%", mean, 100 * customer / all)};
}

}  // namespace

const Entry& talkative() {
  static const Entry entry{
      .name = "talkative",
      .about = {"long turns, or most of the talk", "发言很长，或占了大部分话量"},
      .weights = Weights::kMeasured,
      .targets = {{"style", "talkative"}, {"buyer_type", "talkative"}},
      .detect = detect,
      .figure = figure};
  return entry;
}

}  // namespace xinjing::evidence::catalog
