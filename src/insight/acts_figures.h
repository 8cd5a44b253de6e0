#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/day.h"
#include "behaviour/recommendation.h"
#include "insight/interval.h"
#include "insight/journey_feeling.h"

// What customers did, as far as a report tells it: read from the tables that `analyze` keeps, with
// sums and intervals. docs/methods/report.md says how they are found.
namespace xinjing::insight {

/// Whom a row is about.
struct Actor {
  std::int64_t person = 0;
  std::string customer, name, kind;
};

/// What one customer is worth (table customer_values).
struct ValueRow {
  Actor who{};
  std::string segment;
  std::int64_t purchases = 0;
  Day last{};
  double money = 0;
  std::optional<double> alive{};  // what follows is known where this is
  Interval orders{};
  std::optional<Interval> value{};
};

/// The customers of one class of recency, frequency and money; sums over them.
struct ValueSegment {
  std::string segment;
  std::int64_t n = 0;
  double money = 0;
  std::optional<Interval> active{}, orders{}, value{};
  std::vector<ValueRow> rows{};  // worth most first
};

struct Values {
  std::string currency;
  std::int64_t n = 0;
  int horizon_days = 0;
  double money = 0;
  std::optional<Interval> active{}, orders{}, value{};
  std::vector<ValueSegment> segments{};
};

/// How probable it is that a buyer orders no more (table churn_risks).
struct LeaveRow {
  Actor who{};
  double p = 0;
  bool of_words = false;
  std::string reasons{};  // JSON, as the table has it
  Day last{};             // purchase
  double money = 0;
};

struct LeavingFigures {
  std::int64_t n = 0, likely = 0;  // likely: with p of one half or more
  int horizon_days = 0;
  double auc = 0;
  std::int64_t learned_from = 0, left = 0;
  Interval expected{};         // how many of the n will order nothing
  bool of_words = false;       // signals of words count in it
  std::vector<LeaveRow> rows;  // of those who bought lately, the likeliest first
  std::int64_t recent = 0;     // how many those are
};

struct JourneyStep {
  std::string activity;
  std::int64_t steps = 0, cases = 0, starts = 0, ends = 0, ends_open = 0, repeats = 0,
               repeat_cases = 0;
};
struct JourneyEdge {
  std::string from, to;
  std::int64_t n = 0, cases = 0;
  double wait_median = 0, wait_p90 = 0;  // seconds
};
struct JourneyVariant {
  std::string activities;
  std::int64_t steps = 0, cases = 0;
  double total_median = 0;  // seconds
};
struct Journeys {
  std::int64_t cases = 0;
  std::vector<JourneyStep> steps;
  std::vector<JourneyEdge> edges;
  std::vector<JourneyVariant> variants;
  std::vector<StepFeeling> feelings;
};

struct UseChangeRow {
  Actor who{};
  int meter = 1;
  Day since{};
  Interval ratio{};
  double per_day = 0;
};
struct UseAlertRow {
  Actor who{};
  int meter = 1;
  Day first{}, last{};
  double kwh = 0;
  Interval usual{};  // 90 %
};
struct UsageActs {
  std::int64_t meters = 0, good = 0, changed = 0, alerts = 0, alert_meters = 0;
  std::vector<std::pair<std::string, std::int64_t>> habits;
  std::vector<UseChangeRow> changes;  // largest first
  std::vector<UseAlertRow> unusual;   // latest first, of one period the farthest off
};

struct NextRow {
  Actor who{};
  behaviour::RecommendationRow row;
};
struct NextProduct {
  std::string product, name;
  std::int64_t n = 0;  // customers for whom it comes first
  std::string why;     // the most frequent reason
  std::int64_t of_why = 0;
  std::vector<NextRow> rows;  // best first
};
struct NextNeeds {
  std::int64_t n = 0;
  int window_days = 0;
  std::vector<NextProduct> products;  // most customers first
};

struct PreferenceRow {
  Actor who{};
  std::string about;
  Interval value{};
  std::int64_t n = 0;
};
struct PreferenceSpread {
  std::string measure;
  std::int64_t n = 0;  // customers
  double tenth = 0, middle = 0, ninth = 0;
  std::vector<PreferenceRow> rows;  // surely highest first
};

struct SaidDidRow {
  Actor who{};
  double p = 0;
  std::string measure;
  Interval value{};
  std::int64_t n = 0;
};
struct SaidDidList {
  std::string rule, construct;
  std::int64_t n = 0;
  std::vector<SaidDidRow> rows;  // most probable first
};

/// Of what a company does not have, its part is empty.
struct ActsFigures {
  Values values;
  LeavingFigures leaving;
  Journeys journey;
  UsageActs usage;
  NextNeeds next;
  std::vector<PreferenceSpread> preferences;
  std::vector<SaidDidList> said_did;
};

}  // namespace xinjing::insight
