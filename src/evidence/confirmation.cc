#include "evidence/confirmation.h"

#include <algorithm>
#include <cmath>
#include <iterator>

namespace xinjing::evidence {
namespace {

struct Weight {
  std::string_view what;
  bool recalled;  // only where the words recall a promise
  std::string_view state;
  std::int32_t micro_nats;
};
// A loss weighs more than a gain (Kahneman and Tversky 1979).
constexpr Weight kWeights[] = {
    {"unmet", true, "-1", 600'000},    {"unmet", true, "-2", 400'000},
    {"met", true, "1", 400'000},       {"exceeded", false, "2", 600'000},
    {"exceeded", false, "1", 400'000},
};

// Of a gap, by its sign: -1/2, of one broken promise, gives the weights above.
constexpr double kNearNats = 1.2;
constexpr double kFarNats = 0.8;

/// The fates that customers told, and the gap that they leave.
struct Told {
  int met = 0, unmet = 0, exceeded = 0;
  const PromiseFate* worst = nullptr;  // the last that shows each way
  const PromiseFate* best = nullptr;
  const PromiseFate* kept = nullptr;

  int known() const { return met + unmet + exceeded; }
  double gap() const { return double(exceeded - unmet) / double(known() + 1); }
};

void add(const PromiseFate& fate, Told& told) {
  if (fate.status == "met") ++told.met, told.kept = &fate;
  if (fate.status == "unmet") ++told.unmet, told.worst = &fate;
  if (fate.status == "exceeded") ++told.exceeded, told.best = &fate;
}

Told told_by_customers(std::span<const PromiseFate> fates, std::span<const language::Turn> turns) {
  Told out;
  for (const PromiseFate& fate : fates) {
    if (turns[fate.turn].speaker == ingest::Speaker::kCustomer) add(fate, out);
  }
  return out;
}

/// The hits of a gap.
void gap_hits(const Card& card, std::uint16_t construct, const Told& told,
              std::vector<CueHit>& out) {
  const auto say = [&](std::string_view id, double nats, const PromiseFate& fate) {
    constexpr double kMicro = 1e6;
    const auto state = card.find_state(id);
    if (!state) return;
    out.push_back({.construct = construct,
                   .state = *state,
                   .micro_nats = static_cast<std::int32_t>(std::lround(nats * kMicro)),
                   .turn = fate.turn,
                   .span = fate.span,
                   .signal = true});
  };
  const double gap = told.gap();
  if (gap < 0) say("-1", -kNearNats * gap, *told.worst), say("-2", -kFarNats * gap, *told.worst);
  if (gap > 0) say("2", kNearNats * gap, *told.best), say("1", kFarNats * gap, *told.best);
  constexpr double kKept = 0.4;
  if (gap == 0 && told.unmet == 0) say("1", kKept, *told.kept);
}

}  // namespace

void confirmation_hits(const Catalogue& catalogue, std::span<const PromiseWordRow> rows,
                       std::span<const PromiseFate> fates, std::span<const language::Turn> turns,
                       std::vector<CueHit>& out) {
  const auto number = catalogue.number("satisfaction");
  if (!number) return;
  const Card& card = catalogue[*number];
  if (const Told told = told_by_customers(fates, turns); told.known() > 0) {
    gap_hits(card, *number, told, out);
    return;
  }
  for (const Weight& weight : kWeights) {
    const auto state = card.find_state(weight.state);
    if (!state) continue;
    for (const PromiseWordRow& row : rows) {
      if (row.what != weight.what || (weight.recalled && !row.recalls)) continue;
      if (turns[row.turn].speaker != ingest::Speaker::kCustomer) continue;
      out.push_back({.construct = *number,
                     .state = *state,
                     .micro_nats = weight.micro_nats,
                     .turn = row.turn,
                     .span = row.span,
                     .signal = true});
      break;
    }
  }
}

void later_confirmation_hits(const Catalogue& catalogue, std::span<const PromiseFate> fates,
                             std::vector<CueHit>& out) {
  const auto number = catalogue.number("satisfaction");
  if (!number) return;
  Told told;
  for (const PromiseFate& fate : fates) add(fate, told);
  if (told.known() > 0) gap_hits(catalogue[*number], *number, told, out);
}

bool speaks_of_promise(std::string_view outcome, bool recalls) {
  return std::any_of(std::begin(kWeights), std::end(kWeights), [&](const Weight& weight) {
    return weight.what == outcome && (recalls || !weight.recalled);
  });
}

}  // namespace xinjing::evidence
