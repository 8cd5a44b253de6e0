#include "report/person_mask.h"

#include <algorithm>
#include <array>

#include "base/utf8.h"
#include "report/name_mask.h"

namespace xinjing::report {
namespace {

using Text = std::u32string_view;

constexpr char32_t kStar = U'*';
constexpr std::array<Text, 35> kTitles{
    U"工程师", U"先生", U"女士", U"小姐", U"太太", U"师傅", U"经理", U"主任", U"老师",
    U"科长",   U"处长", U"局长", U"部长", U"所长", U"站长", U"班长", U"队长", U"组长",
    U"厂长",   U"院长", U"校长", U"店长", U"老板", U"医生", U"大夫", U"律师", U"会计",
    U"阿姨",   U"叔叔", U"大爷", U"大妈", U"大姐", U"大哥", U"奶奶", U"爷爷"};
constexpr Text kShortTitles = U"总工姐哥叔婶姨嫂";     // only where no other letter follows
constexpr Text kNotBeforeTitle = U"和向应时常全成单";  // surnames that are little words there
/// Characters after which a full name may begin in the middle of a sentence.
constexpr Text kBeforeName = U"找叫是请让给和跟的对向问谢您你们我有与及同以";
constexpr std::array<Text, 11> kIntroductions{U"我叫",   U"名叫",   U"叫做", U"我是",
                                              U"姓名",   U"户名",   U"户主", U"联系人",
                                              U"经办人", U"收件人", U"本人"};
constexpr std::array<Text, 5> kLatinTitles{U"mr", U"mrs", U"ms", U"miss", U"dr"};
constexpr std::array<Text, 4> kLatinIntroductions{U"my name is ", U"name's ", U"this is ",
                                                  U"it's "};
constexpr std::array<Text, 2> kLatinTwoWords{U"i'm ", U"i am "};
constexpr std::array<std::string_view, 10> kNoPerson{
    "agent", "bot", "support", "team", "service", "staff", "operator", "desk", "hotline", "robot"};

bool is_upper(char32_t c) { return c >= U'A' && c <= U'Z'; }
bool is_latin(char32_t c) {
  return is_upper(c) || (c >= U'a' && c <= U'z') || (c >= 0xc0 && c <= 0x24f);
}
char32_t lower(char32_t c) { return is_upper(c) ? c + 32 : c; }

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

/// The name in front of a title at `title`: where it begins; `title` where there is none.
std::size_t name_before(Text text, std::size_t title) {
  for (const std::size_t length : {3U, 2U}) {
    if (title < length) continue;
    const std::size_t begin = title - length;
    if (is_han_person(text.substr(begin, length)) && may_begin(text, begin)) return begin;
  }
  return title > 0 && is_surname(text[title - 1]) ? title - 1 : title;
}

std::size_t title_at(Text text, std::size_t at) {
  for (const Text title : kTitles) {
    if (text.substr(at, title.size()) == title) return title.size();
  }
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
    if (title == 1 && begin < at && !(begin + 1 == at && may_begin(text, begin))) begin = at;
    if (begin == at || text[begin] == own_surname) continue;
    if (begin + 1 == at) {
      star(text, begin, at);
    } else {
      star(text, begin + 1, at);
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
    const auto introduced = [&](Text intro, bool two) {
      if (!stands_at(text, at, intro)) return;
      const std::size_t first = at + intro.size();
      if (!capital(first)) return;
      const std::size_t end = word_end(text, first);
      const bool second = end < text.size() && text[end] == U' ' && capital(end + 1);
      if (two && !second) return;
      star_word(text, first);
      if (second) star_word(text, end + 1);
    };
    for (const Text intro : kLatinIntroductions) introduced(intro, false);
    for (const Text intro : kLatinTwoWords) introduced(intro, true);
  }
}

/// The names by which an agent is found: none where it is no person's.
std::vector<std::u32string> agent_names(std::string_view agent) {
  const std::u32string name = characters_of(agent);
  const auto titled = [&](Text title) {
    return name.size() <= title.size() + 1 && Text(name).ends_with(title);
  };
  if (std::any_of(kTitles.begin(), kTitles.end(), titled)) return {};  // found by its title
  if (is_han_person(name)) return {name};
  std::vector<std::u32string> out;
  for (std::size_t at = 0; at < name.size();) {
    const std::size_t end = word_end(name, at);
    if (end == at) {
      if (name[at] != U' ' && name[at] != U'.' && name[at] != U'\'') return {};
      ++at;
      continue;
    }
    std::string low;
    for (std::size_t i = at; i < end; ++i) append_utf8(low, lower(name[i]));
    if (std::find(kNoPerson.begin(), kNoPerson.end(), low) != kNoPerson.end()) return {};
    if (!is_upper(name[at])) return {};
    if (end - at >= 3) out.push_back(name.substr(at, end - at));
    at = end;
  }
  return out;
}

}  // namespace

PersonMask::PersonMask(const std::vector<std::string>& agents,
                       const std::vector<Known>& customers) {
  constexpr std::size_t kShortest = 3;  // characters: two are too often a word
  for (const std::string& agent : agents) {
    for (std::u32string& name : agent_names(agent)) add(std::move(name));
  }
  for (const Known& customer : customers) {
    const std::u32string name = characters_of(customer.name);
    for (const Span span : persons_in(name, customer.kind)) {
      std::u32string person = name.substr(span.begin, span.end - span.begin);
      if (person.size() >= kShortest && is_han_person(person)) add(std::move(person));
    }
  }
}

void PersonMask::add(std::u32string name) {
  auto& list = x_agents[name.front()];
  if (std::find(list.begin(), list.end(), name) == list.end()) list.push_back(std::move(name));
}

bool PersonMask::names_agent(std::string_view word) const {
  const std::u32string before = characters_of(word);
  std::u32string after = before;
  star_agents(after);
  if (after != before) return true;
  // Words that tell are in lower case.
  for (const Text title : kLatinTitles) {
    const bool titled = stands_at(before, 0, title) && before.size() > title.size() &&
                        (before[title.size()] == U' ' || before[title.size()] == U'.');
    if (titled) return true;
  }
  return std::any_of(x_agents.begin(), x_agents.end(), [&](const auto& list) {
    return std::any_of(list.second.begin(), list.second.end(), [&](const std::u32string& name) {
      return is_latin(name.front()) && has_word(before, name);
    });
  });
}

void PersonMask::star_agents(std::u32string& text) const {
  for (std::size_t at = 0; at < text.size(); ++at) {
    const auto found = x_agents.find(text[at]);
    if (found == x_agents.end()) continue;
    for (const std::u32string& name : found->second) {
      if (Text(text).substr(at, name.size()) != name) continue;
      if (is_latin(name.front())) {
        if (begins_word(text, at) && word_end(text, at) == at + name.size()) star_word(text, at);
      } else {
        star(text, at + 1, at + name.size());
      }
    }
  }
}

std::string PersonMask::masked(std::string_view text, std::string_view name,
                               std::string_view kind) const {
  std::u32string out = characters_of(without_name(text, name, kind));
  const std::u32string own = characters_of(name);
  star_agents(out);
  star_titled(out, own.empty() ? U'\0' : own.front());
  star_introduced(out);
  star_latin(out, own);
  return utf8_of(out);
}

}  // namespace xinjing::report
