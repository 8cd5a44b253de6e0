#include "report/person_mask.h"

#include <algorithm>
#include <array>

#include "base/utf8.h"
#include "report/name_mask.h"

namespace xinjing::report {
namespace {

using Text = std::u32string_view;

constexpr char32_t kStar = U'*';
constexpr std::size_t kShortestWord = 3;  // letters of a Latin word of a name that is looked for
constexpr std::array<Text, 39> kTitles{
    U"工程师", U"总经理", U"主管", U"总监", U"专员", U"先生", U"女士", U"小姐", U"太太", U"师傅",
    U"经理",   U"主任",   U"老师", U"科长", U"处长", U"局长", U"部长", U"所长", U"站长", U"班长",
    U"队长",   U"组长",   U"厂长", U"院长", U"校长", U"店长", U"老板", U"医生", U"大夫", U"律师",
    U"会计",   U"阿姨",   U"叔叔", U"大爷", U"大妈", U"大姐", U"大哥", U"奶奶", U"爷爷"};
constexpr Text kShortTitles = U"总工姐哥叔婶姨嫂";     // only where no other letter follows
constexpr Text kNotBeforeTitle = U"和向应时常全成单";  // surnames that are little words there
/// What a title is of, and would pass for a name: 高级主管, 安全专员.
constexpr std::array<Text, 23> kOfTitles{U"高级", U"高压", U"安全", U"安装", U"安排", U"应急",
                                         U"计划", U"计量", U"施工", U"华东", U"华南", U"华北",
                                         U"华中", U"成本", U"车间", U"车队", U"项目", U"金融",
                                         U"水电", U"水务", U"常务", U"党委", U"白班"};
/// Titles of everyday speech: whatever follows, 佟姐 is a person.
constexpr Text kFamiliar = U"姐哥叔婶姨嫂";
/// Surnames that after 小 and 老 are mostly part of a word: 小时, 老家, 小程序, 小米.
constexpr Text kNotAfterSmall =
    U"时于程康米包毛白费车方路马黄古向乐单左党年家安曲万花水明成平计解阴宗干宁和"
    U"应常连全戴虎狄季本伏区";
/// What may follow 小周 where it is a name, beside the end of a clause.
constexpr Text kAfterShort =
    U"您你好说呢啊吧嘛哦在来去给跟和与打接是答讲问也就都他她师把被对让叫帮带查今昨明"
    U"那这刚已还又没不会要能可人回发转催约记查算陪送修";
/// Ends of the names of departments, behind which a name may stand: 采购部祝敏, 窗口杜鹃.
constexpr std::array<Text, 19> kDepartments{
    U"部",   U"科",   U"处",   U"组",   U"班",   U"中心", U"窗口", U"财务", U"采购", U"行政",
    U"后勤", U"人事", U"前台", U"客服", U"会计", U"出纳", U"调度", U"柜台", U"大厅"};
/// Characters after which a full name may begin in the middle of a sentence.
constexpr Text kBeforeName = U"找叫是请让给和跟的对向问谢您你们我有与及同以";
constexpr std::array<Text, 11> kIntroductions{U"我叫",   U"名叫",   U"叫做", U"我是",
                                              U"姓名",   U"户名",   U"户主", U"联系人",
                                              U"经办人", U"收件人", U"本人"};
constexpr std::array<Text, 5> kLatinTitles{U"mr", U"mrs", U"ms", U"miss", U"dr"};
constexpr std::array<Text, 4> kLatinIntroductions{U"my name is ", U"name's ", U"this is ",
                                                  U"it's "};
constexpr std::array<Text, 2> kLatinTwoWords{U"i'm ", U"i am "};
constexpr std::array<std::string_view, 26> kNoPerson{
    "agent",   "bot",    "support", "team",   "service", "staff",   "operator", "desk",     "robot",
    "hotline", "system", "admin",   "online", "chat",    "virtual", "care",     "customer", "help",
    "call",    "center", "centre",  "sales",  "office",  "user",    "web",      "assistant"};
/// Names that are everyday words in lower case, as are all telling words.
constexpr std::array<std::string_view, 23> kEveryday{
    "bill",  "will",   "may",   "mark", "rose",  "hope",  "faith", "joy",
    "art",   "frank",  "jack",  "rich", "sue",   "pat",   "dawn",  "june",
    "april", "august", "grant", "page", "price", "power", "young"};
/// Capitalised, and yet nobody: this is Tuesday.
constexpr std::array<std::string_view, 24> kNobody{
    "monday",   "tuesday", "wednesday", "thursday",  "friday",    "saturday",
    "sunday",   "january", "february",  "march",     "april",     "may",
    "june",     "july",    "august",    "september", "october",   "november",
    "december", "english", "chinese",   "china",     "christmas", "easter"};
/// What follows a name in lower case, or stands for one: my name is on the bill, is zoe and i.
constexpr std::array<std::string_view, 32> kLittle{
    "a",   "an", "the",  "on",   "in",   "not",     "and",  "i",     "from",  "with",   "but",
    "my",  "at", "is",   "it",   "for",  "to",      "of",   "or",    "so",    "no",     "we",
    "you", "as", "here", "this", "that", "calling", "your", "wrong", "spelt", "spelled"};

bool is_upper(char32_t c) { return c >= U'A' && c <= U'Z'; }
bool is_latin(char32_t c) {
  return is_upper(c) || (c >= U'a' && c <= U'z') || (c >= 0xc0 && c <= 0x24f);
}
char32_t lower(char32_t c) {
  if (c == U'’') return U'\'';  // I’m Ada
  const bool accented = c >= 0xc0 && c <= 0xde && c != 0xd7;
  return is_upper(c) || accented ? c + 32 : c;
}

std::string lower_of(Text word) {
  std::string out;
  for (const char32_t c : word) append_utf8(out, lower(c));
  return out;
}

template <std::size_t n>
bool is_one_of(const std::array<std::string_view, n>& words, std::string_view word) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

bool stands_at(Text text, std::size_t at, Text wanted) {
  if (at + wanted.size() > text.size()) return false;
  for (std::size_t i = 0; i < wanted.size(); ++i) {
    if (lower(text[at + i]) != lower(wanted[i])) return false;
  }
  return true;
}

/// A Latin word that begins at `at`; its end.
std::size_t word_end(Text text, std::size_t at) {
  while (at < text.size() && (is_latin(text[at]) || text[at] == U'-')) ++at;
  return at;
}

bool begins_word(Text text, std::size_t at) { return at == 0 || !is_latin(text[at - 1]); }

void star(std::u32string& text, std::size_t begin, std::size_t end) {
  std::fill(text.begin() + std::ptrdiff_t(begin), text.begin() + std::ptrdiff_t(end), kStar);
}

/// All but the first letter of a Latin word.
void star_word(std::u32string& text, std::size_t begin) {
  star(text, begin + 1, word_end(text, begin));
}

bool is_surname(char32_t c) {
  return surname_length(Text(&c, 1)) == 1 && kNotBeforeTitle.find(c) == Text::npos;
}

bool may_begin(Text text, std::size_t at) {
  return at == 0 || !is_han(text[at - 1]) || kBeforeName.find(text[at - 1]) != Text::npos;
}

bool is_of_title(Text word) {
  return std::find(kOfTitles.begin(), kOfTitles.end(), word) != kOfTitles.end();
}

/// The name in front of a title at `title`: where it begins; `title` where there is none.
std::size_t name_before(Text text, std::size_t title) {
  for (const std::size_t length : {3U, 2U}) {
    if (title < length) continue;
    const std::size_t begin = title - length;
    const Text name = text.substr(begin, length);
    if (is_of_title(name)) return title;
    if (is_han_person(text.substr(begin, length)) && may_begin(text, begin)) return begin;
  }
  return title > 0 && is_surname(text[title - 1]) ? title - 1 : title;
}

std::size_t title_at(Text text, std::size_t at) {
  for (const Text title : kTitles) {
    if (text.substr(at, title.size()) == title) return title.size();
  }
  const bool kin = at + 1 < text.size() && text[at + 1] == text[at];  // 连姐姐都
  if (!kin && kFamiliar.find(text[at]) != Text::npos) return 1;
  const bool ends = at + 1 >= text.size() || !is_han(text[at + 1]) ||
                    Text(U"您你好说").find(text[at + 1]) != Text::npos;
  return ends && kShortTitles.find(text[at]) != Text::npos ? 1 : 0;
}

/// 邢经理, 赵师傅, 陈立师傅.
void star_titled(std::u32string& text, char32_t own_surname) {
  for (std::size_t at = 1; at < text.size(); ++at) {
    const std::size_t title = title_at(text, at);
    if (title == 0) continue;
    std::size_t begin = name_before(text, at);
    // 施工, 高工 in the middle of words: a short title wants a name that stands by itself.
    if (title == 1 && is_of_title(Text(text).substr(at - 1, 2))) continue;
    if (title == 1 && begin < at && !(begin + 1 == at && may_begin(text, begin))) begin = at;
    // 冯先生 is who speaks; 冯国强经理 is somebody else.
    const bool alone = begin + 1 == at;
    if (begin == at || (alone && text[begin] == own_surname)) continue;
    if (alone) {
      star(text, begin, at);
    } else {
      star(text, begin + 1, at);
    }
  }
}

bool ends_name(Text text, std::size_t at) {
  return at >= text.size() || !is_han(text[at]) || kAfterShort.find(text[at]) != Text::npos;
}

/// 小周, 老蒯: the surname goes, as before a title. Where another character stands right before
/// it, only where the clause ends behind it (宏远老蒯。), since 从小周到 is none.
void star_short(std::u32string& text, char32_t own_surname) {
  for (std::size_t at = 0; at + 1 < text.size(); ++at) {
    if (text[at] != U'小' && text[at] != U'老') continue;
    const char32_t surname = text[at + 1];
    if (surname_length(Text(&surname, 1)) == 0 || surname == own_surname ||
        kNotAfterSmall.find(surname) != Text::npos) {
      continue;
    }
    const bool clause_ends = at + 2 >= text.size() || !is_han(text[at + 2]);
    if (clause_ends || (may_begin(text, at) && ends_name(text, at + 2))) text[at + 1] = kStar;
  }
}

/// 采购部祝敏: a name of two characters right behind a department.
void star_of_department(std::u32string& text) {
  for (std::size_t at = 1; at + 1 < text.size(); ++at) {
    const Text before = Text(text).substr(0, at), name = Text(text).substr(at, 2);
    const bool department = std::any_of(kDepartments.begin(), kDepartments.end(), [&](Text one) {
      return before.size() > one.size() && before.ends_with(one);
    });
    const bool ends = at + 2 >= text.size() || !is_han(text[at + 2]);
    if (department && ends && is_surname(name[0]) && is_han_person(name) && !is_of_title(name)) {
      text[at + 1] = kStar;
    }
  }
}

/// 我叫陈立, 联系人：周敏.
void star_introduced(std::u32string& text) {
  for (std::size_t at = 0; at < text.size(); ++at) {
    for (const Text intro : kIntroductions) {
      if (!stands_at(text, at, intro)) continue;
      std::size_t begin = at + intro.size();
      while (begin < text.size() && (text[begin] == U'：' || text[begin] == U':' ||
                                     text[begin] == U' ' || text[begin] == U'是')) {
        ++begin;
      }
      for (const std::size_t length : {3U, 2U}) {
        if (begin + length > text.size()) continue;
        const std::size_t end = begin + length;
        const bool ends = end == text.size() || !is_han(text[end]);
        if (!ends || !is_han_person(Text(text).substr(begin, length))) continue;
        star(text, begin + 1, end);
        break;
      }
    }
  }
}

/// Words of the customer's own name may stay with a title: Mr H*** is who speaks.
bool has_word(Text name, Text word) {
  for (std::size_t at = 0; at + word.size() <= name.size(); ++at) {
    if (begins_word(name, at) && stands_at(name, at, word) &&
        word_end(name, at) == at + word.size()) {
      return true;
    }
  }
  return false;
}

/// Whether a Latin word may be a name where somebody is introduced; in lower case only after what
/// says nothing but a name (my name is zoe).
bool may_be_name(Text text, std::size_t at, bool any_case) {
  if (at >= text.size() || !is_latin(text[at])) return false;
  const std::string word = lower_of(text.substr(at, word_end(text, at) - at));
  if (is_upper(text[at])) return word != "i" && !is_one_of(kNobody, word);
  return any_case && !is_one_of(kLittle, word);
}

/// The name after an introduction that stands at `at`, of one word or two; `two`: only of two.
void star_introduced_latin(std::u32string& text, std::size_t at, Text intro, bool two) {
  if (!stands_at(text, at, intro)) return;
  const bool any_case = intro.starts_with(U"my name");
  const std::size_t first = at + intro.size();
  if (!may_be_name(text, first, any_case)) return;
  const std::size_t end = word_end(text, first);
  const bool second =
      end < text.size() && text[end] == U' ' && may_be_name(text, end + 1, any_case);
  if (two && !second) return;
  star_word(text, first);
  if (second) star_word(text, end + 1);
}

/// Mr Xing, my name is Grace Lin.
void star_latin(std::u32string& text, Text own) {
  const auto capital = [&](std::size_t at) { return at < text.size() && is_upper(text[at]); };
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (!begins_word(text, at)) continue;
    for (const Text title : kLatinTitles) {
      std::size_t next = at + title.size();
      if (!stands_at(text, at, title) || word_end(text, at) != next) continue;
      while (next < text.size() && (text[next] == U'.' || text[next] == U' ')) ++next;
      if (next == at + title.size() || !capital(next)) continue;
      if (!has_word(own, Text(text).substr(next, word_end(text, next) - next))) {
        star_word(text, next);
      }
    }
    for (const Text intro : kLatinIntroductions) {
      star_introduced_latin(text, at, intro, false);
    }
    for (const Text intro : kLatinTwoWords) star_introduced_latin(text, at, intro, true);
  }
}

/// A Latin word of a name that is found: in lower case only where it is no everyday word.
bool is_name_at(Text text, std::size_t at, Text name) {
  if (!begins_word(text, at) || !stands_at(text, at, name) ||
      word_end(text, at) != at + name.size()) {
    return false;
  }
  return is_upper(text[at]) || !is_one_of(kEveryday, lower_of(name));
}

bool is_titled(Text name) {
  return std::any_of(kTitles.begin(), kTitles.end(), [&](Text title) {
    return name.size() <= title.size() + 1 && name.ends_with(title);
  });
}

/// The words of a Latin name that are long enough to be looked for.
void add_latin(Text name, std::vector<std::u32string>& out) {
  for (std::size_t at = 0; at < name.size();) {
    const std::size_t end = word_end(name, at);
    if (end >= at + kShortestWord && is_latin(name[at]))
      out.emplace_back(name.substr(at, end - at));
    at = std::max(end, at + 1);
  }
}

/// The names by which an agent is found, whatever else stands in the cell (陈立峰（1023）): each
/// run of Chinese characters that is a person's name, and Latin words unless one tells of no
/// person.
std::vector<std::u32string> agent_names(std::string_view agent) {
  const std::u32string cell = characters_of(agent);
  std::vector<std::u32string> out, latin;
  for (std::size_t at = 0; at < cell.size();) {
    std::size_t end = at;
    while (end < cell.size() && is_han(cell[end])) ++end;
    const Text run = Text(cell).substr(at, end - at);
    if (!run.empty() && !is_titled(run) && is_han_person(run)) out.emplace_back(run);
    at = std::max(end, at + 1);
  }
  add_latin(cell, latin);
  const bool nobody = std::any_of(latin.begin(), latin.end(), [](const std::u32string& word) {
    return is_one_of(kNoPerson, lower_of(word));
  });
  if (!nobody) out.insert(out.end(), latin.begin(), latin.end());
  return out;
}

}  // namespace

PersonMask::PersonMask(const std::vector<std::string>& agents,
                       const std::vector<Known>& customers) {
  constexpr std::size_t kShortest = 3;  // characters: two are too often a word
  for (const std::string& agent : agents) {
    for (std::u32string& name : agent_names(agent)) {
      add_parts(name);
      add(std::move(name));
    }
  }
  for (const Known& customer : customers) {
    const std::u32string name = characters_of(customer.name);
    for (const Span span : persons_in(name, customer.kind)) {
      std::u32string person = name.substr(span.begin, span.end - span.begin);
      add_parts(person);
      if (person.size() >= kShortest && is_han_person(person)) add(std::move(person));
    }
  }
}

void PersonMask::add(std::u32string name) {
  auto& list = x_names[lower(name.front())];
  if (std::find(list.begin(), list.end(), name) == list.end()) list.push_back(std::move(name));
}

void PersonMask::add_parts(Text name) {
  for (std::size_t at = 0; at + 1 < name.size(); ++at) {
    if (is_han(name[at]) && is_han(name[at + 1])) x_parts.emplace(name.substr(at, 2));
  }
  std::vector<std::u32string> latin;
  add_latin(name, latin);
  for (const std::u32string& word : latin) x_parts.insert(characters_of(lower_of(word)));
}

bool PersonMask::names_somebody(std::string_view word) const {
  const std::u32string text = characters_of(word);
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (at + 1 < text.size() && x_parts.contains(text.substr(at, 2)) && is_han(text[at])) {
      return true;
    }
    const std::size_t end = word_end(text, at);
    if (end == at || !begins_word(text, at)) continue;
    const std::string low = lower_of(Text(text).substr(at, end - at));
    if (!is_one_of(kEveryday, low) && x_parts.contains(characters_of(low))) return true;
  }
  // Words that tell are in lower case.
  return std::any_of(kLatinTitles.begin(), kLatinTitles.end(), [&](Text title) {
    return stands_at(text, 0, title) && text.size() > title.size() &&
           (text[title.size()] == U' ' || text[title.size()] == U'.');
  });
}

void PersonMask::star_names(std::u32string& text) const {
  for (std::size_t at = 0; at < text.size(); ++at) {
    const auto found = x_names.find(lower(text[at]));
    if (found == x_names.end()) continue;
    for (const std::u32string& name : found->second) {
      if (is_latin(name.front())) {
        if (is_name_at(text, at, name)) star_word(text, at);
      } else if (Text(text).substr(at, name.size()) == name) {
        star(text, at + 1, at + name.size());
      }
    }
  }
}

namespace {

/// The surname that may stay before a title: that of a customer who is a person.
char32_t surname_of(Text name, std::string_view kind) {
  const std::vector<Span> persons = persons_in(name, kind);
  if (persons.empty() || !is_han(name[persons.front().begin])) return U'\0';
  return name[persons.front().begin];
}

}  // namespace

std::string PersonMask::masked(std::string_view text, std::string_view name,
                               std::string_view kind) const {
  std::u32string out = characters_of(without_name(text, name, kind));
  const std::u32string own = characters_of(name);
  star_names(out);
  star_titled(out, surname_of(own, kind));
  star_short(out, surname_of(own, kind));
  star_of_department(out);
  star_introduced(out);
  star_latin(out, own);
  return utf8_of(out);
}

}  // namespace xinjing::report
