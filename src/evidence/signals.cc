#include "evidence/signals.h"

#include <algorithm>
#include <bit>
#include <string>

#include "base/hash.h"
#include "evidence/signal_words.h"

namespace xinjing::evidence {

namespace {

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

SignalMeter::SignalMeter() {
  const std::vector<SignalWord> words = signal_words();
  std::vector<std::string_view> texts;
  for (const SignalWord& word : words) {
    texts.push_back(word.text);
    x_markers.push_back(word.marker);
  }
  x_matcher = language::Matcher(texts);
}

namespace {

bool lies_within(Span inner, Span outer) {
  return inner.begin >= outer.begin && inner.end <= outer.end;
}

}  // namespace

/// Whether a match stands in a longer word that means nothing here.
bool SignalMeter::means_nothing(Span span, std::span<const language::Match> matches) const {
  return std::any_of(matches.begin(), matches.end(), [&](const language::Match& other) {
    return x_markers[other.pattern] == Marker::kNothing && lies_within(span, other.span);
  });
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
  const bool exceptions = std::any_of(
      scratch.begin(), scratch.end(),
      [&](const language::Match& match) { return x_markers[match.pattern] == Marker::kNothing; });
  for (const language::Match& match : scratch) {
    if (exceptions && means_nothing(match.span, scratch)) continue;
    const Marker marker = x_markers[match.pattern];
    const bool called = marker == Marker::kPublic || marker == Marker::kRegulator;
    const std::uint32_t begin = match.span.begin;
    if (called && begin > 0 && turn.text[begin - 1] == '@') continue;  // a tag, counted as such
    note(marker, match.span);
  }
  for (Span tag = next_tag(turn.text, 0); !tag.empty(); tag = next_tag(turn.text, tag.end)) {
    note(Marker::kTag, tag);
  }
  return signals;
}

}  // namespace xinjing::evidence
