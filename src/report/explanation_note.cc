#include "report/explanation_note.h"

#include <algorithm>
#include <optional>

#include "base/format.h"
#include "base/visible.h"

namespace xinjing::report {
namespace {

using psychology::Ground;
using psychology::Standing;

constexpr double kLeastTold = 0.3;   // nats of words worth a sentence
constexpr double kSlight = 0.1;      // nats that are as good as none
constexpr double kLeastOther = 0.2;  // probability of another state worth a sentence
constexpr double kClose = 0.15;   // probabilities that differ by less are hardly to be told apart
constexpr std::size_t kMany = 3;  // conversations

class Note {
 public:
  Note(const evidence::Card& card, const Standing& standing, const std::vector<Cited>& cited,
       std::size_t conversations, Day as_of, Lang lang)
      : x_card(card),
        x_standing(standing),
        x_cited(cited),
        x_conversations(conversations),
        x_as_of(as_of),
        x_lang(lang) {}

  std::string told() const {
    if (x_standing.ground == Ground::kNothing) return {};
    std::vector<std::string> sentences{claim()};
    const Cited* const main = strongest_for(x_standing.state);
    if (main != nullptr) {
      sentences.push_back(
          in(x_standing.said() ? "最说明问题的是{}。" : "最像的依据是{}。",
             x_standing.said() ? "What says it most is {}." : "What points there most is {}.",
             cite(*main)));
    } else if (x_standing.said()) {
      sentences.push_back(zh() ? "没有哪一句单独说明问题，是整段给人的印象。"
                               : "No single place says it; it is the impression of the whole.");
    }
    if (auto other = other_state(main)) sentences.push_back(std::move(*other));
    if (auto against = against_it(main)) sentences.push_back(std::move(*against));
    if (auto sure = how_sure()) sentences.push_back(std::move(*sure));
    return fmt::format("{}", fmt::join(sentences, zh() ? "" : " "));
  }

 private:
  bool zh() const { return x_lang == Lang::kZh; }
  template <typename... Args>
  std::string in(std::string_view of_zh, std::string_view of_en, const Args&... args) const {
    return fmt::format(fmt::runtime(zh() ? of_zh : of_en), args...);
  }
  const std::string& label(std::size_t state) const {
    return x_card.states[state].label.in(x_lang);
  }
  bool one_holds() const { return evidence::one_state_holds(x_card) && !x_standing.mean; }
  double now(std::size_t state) const {
    return state < x_standing.dist.size() ? x_standing.dist[state] : 0;
  }

  /// Days are told where the words are of several.
  std::string cite(const Cited& words) const {
    const bool one_day = std::all_of(x_cited.begin(), x_cited.end(),
                                     [&](const Cited& c) { return c.day == words.day; });
    const std::string what = words.quoted ? fmt::format("“{}”", words.text) : words.text;
    if (one_day) return what;
    return in(" {} 的{}", "{1} ({0})", iso_date(words.day), what);
  }

  std::string claim() const {
    const std::string& leading = label(x_standing.state);
    switch (x_standing.ground) {
      case Ground::kEnough:
        return claim_said();
      case Ground::kWeak:
        if (x_standing.nats < kSlight) {
          return in("话里说不出什么；“{}”只是最常见的情形。",
                    "The words say nothing either way; “{}” is merely what is usual.", leading);
        }
        return in("像是“{}”，但话太少、太轻，还不能当真。",
                  "It looks like “{}”, but on words too few or too slight to rely on.", leading);
      case Ground::kUndecided:
        if (x_standing.p >= x_card.minimum_probability) {
          return in("按常情像是“{}”，但没有一处显出来。",
                    "By what is usual “{}”, but nothing shows it.", leading);
        }
        return in("像是“{}”，但别的可能也不小，还不能定。",
                  "It looks like “{}”, but something else is nearly as likely.", leading);
      case Ground::kFewEpisodes:
        return in("像是“{}”，但要多见几次才好说。",
                  "It looks like “{}”, but that must show more often before it is said.", leading);
      case Ground::kFaded:
        return in("{} 天前是“{}”，现在未必还这样。",
                  "{} days ago it was “{}”; it may not be so now.",
                  x_as_of.number - x_standing.last.number, leading);
      case Ground::kNothing:
        break;
    }
    return {};
  }

  std::string claim_said() const {
    const std::string& leading = label(x_standing.state);
    if (x_standing.mean) return in("大致是“{}”。", "By and large “{}”.", leading);
    if (!one_holds()) {
      const bool always = x_standing.shown == x_standing.episodes;
      if (always && x_standing.episodes > 1) {
        return in("每次都显出“{}”。", "“{}” shows each time.", leading);
      }
      if (x_standing.episodes > 1) {
        const bool words = x_card.level == evidence::Level::kUtterance;
        return in(words ? "{1} 句话里有 {2} 句显出“{0}”。" : "{1} 次里有 {2} 次显出“{0}”。",
                  "“{0}” shows {2} times in {1}.", leading, x_standing.episodes, x_standing.shown);
      }
      return in("主要是“{}”。", "Above all “{}”.", leading);
    }
    constexpr double kVerySure = 0.9, kSure = 0.7;
    if (x_standing.p >= kVerySure && x_conversations > 1) {
      return in("几乎可以肯定是“{}”。", "Almost surely “{}”.", leading);
    }
    if (x_standing.p >= kSure) return in("多半是“{}”。", "Most likely “{}”.", leading);
    return in("较像“{}”，不算牢靠。", "Rather “{}”, though not firmly.", leading);
  }

  /// The words that say most for a state; null where none says enough.
  const Cited* strongest_for(std::size_t state, const Cited* but = nullptr) const {
    const Cited* best = nullptr;
    double most = kLeastTold;
    for (const Cited& one : x_cited) {
      for (const auto& [of, nats] : one.nats) {
        if (of != state || nats < most || &one == but) continue;
        best = &one;
        most = nats;
      }
    }
    return best;
  }

  /// The next likely state, with its words.
  std::optional<std::string> other_state(const Cited* main) const {
    if (x_standing.mean || x_standing.ground == Ground::kFaded) return {};
    std::optional<std::size_t> next;
    for (std::size_t s = 0; s < x_card.states.size(); ++s) {
      if (s == x_standing.state || now(s) < kLeastOther) continue;
      if (strongest_for(s) == nullptr || (next && now(s) <= now(*next))) continue;
      next = s;
    }
    if (!next) return {};
    const Cited* const words = strongest_for(*next, main);
    const bool close = one_holds() && now(x_standing.state) - now(*next) < kClose;
    const std::string_view of_zh = close         ? "“{}”几乎一样可能（{:.0f}%）"
                                   : one_holds() ? "也可能是“{}”（{:.0f}%）"
                                                 : "同时也有“{}”（{:.0f}%）";
    const std::string_view of_en = close         ? "“{}” is nearly as likely ({:.0f}%)"
                                   : one_holds() ? "It may also be “{}” ({:.0f}%)"
                                                 : "There is “{}” too ({:.0f}%)";
    std::string out = in(of_zh, of_en, label(*next), 100 * now(*next));
    if (words != nullptr) out += in("，如{}", ": {}", cite(*words));
    return out + in("。", ".");
  }

  /// Words that speak against the leading state.
  std::optional<std::string> against_it(const Cited* main) const {
    const Cited* best = nullptr;
    double most = -kLeastTold;
    for (const Cited& one : x_cited) {
      for (const auto& [of, nats] : one.nats) {
        if (of != x_standing.state || nats > most || &one == main) continue;
        best = &one;
        most = nats;
      }
    }
    if (best == nullptr) return {};
    return in("不过{}说的是相反的。", "But {} says otherwise.", cite(*best));
  }

  std::optional<std::string> how_sure() const {
    if (!x_standing.said()) return {};
    if (x_conversations == 1) {
      return zh() ? "只凭一次对话，下次再听一听。"
                  : "That rests on one conversation: listen again next time.";
    }
    if (x_conversations < kMany) return {};
    return in("依据来自 {} 次对话。", "It rests on {} conversations.", x_conversations);
  }

  const evidence::Card& x_card;
  const Standing& x_standing;
  const std::vector<Cited>& x_cited;
  std::size_t x_conversations;
  Day x_as_of;
  Lang x_lang;
};

}  // namespace

std::string explanation_note(const evidence::Card& card, const Standing& standing,
                             const std::vector<Cited>& cited, std::size_t conversations, Day as_of,
                             Lang lang) {
  return Note(card, standing, cited, conversations, as_of, lang).told();
}

}  // namespace xinjing::report
