#include "report/report_json.h"

#include <algorithm>

#include "report/acts_json.h"
#include "report/report_document.h"

namespace xinjing::report {

void Document::head() {
  x_json.field("version", x_style.version).field("model", x_data.model);
  x_json.field("lang", lang_id(x_style.lang)).key("company");
  x_style.company.empty() ? x_json.null() : x_json.string(x_style.company);
  x_json.field("asOf", iso_date(x_data.as_of)).key("period").begin_object();
  x_json.field("from", iso_date(x_data.from)).field("to", iso_date(x_data.to)).end_object();
  x_json.field("names", x_style.names).key("counts").begin_object();
  for (const auto& [name, n] : x_data.counts) x_json.field(name, n);
  x_json.end_object();
  if (x_data.use) {
    x_json.field("useLabel", say(evidence::use_label(*x_data.use)));
    evidence::write_withheld(*x_data.use, x_data.withheld, x_style.lang, x_json);
  }
  labels();
}

void Document::labels() {
  x_json.key("labels").begin_object();
  for (const evidence::Card& card : x_style.cards.cards()) {
    x_json.key(card.id).begin_object();
    for (const auto& state : card.states) x_json.field(state.id, say(state.label));
    x_json.end_object();
  }
  x_json.key("constructs").begin_object();
  for (const evidence::Card& card : x_style.cards.cards()) x_json.field(card.id, say(card.label));
  x_json.end_object().end_object();
}

void Document::claims(const char* name, const std::vector<Claim>& claims) {
  x_json.key(name).begin_array();
  for (const Claim& claim : claims) {
    x_json.begin_object().field("id", claim.id).field("text", claim.text).field("why", claim.why);
    x_json.field("sure", claim.sure).field("section", claim.section);
    rows("rows", claim.cites, kRows);
    x_json.end_object();
  }
  x_json.end_array();
}

void Document::headline() {
  const Headline headline = headline_of(x_data, x_style.cards, x_style.lang, x_style.names);
  x_json.key("headline").begin_object();
  claims("happened", headline.happened);
  claims("changed", headline.changed);
  claims("todo", headline.todo);
  x_json.end_object();
}

void Document::satisfaction() {
  strings("months", x_data.months);
  x_json.key("satisfaction").begin_object();
  for (const auto& [name, months] : {std::pair{"words", &x_data.satisfaction_words},
                                     std::pair{"ratings", &x_data.satisfaction_ratings}}) {
    x_json.key(name).begin_array();
    for (const insight::Monthly& month : *months) {
      x_json.begin_object().field("month", month.month);
      interval("value", month.value);
      x_json.field("n", month.n).end_object();
    }
    x_json.end_array();
  }
  interval("overall", x_data.satisfaction);
  for (const insight::Event& one : x_data.events) {
    if (one.what != "rating" || one.kind != "shift" || !one.survey.empty()) continue;
    if (!one.department.empty() || !one.channel.empty() || !one.customer_kind.empty()) continue;
    x_json.key("turned").begin_object().field("from", iso_date(one.from)).field("up", one.up);
    interval("before", one.before);
    interval("after", one.after);
    x_json.end_object();
    break;
  }
  x_json.end_object();
}

void Document::emotion() {
  x_json.key("emotion").begin_array();
  for (const auto& month : x_data.emotion) {
    x_json.begin_object().field("month", month.month).field("n", month.n);
    x_json.key("share").begin_object();
    for (const auto& [state, share] : month.share) interval(state.c_str(), share);
    x_json.end_object().key("rows").begin_object();
    for (const auto& [state, share] : month.share) {
      shown(state.c_str(), x_data.shown.emotions, std::pair(month.month, state));
    }
    x_json.end_object().end_object();
  }
  x_json.end_array();
}

void Document::volume() {
  x_json.key("volume").begin_array();
  for (const auto& month : x_data.volume) {
    x_json.begin_object().field("month", month.month).field("conversations", month.conversations);
    x_json.key("byChannel").begin_object();
    for (const auto& [channel, n] : month.by_channel) {
      x_json.field(channel.empty() ? "?" : channel, n);
    }
    x_json.end_object().key("rows").begin_object();
    for (const auto& [channel, n] : month.by_channel) {
      shown(channel.empty() ? "?" : channel.c_str(), x_data.shown.channels,
            std::pair(month.month, channel));
    }
    x_json.end_object().end_object();
  }
  x_json.end_array();
}

void Document::events() {
  x_json.key("events").begin_array();
  for (const insight::Event& event : x_data.events) {
    x_json.begin_object().field("id", event.id).field("kind", event.kind);
    x_json.field("from", iso_date(event.from)).field("to", iso_date(event.to));
    x_json.field("text", event_label(event, x_style.cards, x_style.lang));
    x_json.field("direction", event.up ? "up" : "down").field("what", event.what);
    strings("aspects", event.aspects);
    text_or_null("department", event.department);
    text_or_null("channel", event.channel);
    text_or_null("customerKind", event.customer_kind);
    text_or_null("survey", event.survey);
    strings("words", event.words);
    strings("customers", event.customers);
    strings("also", event.also);
    x_json.field("environment", event.environment);
    x_json.field("count", event.count, 1).field("expected", event.expected, 1);
    x_json.field("p", event.p, 4);
    x_json.end_object();
  }
  x_json.end_array();
}

void Document::curves() {
  x_json.key("curves").begin_array();
  for (const insight::Curve& curve : x_data.curves) {
    x_json.begin_object().field("conversation", curve.conversation);
    x_json.field("name", x_rows.shown_name(curve.name, curve.kind))
        .field("customer", curve.customer);
    x_json.field("date", iso_date(curve.day)).field("channel", curve.channel);
    x_json.field("title", x_words.curve_title(curve)).key("points").begin_array();
    for (const insight::CurvePoint& point : curve.points) {
      x_json.begin_object()
          .field("turn", point.turn)
          .field("who", point.agent ? "agent" : "customer");
      if (point.valence) x_json.field("valence", *point.valence, 2).field("state", point.state);
      x_json.field("text", x_rows.without_name(point.text, curve.name, curve.kind)).end_object();
    }
    x_json.end_array().field("peak", curve.peak).field("end", curve.end);
    for (const auto& [name, turn] :
         {std::pair{"calmed", curve.calmed}, std::pair{"angered", curve.angered}}) {
      x_json.key(name);
      turn ? x_json.integer(*turn) : x_json.null();
    }
    x_json.end_object();
  }
  x_json.end_array();
}

void Document::calming() {
  x_json.key("calming").begin_array();
  for (const insight::Calming& one : x_data.calming) {
    x_json.begin_object().field("act", x_words.act_label(one.act)).field("id", one.act);
    x_json.field("n", one.n);
    interval("change", one.change);
    interval("matched", one.matched);
    x_json.field("text", tidy(x_words.calming(one), x_style.lang));
    shown("rows", x_data.shown.answers, one.act);
    x_json.end_object();
  }
  x_json.end_array();
}

void Document::states(const char* name, const char* construct,
                      const std::vector<insight::StateShare>& all) {
  constexpr std::string_view kLadder[] = {"basic", "safety", "belong", "esteem", "self"};
  const bool needs = std::string_view(construct) == "need";
  x_json.key(name).begin_array();
  for (const insight::StateShare& one : all) {
    x_json.begin_object().field("state", one.state).field("label", label(construct, one.state));
    if (needs) {
      const auto rung = std::find(std::begin(kLadder), std::end(kLadder), one.state);
      x_json.field("rung", rung == std::end(kLadder) ? 0 : int(rung - std::begin(kLadder)) + 1);
      interval("unsatisfied", one.bad);
    }
    interval("share", one.share);
    x_json.field("errorKnown", one.error_known);
    x_json.field("raw", one.of > 0 ? double(one.hits) / double(one.of) : 0).field("n", one.hits);
    if (const auto* play = x_style.plays.find(std::string(construct) + ":" + one.state)) {
      x_json.field("do", say(play->what));
    }
    rows("rows", one.cites, kFew);
    x_json.end_object();
  }
  x_json.end_array();
}

void Document::offered() {
  x_json.key("offered").begin_array();
  for (const insight::Offered& one : x_data.offered) {
    x_json.begin_object().field("motive", one.motive).field("label", label("motive", one.motive));
    x_json.field("n", one.n);
    for (const char* dimension : {"listening", "empathy", "solution", "followup"}) {
      const auto found = one.levels.find(dimension);
      x_json.key(dimension);
      found == one.levels.end() ? x_json.null() : x_json.number(found->second, 2);
    }
    interval("satisfaction", one.satisfaction);
    x_json.end_object();
  }
  x_json.end_array();
}

void Document::wanted() {
  x_json.key("wanted");
  if (x_data.wanted.empty()) {
    x_json.null();
    return;
  }
  x_json.begin_object().field("text", tidy(x_words.wanted(), x_style.lang));
  x_json.key("rows").begin_array();
  for (const insight::Wanted& one : x_data.wanted) {
    const bool all = one.motive.empty();
    x_json.begin_object().field("motive", one.motive);
    x_json.field("label", all ? say({"All complaints", "全部投诉"}) : label("motive", one.motive));
    x_json.field("n", one.n).field("mean", one.satisfaction, 2).key("offers").begin_array();
    for (const insight::WantedOffer& offer : one.offers) {
      x_json.begin_object().field("act", offer.act).field("label", x_words.act_label(offer.act));
      x_json.field("n", offer.n).field("withoutN", offer.without_n);
      x_json.key("mean");
      offer.n > 0 ? x_json.number(offer.satisfaction, 2) : x_json.null();
      x_json.key("without");
      offer.without_n > 0 ? x_json.number(offer.without, 2) : x_json.null();
      x_json.end_object();
    }
    x_json.end_array().end_object();
  }
  x_json.end_array().end_object();
}

void Document::expectations() {
  x_json.key("expectations").begin_array();
  for (const insight::ExpectationRow& one : x_data.expectations) {
    x_json.begin_object().field("aspect", one.aspect).field("label", label("aspect", one.aspect));
    x_json.field("n", one.n);
    interval("share", one.share);
    interval("importance", one.importance);
    interval("unmet", one.unmet);
    x_json.field("implicit", one.implicit).key("byMonth").begin_array();
    for (const std::int64_t n : one.by_month) x_json.integer(n);
    x_json.end_array().key("unmetByMonth").begin_array();
    for (const std::int64_t n : one.unmet_by_month) x_json.integer(n);
    x_json.end_array().field("rising", one.rising);
    rows("rows", one.cites, kFew);
    x_json.end_object();
  }
  x_json.end_array();
}

void Document::promise_list(const char* name, const std::vector<insight::PromiseRow>& rows,
                            bool due) {
  x_json.key(name).begin_array();
  for (const insight::PromiseRow& row : rows) {
    const auto found = x_data.messages.find(row.cite.message_no);
    const bool known = found != x_data.messages.end();
    const std::string who = known ? found->second.name : "";
    const std::string kind = known ? found->second.kind : "";
    x_json.begin_object()
        .field("customer", row.customer)
        .field("name", x_rows.shown_name(who, kind));
    x_json.field("text", x_rows.without_name(row.text, who, kind))
        .field("made", iso_date(row.made));
    text_or_null("due", row.due ? iso_date(*row.due) : "");
    x_json.field("state", row.state);
    if (due) {
      const Said* play = x_style.promise_plays.find(row.state == "overdue" ? "overdue"
                                                    : row.due              ? "soon"
                                                                           : "undated",
                                                    row.acts);
      if (play != nullptr) x_json.field("do", say(*play));
    }
    x_json.key("row");
    x_rows.write(x_json, row.cite);
    if (row.outcome) {
      x_json.key("outcome");
      x_rows.write(x_json, *row.outcome);
    }
    x_json.end_object();
  }
  x_json.end_array();
}

void Document::promise_months() {
  x_json.key("months").begin_array();
  for (const insight::PromiseMonth& one : x_data.promises.months) {
    x_json.begin_object().field("month", one.month).field("made", one.made);
    x_json.field("kept", one.kept).field("exceeded", one.exceeded).field("broken", one.broken);
    x_json.field("overdue", one.silent).field("open", one.open).field("withdrawn", one.withdrawn);
    x_json.field("n", one.kept + one.exceeded + one.broken);
    interval("share", one.share);
    x_json.end_object();
  }
  x_json.end_array();
}

void Document::leavers() {
  text_or_null("leaving", x_data.waver.empty() && x_data.gone.empty()
                              ? ""
                              : tidy(x_words.leaving(), x_style.lang));
  x_json.key("leavers").begin_array();
  for (const insight::Leavers& one : x_data.leavers) {
    x_json.begin_object();
    text_or_null("kind", one.kind);
    x_json.field("leavers", one.leavers).field("stayers", one.stayers);
    x_json.field("talks", one.talks).field("talksOfStayers", one.talks_of_stayers);
    x_json.field("text", tidy(x_words.leavers(one), x_style.lang));
    strings("words", one.words);
    x_json.key("aspects").begin_array();
    for (const insight::LeaverAspect& aspect : one.aspects) {
      x_json.begin_object().field("aspect", aspect.aspect);
      x_json.field("label", label("aspect", aspect.aspect)).field("n", aspect.n);
      interval("leavers", aspect.leavers);
      interval("stayers", aspect.stayers);
      interval("odds", aspect.odds);
      x_json.field("p", aspect.p, 4).field("stands", aspect.stands);
      rows("rows", aspect.cites, kFew);
      x_json.end_object();
    }
    x_json.end_array().end_object();
  }
  x_json.end_array();
}

void Document::effect(const char* name, const insight::PromiseEffect& effect) {
  x_json.key(name);
  if (effect.n == 0) {
    x_json.null();
    return;
  }
  x_json.begin_object().field("n", effect.n);
  interval("change", effect.change);
  interval("matched", effect.matched);
  x_json.end_object();
}

void Document::promises() {
  const insight::Promises& all = x_data.promises;
  x_json.key("promises").begin_object().field("made", all.made).field("kept", all.kept);
  x_json.field("exceeded", all.exceeded).field("broken", all.broken).field("open", all.open);
  x_json.field("overdue", all.overdue).field("withdrawn", all.withdrawn);
  promise_months();
  std::string changed;
  for (const insight::Event& event : x_data.events) {
    if (event.what == "unmet_of_told") changed = x_words.failed(event);
  }
  text_or_null("changed", tidy(changed, x_style.lang));
  promise_list("due", all.due, true);
  promise_list("brokenRows", all.broken_rows, false);
  promise_list("keptRows", all.kept_rows, false);
  x_json.key("effect").begin_object();
  effect("kept", all.kept_effect);
  effect("broken", all.broken_effect);
  x_json.field("text", tidy(x_words.promise_effect(), x_style.lang)).end_object().end_object();
}

void Document::person(const insight::Person& person) {
  x_json.begin_object().field("customer", person.customer);
  x_json.field("name", x_rows.shown_name(person.name, person.kind)).field("kind", person.kind);
  x_json.field("p", person.p, 2);
  std::string reason;
  for (const Said& one : person.reasons) {
    reason += (reason.empty() ? "" : x_style.lang == Lang::kZh ? "；" : "; ") + say(one);
  }
  reason = tidy(with_days(reason, x_style.lang), x_style.lang);
  x_json.field("reason", x_rows.without_name(reason, person.name, person.kind));
  if (const playbook::Play* play = x_style.plays.find(person.play)) {
    x_json.field("do", say(play->what));
    if (!say(play->say).empty()) x_json.field("say", say(play->say));
  }
  rows("rows", person.cites, kPersonRows);
  x_json.end_object();
}

void Document::people() {
  const std::pair<const char*, const std::vector<insight::Person>*> lists[] = {
      {"gone", &x_data.gone},         {"waver", &x_data.waver},
      {"escalate", &x_data.escalate}, {"vulnerable", &x_data.vulnerable},
      {"advocate", &x_data.advocate}, {"wonBack", &x_data.won_back}};
  x_json.key("people").begin_object();
  for (const auto& [name, list] : lists) {
    x_json.key(name).begin_array();
    for (std::size_t i = 0; i < std::min(most(kPeople), list->size()); ++i) {
      person((*list)[i]);
    }
    x_json.end_array();
  }
  x_json.end_object().key("peopleTotals").begin_object();
  for (const auto& [name, list] : lists) {
    // Of a list that is withheld there is no total.
    const char* id = std::string_view(name) == "wonBack" ? "won_back" : name;
    if (x_data.use && !x_data.people_totals.contains(id)) continue;
    x_json.field(name, std::int64_t(list->size()));
  }
  x_json.end_object();
}

void Document::write() {
  x_json.begin_object();
  head();
  headline();
  satisfaction();
  emotion();
  volume();
  events();
  curves();
  calming();
  states("motives", "motive", x_data.motives);
  offered();
  wanted();
  states("needs", "need", x_data.needs);
  x_json.key("lowestUnmet");
  if (x_data.lowest_unmet) {
    x_json.begin_object().field("state", *x_data.lowest_unmet);
    x_json.field("text", tidy(x_words.lowest_unmet(), x_style.lang)).end_object();
  } else {
    x_json.null();
  }
  states("drivers", "driver", x_data.drivers);
  states("stages", "stage", x_data.stages);
  expectations();
  promises();
  people();
  leavers();
  conduct();
  types();
  waits();
  write_acts(x_json, x_data, x_style, x_rows);
  quality();
  x_json.end_object();
}

std::string report_json(const insight::ReportData& data, const ReportStyle& style) {
  std::string out;
  if (style.names) {
    Document(data, style, out).write();
    return out;
  }
  const insight::ReportData masked = without_staff(data);
  Document(masked, style, out).write();
  return out;
}

}  // namespace xinjing::report
