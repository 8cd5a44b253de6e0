#include "evidence/scope_weight.h"

#include <algorithm>
#include <array>

namespace xinjing::evidence {
namespace {

// By kind, then by value in the order of scope_values. Comparisons say nothing of how much holds.
constexpr std::array<std::array<double, 4>, language::kScopeKinds> kFactors = {{
    {1, 0, 0.7, 1},      // negation: no, yes, double
    {1, 0.7, 1.3, 1},    // degree: plain, weak, strong
    {1, 0.6, 1.2, 1},    // contrast: plain, conceded, stressed
    {1, 0.3, 1, 1},      // question: no, asked, rhetorical
    {1, 0.3, 0.5, 0.3},  // condition: no, if, then, wish
    {1, 1, 1, 1},        // comparison: no, more, less
    {1, 0.4, 1, 1},      // report: no, reported
    {1, 1, 0.2, 0.4},    // actor: customer, company, rival, other
    {1, 0.6, 0.7, 1},    // time: now, past, future
}};
constexpr double kMost = 1.5;

}  // namespace

double scope_weight(const language::Scope& scope) {
  double weight = 1;
  for (std::size_t kind = 0; kind < kFactors.size(); ++kind) {
    weight *= kFactors[kind][scope.values[kind]];
  }
  return std::min(weight, kMost);
}

double manner_weight(const language::Scope& scope) {
  double weight = 1;
  for (const auto kind : {language::ScopeKind::kNegation, language::ScopeKind::kActor}) {
    weight *= kFactors[static_cast<std::size_t>(kind)][scope[kind]];
  }
  return weight;
}

}  // namespace xinjing::evidence
