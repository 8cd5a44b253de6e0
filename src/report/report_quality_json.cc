#include "report/report_document.h"

namespace xinjing::report {

void Document::conduct() {
  x_json.key("conduct").begin_object().key("dimensions").begin_array();
  for (const insight::Conduct& one : x_data.conduct) {
    x_json.begin_object().field("id", one.dimension);
    const evidence::Card* card = x_style.cards.find(one.dimension);
    x_json.field("label", card == nullptr ? one.dimension : say(card->label));
    interval("mean", one.mean);
    x_json.key("levels").begin_array();
    for (const double level : one.levels) x_json.number(level);
    x_json.end_array().field("n", one.n).key("byMonth").begin_array();
    for (const insight::Monthly& month : one.by_month) {
      x_json.begin_object().field("month", month.month);
      interval("value", month.value);
      x_json.field("n", month.n);
      shown("poor", x_data.shown.poor, std::pair(one.dimension, month.month));
      x_json.end_object();
    }
    x_json.end_array().key("rows").begin_object();
    rows("good", one.good, kFew);
    rows("poor", one.poor, kFew);
    x_json.end_object().end_object();
  }
  x_json.end_array();
  interval("deflects", x_data.deflects);
  x_json.key("byChannel").begin_array();
  for (const insight::ChannelConduct& one : x_data.conduct_by_channel) {
    x_json.begin_object().field("channel", one.channel).field("n", one.n);
    for (const auto& [dimension, mean] : one.means) x_json.field(dimension, mean, 2);
    x_json.field("deflects", one.deflects).end_object();
  }
  x_json.end_array().end_object();
}

void Document::types() {
  x_json.key("types").begin_array();
  for (const insight::TypeCount& one : x_data.types) {
    const evidence::Card* card = x_style.cards.find(one.construct);
    if (card == nullptr || !evidence::allowed(*card, evidence::Use::kResearch)) continue;
    x_json.begin_object().field("construct", one.construct).field("label", say(card->label));
    x_json.field("grade", evidence::grade_id(card->grade));
    x_json.field("validity", x_words.validity(*card, x_style.measures));
    x_json.field("caution", say(card->use.reason));
    x_json.field("given", one.given).field("of", one.of).key("states").begin_array();
    for (const auto& [state, n] : one.states) {
      x_json.begin_object().field("state", state).field("label", label(one.construct, state));
      x_json.field("n", n);
      shown("rows", x_data.shown.types, std::pair(one.construct, state));
      x_json.end_object();
    }
    x_json.end_array().end_object();
  }
  x_json.end_array();
}

void Document::wait_rows(const insight::Wait& wait) {
  x_json.key("rows").begin_object();
  for (const std::string& month : wait.months) {
    const auto found = x_data.shown.waits.find({wait.place, month});
    if (found == x_data.shown.waits.end()) continue;
    x_json.key(month).begin_array();
    for (const insight::WaitRow& row : found->second) {
      x_json.begin_object().field("customer", row.who.customer);
      x_json.field("name", x_rows.shown_name(row.who.name, row.who.kind));
      x_json.field("date", iso_date(row.day)).field("minutes", row.minutes, 0).end_object();
    }
    x_json.end_array();
  }
  x_json.end_object();
}

void Document::waits() {
  x_json.key("waits").begin_array();
  for (const insight::Wait& one : x_data.waits) {
    x_json.begin_object().field("place", one.place);
    strings("months", one.months);
    x_json.key("n").begin_array();
    for (const std::int64_t n : one.n) x_json.integer(n);
    x_json.end_array().key("median").begin_array();
    for (const double minutes : one.median) x_json.number(minutes, 1);
    x_json.end_array().key("p90").begin_array();
    for (const double minutes : one.p90) x_json.number(minutes, 1);
    x_json.end_array();
    wait_rows(one);
    x_json.end_object();
  }
  x_json.end_array();
}

void Document::rejected() {
  x_json.key("rejected").begin_array();
  for (std::size_t i = 0; i < std::min(most(kRejected), x_data.rejected.size()); ++i) {
    const insight::RejectedRow& row = x_data.rejected[i];
    x_json.begin_object().field("file", row.file).field("line", row.line);
    x_json.field("column", row.column).field("reason", row.reason).end_object();
  }
  x_json.end_array();
}

void Document::quality() {
  x_json.key("quality").begin_object().key("tables").begin_array();
  for (const insight::TableQuality& one : x_data.tables) {
    x_json.begin_object().field("table", one.table).field("in", one.in).field("kept", one.kept);
    x_json.field("rejected", one.rejected).field("duplicate", one.duplicate).end_object();
  }
  x_json.end_array();
  rejected();
  x_json.key("coverage").begin_array();
  for (const auto& [what, n, of] : x_words.coverage()) {
    x_json.begin_object().field("what", what).field("n", n).field("of", of).end_object();
  }
  x_json.end_array().key("notRead").begin_array();
  for (const auto& [why, n] : x_words.not_read()) {
    x_json.begin_object().field("why", why).field("n", n).end_object();
  }
  x_json.end_array().key("reader").begin_array();
  for (const ReaderMeasure& one : x_style.measures) {
    x_json.begin_object().field("construct", one.construct);
    x_json.field("label", x_words.measured(one.construct));
    x_json.field("measure", one.measure).field("value", one.value, 3).field("lo", one.low, 3);
    x_json.field("hi", one.high, 3).field("set", x_words.set_label(one.set)).end_object();
  }
  x_json.end_array().key("corrected").begin_array();
  const std::pair<const char*, const std::vector<insight::StateShare>*> lists[] = {
      {"emotion", &x_data.emotions},
      {"motive", &x_data.motives},
      {"need", &x_data.needs},
      {"stage", &x_data.stages}};
  for (const auto& [construct, list] : lists) {
    for (const insight::StateShare& one : *list) {
      if (!one.error_known) continue;  // nothing was corrected
      x_json.begin_object().field("construct", construct).field("state", one.state);
      x_json.field("label", label(construct, one.state));
      x_json.field("raw", one.of > 0 ? double(one.hits) / double(one.of) : 0);
      interval("corrected", one.share);
      x_json.end_object();
    }
  }
  x_json.end_array().field("text", x_words.quality()).end_object();
}

}  // namespace xinjing::report
