#include <algorithm>
#include <cmath>

#include "base/json_writer.h"
#include "report/journey_report.h"

namespace xinjing::report {
namespace {

using behaviour::Times;

constexpr int kDecimals = 3;

double seconds(double millis) { return millis / 1000; }

void put(JsonWriter& json, std::string_view name, const Times& times) {
  json.key(name);
  if (times.n == 0) {
    json.null();
    return;
  }
  json.begin_object().field("n", times.n).field("median", seconds(times.median), kDecimals);
  json.field("p90", seconds(times.p90), kDecimals).field("mean", seconds(times.mean), kDecimals);
  json.end_object();
}

void put(JsonWriter& json, std::string_view name, const behaviour::ChangeEstimate& one) {
  json.key(name).begin_object().field("value", seconds(one.value), kDecimals);
  json.field("low", seconds(one.low), kDecimals).field("high", seconds(one.high), kDecimals);
  json.end_object();
}

void put(JsonWriter& json, std::string_view name, const insight::Interval& one) {
  json.key(name).begin_object().field("value", one.value).field("low", one.low);
  json.field("high", one.high).end_object();
}

class Objects {
 public:
  Objects(const JourneyReport& report, const JourneyShown& shown)
      : x_report(report), x_journey(report.journey), x_log(report.log), x_shown(shown) {}

  std::string all() {
    summary();
    steps();
    edges();
    variants();
    hand_overs();
    if (x_report.conformance) conformance();
    if (x_report.what_if) what_if();
    if (x_report.feelings) feelings();
    return std::move(x_out);
  }

 private:
  template <typename Write>
  void line(std::string_view what, Write write) {
    {
      JsonWriter json(x_out);
      json.begin_object().field("what", what);
      write(json);
      json.end_object();
    }
    x_out += "\n";
  }
  std::size_t least(std::size_t all) const {
    return x_shown.rows == 0 ? all : std::min(x_shown.rows, all);
  }
  const std::string& activity(std::uint32_t number) const { return x_log.activity_names()[number]; }

  void summary() {
    line("summary", [&](JsonWriter& json) {
      json.field("rows", x_report.rows).field("steps", x_journey.steps);
      json.field("cases", x_journey.cases).field("may_go_on", x_journey.open);
      json.field("patience", seconds(x_journey.patience), kDecimals);
      json.field("kinds", std::int64_t(x_journey.activities.size()));
      json.field("variants", std::int64_t(x_journey.variants.size()));
      put(json, "total", x_journey.total);
    });
    for (const Said& problem : journey_problems(x_report)) {
      line("problem", [&](JsonWriter& json) { json.field("text", problem.in(x_shown.lang)); });
    }
  }

  void steps() {
    for (std::size_t i = 0; i < least(x_journey.activities.size()); ++i) {
      const behaviour::ActivityFigures& one = x_journey.activities[i];
      line("step", [&](JsonWriter& json) {
        json.field("activity", activity(one.activity)).field("steps", one.steps);
        json.field("cases", one.cases).field("starts", one.starts).field("ends", one.ends);
        json.field("ends_open", one.ends_open).field("repeats", one.repeats);
        json.field("repeat_cases", one.repeat_cases);
        put(json, "takes", one.service);
      });
    }
  }

  void edges() {
    for (std::size_t i = 0; i < least(x_journey.edges.size()); ++i) {
      const behaviour::Edge& one = x_journey.edges[i];
      line("edge", [&](JsonWriter& json) {
        json.field("from", activity(one.from)).field("to", activity(one.to)).field("n", one.n);
        json.field("cases", one.cases).field("overlapped", one.overlapped);
        put(json, "wait", one.wait);
      });
    }
  }

  void variants() {
    const std::size_t all = x_journey.variants.size();
    const std::size_t count = x_shown.variants == 0 ? all : std::min(x_shown.variants, all);
    for (std::size_t i = 0; i < count; ++i) {
      const behaviour::Variant& one = x_journey.variants[i];
      line("variant", [&](JsonWriter& json) {
        json.field("cases", one.cases).key("activities").begin_array();
        for (const std::uint32_t a : x_log.activities_of(one.example)) json.string(activity(a));
        json.end_array();
        put(json, "total", one.total);
      });
    }
  }

  void hand_overs() {
    const behaviour::HandOvers& hands = x_journey.hand_overs;
    for (std::size_t i = 0; i < least(hands.pairs.size()); ++i) {
      line("hand_over", [&](JsonWriter& json) {
        json.field("from", x_log.resource_names()[hands.pairs[i].from]);
        json.field("to", x_log.resource_names()[hands.pairs[i].to]);
        json.field("n", hands.pairs[i].n);
      });
    }
  }

  void conformance() {
    const behaviour::Conformance& one = *x_report.conformance;
    line("conformance", [&](JsonWriter& json) {
      json.field("cases", one.cases).field("fitting", one.fitting);
      json.field("too_long", one.too_long).field("fitness", one.fitness, 6);
      json.field("log_fitness", one.log_fitness, 6);
      put(json, "total_fitting", one.total_fitting);
      put(json, "total_deviating", one.total_deviating);
    });
    for (std::size_t k = 0; k < x_report.ideal.size(); ++k) {
      line("ideal_step", [&](JsonWriter& json) {
        json.field("activity", x_report.ideal[k].activity);
        json.field("came", one.came[k]).field("reached", one.reached[k]);
        json.field("lost", one.lost[k]);
      });
    }
    for (const behaviour::Deviation& row : one.deviations) {
      line("deviation", [&](JsonWriter& json) {
        json.field("kind", behaviour::deviation_id(row.kind)).field("activity", row.activity);
        json.field("cases", row.cases).field("times", row.times);
        put(json, "total", row.with);
      });
    }
  }

  void what_if() {
    const behaviour::WhatIf& one = *x_report.what_if;
    line("what_if", [&](JsonWriter& json) {
      json.field("change", x_report.change).field("cases", one.cases);
      json.field("touched", one.touched).field("steps", one.steps);
      put(json, "mean_before", one.mean_before);
      put(json, "mean_after", one.mean_after);
      put(json, "mean_change", one.mean_change);
      put(json, "median_before", one.median_before);
      put(json, "median_after", one.median_after);
      put(json, "median_change", one.median_change);
      json.field("assumes", "other times stay, no queue effects, nobody leaves or comes");
    });
  }

  void feelings() {
    for (const insight::StepFeeling& one : *x_report.feelings) {
      line("feeling", [&](JsonWriter& json) {
        json.field("activity", one.activity).field("conversations", one.conversations);
        json.field("people", one.people).field("enough", one.enough);
        if (!one.enough) return;
        put(json, "satisfaction", one.satisfaction);
        put(json, "change", one.change);
        json.field("differs", one.differs);
        put(json, "displeased", one.displeased);
        put(json, "unmet", one.unmet);
      });
    }
  }

  const JourneyReport& x_report;
  const behaviour::Journey& x_journey;
  const behaviour::EventLog& x_log;
  const JourneyShown& x_shown;
  std::string x_out;
};

}  // namespace

std::string journey_json(const JourneyReport& report, const JourneyShown& shown) {
  return Objects(report, shown).all();
}

}  // namespace xinjing::report
