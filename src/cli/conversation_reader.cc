#include "cli/conversation_reader.h"

#include "evidence/confirmation.h"
#include "evidence/manner_hits.h"
#include "psychology/ledger_words.h"

namespace xinjing::cli {
namespace {

std::optional<Lang> stated_lang(std::string_view lang) {
  if (lang == "zh") return Lang::kZh;
  if (lang == "en") return Lang::kEn;
  return {};
}

evidence::Versions versions_of(const ReadingModels& models, const Knowledge& knowledge) {
  std::string names;
  for (const auto* model : {&models.zh, &models.en}) {
    if (!*model) continue;
    names += fmt::format("{}{}", names.empty() ? "" : " + ", (*model)->name());
  }
  return {.model = names, .cards = knowledge.version};
}

/// The constructs whose cues are evidence; the heads of the models read the others.
std::vector<evidence::Wanted> cue_constructs(const evidence::Collector& a,
                                             const evidence::Collector& b,
                                             const evidence::Catalogue& cards) {
  std::vector<evidence::Wanted> wanted(cards.size());
  for (const auto* collector : {&a, &b}) {
    for (const std::uint16_t construct : collector->cue_constructs()) {
      const bool manner = cards[construct].group == evidence::Group::kBeing;
      wanted[construct] = manner ? evidence::Wanted::kManner : evidence::Wanted::kYes;
    }
  }
  return wanted;
}

}  // namespace

ConversationReader::ConversationReader(const ReadingModels& models, int zone_minutes)
    : x_models(models),
      x_zh(models.knowledge->catalogue, models.reader->model(Lang::kZh).heads(),
           models.knowledge->cues,
           {.utc_offset_minutes = zone_minutes, .mentions = &models.knowledge->mentions}),
      x_en(models.knowledge->catalogue, models.reader->model(Lang::kEn).heads(),
           models.knowledge->cues,
           {.utc_offset_minutes = zone_minutes, .mentions = &models.knowledge->mentions}),
      x_cue_constructs(cue_constructs(x_zh, x_en, models.knowledge->catalogue)),
      x_versions(versions_of(models, *models.knowledge)),
      x_zone_minutes(zone_minutes) {}

evidence::ConversationRows ConversationReader::read(const store::StoredConversation& stored,
                                                    Scratch& scratch) const {
  evidence::ConversationRows out;
  out.conversation_no = stored.conversation_no;
  out.subject_no = stored.subject_no;
  out.day = day_of(stored.started.value_or(Instant{}), x_zone_minutes);
  out.digest = stored.digest;
  scratch.turns.clear();
  for (const store::StoredTurn& turn : stored.turns) {
    scratch.turns.push_back({.speaker = turn.speaker, .text = turn.text, .time = turn.time});
    out.message_nos.push_back(turn.message_no);
  }
  const language::Conversation conversation{
      .id = {}, .turns = scratch.turns, .lang = stated_lang(stored.lang)};
  const language::Reading reading = x_models.reader->read(conversation, scratch.model);
  out.lang = reading.lang;
  const Knowledge& knowledge = *x_models.knowledge;
  if (!scratch.promises) scratch.promises.emplace(knowledge.promises, knowledge.calendar);
  for (std::uint32_t t = 0; t < scratch.turns.size(); ++t) {
    evidence::take_promise_words(knowledge.promises, *scratch.promises, scratch.turns[t], t,
                                 scratch.model.turns[t].text, x_zone_minutes, out.promise_words);
  }
  scratch.hits.clear();
  evidence::take_hits(scratch.model, x_cue_constructs, x_models.knowledge->scope, scratch.marks,
                      scratch.hits);
  if (x_models.manner && reading.lang == Lang::kZh) {
    evidence::manner_hits(*x_models.manner, knowledge.catalogue, "buyer_type", conversation,
                          reading, x_models.reader->model(Lang::kZh).heads(), scratch.hits);
  }
  evidence::confirmation_hits(knowledge.catalogue, out.promise_words,
                              psychology::fates_of_talk(out.promise_words, scratch.turns),
                              scratch.turns, scratch.hits);
  collector(reading.lang)
      .collect(conversation, reading, scratch.hits, scratch.collector, out.evidence);
  const auto heads = x_models.reader->model(reading.lang).heads();
  out.headline = evidence::headline_of(reading, heads);
  if (x_models.norms) {
    x_models.norms->read(conversation, reading, heads, scratch.model, scratch.norm_scratch,
                         scratch.norms);
  }
  const language::ExpectationRules rules{.words = &knowledge.expectations,
                                         .calendar = &knowledge.calendar,
                                         .zone_minutes = x_zone_minutes};
  out.expectations = evidence::expectations_of(conversation, reading, rules, heads, scratch.norms);
  return out;
}

}  // namespace xinjing::cli
