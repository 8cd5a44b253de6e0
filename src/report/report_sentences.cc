#include "report/report_sentences.h"

#include <algorithm>

#include "base/format.h"
#include "report/claims.h"
#include "report/wording.h"

namespace xinjing::report {

using insight::Interval;

std::string mean_text(const Interval& value, Lang lang) {
  return lang == Lang::kZh ? fmt::format("{}（{} 到 {}）", signed_text(value.value),
                                         signed_text(value.low), signed_text(value.high))
                           : fmt::format("{} ({} to {})", signed_text(value.value),
                                         signed_text(value.low), signed_text(value.high));
}

std::string share_text(const Interval& value, Lang lang) {
  const double p = 100 * value.value, low = 100 * value.low, high = 100 * value.high;
  return lang == Lang::kZh ? fmt::format("{:.0f}%（{:.0f}% 到 {:.0f}%）", p, low, high)
                           : fmt::format("{:.0f}% ({:.0f}% to {:.0f}%)", p, low, high);
}

std::string Sentences::curve_title(const insight::Curve& curve) const {
  std::string worst, last;
  for (const insight::CurvePoint& point : curve.points) {
    if (point.turn == curve.peak) worst = point.state;
    if (point.turn == curve.end) last = point.state;
  }
  worst = state_label(x_cards, "emotion", worst, x_lang);
  last = state_label(x_cards, "emotion", last, x_lang);
  const int steps = curve.end - curve.peak;
  if (curve.change > 0.5) {
    return x_zh ? fmt::format("从{}到{}，隔了 {} 轮", worst, last, steps)
                : fmt::format("From {} to {} in {} turns", worst, last, steps);
  }
  return x_zh ? fmt::format("以{}收场，最低点是{}", last, worst)
              : fmt::format("Ends in {}, the low point is {}", last, worst);
}

std::string Sentences::act_label(const std::string& act) const {
  const std::pair<const char*, Said> labels[] = {
      {"promise_timed", {"a promise with a time", "有时间的承诺"}},
      {"promise", {"a promise without a time", "没说时间的承诺"}},
      {"apology", {"an apology", "道歉"}},
      {"apology_alone", {"an apology and nothing else", "只道歉，没有别的"}},
      {"explanation", {"an explanation", "解释原因"}},
      {"nothing", {"none of these", "以上都没有"}},
      {"deflection", {"putting off or passing on", "推脱、打发"}},
      {"offer", {"an offer to make good", "给补偿或退款"}},
      {"done", {"word that it is done", "告知已经办好"}},
      {"name", {"giving one's name and taking it on", "报上姓名、亲自负责"}},
      {"rules", {"citing rules and systems", "搬规定、搬系统"}}};
  for (const auto& [id, said] : labels) {
    if (act == id) return said.in(x_lang);
  }
  return act;
}

std::string Sentences::calming(const insight::Calming& one) const {
  const double gain = one.change.value - one.matched.value;
  const bool apart = one.change.low > one.matched.high || one.change.high < one.matched.low;
  const std::string act = act_label(one.act);
  if (x_zh) {
    return fmt::format("{}之后，客户的情绪平均变化 {}；情况相近的其他回合是 {}，{}（{} 次）。", act,
                       signed_text(one.change.value), signed_text(one.matched.value),
                       !apart     ? "两者差别在误差之内"
                       : gain > 0 ? "明显更好"
                                  : "明显更差",
                       one.n);
  }
  return fmt::format(
      "After {}, the customer's feeling moved by {} on average; after like turns without it "
      "by "
      "{}: {} ({} times).",
      act, signed_text(one.change.value), signed_text(one.matched.value),
      !apart     ? "no clear difference"
      : gain > 0 ? "clearly better"
                 : "clearly worse",
      one.n);
}

std::string Sentences::wanted() const {
  constexpr std::int64_t kLeast = 10;
  constexpr double kClear = 2.8;  // standard errors; some twenty differences are looked at
  constexpr double kHint = 1;
  const insight::Wanted* row = nullptr;
  const insight::WantedOffer* best = nullptr;
  for (const insight::Wanted& one : x_data.wanted) {
    for (const insight::WantedOffer& offer : one.offers) {
      if (std::min(offer.n, offer.without_n) < kLeast || offer.act == "nothing") continue;
      if (offer.z >= kHint && (best == nullptr || offer.z > best->z)) row = &one, best = &offer;
    }
  }
  if (best == nullptr) {
    return x_zh ? "投诉之后给了什么，和读出的满意度之间看不出清楚的差别：段数太少，或差别太小。"
                : "Between what complaints were offered and the satisfaction read afterwards no "
                  "difference is clear: they are too few, or it is too small.";
  }
  const std::string act = act_label(best->act);
  const std::string motive =
      row->motive.empty() ? "" : state_label(x_cards, "motive", row->motive, x_lang);
  const bool clear = best->z >= kClear;
  if (x_zh) {
    return fmt::format(
        "{}{}：{}投诉里，有它的 {} 段满意度平均 {}，没有的 {} 段 {}（按读出的满意度；{}）。",
        clear ? "看得出有用的是" : "最像有用的是", act,
        motive.empty() ? "全部" : fmt::format("为“{}”来的", motive), best->n,
        signed_text(best->satisfaction), best->without_n, signed_text(best->without),
        clear ? "没有做过对照试验" : "差别还在误差之内，只作线索");
  }
  return fmt::format(
      "What {} went with a better end is {}: of {} the {} with it average {}, the {} without it {} "
      "(satisfaction as read; {}).",
      clear ? "clearly" : "most likely", act,
      motive.empty() ? "all complaints" : fmt::format("complaints that want “{}”", motive), best->n,
      signed_text(best->satisfaction), best->without_n, signed_text(best->without),
      clear ? "no experiment" : "within chance: a hint");
}

std::string Sentences::leaving() const {
  const auto gone = x_data.gone.size(), waver = x_data.waver.size();
  const auto back = x_data.won_back.size(), all = std::size_t(x_data.spoke_of_leaving);
  if (all == 0) return {};
  const auto rest = all - std::min(all, gone + waver + back);
  return x_zh ? fmt::format(
                    "说到离开、比较或点名对手的客户共 {} 位：已经离开 {} 位，动摇 {} 位，谈回来 {} "
                    "位，其余 {} 位后来满意了、又下单了，或只是比一比。",
                    all, gone, waver, back, rest)
              : fmt::format(
                    "{} customers spoke of leaving, compared or named a rival: gone {}, wavering "
                    "{}, "
                    "won back {}; the other {} were content or bought later, or only compared.",
                    all, gone, waver, back, rest);
}

std::string Sentences::promise_effect() const {
  const insight::PromiseEffect& kept = x_data.promises.kept_effect;
  const insight::PromiseEffect& broken = x_data.promises.broken_effect;
  std::string out;
  const auto one = [&](const insight::PromiseEffect& effect, const char* zh, const char* en) {
    if (effect.n == 0) return;
    out += x_zh ? fmt::format(
                      "{}之后（{} 次），同一客户的满意度变化 "
                      "{}，而情况相近、没有承诺了结的客户变化 {}。",
                      zh, effect.n, mean_text(effect.change, x_lang),
                      signed_text(effect.matched.value))
                : fmt::format(
                      "{}After a promise was {} ({} times), the same customer's satisfaction "
                      "changed by {}; that of like customers without one by {}.",
                      out.empty() ? "" : " ", en, effect.n, mean_text(effect.change, x_lang),
                      signed_text(effect.matched.value));
  };
  one(kept, "承诺兑现", "kept");
  one(broken, "承诺落空", "broken");
  const auto& withheld = x_data.withheld;
  if (std::any_of(withheld.begin(), withheld.end(),
                  [](const auto& gone) { return gone.construct == "satisfaction"; })) {
    return x_zh ? "承诺了结前后的满意度，按用途没有给出。"
                : "How satisfaction moved with them is withheld for this use.";
  }
  if (out.empty()) {
    out = x_zh ? "承诺了结之后再联系的客户太少，还看不出影响。"
               : "Too few customers came back after a promise was settled to tell its effect.";
  }
  return out;
}

std::string Sentences::customers(const std::string& kind) const {
  if (!kind.empty()) return kind + (x_zh ? "客户" : " customers");
  if (x_data.leavers.size() == 1) return x_zh ? "全部客户" : "All customers";
  return x_zh ? "未注明类型的客户" : "Customers of no known kind";
}

std::string Sentences::leavers(const insight::Leavers& one) const {
  const std::string customers = this->customers(one.kind);
  const insight::LeaverAspect* most = nullptr;
  for (const insight::LeaverAspect& aspect : one.aspects) {
    if (aspect.stands && aspect.odds.value > 1 && most == nullptr) most = &aspect;
  }
  std::string sampled;
  if (one.read < one.talks || one.read_of_stayers < one.talks_of_stayers) {
    sampled = fmt::format(
        fmt::runtime(x_zh ? "（对话太多，抽读了前者 {} 段里的 {} 段，后者 {} 段里的 {} 段。）"
                          : " (Of the {} conversations of those who leave or compare {} were read, "
                            "of the {} of the others {}.)"),
        one.talks, one.read, one.talks_of_stayers, one.read_of_stayers);
  }
  if (most == nullptr) {
    return (x_zh ? fmt::format("{}里，{} 位说到离开或比较，{} 位没有；两边抱怨的方面看不出差别。",
                               customers, one.leavers, one.stayers)
                 : fmt::format("{}: {} speak of leaving or compare, {} do not; what they complain "
                               "of does not clearly differ.",
                               customers, one.leavers, one.stayers)) +
           sampled;
  }
  const std::string label = state_label(x_cards, "aspect", most->aspect, x_lang);
  return (x_zh
              ? fmt::format("{}里，说到离开或比较的 {} 位比其余 {} 位更常嫌“{}”：{} "
                            "的对话里说到，其余 {}。",
                            customers, one.leavers, one.stayers, label,
                            share_text(most->leavers, x_lang), share_text(most->stayers, x_lang))
              : fmt::format("{}: the {} who speak of leaving or compare complain more of {} than "
                            "the other {}: in {} of their conversations, against {}.",
                            customers, one.leavers, label, one.stayers,
                            share_text(most->leavers, x_lang), share_text(most->stayers, x_lang))) +
         sampled;
}

std::string Sentences::lowest_unmet() const {
  for (const insight::StateShare& one : x_data.needs) {
    if (!x_data.lowest_unmet || one.state != *x_data.lowest_unmet) continue;
    const std::string label = state_label(x_cards, "need", one.state, x_lang);
    return x_zh ? fmt::format(
                      "最低的未满足一级是{}：{} 段对话以它为主，其中 {:.0f}% "
                      "没有得到满足（按读出的数；读错多少，这里不知道）。先从这里改。",
                      label, one.hits, 100 * one.bad.value)
                : fmt::format(
                      "The lowest unmet rung is {}: it leads in {} conversations, of which {:.0f}% "
                      "ended unsatisfied (counted as read; the reader's error is not known here). "
                      "Begin here.",
                      label, one.hits, 100 * one.bad.value);
  }
  return {};
}

std::string Sentences::validity(const evidence::Card& card,
                                const std::vector<ReaderMeasure>& measures) const {
  std::string out;
  switch (card.grade) {
    case evidence::Grade::kMeasured:
      out = x_zh ? "与人工判断比对过。" : "Measured against people's judgement.";
      break;
    case evidence::Grade::kWeak:
      out = x_zh ? "有理论依据，实测不足。" : "Grounded in theory, little measured.";
      break;
    case evidence::Grade::kFolk:
      out = x_zh ? "销售实践中的说法，不是测量。"
                 : "A working typology of sales practice, no measurement.";
      break;
  }
  // Passes over composed customers agree wholly, which says nothing of others.
  constexpr double kWhole = 0.995;
  if (card.validity && card.validity->value < kWhole) {
    out += x_zh ? fmt::format("两次独立判读的一致程度 {:.2f}（{}）。", card.validity->value,
                              set_label(card.validity->dataset))
                : fmt::format(" Agreement of two independent passes {:.2f} ({}).",
                              card.validity->value, set_label(card.validity->dataset));
  }
  for (const ReaderMeasure& one : measures) {
    if (one.construct != card.id) continue;
    out += x_zh ? fmt::format("本程序与人工标注的 {} 为 {:.2f}（{:.2f} 到 {:.2f}，{}）。",
                              one.measure, one.value, one.low, one.high, set_label(one.set))
                : fmt::format(
                      " This program's {} with labels by people is {:.2f} ({:.2f} to {:.2f}, "
                      "{}).",
                      one.measure, one.value, one.low, one.high, set_label(one.set));
    break;
  }
  return out;
}

std::vector<std::tuple<std::string, std::int64_t, std::int64_t>> Sentences::coverage() const {
  const auto count = [&](const char* name) {
    const auto found = x_data.counts.find(name);
    return found == x_data.counts.end() ? 0 : found->second;
  };
  return {{x_zh ? "已阅读的对话" : "conversations read", x_data.read, count("all_conversations")},
          {x_zh ? "有客户发言的对话" : "conversations with the customer's own words",
           x_data.with_customer_words, x_data.read},
          {x_zh ? "有足够依据谈及的客户" : "customers about whom there is enough ground to speak",
           x_data.portraits, count("customers")}};
}

std::vector<std::pair<std::string, std::int64_t>> Sentences::not_read() const {
  std::vector<std::pair<std::string, std::int64_t>> out;
  std::int64_t rejected = 0, duplicate = 0;
  for (const insight::TableQuality& one : x_data.tables) {
    rejected += one.rejected, duplicate += one.duplicate;
  }
  if (rejected > 0) {
    out.emplace_back(x_zh ? "行读不了（日期、说话人或内容有问题），原因见拒收清单"
                          : "rows that cannot be read (date, speaker or text); the list of rejects "
                            "says why",
                     rejected);
  }
  if (duplicate > 0) out.emplace_back(x_zh ? "重复送来的行" : "rows delivered twice", duplicate);
  const std::int64_t silent = x_data.read - x_data.with_customer_words;
  if (silent > 0) {
    out.emplace_back(
        x_zh ? "客户没有开口的对话" : "conversations in which the customer says nothing", silent);
  }
  return out;
}

std::string Sentences::measured(const std::string& construct) const {
  const std::pair<const char*, Said> labels[] = {
      {"valence", {"Pleasant or not", "情绪好坏"}},
      {"valence by its own head",
       {"Pleasant, unpleasant, each by itself", "好的一面和坏的一面，分别判断"}},
      {"intensity", {"Strength of feeling", "情绪强弱"}},
      {"expectation_kind", {"Told or taken for granted", "期望是明说还是默认"}},
      {"satisfaction by raters", {"Satisfaction, as many raters see it", "满意度（多人评定）"}}};
  for (const auto& [id, said] : labels) {
    if (construct == id) return said.in(x_lang);
  }
  const evidence::Card* card = x_cards.find(construct);
  return card == nullptr ? construct : card->label.in(x_lang);
}

std::string Sentences::set_label(const std::string& set) const {
  const std::pair<const char*, Said> labels[] = {
      {"service_dialogues", {"service talks on a microblog", "微博客服对话"}},
      {"service_dialogues_en", {"English service talks", "英文客服对话"}},
      {"service_calls", {"calls and chats of food delivery", "外卖客服通话和聊天"}},
      {"personas", {"composed customers", "编写的客户"}}};
  for (const auto& [id, said] : labels) {
    if (set == id) return said.in(x_lang);
  }
  return set;
}

std::string Sentences::quality() const {
  return x_zh
             ? "本报告由程序阅读原话得出，程序会读错。各项占比已按它在人工标注对话上的错误率校正，"
               "区间（95%）"
               "既含样本多少，也含程序误读和换了公司之后的不同，所以宽；同一项在各月之间的比较，比"
               "各自的区间更可靠。"
               "用本公司的标注对话重做校正，区间会明显变窄。单个客户的判断请先看原话再行动。"
             : "A program read the words behind this report, and it errs. Shares are corrected for "
               "its "
               "errors on conversations labelled by people; the 95% intervals allow for the size "
               "of "
               "the sample, for misreading, and for another company than those, and so are wide; "
               "months compare better than their intervals suggest. Labelled conversations of your "
               "own make them much narrower. Read the words before acting on a statement about one "
               "person.";
}

}  // namespace xinjing::report
