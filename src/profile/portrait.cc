#include "profile/portrait.h"

#include <algorithm>

namespace xinjing::profile {
namespace {

/// The construct `frequency` follows from orders alone. Who only speaks with the company and is in
/// no order may have bought where no order was kept: then nothing is known.
void read_frequency(Line& line, const behaviour::History& history, const evidence::Card& card,
                    Day as_of) {
  const bool seen = history.orders > 0 || !history.acts.empty();
  const bool known = history.orders_known && seen;
  if (!known) return;
  const std::string_view id = behaviour::frequency_id(behaviour::frequency_class(history, as_of));
  psychology::Standing& standing = line.standing;
  standing.dist.assign(card.states.size(), 0);
  for (std::size_t s = 0; s < card.states.size(); ++s) {
    if (card.states[s].id != id) continue;
    standing.state = std::uint16_t(s);
    standing.dist[s] = 1;
  }
  standing.ground = psychology::Ground::kEnough;
  standing.p = standing.low = standing.high = 1;
  standing.shown = standing.evidence = standing.episodes =
      std::max<std::int64_t>(1, history.orders);
  standing.first = history.bought.empty() ? as_of : history.bought.first;
  standing.last = history.bought.empty() ? as_of : history.bought.last;
  line.orders = history.orders;
}

/// Expected value is no ground for a place in a queue, a price, or a judgement of staff.
bool value_allowed(evidence::Use use) {
  using enum evidence::Use;
  return use == kService || use == kFollowUp || use == kRecommendation || use == kSegmentation ||
         use == kResearch;
}

void narrow_value(Portrait& portrait, evidence::Use use) {
  if (!portrait.value || value_allowed(use)) return;
  portrait.value.reset();
  portrait.withheld.push_back(
      {"value",
       {"expected value", "预期价值"},
       {"what somebody may buy is not for this use", "将来会买多少，不用于此目的"}});
}

}  // namespace

Portrait read_portrait(const Profile& profile, const evidence::Catalogue& catalogue, Day as_of) {
  Portrait out;
  out.as_of = as_of;
  out.history = profile.history;
  for (std::size_t i = 0; i < catalogue.size(); ++i) {
    const auto construct = static_cast<std::uint16_t>(i);
    const evidence::Card& card = catalogue[construct];
    Line line{.construct = construct, .standing = {}, .because = {}, .against = {}, .orders = {}};
    line.standing = psychology::read_standing(profile.tally, construct, card, as_of);
    if (card.id == "frequency") read_frequency(line, profile.history, card, as_of);
    out.lines.push_back(std::move(line));
  }
  return out;
}

void narrow(Portrait& portrait, const evidence::Permit& permit) {
  portrait.use = permit.use();
  portrait.withheld = permit.withheld();
  narrow_value(portrait, permit.use());
  std::erase_if(portrait.lines,
                [&](const Line& line) { return !permit.allows_number(line.construct); });
  const evidence::Use use = permit.use();
  if (use != evidence::Use::kService && use != evidence::Use::kFollowUp &&
      use != evidence::Use::kRecommendation) {
    portrait.next.clear();
  }
  const bool of_words = portrait.churn && portrait.churn->of_words;
  const bool signals = permit.allows_all({"bond", "escalation", "expectation", "satisfaction"});
  if (!permit.allows("churn") || (of_words && !signals)) portrait.churn.reset();
  std::erase_if(portrait.said_did,
                [&](const SaidDid& one) { return !permit.allows_number(one.construct); });
  if (permit.allows("expectation")) return;
  portrait.expectations.clear();
  portrait.gaps.clear();
  portrait.promises.clear();
}

}  // namespace xinjing::profile
