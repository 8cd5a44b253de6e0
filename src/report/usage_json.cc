#include "base/json_writer.h"
#include "report/usage_text.h"
#include "report/usage_words.h"

namespace xinjing::report {
namespace {

using behaviour::MeterStudy;
using behaviour::UsageRows;

void maybe(JsonWriter& json, std::string_view name, const std::optional<double>& value) {
  value ? void(json.field(name, *value)) : void(json.key(name).null());
}

void faults_json(JsonWriter& json, const behaviour::ReadingFaults& is) {
  json.key("faults").begin_object();
  json.field("negative", is.negative).field("repeated", is.repeated);
  json.field("conflicting", is.conflicting).field("off_clock", is.off_clock);
  json.field("absurd", is.absurd).field("unsure", is.unsure).field("resets", is.resets);
  json.field("missing", is.missing).end_object();
}

void source_json(JsonWriter& json, const UsageRows& rows) {
  const behaviour::UsageSource& is = rows.source;
  json.begin_object().field("row", "source").field("rows", is.rows).field("used", is.used);
  json.field("meters", std::int64_t(rows.study.meters.size()));
  json.field("readings", is.mode == behaviour::ReadingMode::kRegister ? "register" : "consumption");
  json.field("rises", is.counts.rises).field("falls", is.counts.falls);
  json.field("without_customer", is.nobody).field("later", is.later).field("earlier", is.earlier);
  json.field("other_unit", is.other_unit).field("other_kind", is.other_kind);
  json.field("as_of", iso_date(is.as_of));
  json.field("season_known", rows.study.seasons.known());
  maybe(json, "silhouette", rows.study.silhouette);
  maybe(json, "inertia", rows.study.inertia);
  json.end_object();
}

void habit_json(JsonWriter& json, const behaviour::Habit& is, Lang lang) {
  json.begin_object().field("row", "habit").field("habit", is.name.id);
  json.field("name", is.name.said.in(lang)).field("meters", std::int64_t(is.meters));
  json.key("curve").begin_array();
  for (const double one : is.curve) json.number(one, 5);
  json.end_array().end_object();
}

JsonWriter& begin(JsonWriter& json, std::string_view row, const MeterStudy& meter) {
  json.begin_object().field("row", row).field("customer", meter.customer);
  json.field("meter_no", meter.number);
  return meter.meter.empty() ? json : json.field("meter", meter.meter);
}

void features_json(JsonWriter& json, const behaviour::LoadFeatures& is) {
  json.field("days", is.days);
  if (is.days > 0) json.field("first", iso_date(is.first)).field("last", iso_date(is.last));
  maybe(json, "per_day", is.per_day);
  maybe(json, "per_day_error", is.per_day_error);
  maybe(json, "base_kw", is.base_kw);
  maybe(json, "peak_kw", is.peak_kw);
  maybe(json, "top_kw", is.top_kw);
  maybe(json, "load_factor", is.load_factor);
  maybe(json, "night", is.night);
  maybe(json, "evening", is.evening);
  maybe(json, "weekend", is.weekend);
  maybe(json, "variation", is.variation);
  maybe(json, "season", is.season);
  if (!is.curve) return;
  json.key("curve").begin_array();
  for (const double one : *is.curve) json.number(one, 5);
  json.end_array();
}

void meter_json(JsonWriter& json, const MeterStudy& is, const behaviour::UsageStudy& study) {
  constexpr std::string_view kStates[] = {"good", "too_few", "irregular", "never_falls",
                                          "falls_often"};
  begin(json, "meter", is).field("state", kStates[static_cast<std::size_t>(is.state)]);
  json.field("step_minutes", is.step_minutes);
  features_json(json, is.features);
  if (is.habit) json.field("habit", study.habits[*is.habit].name.id);
  faults_json(json, is.faults);
  json.end_object();
}

void change_json(JsonWriter& json, const MeterStudy& meter) {
  const behaviour::UseChange& is = *meter.change;
  begin(json, "change", meter).field("since", iso_date(is.since));
  json.field("before", is.before).field("after", is.after).field("ratio", is.ratio());
  json.field("low", is.low).field("high", is.high);
  maybe(json, "last_year", is.last_year);
  json.end_object();
}

void unusual_json(JsonWriter& json, const MeterStudy& meter, const behaviour::UnusualUse& is) {
  begin(json, "unusual", meter).field("direction", unusual_direction(is));
  json.field("first", iso_date(is.period.first)).field("days", is.period.days);
  json.field("kwh", double(is.period.kwh), 1).field("usual", is.usual, 1);
  json.field("low", is.low, 1).field("high", is.high, 1).field("ratio", is.ratio(), 2);
  maybe(json, "last_year", is.last_year);
  json.field("earlier", is.before).end_object();
}

void plan_json(JsonWriter& json, const MeterStudy& meter, std::string_view currency) {
  const behaviour::PlanComparison& is = *meter.plans;
  begin(json, "plan", meter).field("present", is.present->id).field("currency", currency);
  json.field("kwh_a_year", is.kwh, 1).field("months", is.months);
  const behaviour::PlanCost* best = is.clear();
  best != nullptr ? json.field("cheaper", best->plan->id) : json.key("cheaper").null();
  json.key("costs").begin_array();
  for (const behaviour::PlanCost& one : is.costs) {
    json.begin_object().field("plan", one.plan->id).field("year", one.year, 2);
    json.field("saves", one.saves, 2).field("low", one.low, 2).field("high", one.high, 2);
    json.field("p", one.probability).end_object();
  }
  json.end_array().key("by_hour").begin_array();
  for (const auto& one : is.unjudged) {
    json.begin_object().field("plan", one.plan->id).field("share_needed", one.share).end_object();
  }
  json.end_array().end_object();
}

}  // namespace

std::string usage_json(const UsageRows& rows, std::int64_t person,
                       const UsageTextOptions& options) {
  std::string out;
  const auto write = [&](const auto& what) {
    {
      JsonWriter json(out);
      what(json);
    }
    out += '\n';
  };
  if (person < 0) {
    write([&](JsonWriter& json) { source_json(json, rows); });
    for (const behaviour::Habit& one : rows.study.habits) {
      write([&](JsonWriter& json) { habit_json(json, one, options.lang); });
    }
  }
  for (const MeterStudy& one : rows.study.meters) {
    if (person >= 0 && one.person != person) continue;
    write([&](JsonWriter& json) { meter_json(json, one, rows.study); });
    if (one.change) write([&](JsonWriter& json) { change_json(json, one); });
    for (const behaviour::UnusualUse& use : one.unusual) {
      write([&](JsonWriter& json) { unusual_json(json, one, use); });
    }
    if (options.plans && one.plans) {
      write([&](JsonWriter& json) { plan_json(json, one, options.currency); });
    }
  }
  return out;
}

}  // namespace xinjing::report
