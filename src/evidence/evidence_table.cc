#include "evidence/evidence_table.h"

#include "base/format.h"

namespace xinjing::evidence {
namespace {

std::optional<store::ReadingRow::Headline> headline(const std::string& state, double p) {
  if (state.empty()) return {};
  return store::ReadingRow::Headline{.state = state, .p = p};
}

/// Puts the message, turn and bytes that a row rests on; none where it rests on the whole
/// conversation.
template <typename Row>
void put_place(const ConversationRows& rows, std::uint32_t turn, Span span, Row& row) {
  if (span.empty() || turn >= rows.message_nos.size()) return;
  row.event_no = rows.message_nos[turn];
  row.turn_no = turn;
  row.span = span;
}

}  // namespace

EvidenceWriter::EvidenceWriter(const Catalogue& catalogue, Versions versions)
    : x_catalogue(catalogue), x_versions(std::move(versions)) {
  for (const Card& card : catalogue.cards()) {
    x_card_names.push_back(fmt::format("{}/{}", card.id, card.version));
  }
}

Status EvidenceWriter::add_reading(const ConversationRows& rows, store::Replacement& to) const {
  const Headline& line = rows.headline;
  return to.add(store::ReadingRow{.conversation_no = rows.conversation_no,
                                  .subject_no = rows.subject_no,
                                  .day = rows.day,
                                  .digest = rows.digest,
                                  .model = x_versions.model,
                                  .cards = x_versions.cards,
                                  .lang = lang_id(rows.lang),
                                  .sentiment = line.sentiment,
                                  .emotion = headline(line.emotion, line.emotion_p),
                                  .motive = headline(line.motive, line.motive_p),
                                  .need = headline(line.need, line.need_p),
                                  .stage = headline(line.stage, line.stage_p),
                                  .satisfaction = line.satisfaction,
                                  .escalation = line.escalation,
                                  .urgency = line.urgency});
}

Status EvidenceWriter::add(const ConversationRows& rows, store::Replacement& to) const {
  Status done = add_reading(rows, to);
  for (const Evidence& one : rows.evidence) {
    if (!done) return done;
    const Card& card = x_catalogue[one.construct];
    store::EvidenceRow row{.conversation_no = rows.conversation_no,
                           .subject_no = rows.subject_no,
                           .construct = card.id,
                           .state = one.state == kExposure
                                        ? std::string_view("*")
                                        : std::string_view(card.states[one.state].id),
                           .day = rows.day,
                           .micro_nats = one.micro_nats,
                           .n = one.count,
                           .source = source_id(one.source),
                           .card = x_card_names[one.construct]};
    put_place(rows, one.turn, one.span, row);
    done = to.add(row);
  }
  for (const ExpectationRow& one : rows.expectations) {
    if (!done) return done;
    store::ExpectationRow row{.conversation_no = rows.conversation_no,
                              .subject_no = rows.subject_no,
                              .aspect = one.aspect,
                              .kind = one.kind,
                              .status = one.status,
                              .promised = one.promised,
                              .due = one.due,
                              .p = one.p};
    put_place(rows, one.turn, one.span, row);
    if (one.norm != nullptr) {
      row.norm = one.norm->key;
      row.content_zh = one.norm->content.zh;
      row.content_en = one.norm->content.en;
    }
    done = to.add(row);
  }
  for (const PromiseWordRow& one : rows.promise_words) {
    if (!done) return done;
    store::PromiseWordRow row{.conversation_no = rows.conversation_no,
                              .subject_no = rows.subject_no,
                              .what = one.what,
                              .acts = one.acts,
                              .due_to_the_minute = one.due_to_the_minute,
                              .recalls = one.recalls,
                              .event_no = rows.message_nos[one.turn],
                              .turn_no = one.turn,
                              .span = one.span};
    if (!one.aspect.empty()) row.aspect = one.aspect;
    if (one.due) row.due_millis = one.due->millis;
    if (one.amount) {
      row.amount = one.amount->number, row.unit = one.amount->unit;
      row.bound = bound_id(one.amount->bound);
    }
    if (!one.giver.empty()) row.giver = one.giver;
    row.object = one.object;
    row.measures = one.measures;
    done = to.add(row);
  }
  return done;
}

}  // namespace xinjing::evidence
