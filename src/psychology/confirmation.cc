#include "psychology/confirmation.h"

#include <algorithm>
#include <map>

namespace xinjing::psychology {
namespace {

constexpr double kPrior = 1;  // weight of an experience that is as expected

void add(const Experience& one, Gap& gap) {
  if (one.status == "met") gap.met += one.weight;
  if (one.status == "unmet") gap.unmet += one.weight;
  if (one.status == "exceeded") gap.exceeded += one.weight;
  gap.known = gap.met + gap.unmet + gap.exceeded;
}

void finish(Gap& gap) { gap.gap = (gap.exceeded - gap.unmet) / (gap.known + kPrior); }

}  // namespace

std::vector<Gap> confirmation_of(std::span<const Experience> experiences) {
  std::map<std::string, Gap> by_aspect;
  Gap all;
  for (const Experience& one : experiences) {
    Gap& gap = by_aspect[one.aspect];
    gap.aspect = one.aspect;
    add(one, gap);
    add(one, all);
  }
  std::vector<Gap> gaps;
  for (auto& [aspect, gap] : by_aspect) {
    if (gap.known <= 0) continue;
    finish(gap);
    gaps.push_back(gap);
  }
  std::stable_sort(gaps.begin(), gaps.end(),
                   [](const Gap& a, const Gap& b) { return a.known > b.known; });
  if (gaps.empty()) return gaps;
  finish(all);
  gaps.push_back(all);
  return gaps;
}

}  // namespace xinjing::psychology
