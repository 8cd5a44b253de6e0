#include "report/acts_json.h"

#include <algorithm>
#include <limits>
#include <map>

#include "base/json.h"
#include "behaviour/preference.h"
#include "behaviour/rfm.h"
#include "report/churn_reason.h"
#include "report/recommendation_text.h"
#include "report/wording.h"

namespace xinjing::report {
namespace {

using insight::Interval;

constexpr std::size_t kPartRows = 12;  // of a class, a product, a measure, a rule
constexpr std::size_t kListRows = 48;  // of a list that stands alone
constexpr std::size_t kParts = 15;     // products, steps, ways
constexpr double kNotKnown = std::numeric_limits<double>::quiet_NaN();

class ActsWriter {
 public:
  ActsWriter(JsonWriter& json, const insight::ActsFigures& acts, const ReportStyle& style,
             const RowWriter& rows)
      : x_json(json), x_acts(acts), x_style(style), x_rows(rows) {}

  void write() {
    x_json.key("acts").begin_object();
    values();
    leaving();
    journey();
    usage();
    next();
    preferences();
    said_did();
    x_json.end_object();
  }

 private:
  void values();
  void segment(const insight::ValueSegment& one);
  void leaving();
  void leave_row(const insight::LeaveRow& row);
  void common_reasons();
  void journey();
  void steps();
  void usage();
  void changes();
  void unusual();
  void next();
  void preferences();
  void said_did();

  /// `write(one)` for as many as are shown, each in an object of its own.
  template <typename List, typename Write>
  void list(const char* name, const List& all, std::size_t most, Write write) {
    x_json.key(name).begin_array();
    const std::size_t shown = x_style.whole ? all.size() : std::min(most, all.size());
    for (std::size_t i = 0; i < shown; ++i) {
      x_json.begin_object();
      write(all[i]);
      x_json.end_object();
    }
    x_json.end_array();
  }
  void who(const insight::Actor& one) {
    x_json.field("customer", one.customer);
    x_json.field("name", x_rows.shown_name(one.name, one.kind)).field("kind", one.kind);
  }
  void interval(const char* name, const Interval& value, int digits) {
    x_json.key(name).begin_array();
    for (const double one : {value.value, value.low, value.high}) x_json.number(one, digits);
    x_json.end_array();
  }
  void interval(const char* name, const std::optional<Interval>& value, int digits) {
    if (value) return interval(name, *value, digits);
    x_json.key(name).null();
  }
  const std::string& say(const Said& said) const { return said.in(x_style.lang); }

  JsonWriter& x_json;
  const insight::ActsFigures& x_acts;
  const ReportStyle& x_style;
  const RowWriter& x_rows;
};

behaviour::Segment segment_from(std::string_view id) {
  for (std::size_t i = 0; i < behaviour::kSegments; ++i) {
    const auto one = static_cast<behaviour::Segment>(i);
    if (behaviour::segment_id(one) == id) return one;
  }
  return behaviour::Segment::kLost;
}

void ActsWriter::segment(const insight::ValueSegment& one) {
  const behaviour::Segment segment = segment_from(one.segment);
  x_json.field("segment", one.segment)
      .field("label", capital(say(behaviour::segment_label(segment))));
  x_json.field("words", say(behaviour::segment_words(segment)));
  x_json.field("n", one.n).field("money", one.money, 2);
  interval("active", one.active, 1);
  interval("orders", one.orders, 1);
  interval("value", one.value, 0);
  list("rows", one.rows, kPartRows, [&](const insight::ValueRow& row) {
    who(row.who);
    x_json.field("purchases", row.purchases).field("last", iso_date(row.last));
    x_json.field("money", row.money, 2).key("alive");
    row.alive ? x_json.number(*row.alive, 3) : x_json.null();
    if (row.alive) interval("orders", row.orders, 2);
    interval("value", row.value, 0);
  });
}

void ActsWriter::values() {
  const insight::Values& all = x_acts.values;
  x_json.key("values");
  if (all.n == 0) {
    x_json.null();
    return;
  }
  x_json.begin_object().field("n", all.n).field("currency", all.currency);
  x_json.field("horizonDays", std::int64_t(all.horizon_days)).field("money", all.money, 2);
  interval("active", all.active, 1);
  interval("orders", all.orders, 1);
  interval("value", all.value, 0);
  list("segments", all.segments, kParts, [&](const insight::ValueSegment& one) { segment(one); });
  x_json.end_object();
}

/// A reason of the table churn_risks as it is told, and how much it adds.
struct Reason {
  std::string what;
  std::string text;
  double adds = 0;
};

std::vector<Reason> reasons_of(const std::string& text, Lang lang) {
  std::vector<Reason> out;
  JsonParser parser;
  const auto found = parser.parse(text);
  if (!found) return out;
  found->each([&](const JsonValue& one) {
    const std::string_view what = one["what"].string().value_or("");
    out.push_back({std::string(what),
                   churn_reason(what, one["value"].number().value_or(kNotKnown),
                                one["level"].string().value_or(""), lang),
                   one["adds"].number().value_or(0)});
  });
  return out;
}

void ActsWriter::leave_row(const insight::LeaveRow& row) {
  who(row.who);
  x_json.field("p", row.p, 3).field("last", iso_date(row.last)).field("money", row.money, 2);
  const std::vector<Reason> all = reasons_of(row.reasons, x_style.lang);
  for (const bool more : {true, false}) {
    x_json.key(more ? "reasons" : "against").begin_array();
    for (const Reason& one : all) {
      if ((one.adds > 0) == more) x_json.string(one.text);
    }
    x_json.end_array();
  }
}

/// What most often makes it likely, of those with a probability of one half or more.
void ActsWriter::common_reasons() {
  std::map<std::string, std::int64_t> times;
  std::int64_t of = 0;
  for (const insight::LeaveRow& row : x_acts.leaving.rows) {
    if (row.p < 0.5) continue;
    ++of;
    for (const Reason& one : reasons_of(row.reasons, x_style.lang)) {
      if (one.adds > 0) ++times[churn_label(one.what, x_style.lang)];
    }
  }
  std::vector<std::pair<std::string, std::int64_t>> most(times.begin(), times.end());
  std::ranges::stable_sort(most, std::greater{}, [](const auto& one) { return one.second; });
  x_json.field("reasonsOf", of);
  list("reasons", most, kParts,
       [&](const auto& one) { x_json.field("label", one.first).field("n", one.second); });
}

void ActsWriter::leaving() {
  const insight::LeavingFigures& all = x_acts.leaving;
  x_json.key("leaving");
  if (all.n == 0) {
    x_json.null();
    return;
  }
  x_json.begin_object().field("n", all.n).field("recent", all.recent);
  x_json.field("likely", all.likely).field("horizonDays", std::int64_t(all.horizon_days));
  x_json.field("auc", all.auc, 2).field("learnedFrom", all.learned_from).field("left", all.left);
  interval("expected", all.expected, 1);
  x_json.field("ofWords", all.of_words);
  common_reasons();
  list("rows", all.rows, kListRows, [&](const insight::LeaveRow& row) { leave_row(row); });
  x_json.end_object();
}

void ActsWriter::steps() {
  list("steps", x_acts.journey.steps, kParts, [&](const insight::JourneyStep& one) {
    x_json.field("activity", one.activity).field("n", one.steps).field("cases", one.cases);
    x_json.field("starts", one.starts).field("ends", one.ends).field("endsOpen", one.ends_open);
    x_json.field("repeats", one.repeats).field("repeatCases", one.repeat_cases);
  });
}

void ActsWriter::journey() {
  const insight::Journeys& all = x_acts.journey;
  x_json.key("journey");
  if (all.steps.empty()) {
    x_json.null();
    return;
  }
  x_json.begin_object().field("cases", all.cases);
  steps();
  list("edges", all.edges, kParts, [&](const insight::JourneyEdge& one) {
    x_json.field("from", one.from).field("to", one.to).field("n", one.n);
    x_json.field("cases", one.cases).field("median", one.wait_median, 0);
    x_json.field("p90", one.wait_p90, 0);
  });
  list("variants", all.variants, kParts, [&](const insight::JourneyVariant& one) {
    x_json.field("activities", one.activities).field("steps", one.steps);
    x_json.field("cases", one.cases).field("median", one.total_median, 0);
  });
  list("feelings", all.feelings, kParts, [&](const insight::StepFeeling& one) {
    x_json.field("activity", one.activity).field("n", one.conversations);
    x_json.field("people", one.people).field("differs", one.differs);
    interval("satisfaction", one.satisfaction, 3);
    interval("change", one.change, 3);
    interval("displeased", one.displeased, 3);
    interval("unmet", one.unmet, 3);
  });
  x_json.end_object();
}

void ActsWriter::changes() {
  list("changes", x_acts.usage.changes, kListRows, [&](const insight::UseChangeRow& row) {
    who(row.who);
    x_json.field("meter", std::int64_t(row.meter)).field("since", iso_date(row.since));
    interval("ratio", row.ratio, 3);
    x_json.field("perDay", row.per_day, 2);
  });
}

void ActsWriter::unusual() {
  list("unusual", x_acts.usage.unusual, kListRows, [&](const insight::UseAlertRow& row) {
    who(row.who);
    x_json.field("meter", std::int64_t(row.meter)).field("from", iso_date(row.first));
    x_json.field("to", iso_date(row.last)).field("kwh", row.kwh, 1);
    interval("usual", row.usual, 1);
  });
}

void ActsWriter::usage() {
  const insight::UsageActs& all = x_acts.usage;
  x_json.key("usage");
  if (all.meters == 0) {
    x_json.null();
    return;
  }
  x_json.begin_object().field("meters", all.meters).field("good", all.good);
  x_json.field("changed", all.changed).field("alerts", all.alerts);
  x_json.field("alertMeters", all.alert_meters);
  list("habits", all.habits, kParts,
       [&](const auto& one) { x_json.field("habit", one.first).field("n", one.second); });
  changes();
  unusual();
  x_json.end_object();
}

void ActsWriter::next() {
  const insight::NextNeeds& all = x_acts.next;
  x_json.key("next");
  if (all.products.empty()) {
    x_json.null();
    return;
  }
  x_json.begin_object().field("n", all.n).field("windowDays", std::int64_t(all.window_days));
  x_json.field("productCount", std::int64_t(all.products.size()));
  list("products", all.products, kParts, [&](const insight::NextProduct& one) {
    x_json.field("product", one.product);
    x_json.field("label", one.name.empty() ? one.product : one.name).field("n", one.n);
    x_json.field("why", one.why).field("ofWhy", one.of_why);
    list("rows", one.rows, kPartRows, [&](const insight::NextRow& row) {
      who(row.who);
      x_json.field("score", row.row.score, 4).field("why", say(reason_in_words(row.row)));
    });
  });
  x_json.end_object();
}

void ActsWriter::preferences() {
  list("preferences", x_acts.preferences, x_acts.preferences.size(),
       [&](const insight::PreferenceSpread& one) {
         x_json.field("measure", one.measure);
         if (const auto measure = behaviour::measure_from(one.measure)) {
           x_json.field("label", say(behaviour::measure_label(*measure)));
           x_json.field("unit", say(behaviour::unit_label(*measure)));
           x_json.field("least", behaviour::least_of(*measure));
         }
         x_json.field("n", one.n).field("tenth", one.tenth, 3).field("middle", one.middle, 3);
         x_json.field("ninth", one.ninth, 3);
         list("rows", one.rows, kPartRows, [&](const insight::PreferenceRow& row) {
           who(row.who);
           x_json.field("about", row.about);
           interval("value", row.value, 3);
           x_json.field("n", row.n);
         });
       });
}

void ActsWriter::said_did() {
  list("saidDid", x_acts.said_did, x_acts.said_did.size(), [&](const insight::SaidDidList& one) {
    x_json.field("rule", one.rule);
    const auto rule = std::ranges::find(x_style.said_did, one.rule, &profile::SaidDidRule::id);
    x_json.field("text", rule == x_style.said_did.end() ? one.rule : say(rule->text));
    x_json.field("n", one.n);
    list("rows", one.rows, kPartRows, [&](const insight::SaidDidRow& row) {
      who(row.who);
      x_json.field("p", row.p, 3).field("measure", row.measure);
      // Of a turn, low and high are no interval around what was found.
      if (const auto measure = behaviour::measure_from(row.measure)) {
        x_json.field("label", say(behaviour::measure_label(*measure)));
        interval("value", row.value, 3);
      }
      x_json.field("n", row.n);
    });
  });
}

}  // namespace

void write_acts(JsonWriter& json, const insight::ReportData& data, const ReportStyle& style,
                const RowWriter& rows) {
  ActsWriter(json, data.acts, style, rows).write();
}

}  // namespace xinjing::report
