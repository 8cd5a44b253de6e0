#include "insight/journey_feeling.h"

#include <algorithm>
#include <cmath>
#include <map>

namespace xinjing::insight {
namespace {

constexpr double kLowest = -2, kHighest = 2;
constexpr double kFalseRate = 0.1;

struct OfStep {
  std::map<std::int64_t, Sums> people;
  std::int64_t conversations = 0, displeased = 0, unmet = 0;
};
using Steps = std::map<std::string, OfStep>;

/// Of each person's mean.
Sums over_people(const std::map<std::int64_t, Sums>& people) {
  Sums out;
  for (const auto& [person, sums] : people) out.add(sums.mean());
  return out;
}

Sums elsewhere(const Steps& steps, const std::string& activity) {
  std::map<std::int64_t, Sums> people;
  for (const auto& [name, step] : steps) {
    if (name == activity) continue;
    for (const auto& [person, sums] : step.people) people[person].merge(sums);
  }
  return over_people(people);
}

/// The difference of two means with its interval and how probable chance makes it.
double compare(const Sums& here, const Sums& there, Interval& change) {
  constexpr double kZ = 1.959964;
  const double error = std::sqrt(here.variance() / here.n + there.variance() / there.n);
  const double difference = here.mean() - there.mean();
  // The t quantile for the smaller group is the wider choice: 1 + 1.42 / n comes close to it.
  const double wide = kZ * (1 + 1.42 / (std::min(here.n, there.n) - 1));
  change = {difference, difference - wide * error, difference + wide * error};
  if (error == 0) return difference == 0 ? 1 : 0;
  return 2 * normal_tail(std::abs(difference) / error * kZ / wide);
}

}  // namespace

std::vector<StepFeeling> step_feelings(std::vector<StepReading> readings) {
  // So that sums of doubles do not depend on the order of rows.
  std::ranges::sort(readings, {}, [](const StepReading& one) {
    return std::tuple(one.activity, one.person, one.satisfaction);
  });
  Steps steps;
  for (const StepReading& one : readings) {
    OfStep& step = steps[one.activity];
    step.people[one.person].add(one.satisfaction);
    ++step.conversations;
    step.displeased += one.displeased;
    step.unmet += one.unmet;
  }
  std::vector<StepFeeling> out;
  std::vector<double> chance;
  std::vector<std::size_t> tested;
  for (const auto& [name, step] : steps) {
    const Sums here = over_people(step.people), there = elsewhere(steps, name);
    StepFeeling& one = out.emplace_back();
    one.activity = name;
    one.conversations = step.conversations;
    one.people = std::int64_t(step.people.size());
    one.enough = here.n >= double(kFewestPeople) && there.n >= double(kFewestPeople);
    one.satisfaction = mean_interval(here, kLowest, kHighest);
    one.displeased = share_interval(double(step.displeased), double(step.conversations));
    one.unmet = share_interval(double(step.unmet), double(step.conversations));
    if (!one.enough) continue;
    chance.push_back(compare(here, there, one.change));
    tested.push_back(out.size() - 1);
  }
  const std::vector<bool> stands = stands_among(chance, kFalseRate);
  for (std::size_t i = 0; i < tested.size(); ++i) out[tested[i]].differs = stands[i];
  std::ranges::stable_sort(out, {}, [](const StepFeeling& one) {
    return std::tuple(!one.enough, one.enough ? one.change.value : 0, one.activity);
  });
  return out;
}

}  // namespace xinjing::insight
