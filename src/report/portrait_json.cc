#include "base/json_writer.h"
#include "report/portrait_text.h"
#include "report/recommendation_text.h"
#include "report/said_did_json.h"

namespace xinjing::report {
namespace {

using profile::Line;
using profile::Portrait;
using profile::Quote;

void write_range(JsonWriter& json, std::string_view name, const behaviour::DayRange& range) {
  if (range.empty()) return;
  json.key(name).begin_object();
  json.field("first", iso_date(range.first)).field("last", iso_date(range.last)).end_object();
}

void write_counts(JsonWriter& json, std::string_view name,
                  const std::map<std::string, std::int64_t>& counts) {
  json.key(name).begin_object();
  for (const auto& [key, n] : counts) json.field(key, n);
  json.end_object();
}

void write_history(JsonWriter& json, const Portrait& portrait) {
  const behaviour::History& history = portrait.history;
  const auto rfm = behaviour::rfm(history, portrait.as_of);
  json.key("behaviour").begin_object();
  json.field("orders", history.orders).field("returns", history.returns);
  if (rfm.recency_days) json.field("recency_days", *rfm.recency_days);
  json.key("money").begin_object();
  for (const auto& [currency, sum] : history.spent) json.field(currency, double(sum) / 1e4);
  json.end_object();
  write_range(json, "bought", history.bought);
  json.field("conversations", history.conversations).field("messages", history.messages);
  write_counts(json, "channels", history.channels);
  write_range(json, "contacted", history.contacted);
  write_counts(json, "acts", history.acts);
  json.end_object();
}

void write_tongues(JsonWriter& json, const profile::Tongues& tongues) {
  json.key("languages").begin_object();
  json.field("zh", tongues.chinese).field("en", tongues.english);
  json.field("mixed", tongues.mixed).field("switches", tongues.switches);
  if (!tongues.latest.empty()) json.field("switched", tongues.latest);
  json.end_object();
}

void write_churn(JsonWriter& json, const profile::ChurnRisk& risk) {
  json.key("churn").begin_object().field("p", risk.p).field("horizon_days", risk.horizon_days);
  json.field("of_words", risk.of_words).field("auc", risk.auc).key("reasons").begin_array();
  for (const profile::ChurnReason& reason : risk.reasons) {
    json.begin_object().field("what", reason.what).field("value", reason.value);
    if (!reason.level.empty()) json.field("level", reason.level);
    json.field("adds", reason.adds, 3).end_object();
  }
  json.end_array().end_object();
}

void write_usage(JsonWriter& json, std::span<const behaviour::KeptUsage> meters) {
  json.key("usage").begin_array();
  for (const behaviour::KeptUsage& one : meters) {
    json.begin_object().field("meter_no", one.number);
    if (!one.meter.empty()) json.field("meter", one.meter);
    json.field("kwh_a_day", one.per_day, 3);
    if (!one.habit.empty()) json.field("habit", one.habit);
    if (one.changed) json.field("changed", iso_date(*one.changed)).field("change", one.change, 3);
    if (one.alert) {
      json.key("unusual").begin_object().field("first", iso_date(one.alert->first));
      json.field("last", iso_date(one.alert->last)).field("kwh", one.alert->kwh, 3);
      json.field("usual", one.alert->usual, 3).end_object();
    }
    json.end_object();
  }
  json.end_array();
}

void write_value(JsonWriter& json, const behaviour::KeptValue& value) {
  json.key("value").begin_object().field("as_of", iso_date(value.as_of));
  json.field("ground", value.expected ? "enough" : "too_few_data");
  json.field("segment", value.segment);
  if (value.expected) {
    const auto& one = *value.expected;
    json.field("horizon_days", value.horizon_days).field("still_buying", one.alive);
    json.field("orders", one.orders).field("orders_low", one.orders_low);
    json.field("orders_high", one.orders_high);
    if (one.value) {
      json.field("currency", value.currency).field("money", *one.value, 2);
      json.field("money_low", *one.value_low, 2).field("money_high", *one.value_high, 2);
    }
  }
  json.key("because").begin_object().field("purchases", value.purchases);
  json.field("first", iso_date(value.first)).field("last", iso_date(value.last));
  if (value.purchases > 1) {
    json.field("mean_gap_days",
               double(value.last.number - value.first.number) / double(value.purchases - 1), 1);
  }
  json.end_object().end_object();
}

void write_quotes(JsonWriter& json, std::string_view name, const std::vector<Quote>& quotes,
                  const evidence::Card& card) {
  json.key(name).begin_array();
  for (const Quote& quote : quotes) {
    json.begin_object().field("quote", quote.text).field("state", card.states[quote.state].id);
    json.field("nats", quote.nats)
        .field("date", iso_date(quote.said))
        .field("channel", quote.channel);
    json.field("conversation", quote.conversation).field("source", quote.source);
    if (!quote.act.empty()) {
      json.field("act", quote.act).field("table", quote.table).field("row", quote.row);
      json.key("record").begin_object();
      json.field("zh", quote.record.zh).field("en", quote.record.en).end_object();
    }
    json.end_object();
  }
  json.end_array();
}

void write_dist(JsonWriter& json, const Line& line, const evidence::Card& card) {
  json.key("dist").begin_object();
  for (std::size_t s = 0; s < line.standing.dist.size(); ++s) {
    json.field(card.states[s].id, line.standing.dist[s]);
  }
  json.end_object();
}

void write_line(JsonWriter& json, const Line& line, const evidence::Card& card) {
  const psychology::Standing& standing = line.standing;
  json.begin_object().field("construct", card.id).field("grade", evidence::grade_id(card.grade));
  json.field("ground", psychology::ground_id(standing.ground));
  if (standing.said()) {
    json.field("state", card.states[standing.state].id).field("p", standing.p);
    if (standing.mean) json.field("mean", *standing.mean);
    json.field("low", standing.low).field("high", standing.high);
    write_dist(json, line, card);
    json.field("trend", psychology::trend_id(standing.trend));
  }
  if (!standing.path.empty()) {
    json.key("path").begin_array();
    for (const psychology::Step& step : standing.path) {
      json.begin_object().field("date", iso_date(step.day));
      json.field("state", card.states[step.state].id).field("p", step.p).end_object();
    }
    json.end_array();
  }
  json.field("shown", standing.shown)
      .field("nats", standing.nats)
      .field("evidence", standing.evidence)
      .field("episodes", standing.episodes);
  if (standing.evidence > 0) {
    json.field("first", iso_date(standing.first)).field("last", iso_date(standing.last));
  }
  json.field("card_version", card.version);
  if (line.orders) json.field("orders", *line.orders);
  write_quotes(json, "because", line.because, card);
  write_quotes(json, "against", line.against, card);
  json.end_object();
}

/// {"number", "unit", "bound"}, with what came and its distance.
void write_amount(JsonWriter& json, const std::optional<language::Amount>& amount,
                  const std::optional<language::Amount>& came) {
  if (!amount) return;
  json.key("amount").begin_object().field("number", amount->number).field("unit", amount->unit);
  json.field("bound", bound_id(amount->bound));
  if (came) json.field("came", came->number).field("gap", came->value() - amount->value(), 2);
  json.end_object();
}

void write_expectations(JsonWriter& json, const Portrait& portrait) {
  json.key("expectations").begin_array();
  for (const profile::Expectation& one : portrait.expectations) {
    json.begin_object()
        .field("aspect", one.aspect)
        .field("kind", one.kind)
        .field("status", one.status);
    json.field("promised", one.promised).field("date", iso_date(one.day)).field("quote", one.quote);
    if (!one.norm.empty()) json.field("norm", one.norm);
    if (!one.content.en.empty()) {
      json.key("content").begin_object();
      json.field("zh", one.content.zh).field("en", one.content.en).end_object();
    }
    if (one.followed) {
      json.key("due");
      one.due ? json.string(iso_date(*one.due)) : json.null();
      write_amount(json, one.amount, one.came);
      json.field("to", one.to.empty() ? std::string_view("company") : std::string_view(one.to));
      if (one.asked_at) {
        json.field("asked", iso_time(*one.asked_at, portrait.zone_minutes));
      }
      if (one.changed) {
        json.key("changed").begin_object().field("date", iso_date(*one.changed));
        if (one.changed_at) json.field("time", iso_time(*one.changed_at, portrait.zone_minutes));
        if (one.changed_by.empty() && one.deed) {
          json.field("table", table_id(one.deed->table)).field("row", one.deed->row);
        } else {
          json.field("quote", one.changed_by);
        }
        json.end_object();
      }
    }
    json.field("p", one.p).end_object();
  }
  json.end_array();
}

void write_gaps(JsonWriter& json, const Portrait& portrait) {
  json.key("confirmation").begin_array();
  for (const psychology::Gap& gap : portrait.gaps) {
    json.begin_object().field("aspect", gap.aspect.empty() ? "all" : gap.aspect);
    json.field("known", gap.known).field("met", gap.met).field("unmet", gap.unmet);
    json.field("exceeded", gap.exceeded).field("gap", gap.gap).end_object();
  }
  json.end_array();
}

void write_promises(JsonWriter& json, const Portrait& portrait) {
  json.key("promises").begin_array();
  for (const profile::PromiseLine& one : portrait.promises) {
    json.begin_object().field("status", status_id(one.status)).field("date", iso_date(one.said));
    json.key("due");
    one.due ? json.string(iso_date(*one.due)) : json.null();
    json.field("quote", one.quote).field("by", one.giver).key("content").begin_object();
    json.field("zh", one.content.zh).field("en", one.content.en).end_object();
    write_amount(json, one.amount, one.came);
    if (one.changed) {
      json.key("changed").begin_object().field("date", iso_date(*one.changed));
      if (one.changed_by.empty() && one.deed) {
        json.field("table", table_id(one.deed->table)).field("row", one.deed->row);
      } else {
        json.field("quote", one.changed_by);
      }
      json.end_object();
    }
    if (one.deed && one.done) {
      json.key("done").begin_object().field("table", table_id(one.deed->table));
      json.field("row", one.deed->row).field("date", iso_date(*one.done));
      json.field("id", one.deed->id).field("what", one.deed->what).field("who", one.deed->who);
      json.field("late", one.late).end_object();
    }
    json.end_object();
  }
  json.end_array();
}

void write_next(JsonWriter& json, const Portrait& portrait) {
  json.key("may_need_next").begin_array();
  for (const behaviour::RecommendationRow& one : portrait.next) {
    json.begin_object().field("product", one.product).field("name", one.label());
    json.field("score", one.score).field("why", why_id(one.why));
    const Said words = reason_in_words(one);
    json.key("because").begin_object().field("zh", words.zh).field("en", words.en).end_object();
    json.field("as_of", iso_date(one.as_of)).end_object();
  }
  json.end_array();
}

}  // namespace

std::string portrait_json(const Portrait& portrait, const evidence::Catalogue& catalogue, Lang lang,
                          std::span<const behaviour::KeptUsage> meters) {
  std::string out;
  JsonWriter json(out);
  json.begin_object().field("person", portrait.person).field("as_of", iso_date(portrait.as_of));
  json.key("subjects").begin_array();
  for (const std::string& subject : portrait.subjects) json.string(subject);
  json.end_array();
  write_history(json, portrait);
  write_tongues(json, portrait.tongues);
  if (portrait.churn) write_churn(json, *portrait.churn);
  if (portrait.value) write_value(json, *portrait.value);
  if (!meters.empty()) write_usage(json, meters);
  json.key("lines").begin_array();
  for (const Line& line : portrait.lines) write_line(json, line, catalogue[line.construct]);
  json.end_array();
  write_expectations(json, portrait);
  write_gaps(json, portrait);
  write_promises(json, portrait);
  write_next(json, portrait);
  json.key("said_did").begin_array();
  for (const profile::SaidDid& one : portrait.said_did) write_said_did(json, one, catalogue);
  json.end_array();
  if (portrait.use) evidence::write_withheld(*portrait.use, portrait.withheld, lang, json);
  json.end_object();
  return out;
}

}  // namespace xinjing::report
