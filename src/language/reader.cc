#include "language/reader.h"

#include <algorithm>
#include <cmath>

#include "language/scoring.h"

namespace xinjing::language {
namespace {

constexpr std::uint32_t kPrefetchAhead = 12;

/// 1 / characters. Multiplying it by a power of two loses nothing.
float share_of_each(std::uint32_t characters) {
  constexpr std::array<float, 5> kShares = {0, 1, 1 / 2.0F, 1 / 3.0F, 1 / 4.0F};
  return characters < kShares.size() ? kShares[characters] : 1 / static_cast<float>(characters);
}

/// At most `limit` bytes of `text`, whole characters.
std::string_view beginning(std::string_view text, std::size_t limit) {
  if (text.size() <= limit) return text;
  while (limit > 0 && (static_cast<unsigned char>(text[limit]) & 0xc0) == 0x80) --limit;
  return text.substr(0, limit);
}

void fold_turns(std::span<const Turn> turns, const Rewriter& rewriter, ReadScratch& scratch) {
  scratch.named = 0;
  if (scratch.turns.size() < turns.size()) scratch.turns.resize(turns.size());
  scratch.used = turns.size();
  for (std::size_t t = 0; t < turns.size(); ++t) {
    ReadScratch::TurnWork& work = scratch.turns[t];
    scratch.rewriting.named = 0;
    rewriter.rewrite(beginning(turns[t].text, Reader::kLongestText), scratch.rewriting, work.text);
    work.agent = turns[t].speaker != ingest::Speaker::kCustomer;
    if (!work.agent) scratch.named |= scratch.rewriting.named;
  }
}

Lang lang_of(const ReadScratch& scratch) {
  const auto turns = std::span(scratch.turns).first(scratch.used);
  LetterCount customer;
  for (const auto& turn : turns) {
    if (!turn.agent) customer.add(turn.text);
  }
  if (customer.han + customer.latin > 0) return customer.lang();
  LetterCount all;
  for (const auto& turn : turns) all.add(turn.text);
  return all.lang();
}

void look_up(const TextModel& model, ReadScratch& scratch) {
  const Vocabulary& vocabulary = model.vocabulary();
  for (auto& turn : std::span(scratch.turns).first(scratch.used)) {
    find_grams(turn.text, model.lang(), scratch.grams);
    const std::vector<Gram>& grams = scratch.grams;
    turn.grams = static_cast<std::uint32_t>(grams.size());
    turn.hits.resize(grams.size());
    ReadScratch::Hit* to = turn.hits.data();
    for (std::size_t i = 0; i < grams.size(); ++i) {
      if (i + kPrefetchAhead < grams.size()) vocabulary.prefetch(grams[i + kPrefetchAhead].key);
      const Vocabulary::Rows* rows = vocabulary.find(grams[i].key);
      if (rows == nullptr) continue;
      __builtin_prefetch(rows);
      *to++ = {grams[i].chars, share_of_each(grams[i].chars.size()), rows};
    }
    turn.hits.resize(static_cast<std::size_t>(to - turn.hits.data()));
  }
}

constexpr std::string_view kAspectHead = "aspect";
// What a clause that says good or bad of an aspect adds to the log-odds of its polarity against the
// conversation's. [nats]
constexpr float kSway = 1.5F;
constexpr int kMostBalance = 3;

int balance_of(const ReadScratch& scratch, std::size_t aspect) {
  if (aspect >= kAspects) return 0;
  return std::clamp<int>(scratch.balance[aspect], -kMostBalance, kMostBalance);
}

/// p times the probability of each partner; for a balance that is not 0 the partners are bad,
/// neither and good, and lean towards its sign.
void put_product(float p, std::span<const float> partners, int balance, std::span<float> out) {
  if (balance == 0 || partners.size() != 3) {
    for (std::size_t j = 0; j < partners.size(); ++j) out[j] = p * partners[j];
    return;
  }
  const float sway = std::exp(kSway * static_cast<float>(balance));
  const float bad = partners[0] / sway;
  const float good = partners[2] * sway;
  const float share = p / (bad + partners[1] + good);
  out[0] = bad * share;
  out[1] = partners[1] * share;
  out[2] = good * share;
}

/// Probabilities of all shown heads of a unit, in the order of the outputs.
void put_probabilities(const TextModel& model, bool per_turn, std::span<const float> scores,
                       ReadScratch& scratch, std::span<float> out) {
  const ModelParts& parts = model.parts();
  std::vector<float>& p = scratch.probabilities;
  p.resize((per_turn ? parts.turn : parts.episode).width);
  unit_probabilities(model, per_turn, scores, p);
  for (std::size_t h = 0; h < model.heads().size(); ++h) {
    const Head& head = model.heads()[h];
    if (head.per_turn != per_turn) continue;
    const TextModel::Source source = model.source(h);
    const Head& a = parts.heads[source.first].head;
    float* to = out.data() + head.first;
    if (!source.second) {
      std::copy_n(p.begin() + a.first, a.states.size(), to);
      continue;
    }
    const Head& b = parts.heads[*source.second].head;
    for (std::size_t i = 0; i < a.states.size(); ++i) {
      const auto partners = std::span(p).subspan(b.first, b.states.size());
      const int balance = head.name == kAspectHead ? balance_of(scratch, i) : 0;
      put_product(p[a.first + i], partners, balance, std::span(to, partners.size()));
      to += partners.size();
    }
  }
}

/// Who tags a medium or an authority with @ takes the matter there. What that adds to the log-odds
/// of the levels is half of the log likelihood ratio on the training dialogues, 4.3 for level 1 (55
/// conversations) and 4.7 for level 2 (68): half, since the model has read some of the names.
void lift_escalation(const TextModel& model, std::uint32_t named, std::span<float> episode_p) {
  const auto tags = [named](MentionKind kind) {
    return (named >> static_cast<unsigned>(kind) & 1) != 0;
  };
  const float medium = tags(MentionKind::kMedia) ? std::exp(2.1F) : 1;
  const float authority = tags(MentionKind::kAuthority) ? std::exp(2.3F) : 1;
  const Head* head = medium * authority > 1 ? model.find_head("escalation") : nullptr;
  if (head == nullptr || head->states.size() != 3) return;
  float* const p = episode_p.data() + head->first;
  p[1] *= medium;
  p[2] *= authority;
  const float sum = p[0] + p[1] + p[2];
  for (std::size_t level = 0; level < 3; ++level) p[level] /= sum;
}

/// The kind of a model for each of some names; -1 where it has none.
std::vector<std::int32_t> numbers_of(std::span<const std::string> kinds, const TextModel& model) {
  std::vector<std::int32_t> numbers;
  const std::vector<std::string>& known = model.parts().cue_kinds;
  for (const std::string& kind : kinds) {
    const auto found = std::find(known.begin(), known.end(), kind);
    numbers.push_back(found == known.end() ? -1 : static_cast<std::int32_t>(found - known.begin()));
  }
  return numbers;
}

}  // namespace

Reader::Reader(const TextModel* zh, const TextModel* en, const CueLexicon* cues,
               const Rewriter* rewriter, const SenseFinder* senses)
    : x_zh(zh),
      x_en(en),
      x_cues(cues),
      x_rewriter(rewriter != nullptr ? rewriter : &Rewriter::plain()),
      x_senses(senses),
      x_kinds_zh(cues, senses, zh),
      x_kinds_en(cues, senses, en),
      x_pool_zh(zh != nullptr ? zh->heads() : std::span<const Head>()),
      x_pool_en(en != nullptr ? en->heads() : std::span<const Head>()) {
  XINJING_CHECK(zh != nullptr || en != nullptr);
}

const TextModel& Reader::model(Lang lang) const {
  const TextModel* wanted = lang == Lang::kZh ? x_zh : x_en;
  return wanted != nullptr ? *wanted : lang == Lang::kZh ? *x_en : *x_zh;
}

Reader::Kinds::Kinds(const CueLexicon* of_cues, const SenseFinder* of_senses,
                     const TextModel* model) {
  if (of_cues == nullptr || model == nullptr) return;
  cues = numbers_of(of_cues->kinds(), *model);
  if (of_senses == nullptr) return;
  senses = numbers_of(SenseFinder::kinds(), *model);
  knows_senses = std::any_of(senses.begin(), senses.end(), [](std::int32_t k) { return k >= 0; });
}

void Reader::find_kinds(std::span<const Turn> turns, const Kinds& kinds,
                        ReadScratch& scratch) const {
  scratch.balance.fill(0);
  for (std::size_t t = 0; t < scratch.used; ++t) {
    ReadScratch::TurnWork& turn = scratch.turns[t];
    turn.cues.clear();
    turn.senses.clear();
    turn.kinds.clear();
    if (x_cues == nullptr) continue;
    if (kinds.knows_senses && !turn.agent) {
      x_senses->find_with_cues(turn.text.chars, scratch.cue_search, scratch.sense_search, turn.cues,
                               turn.senses, scratch.balance);
    } else {
      x_cues->find(turn.text.chars, turns[t].speaker, scratch.cue_search, turn.cues);
    }
    for (const CueMatch& cue : turn.cues) {
      const std::int32_t kind = kinds.cues[cue.kind];
      if (kind >= 0) turn.kinds.push_back({static_cast<std::uint32_t>(kind), cue.span});
    }
    for (const SenseMatch& sense : turn.senses) {
      const std::int32_t kind = kinds.senses[sense.kind];
      if (kind >= 0) turn.kinds.push_back({static_cast<std::uint32_t>(kind), sense.span});
    }
  }
}

Reading Reader::read(const Conversation& conversation, ReadScratch& scratch) const {
  fold_turns(conversation.turns, *x_rewriter, scratch);
  Reading reading;
  reading.lang = conversation.lang ? *conversation.lang : lang_of(scratch);
  const TextModel& by = model(reading.lang);
  look_up(by, scratch);
  find_kinds(conversation.turns, &by == x_zh ? x_kinds_zh : x_kinds_en, scratch);
  score_conversation(by, scratch);
  const std::size_t width = by.parts().turn.width;
  const std::size_t turns = scratch.turn_scale_own.size();
  reading.turn_p.resize(turns * by.turn_outputs());
  for (std::size_t t = 0; t < turns; ++t) {
    const auto p = std::span(reading.turn_p).subspan(t * by.turn_outputs(), by.turn_outputs());
    put_probabilities(by, true, std::span(scratch.turn_scores).subspan(t * width, width), scratch,
                      p);
    (&by == x_zh ? x_pool_zh : x_pool_en).apply(p);
  }
  reading.episode_p.resize(by.episode_outputs());
  put_probabilities(by, false, scratch.episode_scores, scratch, reading.episode_p);
  lift_escalation(by, scratch.named, reading.episode_p);
  find_grounds(by, x_words, scratch, reading);
  return reading;
}

}  // namespace xinjing::language
