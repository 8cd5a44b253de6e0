#include "evidence/signals.h"

#include <bit>

#include "base/hash.h"

namespace xinjing::evidence {

namespace {

struct Word {
  std::string_view text;
  Marker marker;
};

// Both scripts: signals are measured on the original bytes.
constexpr Word kWords[] = {
    {"请", Marker::kPolite},
    {"請", Marker::kPolite},
    {"您", Marker::kPolite},
    {"麻烦", Marker::kPolite},
    {"麻煩", Marker::kPolite},
    {"谢谢", Marker::kPolite},
    {"謝謝", Marker::kPolite},
    {"辛苦了", Marker::kPolite},
    {"打扰", Marker::kPolite},
    {"不好意思", Marker::kPolite},
    {"劳驾", Marker::kPolite},
    {"please", Marker::kPolite},
    {"thank you", Marker::kPolite},
    {"thanks", Marker::kPolite},
    {"excuse me", Marker::kPolite},
    {"would you mind", Marker::kPolite},
    {"appreciate", Marker::kPolite},
    {"曝光", Marker::kPublic},
    {"媒体", Marker::kPublic},
    {"媒體", Marker::kPublic},
    {"记者", Marker::kPublic},
    {"電視台", Marker::kPublic},
    {"电视台", Marker::kPublic},
    {"发微博", Marker::kPublic},
    {"发抖音", Marker::kPublic},
    {"发朋友圈", Marker::kPublic},
    {"上热搜", Marker::kPublic},
    {"小红书", Marker::kPublic},
    {"journalist", Marker::kPublic},
    {"the press", Marker::kPublic},
    {"the media", Marker::kPublic},
    {"go viral", Marker::kPublic},
    {"on twitter", Marker::kPublic},
    {"on facebook", Marker::kPublic},
    {"tiktok", Marker::kPublic},
    {"12315", Marker::kRegulator},
    {"12398", Marker::kRegulator},
    {"12345", Marker::kRegulator},
    {"12300", Marker::kRegulator},
    {"消协", Marker::kRegulator},
    {"工信部", Marker::kRegulator},
    {"市场监管", Marker::kRegulator},
    {"能源局", Marker::kRegulator},
    {"信访", Marker::kRegulator},
    {"起诉", Marker::kRegulator},
    {"法院", Marker::kRegulator},
    {"律师", Marker::kRegulator},
    {"regulator", Marker::kRegulator},
    {"ombudsman", Marker::kRegulator},
    {"lawyer", Marker::kRegulator},
    {"attorney", Marker::kRegulator},
    {"small claims", Marker::kRegulator},
    {"sue you", Marker::kRegulator},
    {"trading standards", Marker::kRegulator},
    {"可能", Marker::kHedge},
    {"好像", Marker::kHedge},
    {"好象", Marker::kHedge},
    {"大概", Marker::kHedge},
    {"似乎", Marker::kHedge},
    {"也许", Marker::kHedge},
    {"或许", Marker::kHedge},
    {"不确定", Marker::kHedge},
    {"不太确定", Marker::kHedge},
    {"說不好", Marker::kHedge},
    {"说不好", Marker::kHedge},
    {"再想想", Marker::kHedge},
    {"再看看", Marker::kHedge},
    {"再考虑", Marker::kHedge},
    {"再考慮", Marker::kHedge},
    {"考虑一下", Marker::kHedge},
    {"考慮一下", Marker::kHedge},
    {"考虑考虑", Marker::kHedge},
    {"考慮考慮", Marker::kHedge},
    {"拿不定", Marker::kHedge},
    {"犹豫", Marker::kHedge},
    {"猶豫", Marker::kHedge},
    {"纠结", Marker::kHedge},
    {"糾結", Marker::kHedge},
    {"要不还是", Marker::kHedge},
    {"要不先", Marker::kHedge},
    {"要不我", Marker::kHedge},
    {"maybe", Marker::kHedge},
    {"perhaps", Marker::kHedge},
    {"possibly", Marker::kHedge},
    {"i guess", Marker::kHedge},
    {"not sure", Marker::kHedge},
    {"not certain", Marker::kHedge},
    {"i suppose", Marker::kHedge},
    {"i'm hesitating", Marker::kHedge},
    {"can't decide", Marker::kHedge},
    {"cannot decide", Marker::kHedge},
    {"think it over", Marker::kHedge},
    {"think about it", Marker::kHedge},
    {"就这个", Marker::kDecision},
    {"就這個", Marker::kDecision},
    {"就要这", Marker::kDecision},
    {"就要這", Marker::kDecision},
    {"就这么", Marker::kDecision},
    {"就這麼", Marker::kDecision},
    {"就办", Marker::kDecision},
    {"就辦", Marker::kDecision},
    {"就它了", Marker::kDecision},
    {"决定了", Marker::kDecision},
    {"決定了", Marker::kDecision},
    {"说定了", Marker::kDecision},
    {"說定了", Marker::kDecision},
    {"定下来", Marker::kDecision},
    {"定下來", Marker::kDecision},
    {"现在就", Marker::kDecision},
    {"現在就", Marker::kDecision},
    {"马上办", Marker::kDecision},
    {"馬上辦", Marker::kDecision},
    {"直接办", Marker::kDecision},
    {"直接辦", Marker::kDecision},
    {"果断", Marker::kDecision},
    {"果斷", Marker::kDecision},
    {"坚决", Marker::kDecision},
    {"堅決", Marker::kDecision},
    {"let's do it", Marker::kDecision},
    {"it's a deal", Marker::kDecision},
    {"that's a deal", Marker::kDecision},
    {"i've decided", Marker::kDecision},
    {"i have decided", Marker::kDecision},
    {"i decided", Marker::kDecision},
    {"i'll take it", Marker::kDecision},
    {"i will take it", Marker::kDecision},
    {"别家", Marker::kRival},
    {"別家", Marker::kRival},
    {"人家", Marker::kRival},
    {"比你们", Marker::kRival},
    {"比你們", Marker::kRival},
    {"货比三家", Marker::kRival},
    {"貨比三家", Marker::kRival},
    {"不如", Marker::kRival},
    {"其他家", Marker::kRival},
    {"别的公司", Marker::kRival},
    {"別的公司", Marker::kRival},
    {"other providers", Marker::kRival},
    {"other companies", Marker::kRival},
    {"another provider", Marker::kRival},
    {"another company", Marker::kRival},
    {"other operators", Marker::kRival},
    {"competitor", Marker::kRival},
    {"competitors", Marker::kRival},
    {"than yours", Marker::kRival},
    {"than you", Marker::kRival},
    {"better than", Marker::kRival},
    {"worse than", Marker::kRival},
    {"not as good as", Marker::kRival},
    {"compared to", Marker::kRival},
    {"compared with", Marker::kRival},
    {"elsewhere", Marker::kRival},
    {"我认识你们", Marker::kConnection},
    {"我認識你們", Marker::kConnection},
    {"认识你们领导", Marker::kConnection},
    {"認識你們領導", Marker::kConnection},
    {"认识你们老总", Marker::kConnection},
    {"認識你們老總", Marker::kConnection},
    {"你们老总是我", Marker::kConnection},
    {"你們老總是我", Marker::kConnection},
    {"我朋友是", Marker::kConnection},
    {"我朋友就是", Marker::kConnection},
    {"我们公司每年", Marker::kConnection},
    {"我們公司每年", Marker::kConnection},
    {"i know your", Marker::kConnection},
    {"your ceo is", Marker::kConnection},
    {"your boss is", Marker::kConnection},
    {"my friend is", Marker::kConnection},
    {"my friend works", Marker::kConnection},
    {"a friend of your", Marker::kConnection},
    {"our company spends", Marker::kConnection},
    {"谢谢", Marker::kThanks},
    {"謝謝", Marker::kThanks},
    {"谢了", Marker::kThanks},
    {"謝了", Marker::kThanks},
    {"谢啦", Marker::kThanks},
    {"謝啦", Marker::kThanks},
    {"多谢", Marker::kThanks},
    {"多謝", Marker::kThanks},
    {"感谢", Marker::kThanks},
    {"感謝", Marker::kThanks},
    {"thank you", Marker::kThanks},
    {"thanks", Marker::kThanks},
    {"算了", Marker::kGivesUp},
    {"就这样吧", Marker::kGivesUp},
    {"就這樣吧", Marker::kGivesUp},
    {"随便吧", Marker::kGivesUp},
    {"隨便吧", Marker::kGivesUp},
    {"never mind", Marker::kGivesUp},
    {"nevermind", Marker::kGivesUp},
    {"forget it", Marker::kGivesUp},
    {"i give up", Marker::kGivesUp},
};

std::vector<std::string_view> texts_of_words() {
  std::vector<std::string_view> texts;
  for (const Word& word : kWords) texts.push_back(word.text);
  return texts;
}

constexpr bool is_digit(unsigned char c) { return c >= '0' && c <= '9'; }
constexpr bool is_latin(unsigned char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '\'';
}

// One pass over a turn's bytes.
class Counter {
 public:
  Counter(std::string_view text, TurnSignals& signals) : x_text(text), x_signals(signals) {}

  void count() {
    for (x_at = 0; x_at < x_text.size();) {
      const auto c = static_cast<unsigned char>(x_text[x_at]);
      if (is_latin(c)) {
        word();
      } else if (is_digit(c)) {
        number();
      } else if (const std::uint32_t size = mark_size()) {
        marks(size);
      } else if (c >= 0xe4 && c <= 0xe9 && x_at + 2 < x_text.size()) {
        letter(std::uint64_t{c} << 16 | byte(1) << 8 | byte(2));
        ++x_signals.units;
        x_at += 3;
      } else {
        if (c == '.' || c == ';' || c == '\n') x_sentence = here(1);
        if (c == 0xe3 && byte(1) == 0x80 && byte(2) == 0x82) x_sentence = here(3);  // 。
        ++x_at;
      }
    }
  }

 private:
  std::uint64_t byte(std::size_t ahead) const {
    return x_at + ahead < x_text.size() ? static_cast<unsigned char>(x_text[x_at + ahead]) : 0;
  }
  std::uint32_t here(std::size_t ahead = 0) const {
    return static_cast<std::uint32_t>(x_at + ahead);
  }

  // Bytes of the question or exclamation mark here, 0 if there is none.
  std::uint32_t mark_size() const {
    const std::uint64_t c = byte(0);
    if (c == '?' || c == '!') return 1;
    return c == 0xef && byte(1) == 0xbc && (byte(2) == 0x9f || byte(2) == 0x81) ? 3 : 0;
  }

  void letter(std::uint64_t code) {
    const std::uint64_t bit = mix64(x_before << 24 ^ code) & 255;
    x_signals.pairs[bit / 64] |= 1ULL << (bit % 64);
    x_before = code;
  }

  void word() {
    for (; x_at < x_text.size() && is_latin(static_cast<unsigned char>(x_text[x_at])); ++x_at) {
      letter(static_cast<unsigned char>(x_text[x_at]) | 0x20U);
    }
    x_signals.units += 2;
  }

  void number() {
    const std::uint32_t begin = here();
    for (; x_at < x_text.size(); ++x_at) {
      const auto c = static_cast<unsigned char>(x_text[x_at]);
      const bool inside = (c == '.' || c == ',' || c == '-' || c == ':') && is_digit(byte(1));
      if (!is_digit(c) && !inside) break;
    }
    if (x_signals.numbers++ == 0) x_signals.number = {begin, here()};
    ++x_signals.units;
  }

  void marks(std::uint32_t size) {
    const std::uint32_t begin = here();
    std::uint32_t length = 0;
    bool asks = false;
    for (; size != 0; size = mark_size(), ++length) {
      asks = asks || byte(0) == '?' || byte(2) == 0x9f;
      x_at += size;
    }
    if (length > 1 && x_signals.bursts++ == 0) x_signals.burst = {begin, here()};
    while (x_sentence < begin && x_text[x_sentence] == ' ') ++x_sentence;
    if (asks && x_signals.questions++ == 0) x_signals.question = {x_sentence, here()};
    x_sentence = here();
  }

  std::string_view x_text;
  TurnSignals& x_signals;
  std::size_t x_at = 0;
  std::uint32_t x_sentence = 0;  // where the sentence at hand begins
  std::uint64_t x_before = 0;
};

// The length alone, for words that are not the customer's.
std::uint32_t units_of(std::string_view text) {
  std::uint32_t units = 0;
  bool in_word = false;
  bool in_number = false;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    const bool latin = is_latin(byte);
    const bool digit = is_digit(byte);
    units += (latin && !in_word ? 2 : 0) + (digit && !in_number ? 1 : 0) +
             (byte >= 0xe4 && byte <= 0xe9 ? 1 : 0);
    in_word = latin;
    in_number = digit;
  }
  return units;
}

constexpr std::string_view kTagEnds[] = {"@",  " ",  "\n", "\t", ":",  ",",  ".",  "!", "?",
                                         "，", "。", "：", "！", "？", "、", "（", "("};

// Where the name of a tag ends.
std::size_t end_of_name(std::string_view text, std::size_t begin) {
  std::size_t end = text.size();
  for (const std::string_view mark : kTagEnds) end = std::min(end, text.find(mark, begin));
  return end;
}

}  // namespace

Span next_tag(std::string_view text, std::size_t from) {
  for (std::size_t at = text.find('@', from); at != text.npos; at = text.find('@', at + 1)) {
    const bool address = at > 0 && (is_latin(static_cast<unsigned char>(text[at - 1])) ||
                                    is_digit(static_cast<unsigned char>(text[at - 1])));
    const std::size_t end = end_of_name(text, at + 1);
    if (address || end == at + 1) continue;
    return {static_cast<std::uint32_t>(at), static_cast<std::uint32_t>(end)};
  }
  return {};
}

double likeness(const TurnSignals& a, const TurnSignals& b) {
  int both = 0;
  int either = 0;
  for (std::size_t i = 0; i < a.pairs.size(); ++i) {
    both += std::popcount(a.pairs[i] & b.pairs[i]);
    either += std::popcount(a.pairs[i] | b.pairs[i]);
  }
  return either == 0 ? 0 : static_cast<double>(both) / either;
}

std::optional<std::uint32_t> first_turn_with(const Episode& episode, Marker marker) {
  for (const std::uint32_t turn : episode.customer_turns) {
    if (episode.signals[turn].marker(marker) > 0) return turn;
  }
  return std::nullopt;
}

SignalMeter::SignalMeter() : x_matcher(texts_of_words()) {
  for (const Word& word : kWords) x_markers.push_back(word.marker);
}

TurnSignals SignalMeter::measure(const language::Turn& turn,
                                 std::vector<language::Match>& scratch) const {
  TurnSignals signals;
  if (turn.speaker != ingest::Speaker::kCustomer) {
    signals.units = units_of(turn.text);
    return signals;
  }
  Counter(turn.text, signals).count();
  const auto note = [&](Marker marker, Span span) {
    const auto m = static_cast<std::size_t>(marker);
    if (signals.markers[m]++ == 0) signals.marker_spans[m] = span;
  };
  scratch.clear();
  x_matcher.find(turn.text, scratch);
  for (const language::Match& match : scratch) note(x_markers[match.pattern], match.span);
  for (Span tag = next_tag(turn.text, 0); !tag.empty(); tag = next_tag(turn.text, tag.end)) {
    note(Marker::kTag, tag);
  }
  return signals;
}

}  // namespace xinjing::evidence
