#include "insight/people_lists.h"

#include <algorithm>
#include <cmath>
#include <set>

#include "base/format.h"
#include "insight/feeling.h"

namespace xinjing::insight {
namespace {

constexpr double kHalfLife = 180;  // days; what was said long ago counts less
constexpr std::size_t kPersonCites = 4;
constexpr double kSenior = 70;  // years

/// "1 conversation", "3 conversations"; "1 promise to them was", "2 promises to them were".
std::string talks_text(std::int64_t n) {
  return n == 1 ? "1 conversation" : fmt::format("{} conversations", n);
}
std::string promises_text(std::int64_t n) {
  return n == 1 ? "1 promise to them was" : fmt::format("{} promises to them were", n);
}

constexpr int kStale = 90;  // days after which a threat is no matter for this week

/// Whether a talk after a day was a glad one.
bool glad_since(const Known& one, Day day) {
  constexpr double kGlad = 0.2;
  return std::any_of(one.talks.begin(), one.talks.end(), [&](const Talk& talk) {
    return talk.day > day && talk.valence > kGlad && talk.satisfaction > 0;
  });
}

/// Whether a talk of that day ended well.
bool content_on(const Known& one, Day day) {
  return std::any_of(one.talks.begin(), one.talks.end(), [&](const Talk& talk) {
    return talk.day == day && talk.satisfaction > 0 && talk.valence > kUpset;
  });
}

/// Whether the customer was content, taken together, in the talks after a day, of which there is
/// one.
bool mended(const Known& one, Day day) {
  double sum = 0, n = 0;
  for (const Talk& talk : one.talks) {
    if (talk.day > day) sum += talk.valence, n += 1;
  }
  return n > 0 && sum / n > 0.1;
}

}  // namespace

double PeopleLists::fresh(Day day) const {
  return std::exp2(-double(x_as_of.number - day.number) / kHalfLife);
}

Person PeopleLists::person_of(std::int64_t number, const Known& one, double score) {
  return {.person = number,
          .customer = one.customer,
          .name = one.name,
          .kind = one.kind,
          .p = 1 / (1 + std::exp(-score)),
          .reasons = {},
          .play = {},
          .cites = {}};
}

void PeopleLists::add_cites(Person& person, const Known& one,
                            std::initializer_list<const char*> kinds, const Said& note) {
  std::vector<std::int64_t> seen;
  for (const Cite& cite : person.cites) seen.push_back(cite.message_no);
  for (auto sign = one.signs.rbegin(); sign != one.signs.rend(); ++sign) {
    const bool wanted =
        std::any_of(kinds.begin(), kinds.end(), [&](const char* k) { return sign->kind == k; });
    if (!wanted || std::find(seen.begin(), seen.end(), sign->message_no) != seen.end()) continue;
    if (person.cites.size() == kPersonCites) return;
    person.cites.push_back({sign->message_no, sign->span, note});
    seen.push_back(sign->message_no);
  }
}

std::optional<Day> PeopleLists::came_back(const Known& one) {
  const auto always = [](Day) { return 1.0; };
  const Shown away = shown(one, {"leave", "left", "compare", "rival", "bond_leave"}, always);
  std::optional<Day> stays;
  for (const Sign& sign : one.signs) {
    if (sign.kind != "stays") continue;
    const bool elsewhere = std::any_of(one.signs.begin(), one.signs.end(), [&](const Sign& other) {
      return other.message_no == sign.message_no && (other.kind == "leave" || other.kind == "left");
    });
    if (!elsewhere) stays = stays ? std::max(*stays, sign.day) : sign.day;
  }
  if (!away.first || !stays || !(*away.first < *stays)) return {};
  // Whoever has chosen to stay may name the rival again; to leave again is another matter.
  const Shown again = shown(one, {"leave", "left"}, always);
  if (again.last && *stays <= *again.last) return {};
  double valence = 0, satisfaction = 0, n = 0;
  for (const Talk& talk : one.talks) {
    if (talk.day >= *stays) valence += talk.valence, satisfaction += talk.satisfaction, n += 1;
  }
  const bool unhappy = n > 0 && valence / n < kUpset && satisfaction <= 0;
  return unhappy ? std::nullopt : stays;
}

std::optional<Day> PeopleLists::left(const Known& one) {
  const auto always = [](Day) { return 1.0; };
  const Shown left = shown(one, {"left"}, always);
  if (!left.last || came_back(one)) return {};
  const bool heard = std::any_of(one.talks.begin(), one.talks.end(),
                                 [&](const Talk& talk) { return talk.day > *left.last; });
  const bool bought = one.last_order && *one.last_order > *left.last;
  return heard || bought ? std::nullopt : left.last;
}

std::optional<Person> PeopleLists::gone(std::int64_t number, const Known& one) const {
  const std::optional<Day> day = left(one);
  if (!day) return {};
  // The later, the more is left to learn from a call; the list begins with them.
  Person person = person_of(number, one, 4 * fresh(*day) - 1);
  person.reasons.push_back(
      {fmt::format("said on {} that the change is made; no order or contact since", iso_date(*day)),
       fmt::format("{} 说已经换了或退了，之后没有订单也没有来往", iso_date(*day))});
  if (one.broken > 0) {
    person.reasons.push_back(
        {promises_text(one.broken) + " broken", fmt::format("对其承诺有 {} 次没兑现", one.broken)});
  }
  person.play = "bond:gone";
  add_cites(person, one, {"left"}, {"has left", "已经离开"});
  add_cites(person, one, {"leave", "rival", "compare"}, {"compared or left", "比较或要走"});
  return person;
}

std::optional<Person> PeopleLists::won_back(std::int64_t number, const Known& one) const {
  const std::optional<Day> day = came_back(one);
  if (!day) return {};
  const auto always = [](Day) { return 1.0; };
  const Shown away = shown(one, {"leave", "left", "compare", "rival", "bond_leave"}, always);
  const Shown stays = shown(one, {"stays"}, always);
  Person person = person_of(number, one,
                            -1.5 + std::min(3.0, away.n) + 0.5 * std::min(2.0, stays.n) +
                                0.3 * std::min<double>(3, double(one.kept)));
  person.reasons.push_back(
      {fmt::format("compared or spoke of leaving in {} from {} on, and chose to stay on {}",
                   talks_text(away.talks), iso_date(*away.first), iso_date(*day)),
       fmt::format("从 {} 起有 {} 段对话说到比较或离开，{} 又决定留下", iso_date(*away.first),
                   away.talks, iso_date(*day))});
  if (one.kept > 0) {
    person.reasons.push_back(
        {promises_text(one.kept) + " kept", fmt::format("对其承诺兑现 {} 次", one.kept)});
  }
  person.play = "bond:recovered";
  add_cites(person, one, {"stays"}, {"stays", "决定留下"});
  add_cites(person, one, {"leave", "rival", "compare"}, {"compared or left", "比较或要走"});
  return person;
}

std::optional<Person> PeopleLists::waverer(std::int64_t number, const Known& one) const {
  if (came_back(one) || left(one)) return {};
  const auto age = [&](Day day) { return fresh(day); };
  const Shown leave = shown(one, {"leave", "left"}, age), compare = shown(one, {"compare"}, age);
  const Shown model = shown(one, {"bond_leave", "bond_waver"}, age);
  const Shown rival = shown(one, {"rival"}, age);
  if (leave.talks + compare.talks + model.talks + rival.talks == 0) return {};
  double score = -3 + 2.6 * std::min(2.0, leave.n) + 0.7 * std::min(3.0, compare.n) +
                 1.1 * std::min(3.0, rival.n) + 0.8 * std::min(2.0, model.n) +
                 0.5 * std::min<double>(3, double(one.broken));
  Day last = x_from;
  for (const Shown* sign : {&leave, &compare, &model, &rival}) {
    if (sign->last) last = std::max(last, *sign->last);
  }
  // Whoever was content, or bought, since then has stayed.
  if (mended(one, last) || (one.last_order && *one.last_order > last)) return {};
  const Shown praise = shown(one, {"recommend"}, age);
  if (praise.last && *praise.last >= last) score -= 1.2;
  double mood = 0;
  for (const Talk& talk : one.talks) mood = talk.valence;
  score -= mood;
  if (score < -1.5) return {};
  Person person = person_of(number, one, score);
  if (leave.talks > 0) {
    person.reasons.push_back(
        {fmt::format("spoke of leaving in {}, last on {}", talks_text(leave.talks),
                     iso_date(*leave.last)),
         fmt::format("{} 段对话里说到要走，最近一次 {}", leave.talks, iso_date(*leave.last))});
  }
  if (compare.talks > 0) {
    person.reasons.push_back({fmt::format("compared with others in {}, last on {}", compare.talks,
                                          iso_date(*compare.last)),
                              fmt::format("{} 段对话里拿别家比较，最近一次 {}", compare.talks,
                                          iso_date(*compare.last))});
  }
  if (rival.talks > 0) {
    person.reasons.push_back({fmt::format("names a rival ({}) in {}, last on {}", rival.quote,
                                          rival.talks, iso_date(*rival.last)),
                              fmt::format("{} 段对话里提到“{}”，最近一次 {}", rival.talks,
                                          rival.quote, iso_date(*rival.last))});
  }
  if (one.broken > 0) {
    person.reasons.push_back(
        {promises_text(one.broken) + " broken", fmt::format("对其承诺有 {} 次没兑现", one.broken)});
  }
  if (person.reasons.empty()) {
    person.reasons.push_back({"words that sound like leaving", "话里有去意"});
  }
  person.play = leave.n > 0.3 ? "bond:leave" : "bond:waver";
  add_cites(person, one, {"leave", "left"}, {"speaks of leaving", "说到离开"});
  add_cites(person, one, {"rival"}, {"names a rival", "提到对手"});
  add_cites(person, one, {"compare"}, {"compares", "比较"});
  add_cites(person, one, {"bond_leave", "bond_waver"}, {"the reader hears doubt", "程序读出动摇"});
  return person;
}

std::optional<Person> PeopleLists::escalating(std::int64_t number, const Known& one) const {
  const auto age = [&](Day day) { return fresh(day); };
  const Shown law = shown(one, {"law", "authority"}, age), open = shown(one, {"public"}, age);
  const Shown model = shown(one, {"escalation"}, age);
  if (law.talks + open.talks + model.talks == 0) return {};
  double score = -2.6 + 1.8 * std::min(2.0, law.n) + 0.8 * std::min(3.0, open.n) +
                 (law.n + open.n > 0 ? 1.4 : 0.8) * std::min(2.0, model.n) +
                 0.4 * std::min<double>(3, double(one.broken));
  Day last = x_from;
  for (const Shown* sign : {&law, &open, &model}) {
    if (sign->last) last = std::max(last, *sign->last);
  }
  if (last.number + kStale < x_as_of.number) return {};
  if (mended(one, last) || glad_since(one, last)) score -= 2;
  const Shown settled = shown(one, {"settled"}, age);
  if (settled.last && *settled.last >= last) score -= 2;
  if (const auto back = came_back(one); back && *back >= last) score -= 2;
  double lowest = 0;  // nobody escalates who is content
  for (const Talk& talk : one.talks) {
    if (talk.day >= Day{last.number - 30}) lowest = std::min(lowest, talk.valence);
  }
  score -= 1 + 2 * lowest;
  if (score < -1.5) return {};
  Person person = person_of(number, one, score);
  if (law.talks > 0) {
    person.reasons.push_back(
        {fmt::format("named an authority, the law or the police in {}, last on {}",
                     talks_text(law.talks), iso_date(*law.last)),
         fmt::format("{} 段对话里提到监管、法律或报警，最近一次 {}", law.talks,
                     iso_date(*law.last))});
  }
  if (open.talks > 0) {
    person.reasons.push_back(
        {fmt::format("spoke of going public in {}, last on {}", open.talks, iso_date(*open.last)),
         fmt::format("{} 段对话里说到公开，最近一次 {}", open.talks, iso_date(*open.last))});
  }
  if (person.reasons.empty()) {
    person.reasons.push_back({fmt::format("the words point to it: “{}”", model.quote),
                              fmt::format("话里有升级的意思：“{}”", model.quote)});
  }
  person.play = law.n > 0 ? "escalation:2" : "escalation:1";
  add_cites(person, one, {"law", "authority"}, {"law, authority", "法律、监管"});
  add_cites(person, one, {"escalation"}, {"goes higher", "升级"});
  add_cites(person, one, {"public"}, {"goes public", "公开"});
  return person;
}

std::optional<Person> PeopleLists::vulnerable(std::int64_t number, const Known& one) const {
  struct Ground {
    const char* kind;
    double weight;
    Said said;
    bool fades = false;  // a newborn grows up, a shortage passes
  };
  const Ground grounds[] = {
      {"device",
       2.4,
       {"lives with a medical device, or somebody at home does", "家里有人靠医疗设备"}},
      {"vulnerable", 1.6, {"the words ask for care", "话里需要照顾"}},
      {"frail", 1.4, {"tells of age, hearing, sight or living alone", "说到年老、听力视力或独居"}},
      {"child", 1.2, {"a newborn or a pregnancy at home", "家有孕妇或婴儿"}, true},
      {"hardship", 1.6, {"tells of being short of money", "说到手头紧"}, true},
      {"unable", 1.3, {"cannot use a phone or read messages", "不会用手机或看不了消息"}},
      {"senior", 0.7, {"speaks as an elderly person", "从话里看是长者"}}};
  double score = -3;
  std::vector<Said> reasons;
  std::set<std::int64_t> heard;  // a message counts once, for the heaviest ground
  Person person = person_of(number, one, 0);
  for (const Ground& ground : grounds) {
    double n = 0;
    std::string quote;
    for (const Sign& sign : one.signs) {
      if (sign.kind != ground.kind || !heard.insert(sign.message_no).second) continue;
      n += ground.fades ? fresh(sign.day) : 1, quote = sign.quote;
    }
    if (n == 0) continue;
    score += ground.weight * std::min(2.0, n);
    reasons.push_back({fmt::format("{} (“{}”)", ground.said.en, quote),
                       fmt::format("{}（“{}”）", ground.said.zh, quote)});
    add_cites(person, one, {ground.kind}, ground.said);
  }
  if (reasons.empty()) return {};
  if (one.age && *one.age >= kSenior) {
    score += 2;
    reasons.insert(reasons.begin(), {fmt::format("{:.0f} years old", std::floor(*one.age)),
                                     fmt::format("{:.0f} 岁", std::floor(*one.age))});
  }
  if (score < -1.5) return {};
  person.p = 1 / (1 + std::exp(-score)), person.reasons = std::move(reasons);
  person.play = "vulnerable:care";
  return person;
}

namespace {

/// In how many talks somebody speaks well of the company.
void add_praise(Person& person, const Shown& recommend, const Shown& heard, const Shown& brings) {
  if (recommend.talks > 0) {
    person.reasons.push_back({"speaks well of us in " + talks_text(recommend.talks),
                              fmt::format("{} 段对话里替我们说好话", recommend.talks)});
  }
  if (recommend.talks == 0 && heard.talks > 0) {
    person.reasons.push_back({"the reader hears goodwill in " + talks_text(heard.talks),
                              fmt::format("程序从 {} 段对话里读出好感", heard.talks)});
  }
  if (brings.talks > 0) {
    person.reasons.push_back({fmt::format("brings or tells others in {}", brings.talks),
                              fmt::format("{} 段对话里带人来或告诉了别人", brings.talks)});
  }
}

}  // namespace

std::optional<Person> PeopleLists::advocate(std::int64_t number, const Known& one) const {
  const auto always = [](Day) { return 1.0; };
  // What the reader hears without plain words is often politeness, or bargaining: half as much.
  const Shown recommend = shown(one, {"recommend"}, always);
  const Shown heard = shown(one, {"bond_advocate"}, always);
  const Shown thanks = shown(one, {"thanks"}, always);
  const Shown brings = shown(one, {"brings"}, always);
  const Shown converted = shown(one, {"converted"}, always);
  const std::int64_t praise = recommend.talks + brings.talks;
  if (praise + heard.talks + thanks.talks + converted.talks == 0 || one.talks.empty()) return {};
  double worst = 0, late = 0, n = 0, best = -2;
  std::optional<Day> trough;
  for (const Talk& talk : one.talks) {
    if (talk.valence < worst) worst = talk.valence, trough = talk.day;
  }
  for (const Talk& talk : one.talks) {
    if (trough && talk.day <= *trough) continue;
    late += talk.satisfaction, n += 1, best = std::max(best, talk.satisfaction);
  }
  Day praised = x_from;
  for (const Shown* sign : {&recommend, &heard, &brings}) {
    if (sign->last) praised = std::max(praised, *sign->last);
  }
  // "I cursed you then" told in a talk that ends well, or beside praise: by their own word.
  const bool told = converted.talks > 0 && (praise > 0 || content_on(one, *converted.last));
  const bool low = trough && worst <= -0.5;
  const bool soured = low && praised < *trough;  // spoke well of us, but before
  const bool recovered =
      told || (low && !soured && n >= 1 && best >= 0.2 && praise + heard.talks > 0);
  const Shown against =
      shown(one, {"leave", "left", "law", "authority"}, [&](Day day) { return fresh(day); });
  double score = -3 + 1.2 * std::min(3.0, recommend.n) + 0.6 * std::min(3.0, heard.n) +
                 0.4 * std::min(4.0, thanks.n) + 1.3 * std::min(2.0, brings.n) + (told ? 1.6 : 0) +
                 (n > 0 ? 1.5 * late / n : 0) + (recovered ? 1 : 0) +
                 0.3 * std::min<double>(3, double(one.kept)) - 0.4 * double(one.broken) -
                 1.2 * std::min(2.0, against.n) - (soured ? 2 : 0);
  if (score < -1.5) return {};
  Person person = person_of(number, one, score);
  if (told) {
    person.reasons.push_back({"tells of an old grievance, and that it was put right",
                              "自己说起以前的不满，也说了后来改好了"});
  } else if (recovered) {
    person.reasons.push_back(
        {fmt::format("was at odds with us on {}, content since", iso_date(*trough)),
         fmt::format("{} 还很不满，后来转为满意", iso_date(*trough))});
  }
  add_praise(person, recommend, heard, brings);
  if (one.kept > 0) {
    person.reasons.push_back(
        {promises_text(one.kept) + " kept", fmt::format("对其承诺兑现 {} 次", one.kept)});
  }
  if (person.reasons.empty()) person.reasons.push_back({"thanks us", "表达感谢"});
  person.play = recovered ? "bond:recovered" : "bond:advocate";
  add_cites(person, one, {"converted"}, {"was at odds once", "以前不满"});
  add_cites(person, one, {"brings"}, {"brings others", "带来别人"});
  add_cites(person, one, {"recommend", "bond_advocate"}, {"speaks well of us", "说好话"});
  add_cites(person, one, {"thanks"}, {"thanks", "感谢"});
  return person;
}

}  // namespace xinjing::insight
