#include <algorithm>
#include <map>

#include "base/format.h"
#include "report/claim_writer.h"
#include "report/name_mask.h"
#include "report/report_sentences.h"
#include "report/wording.h"

namespace xinjing::report {
namespace {

using insight::Interval;

}  // namespace

/// The customers of a list that somebody should speak with, as something to do.
void ClaimWriter::people() {
  const PeopleList lists[] = {
      {"escalate",
       &x_data.escalate,
       0.5,
       90,
       {"This week, call {} who may go to an authority, court or the public: {}.",
        "本周联系 {} 位可能向监管、法院或公众升级的客户：{}。"},
       {"In the last 90 days they named an authority, the law, or going public, and no later "
        "conversation reads as settled; strongest and latest first. A rule, not a forecast: it "
        "says where to look.",
        "最近 90 "
        "天里他们说到监管、法律或公开，之后的对话读不出已经解决；按强弱和远近排列。这是规则，不是预"
        "测：只说该先"
        "看谁。"}},
      {"waver",
       &x_data.waver,
       0,  // the list is cut already
       80,
       {"This week, have someone with authority speak with {} who compare or leave: {}.",
        "本周由负责人和 {} 位在比较或要走的客户谈一次：{}。"},
       {"They speak of leaving, compare, or name a rival; broken promises add to it, later content "
        "takes from it.",
        "他们说到离开、比较或点名对手；失约加分，后来满意则减分。"}},
      {"vulnerable",
       &x_data.vulnerable,
       0.75,
       70,
       {"Note, with their consent, {} who need care, and tell them by telephone beforehand of cuts "
        "and bills: {}.",
        "经本人同意，把 {} 位需要照顾的客户登记下来，停电和账单提前打电话告知：{}。"},
       {"They tell of medical devices, age, a newborn, being short of money, or not being able to "
        "read messages. For care only, never for offers or refusals.",
        "他们说到医疗设备、年老、新生儿、手头紧或看不了消息。只用于照顾，不用于推销或拒绝。"}}};
  for (const PeopleList& list : lists) speak_with(list);
}

/// "冯**（C1001）", "D*** H*** (C1002)"; only the number where the name is not known.
std::string ClaimWriter::called(const insight::Person& person) const {
  if (person.name.empty()) return person.customer;
  return fmt::format(fmt::runtime(x_zh ? "{}（{}）" : "{} ({})"),
                     x_names ? person.name : masked_name(person.name, person.kind),
                     person.customer);
}

/// One such list.
void ClaimWriter::speak_with(const PeopleList& list) {
  Claim claim{.id = std::string("people-") + list.id,
              .text = {},
              .why = list.why.in(x_lang),
              .sure = "fair",
              .section = "people"};
  std::int64_t n = 0;
  std::string names;
  for (const insight::Person& person : *list.people) {
    if (person.p < list.least) break;
    ++n;
    if (n <= 4) names += (n == 1 ? "" : x_zh ? "、" : ", ") + called(person);
    if (!person.cites.empty() && claim.cites.size() < 12) {
      claim.cites.push_back(person.cites.front());
    }
  }
  if (n == 0) return;
  if (n > 4) names += x_zh ? " 等" : " and others";
  const std::string count = x_zh     ? fmt::format("{}", n)
                            : n == 1 ? "1 customer"
                                     : fmt::format("{} customers", n);
  claim.text = fmt::format(fmt::runtime(list.text.in(x_lang)), count, names);
  claim.weight = list.weight;
  put(x_out.todo, std::move(claim));
}

/// The customers to whom more than one promise was broken; empty where there are none.
std::string ClaimWriter::let_down_again() const {
  constexpr std::size_t kNamed = 5;
  std::map<std::string, int> times;
  std::vector<std::string> again;
  for (const insight::PromiseRow& row : x_data.promises.broken_rows) {
    if (++times[row.customer] != 2) continue;
    insight::Person person;
    person.customer = row.customer;
    if (const auto shown = x_data.messages.find(row.cite.message_no);
        shown != x_data.messages.end()) {
      person.name = shown->second.name, person.kind = shown->second.kind;
    }
    again.push_back(called(person));
  }
  if (again.empty()) return {};
  const std::size_t n = again.size();
  again.resize(std::min(n, kNamed));
  return x_zh ? fmt::format("{} 位客户不止一次被失约：{}{}。", n, fmt::join(again, "、"),
                            n > kNamed ? " 等" : "")
              : fmt::format(" More than one was broken to {}{}.", fmt::join(again, ", "),
                            n > kNamed ? " and others" : "");
}

void ClaimWriter::promises() {
  const insight::Promises& all = x_data.promises;
  if (all.made == 0) return;
  std::int64_t late = 0;
  Claim todo{.id = "promises-due", .text = {}, .why = {}, .sure = "fair", .section = "promises"};
  for (const insight::PromiseRow& row : all.due) {
    const bool soon = row.due && row.due->number <= x_data.as_of.number + 7 &&
                      row.due->number >= x_data.as_of.number - 60;
    if (!soon) continue;
    ++late;
    if (todo.cites.size() < 12) todo.cites.push_back(row.cite);
  }
  if (late > 0) {
    todo.weight = 100;
    todo.text =
        x_zh ? fmt::format("先办 {} 条承诺：期限在一周之内，或过期不到两个月还没有下文。", late)
             : fmt::format(
                   "First see to {} promises that are due within a week, or overdue "
                   "by less than two months without a word.",
                   late);
    todo.why =
        x_zh ? "承诺和期限都是坐席自己说的；之后的消息和办理记录里没有办成的痕迹。也可能办了没记。"
             : "Agents named the matter and the day themselves; no later message or record "
               "shows it done. It may have been done and not noted.";
    put(x_out.todo, std::move(todo));
  }
  const std::int64_t settled = all.kept + all.exceeded + all.broken;
  if (settled < 10) return;
  // Read against real dialogues, one outcome told by words in six was right
  // (docs/methods/report.md).
  Claim claim{.id = "promises", .text = {}, .why = {}, .sure = "weak", .section = "promises"};
  const Interval share = insight::share_interval(double(all.kept + all.exceeded), double(settled));
  claim.weight = 12;
  for (const insight::PromiseRow& row : all.broken_rows) {
    if (claim.cites.size() < 6) claim.cites.push_back(row.outcome ? *row.outcome : row.cite);
  }
  for (const insight::PromiseRow& row : all.kept_rows) {
    if (claim.cites.size() < 12) claim.cites.push_back(row.outcome ? *row.outcome : row.cite);
  }
  if (x_zh) {
    claim.text =
        fmt::format("坐席许下 {} 条承诺；有下文的 {} 条里兑现 {}，落空 {} 条；{} 条过期没有下文。",
                    all.made, settled, share_text(share, x_lang), all.broken, all.overdue);
    claim.why = Sentences(x_data, x_cards, x_lang).promise_effect();
  } else {
    claim.text = fmt::format(
        "Agents made {} promises; of the {} whose fate is told, {} were kept and "
        "{} broken; {} are overdue without a word.",
        all.made, settled, share_text(share, x_lang), all.broken, all.overdue);
    claim.why = Sentences(x_data, x_cards, x_lang).promise_effect();
  }
  claim.why += say("从话里判断承诺的下文常会出错（办理记录可靠得多）：引用前请先看原话。",
                   " What became of a promise is often misread from words alone (records are far "
                   "surer): read the quotes before you cite this.");
  claim.text += let_down_again();
  put(x_out.happened, std::move(claim));
}

/// The expectation that costs most: how often it fails times how much it matters.
void ClaimWriter::unmet() {
  const insight::ExpectationRow* worst = nullptr;
  const auto cost = [](const insight::ExpectationRow& one) {
    return double(one.unmet_n) * std::max(0.0, -one.importance.high);
  };
  for (const insight::ExpectationRow& one : x_data.expectations) {
    if (one.unmet_n >= 10 && (worst == nullptr || cost(one) > cost(*worst))) worst = &one;
  }
  if (worst == nullptr || cost(*worst) <= 0) return;
  Claim claim{.id = "expectation-" + worst->aspect,
              .text = {},
              .why = {},
              .sure = "fair",
              .section = "expectations"};
  claim.cites = worst->cites, claim.weight = 60;
  const std::string name = label("aspect", worst->aspect);
  if (x_zh) {
    claim.text = fmt::format("从“{}”改起：{} 段对话里这方面的期望落空，是代价最大的一项。", name,
                             worst->unmet_n);
    claim.why = fmt::format(
        "落空的对话满意度比同渠道其他对话低 {:.2f}（{:.2f} 到 {:.2f}）；代价 = 次数 × 差距。"
        "不满的客户更会说到期望，所以差距里有一部分不是原因。",
        -worst->importance.value, -worst->importance.high, -worst->importance.low);
  } else {
    claim.text = fmt::format(
        "Begin with {}: expectations of it failed in {} conversations, the "
        "costliest of all.",
        name, worst->unmet_n);
    claim.why = fmt::format(
        "Where it failed satisfaction is {:.2f} lower ({:.2f} to {:.2f}) than in "
        "other conversations of the same channel; cost is times the number. "
        "Unhappy customers speak of expectations more, so part of the gap is no "
        "cause.",
        -worst->importance.value, -worst->importance.high, -worst->importance.low);
  }
  put(x_out.todo, std::move(claim));
}

void ClaimWriter::answers() {
  for (const insight::Calming& one : x_data.calming) {
    const bool worse = one.change.high < one.matched.low;
    const bool better = one.change.low > one.matched.high;
    if (!worse && !better) continue;
    const Sentences words(x_data, x_cards, x_lang);
    Claim claim{.id = "answer-" + one.act,
                .text = words.calming(one),
                .why = {},
                .sure = "fair",
                .section = "conduct"};
    claim.weight = 8;
    claim.why =
        say("只看客户不高兴之后的那一次回答，和情绪、轮次、渠道相近、没有这种回答的回合比。人不高兴"
            "之后本来就会缓和，"
            "所以要看差别，不看变化本身。",
            "Only answers to an upset customer, against turns of like feeling, place in the "
            "talk and channel without such an answer. Feeling eases by itself after a low, so "
            "the difference counts, not the change.");
    put(x_out.changed, std::move(claim));
  }
}

}  // namespace xinjing::report
