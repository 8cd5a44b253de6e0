#include "behaviour/journey.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <set>

#include "base/format.h"
#include "behaviour/journey_sample.h"

namespace xinjing::behaviour {
namespace {

/// The figures of a log as text: "A>B 3/2 wait 1.0/2.0/…".
std::string told(const EventLog& log, const Journey& journey) {
  const auto names = log.activity_names();
  std::string out = fmt::format("{} steps, {} cases, total {} {} {}, open {}, patience {}\n",
                                journey.steps, journey.cases, journey.total.n, journey.total.median,
                                journey.total.p90, journey.open, journey.patience);
  for (const ActivityFigures& a : journey.activities) {
    out += fmt::format("{} {} in {}, starts {}, ends {} ({}), again {} in {}, takes {} {} {}\n",
                       names[a.activity], a.steps, a.cases, a.starts, a.ends, a.ends_open,
                       a.repeats, a.repeat_cases, a.service.n, a.service.median, a.service.p90);
  }
  for (const Edge& e : journey.edges) {
    out += fmt::format("{}>{} {} in {}, overlap {}, wait {} {} {}\n", names[e.from], names[e.to],
                       e.n, e.cases, e.overlapped, e.wait.median, e.wait.p90, e.wait.mean);
  }
  for (const Variant& v : journey.variants) {
    out += fmt::format("{}: {} {}\n", path_text(log, v.example), v.cases, v.total.median);
  }
  for (const HandOver& h : journey.hand_overs.pairs) {
    out += fmt::format("{}>{} {}\n", log.resource_names()[h.from], log.resource_names()[h.to], h.n);
  }
  return out;
}

// Example L1 of van der Aalst 2016, section 6.2.1: [<a,b,c,d>^3, <a,c,b,d>^2, <a,e,d>], whose
// directly-follows relation the book lists; frequencies follow by counting.
TEST(Journey, FollowsTheDirectlyFollowsRelationOfVanDerAalst2016L1) {
  std::vector<SampleStep> steps;
  int n = 0;
  for (const char* trace : {"abcd", "abcd", "abcd", "acbd", "acbd", "aed"}) {
    int at = 0;
    for (const char* a = trace; *a != 0; ++a) {
      steps.push_back({fmt::format("{}", n), std::string(1, *a), at++});
    }
    ++n;
  }
  const EventLog log = log_of(steps);
  const Journey journey = describe(log);
  std::map<std::string, std::int64_t> edges;
  for (const Edge& e : journey.edges) {
    edges[log.activity_names()[e.from] + log.activity_names()[e.to]] = e.n;
  }
  const std::map<std::string, std::int64_t> expected = {{"ab", 3}, {"ac", 2}, {"ae", 1}, {"bc", 3},
                                                        {"bd", 2}, {"cb", 2}, {"cd", 3}, {"ed", 1}};
  EXPECT_EQ(edges, expected);
  ASSERT_EQ(journey.variants.size(), 3U);
  EXPECT_EQ(path_text(log, journey.variants[0].example), "a b c d");
  EXPECT_EQ(journey.variants[0].cases, 3);
}

TEST(Journey, CountsWaitsFromTheEndOfTheStepBeforeAndOverlapsAsNone) {
  const EventLog log =
      log_of({{"1", "a", 0, 4}, {"1", "b", 10, 12}, {"2", "a", 0, 9}, {"2", "b", 5, 6}});
  const Journey journey = describe(log);
  ASSERT_EQ(journey.edges.size(), 1U);
  const Edge& edge = journey.edges[0];
  EXPECT_EQ(edge.n, 2);
  EXPECT_EQ(edge.overlapped, 1);
  EXPECT_DOUBLE_EQ(edge.wait.median, 3 * 60'000);
  EXPECT_DOUBLE_EQ(edge.wait.p90, 5.4 * 60'000);
  EXPECT_DOUBLE_EQ(journey.total.median, 10.5 * 60'000) << "the second ends with a, not with b";
}

TEST(Journey, TellsReworkHandOversAndPassingBack) {
  const EventLog log = log_of({{"1", "a", 0, -1, "x"},
                               {"1", "b", 1, -1, "y"},
                               {"1", "a", 2, -1, "x"},
                               {"1", "a", 3, -1, ""},
                               {"1", "b", 4, -1, "y"}});
  const Journey journey = describe(log);
  EXPECT_EQ(journey.activities[0].repeats, 2);
  EXPECT_EQ(journey.activities[0].repeat_cases, 1);
  EXPECT_EQ(journey.hand_overs.known, 2);
  EXPECT_EQ(journey.hand_overs.passed, 2);
  EXPECT_EQ(journey.hand_overs.back, 1);
  EXPECT_EQ(journey.hand_overs.cases, 1);
}

TEST(Journey, DoesNotTakeCasesThatMayGoOnForEnded) {
  std::vector<SampleStep> steps;
  for (int c = 0; c < 20; ++c) {
    steps.push_back({fmt::format("{}", c), "a", 100 * c});
    steps.push_back({fmt::format("{}", c), "b", 100 * c + 10});
  }
  steps.push_back({"late", "a", 1909});
  const Journey journey = describe(log_of(steps));
  EXPECT_DOUBLE_EQ(journey.patience, 10 * 60'000);
  EXPECT_EQ(journey.open, 2) << "the last case and the one that has just begun";
}

TEST(Journey, OfNothingIsNothing) {
  const Journey journey = describe(EventLogBuilder().finish());
  EXPECT_EQ(journey.cases, 0);
  EXPECT_EQ(journey.total, Times{});
  EXPECT_TRUE(journey.edges.empty());
}

// The stupid twin: everything in maps, whole traces as strings, quantiles by sorting.
struct Twin {
  std::map<std::string, std::vector<double>> waits;
  std::map<std::string, std::set<std::string>> edge_cases;
  std::map<std::string, int> variants, steps, hand_overs;
};

Twin twin_of(std::vector<SampleStep> steps) {
  std::stable_sort(steps.begin(), steps.end(), [](const auto& a, const auto& b) {
    return std::pair(a.case_id, a.started) < std::pair(b.case_id, b.started);
  });
  Twin out;
  std::map<std::string, std::string> traces;
  for (std::size_t i = 0; i < steps.size(); ++i) {
    const SampleStep& step = steps[i];
    ++out.steps[step.activity];
    traces[step.case_id] += (traces[step.case_id].empty() ? "" : " ") + step.activity;
    if (i == 0 || steps[i - 1].case_id != step.case_id) continue;
    const SampleStep& last = steps[i - 1];
    const int done = last.ended >= last.started ? last.ended : last.started;
    out.waits[last.activity + ">" + step.activity].push_back(60'000.0 *
                                                             std::max(0, step.started - done));
    out.edge_cases[last.activity + ">" + step.activity].insert(step.case_id);
    if (!last.resource.empty() && !step.resource.empty() && last.resource != step.resource) {
      ++out.hand_overs[last.resource + ">" + step.resource];
    }
  }
  for (const auto& [id, trace] : traces) ++out.variants[trace];
  return out;
}

double slow_quantile(std::vector<double> values, double p) {
  std::sort(values.begin(), values.end());
  const double at = p * double(values.size() - 1);
  const auto low = std::size_t(at);
  return low + 1 == values.size()
             ? values[low]
             : values[low] + (at - double(low)) * (values[low + 1] - values[low]);
}

TEST(Journey, AgreesWithAPlainTwinOnRandomLogs) {
  std::mt19937 random(41);
  for (int round = 0; round < 60; ++round) {
    const std::vector<SampleStep> steps = random_steps(random, 1 + round);
    const EventLog log = log_of(steps);
    const Journey journey = describe(log);
    const Twin twin = twin_of(steps);
    ASSERT_EQ(journey.edges.size(), twin.waits.size()) << "seed 41, round " << round;
    for (const Edge& e : journey.edges) {
      const std::string name = log.activity_names()[e.from] + ">" + log.activity_names()[e.to];
      const std::vector<double>& waits = twin.waits.at(name);
      EXPECT_EQ(e.n, std::int64_t(waits.size()));
      EXPECT_EQ(e.cases, std::int64_t(twin.edge_cases.at(name).size()));
      EXPECT_NEAR(e.wait.median, slow_quantile(waits, 0.5), 1e-6);
      EXPECT_NEAR(e.wait.p90, slow_quantile(waits, 0.9), 1e-6);
    }
    ASSERT_EQ(journey.variants.size(), twin.variants.size());
    for (const Variant& v : journey.variants) {
      EXPECT_EQ(v.cases, twin.variants.at(path_text(log, v.example)));
    }
    ASSERT_EQ(journey.hand_overs.pairs.size(), twin.hand_overs.size());
    for (const HandOver& h : journey.hand_overs.pairs) {
      EXPECT_EQ(
          h.n, twin.hand_overs.at(log.resource_names()[h.from] + ">" + log.resource_names()[h.to]));
    }
  }
}

TEST(Journey, DoesNotDependOnTheOrderOfRows) {
  std::mt19937 random(42);
  for (int round = 0; round < 20; ++round) {
    std::vector<SampleStep> steps = random_steps(random, 30);
    const EventLog log = log_of(steps);
    const std::string before = told(log, describe(log));
    std::shuffle(steps.begin(), steps.end(), random);
    const EventLog shuffled = log_of(steps);
    EXPECT_EQ(told(shuffled, describe(shuffled)), before) << "seed 42, round " << round;
  }
}

}  // namespace
}  // namespace xinjing::behaviour
