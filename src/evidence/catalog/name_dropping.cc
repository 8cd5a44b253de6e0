#include "evidence/catalog.h"

namespace xinjing::evidence::catalog {
namespace {

void detect(const Episode& episode, std::vector<Finding>& out) {
  const auto turn = first_turn_with(episode, Marker::kConnection);
  if (!turn) return;
  const Span span = episode.signals[*turn].marker_span(Marker::kConnection);
  out.push_back({.target = 0, .nats = 0.4, .turn = *turn, .span = span});
}

}  // namespace

const Entry& name_dropping() {
  static const Entry entry{.name = "name_dropping",
                           .about = {"claims to know somebody in charge, or to be a large customer",
                                     "说自己认识领导，或是大客户"},
                           .weights = Weights::kGuessed,
                           .targets = {{"style", "boastful"}},
                           .detect = detect};
  return entry;
}

}  // namespace xinjing::evidence::catalog
