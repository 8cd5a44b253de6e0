#include "language/reading_json.h"

#include <array>
#include <cmath>
#include <span>

#include "language/amount.h"
#include "language/due_time.h"

namespace xinjing::language {
namespace {

constexpr int kDecimals = 3;
constexpr float kSaid = 0.5F;
// Due days are told in China's zone, whatever zone the times of the input are written in.
constexpr int kDueZoneMinutes = 480;

/// How pleasant a state of `emotion` is.
float valence_of(std::string_view state) {
  constexpr std::pair<std::string_view, float> kValences[] = {
      {"neutral", 0},       {"joy", 1},         {"gratitude", 0.8F},  {"anticipation", 0.2F},
      {"surprise", 0},      {"anxiety", -0.5F}, {"confusion", -0.3F}, {"disappointment", -0.7F},
      {"grievance", -0.8F}, {"anger", -1},      {"contempt", -0.9F}};
  for (const auto& [name, valence] : kValences) {
    if (name == state) return valence;
  }
  return 0;
}

std::string_view quote_of(const Conversation& conversation, const Ground& ground) {
  return slice(conversation.turns[ground.turn].text, ground.span);
}

/// "2026-03-06", or "2026-03-06T18:00:00+08:00" where the time of day is said.
std::string due_text(const DueTime& due) {
  if (!due.minute) return iso_date(due.day);
  constexpr std::int64_t kSecondsPerMinute = 60;
  return iso_time(instant_at(due.day, *due.minute * kSecondsPerMinute, kDueZoneMinutes),
                  kDueZoneMinutes);
}

/// What is expected, from its words: without those by which it is asked for, with the time by
/// which. Cost: O(bytes), less than 1 us.
std::string content_of(std::string_view quote, const std::optional<DueTime>& due, Lang lang) {
  constexpr auto kAsking = std::to_array<std::string_view>(
      {"我要求",    "我希望",  "我想要",    "我想",          "我要",       "要求",
       "希望",      "请",      "麻烦",      "你们",          "贵司",       "能不能",
       "可不可以",  "能否",    "帮我",      "尽快",          "赶紧",       "I want ",
       "I expect ", "I need ", "I demand ", "I would like ", "I'd like ",  "I hope ",
       "Please ",   "please ", "Can you ",  "can you ",      "Could you ", "could you ",
       "you to ",   "to ",     "you "});
  constexpr auto kTails =
      std::to_array<std::string_view>({"吗", "呢", "吧", "啊", "？", "?", "。"});
  std::string_view rest = quote;
  const auto strip = [](std::span<const std::string_view> words, auto&& remove) {
    for (bool again = true; again;) {
      again = false;
      for (const std::string_view word : words) again = remove(word) || again;
    }
  };
  strip(kAsking, [&rest](std::string_view word) {
    if (!rest.starts_with(word)) return false;
    rest.remove_prefix(word.size());
    return true;
  });
  strip(kTails, [&rest](std::string_view word) {
    if (!rest.ends_with(word)) return false;
    rest.remove_suffix(word.size());
    return true;
  });
  std::string out(rest.empty() ? quote : rest);
  if (due) out += lang == Lang::kZh ? "，" + due_text(*due) + " 前" : " by " + due_text(*due);
  return out;
}

}  // namespace

std::vector<float> valences_of(const Head& emotion) {
  std::vector<float> valences;
  for (const std::string& state : emotion.states) valences.push_back(valence_of(state));
  return valences;
}

float sentiment_of(std::span<const float> valences, std::span<const float> p) {
  return std::inner_product(p.begin(), p.end(), valences.begin(), 0.0F);
}

float ReadingWriter::sentiment_of_turn(const Reading& reading, std::size_t customer_turn) const {
  const std::size_t outputs = x_model.turn_outputs();
  if (x_valence == nullptr) {
    return sentiment_of(x_valences, reading.turn(*x_emotion, customer_turn, outputs));
  }
  const auto p = reading.turn(*x_valence, customer_turn, outputs);
  return p[1] - p[0];
}

float ReadingWriter::sentiment_of_episode(const Reading& reading) const {
  const std::size_t outputs = x_model.turn_outputs();
  const std::size_t turns = outputs == 0 ? 0 : reading.turn_p.size() / outputs;
  float sum = 0;
  float parts = 0;
  for (std::size_t t = 0; x_emotion != nullptr && t < turns; ++t) {
    sum += sentiment_of_turn(reading, t) / static_cast<float>(turns);
  }
  parts += x_emotion != nullptr && turns > 0 ? 1.0F : 0.0F;
  if (x_satisfaction != nullptr) {
    sum += mean_level(*x_satisfaction, reading.episode(*x_satisfaction)) / 2;
    parts += 1;
  }
  return parts > 0 ? std::clamp(sum / parts, -1.0F, 1.0F) : 0;
}

ReadingWriter::ReadingWriter(const TextModel& model, const WorkCalendar* calendar,
                             const ExpectationWords* words, const Keep& keep)
    : x_model(model),
      x_rules{.words = words, .calendar = calendar, .zone_minutes = kDueZoneMinutes},
      x_says_sentiment(!keep || keep("sentiment")),
      x_emotion(model.find_head("emotion")),
      x_intensity(model.find_head("intensity")),
      x_valence(model.find_head("valence")),
      x_aspect(model.find_head("aspect")),
      x_expectation(model.find_head("expectation")),
      x_expectation_kind(model.find_head("expectation_kind")),
      x_satisfaction(model.find_head("satisfaction")),
      x_deflects(model.find_head("deflects")),
      x_texts(model.heads().begin(), model.heads().end()) {
  for (const Head& head : model.heads()) x_says.push_back(!keep || keep(head.name));
  const auto take = [&](std::initializer_list<const char*> names, std::vector<const Head*>& into) {
    for (const char* name : names) {
      if (const Head* head = model.find_head(name); says(head)) into.push_back(head);
    }
  };
  take({"motive", "need"}, x_before_aspect);
  take({"stage", "orientation", "driver", "bond", "escalation", "urgency", "style", "temperament"},
       x_after_aspect);
  if (x_emotion != nullptr) x_valences = valences_of(*x_emotion);
  take({"listening", "empathy", "solution", "followup"}, x_agent);
}

void ReadingWriter::write(const Conversation& conversation, const Reading& reading,
                          std::span<const NormHit> norms, JsonWriter& json) const {
  write_turns(conversation, reading, json);
  write_episode(conversation, reading, norms, json);
  json.field("lang", lang_id(reading.lang));
  json.field("model", x_model.name());
}

void ReadingWriter::write_turns(const Conversation& conversation, const Reading& reading,
                                JsonWriter& json) const {
  std::size_t customer_turn = 0;
  json.piece("\"turns\":").begin_array();
  for (std::uint32_t t = 0; t < conversation.turns.size(); ++t) {
    const Turn& turn = conversation.turns[t];
    json.piece("{\"speaker\":").string(ingest::speaker_id(turn.speaker));
    if (turn.speaker == ingest::Speaker::kCustomer) {
      if (x_emotion != nullptr) write_emotion(reading, customer_turn, json);
      ++customer_turn;
    }
    write_evidence(conversation, reading, t, json);
    json.end_object();
  }
  json.end_array();
}

void ReadingWriter::write_emotion(const Reading& reading, std::size_t customer_turn,
                                  JsonWriter& json) const {
  const auto p = reading.turn(*x_emotion, customer_turn, x_model.turn_outputs());
  const std::size_t state = said_state(*x_emotion, p);
  const HeadText& text = text_of(*x_emotion);
  if (says(x_emotion)) {
    append_probability(p[state], json.piece(text.key).piece(text.said[state]));
    if (says(x_intensity)) {
      const auto strength = reading.turn(*x_intensity, customer_turn, x_model.turn_outputs());
      json.piece("\"intensity\":").number(double{mean_level(*x_intensity, strength)}, 2);
    }
    text.dist.append(p, json.piece("\"dist\":"));
    json.end_object();
  }
  if (!x_says_sentiment) return;
  json.piece("\"sentiment\":").number(double{sentiment_of_turn(reading, customer_turn)}, kDecimals);
}

void ReadingWriter::write_evidence(const Conversation& conversation, const Reading& reading,
                                   std::uint32_t turn, JsonWriter& json) const {
  json.piece("\"evidence\":").begin_array();
  for (const Ground& ground : reading.grounds) {
    if (ground.turn != turn || !x_says[ground.head]) continue;
    json.piece(x_texts[ground.head].ground[ground.state]).integer(ground.span.begin);
    json.piece("\"end\":").integer(ground.span.end);
    json.piece("\"quote\":").string(slice(conversation.turns[turn].text, ground.span));
    json.piece("\"nats\":").number(double{ground.nats}, kDecimals).end_object();
  }
  json.end_array();
}

void ReadingWriter::write_head(const Head& head, const Reading& reading, JsonWriter& json) const {
  const auto p = reading.episode(head);
  const HeadText& text = text_of(head);
  json.piece(text.key);
  if (head.kind == HeadKind::kSeveral) return text.dist.append(p, json);
  const std::size_t state = said_state(head, p);
  append_probability(p[state], json.piece(text.said[state]));
  text.dist.append(p, json.piece("\"dist\":"));
  json.end_object();
}

void ReadingWriter::write_episode(const Conversation& conversation, const Reading& reading,
                                  std::span<const NormHit> norms, JsonWriter& json) const {
  json.piece("\"episode\":").begin_object();
  if (x_says_sentiment) {
    json.piece("\"sentiment\":").number(double{sentiment_of_episode(reading)}, kDecimals);
  }
  for (const Head* head : x_before_aspect) write_head(*head, reading, json);
  write_aspects(conversation, reading, json);
  write_expectations(conversation, reading, norms, json);
  for (const Head* head : x_after_aspect) write_head(*head, reading, json);
  write_satisfaction(reading, json);
  write_agent(reading, json);
  json.end_object();
}

void ReadingWriter::write_aspects(const Conversation& conversation, const Reading& reading,
                                  JsonWriter& json) const {
  const Head* head = x_aspect;
  if (!says(head)) return;
  const auto p = reading.episode(*head);
  const auto index = static_cast<std::size_t>(head - x_model.heads().data());
  constexpr std::size_t kPolarities = 3;
  json.piece("\"aspect\":").begin_array();
  for (std::size_t k = 0; k + kPolarities <= p.size(); k += kPolarities) {
    const auto pairs = p.subspan(k, kPolarities);
    if (std::accumulate(pairs.begin(), pairs.end(), 0.0F) < kSaid) continue;
    const auto best =
        static_cast<std::size_t>(std::max_element(pairs.begin(), pairs.end()) - pairs.begin());
    const Ground* const ground = ground_to_say(reading, index, k + best);
    if (ground == nullptr) continue;
    json.piece("{\"code\":").string(std::string_view(head->states[k]).substr(0, 3));
    json.piece("\"polarity\":")
        .integer(static_cast<int>(best) - 1)
        .piece("\"p\":")
        .number(double{pairs[best]}, kDecimals);
    json.piece("\"quote\":").string(quote_of(conversation, *ground)).end_object();
  }
  json.end_array();
}

void ReadingWriter::write_expectations(const Conversation& conversation, const Reading& reading,
                                       std::span<const NormHit> norms, JsonWriter& json) const {
  if (!says(x_expectation) || x_expectation_kind == nullptr) return;
  std::vector<Expectation> entries =
      find_expectations(reading, x_model.heads(), x_expectation, x_expectation_kind);
  add_norms(norms, entries);
  settle_expectations(conversation, x_rules, entries);
  json.piece("\"expectation\":").begin_array();
  for (const Expectation& one : entries) write_expectation(conversation, reading.lang, one, json);
  json.end_array();
}

void ReadingWriter::write_expectation(const Conversation& conversation, Lang lang,
                                      const Expectation& one, JsonWriter& json) const {
  const std::string_view said = conversation.turns[one.turn].text;
  json.piece("{\"aspect\":").string(one.aspect);
  json.piece("\"kind\":").string(one.kind());
  json.piece("\"status\":").string(one.status);
  json.piece("\"promised\":").boolean(one.promised);
  json.piece("\"due\":");
  one.due ? json.string(due_text(*one.due)) : json.null();
  json.piece("\"content\":");
  if (one.norm == nullptr) {
    const std::string_view quote = slice(said, one.span);
    json.string(content_of(quote, one.due, lang));
    // Most clauses have no number, and are not searched.
    if (quote.find_first_of("0123456789") != quote.npos) {
      if (const auto amount = find_amount(quote)) {
        json.key("amount").begin_object().field("number", amount->number);
        json.field("unit", amount->unit).field("bound", bound_id(amount->bound)).end_object();
      }
    }
  } else {
    json.string(one.norm->content.in(lang)).field("norm", one.norm->key);
    if (one.norm->level) {
      json.key("level").begin_object().field("number", one.norm->level->number);
      json.field("unit", one.norm->level->unit).end_object();
    }
  }
  json.piece("\"quote\":").string(slice(said, one.span));
  json.piece("\"p\":").number(double{one.p}, kDecimals).end_object();
}

void ReadingWriter::write_satisfaction(const Reading& reading, JsonWriter& json) const {
  const Head* head = x_satisfaction;
  if (!says(head)) return;
  const auto p = reading.episode(*head);
  const float mean = mean_level(*head, p);
  const std::size_t half = p.size() / 2;
  const auto middle = static_cast<float>(half);
  float squares = 0;
  for (std::size_t k = 0; k < p.size(); ++k) {
    const float away = static_cast<float>(k) - middle - mean;
    squares += p[k] * away * away;
  }
  json.piece("\"satisfaction\":").begin_object().piece("\"mean\":").number(double{mean}, kDecimals);
  json.piece("\"sd\":").number(double{std::sqrt(squares)}, kDecimals);
  text_of(*head).dist.append(p, json.piece("\"dist\":"));
  json.end_object();
}

void ReadingWriter::write_agent(const Reading& reading, JsonWriter& json) const {
  json.piece("\"agent\":").begin_object();
  for (const Head* head : x_agent) write_head(*head, reading, json);
  if (says(x_deflects)) {
    json.piece("\"deflects\":").number(double{reading.episode(*x_deflects)[0]}, kDecimals);
  }
  json.end_object();
}

}  // namespace xinjing::language
