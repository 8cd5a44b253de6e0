#include <algorithm>
#include <iterator>

#include "base/format.h"
#include "evidence/catalog.h"

namespace xinjing::evidence::catalog {
namespace {

constexpr std::size_t kLeastTurns = 2;  // thanks at the end of a first request is a formula

enum : std::size_t { kVeryBad, kBad, kGood, kVeryGood, kLoyal, kLeave, kTerse };

// Questions that end a talk; silence is the usual answer.
constexpr std::string_view kFormulas[] = {"还有什么", "还有其他", "还有其它",      "还有别的",
                                          "其他问题", "其它问题", "anything else", "Anything else"};

/// Whether the agent's last turn asks for something and nobody answers.
bool leaves_a_question_open(const Episode& episode) {
  const language::Turn& last = episode.turns.back();
  if (last.speaker != ingest::Speaker::kAgent) return false;
  const auto has = [&](std::string_view part) { return last.text.find(part) != last.text.npos; };
  if (!has("?") && !has("？")) return false;
  return std::none_of(std::begin(kFormulas), std::end(kFormulas), has);
}

// Words by which a matter is settled; a request beside them is told, not made.
constexpr std::string_view kSettled[] = {
    "解决了", "好了",   "搞定",   "收到了", "弄好",   "办好",     "修好",      "处理好",
    "查到了", "明白了", "知道了", "solved", "sorted", "resolved", "works now", "fixed"};

/// Whether a turn asks for something beside its thanks: 请帮忙催促物流谢谢 is not contented.
bool asks(const TurnSignals& signals, std::string_view text) {
  if (signals.questions > 0) return true;
  return signals.marker(Marker::kRequest) > 0 &&
         std::none_of(std::begin(kSettled), std::end(kSettled),
                      [&](std::string_view word) { return text.find(word) != text.npos; });
}

void detect(const Episode& episode, std::vector<Finding>& out) {
  if (episode.customer_turns.empty()) return;
  const std::uint32_t last = episode.customer_turns.back();
  const TurnSignals& signals = episode.signals[last];
  const auto add = [&](std::size_t target, double nats, Span span) {
    out.push_back({.target = target, .nats = nats, .turn = last, .span = span});
  };
  const bool several = episode.customer_turns.size() >= kLeastTurns;
  const bool thanks = signals.marker(Marker::kThanks) > 0;
  if (several && thanks && !asks(signals, episode.turns[last].text)) {
    const Span span = signals.marker_span(Marker::kThanks);
    add(kGood, 0.75, span);
    add(kVeryGood, 0.7, span);
    add(kBad, -0.8, span);
    add(kVeryBad, -0.85, span);
    add(kLoyal, 0.3, span);
    add(kLeave, -0.25, span);
  } else if (several && signals.marker(Marker::kGivesUp) > 0) {
    add(kVeryBad, 1.0, signals.marker_span(Marker::kGivesUp));
  } else if (leaves_a_question_open(episode)) {
    add(kGood, -0.2, {});
    add(kVeryGood, -1.0, {});
    add(kTerse, 0.2, {});
  }
}

Said figure(const Episode& episode) {
  const TurnSignals& signals = episode.signals[episode.customer_turns.back()];
  const bool asking = asks(signals, episode.turns[episode.customer_turns.back()].text);
  if (signals.marker(Marker::kThanks) > 0 && !asking) return {"thanks at the end", "最后道谢"};
  if (signals.marker(Marker::kGivesUp) > 0) return {"gives up at the end", "最后说算了"};
  return {"leaves the agent's last question unanswered", "坐席最后一问没有回答"};
}

}  // namespace

const Entry& closing() {
  static const Entry entry{
      .name = "closing",
      .about = {"how the customer ends: thanks, gives up, or leaves the last question open",
                "怎样收尾：道谢、算了，或不答最后一问"},
      .weights = Weights::kMeasured,
      .targets = {{"satisfaction", "-2"},
                  {"satisfaction", "-1"},
                  {"satisfaction", "1"},
                  {"satisfaction", "2"},
                  {"bond", "loyal"},
                  {"bond", "leave"},
                  {"style", "terse"}},
      .detect = detect,
      .figure = figure};
  return entry;
}

}  // namespace xinjing::evidence::catalog
