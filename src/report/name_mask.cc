#include "report/name_mask.h"

#include <algorithm>
#include <array>

#include "base/utf8.h"

namespace xinjing::report {
namespace {

using Text = std::u32string_view;

constexpr Text kSurnames =
    U"赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜戚谢邹喻柏水窦章云苏潘葛奚范"
    U"彭郎鲁韦昌马苗凤花方俞任袁柳酆鲍史唐费廉岑薛雷贺倪汤滕殷罗毕郝邬安常乐于时傅皮卞齐康伍余元卜"
    U"顾孟平黄和穆萧尹姚邵湛汪祁毛禹狄米贝明臧计伏成戴谈宋茅庞熊纪舒屈项祝董梁杜阮蓝闵席季麻强贾路"
    U"娄危江童颜郭梅盛林刁钟徐邱骆高夏蔡田樊胡凌霍虞万支柯管卢莫经房裘缪干解应宗丁宣邓郁单杭洪包诸"
    U"左石崔吉龚程邢裴陆荣翁荀羊惠甄曲封储靳段巫乌焦巴侯宫宁仇栾甘祖武符刘景詹束龙叶司韶黎薄印白蒲"
    U"邰鄂赖卓蔺屠蒙池乔阴胥苍闻莘党翟谭贡姬申冉桑桂牛寿边扈燕冀浦尚农温庄晏柴瞿阎连茹习艾容向古易"
    U"蒯廖终居衡步耿满匡寇广欧利师巩聂晁敖冷辛阚简饶曾沙丰关游佘冼佟商牟揭覃车付肖闫涂楚仝";
constexpr std::array<Text, 14> kLongSurnames{U"欧阳", U"上官", U"司马", U"诸葛", U"司徒",
                                             U"东方", U"皇甫", U"尉迟", U"公孙", U"令狐",
                                             U"慕容", U"夏侯", U"端木", U"南宫"};
/// Characters with which the name of a business of two or three characters ends: 张记店.
constexpr Text kBusinessEnds = U"店厂行社馆坊院校园铺庄楼堂轩阁居吧厅站所局部会记司";
constexpr std::array<std::string_view, 66> kBusinessWords{
    "ltd",      "limited",   "inc",         "llc",      "gmbh",         "plc",
    "corp",     "co",        "company",     "group",    "holdings",     "partners",
    "services", "service",   "systems",     "studio",   "studios",      "desk",
    "data",     "labs",      "lab",         "works",    "ceramics",     "coffee",
    "cafe",     "café",      "bakery",      "brewery",  "bar",          "restaurant",
    "kitchen",  "hotel",     "inn",         "hostel",   "house",        "shop",
    "store",    "market",    "supermarket", "farm",     "farms",        "berries",
    "timber",   "board",     "school",      "college",  "university",   "clinic",
    "hospital", "dental",    "care",        "trading",  "logistics",    "foods",
    "media",    "design",    "software",    "tech",     "technologies", "energy",
    "power",    "solutions", "consulting",  "workshop", "factory",      "club"};
constexpr std::array<std::string_view, 8> kTitles{"mr", "mrs", "ms",    "miss",
                                                  "dr", "sir", "madam", "prof"};
constexpr std::array<std::string_view, 12> kBusinessKinds{"企",   "公司",   "商户",      "单位",
                                                          "机构", "机关",   "company",   "business",
                                                          "firm", "organi", "corporate", "public"};
constexpr std::array<std::string_view, 9> kPrivateKinds{"个人",        "居民",      "自然人",
                                                        "private",     "person",    "individual",
                                                        "residential", "household", "consumer"};
constexpr std::size_t kLongName = 5;  // Chinese characters
constexpr char32_t kStar = U'*';

bool is_bracket(char32_t c) { return c == U'(' || c == U')' || c == U'（' || c == U'）'; }
bool is_letter(char32_t c) {
  return is_han(c) || (c >= U'a' && c <= U'z') || (c >= U'A' && c <= U'Z') ||
         (c >= 0xc0 && c <= 0x24f && c != 0xd7 && c != 0xf7);
}
char32_t lower(char32_t c) {
  const bool upper = (c >= U'A' && c <= U'Z') || (c >= 0xc0 && c <= 0xde && c != 0xd7);
  return upper ? c + 32 : c;
}
std::string lower_of(Text word) {
  std::string out;
  for (const char32_t c : word) append_utf8(out, lower(c));
  return out;
}

template <typename Words>
bool tells(std::string_view kind, const Words& words) {
  const std::string low = lower_of(characters_of(kind));
  return std::any_of(words.begin(), words.end(),
                     [&](std::string_view word) { return low.find(word) != std::string::npos; });
}

/// Runs of letters; the marks of a name (O'Brien, Mei-Lin) part it.
std::vector<Span> words_of(Text text) {
  std::vector<Span> out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (!is_letter(text[i])) continue;
    std::size_t end = i;
    while (end < text.size() && is_letter(text[end])) ++end;
    out.push_back({std::uint32_t(i), std::uint32_t(end)});
    i = end;
  }
  return out;
}

Text part(Text text, Span span) { return text.substr(span.begin, span.end - span.begin); }

/// What stands between brackets and around them, without the spaces at its ends.
std::vector<Span> pieces_of(Text name) {
  std::vector<Span> out;
  for (std::size_t begin = 0; begin <= name.size();) {
    std::size_t end = begin;
    while (end < name.size() && !is_bracket(name[end])) ++end;
    std::size_t from = begin, to = end;
    while (from < to && name[from] == U' ') ++from;
    while (to > from && name[to - 1] == U' ') --to;
    if (from < to) out.push_back({std::uint32_t(from), std::uint32_t(to)});
    begin = end + 1;
  }
  return out;
}

/// `strict`: two or three words, each with a capital; else one to four of any case.
bool is_latin_person(Text name, bool strict) {
  std::size_t begin = 0, words = 0;
  while (begin < name.size()) {
    std::size_t end = name.find(U' ', begin);
    if (end == Text::npos) end = name.size();
    const Text word = name.substr(begin, end - begin);
    begin = end + 1;
    if (word.empty()) continue;
    const bool capital = is_letter(word.front()) && lower(word.front()) != word.front();
    const bool letters = std::all_of(word.begin(), word.end(), [](char32_t c) {
      return (is_letter(c) && !is_han(c)) || c == U'-' || c == U'\'' || c == U'’' || c == U'.';
    });
    const std::string low = lower_of(word);
    const bool business =
        std::find(kBusinessWords.begin(), kBusinessWords.end(), low) != kBusinessWords.end();
    if ((strict && !capital) || !letters || business) return false;
    ++words;
  }
  return strict ? words == 2 || words == 3 : words >= 1 && words <= 4;
}

/// Puts stars for every letter but the first of each word. Chinese names are one word.
void star(std::u32string& text, Span span) {
  for (std::size_t i = span.begin + 1; i < span.end; ++i) {
    const bool goes_on = is_letter(text[i - 1]) || text[i - 1] == kStar;
    if (is_letter(text[i]) && goes_on) text[i] = kStar;
  }
}

bool same(char32_t a, char32_t b) { return a == b; }
bool same_letter(char32_t a, char32_t b) { return lower(a) == lower(b); }

bool is_title(Text word) {
  return std::find(kTitles.begin(), kTitles.end(), lower_of(word)) != kTitles.end();
}

/// The word before `at`, over a space or a full stop and a space.
Text word_before(Text text, std::size_t at) {
  while (at > 0 && (text[at - 1] == U' ' || text[at - 1] == U'.')) --at;
  std::size_t begin = at;
  while (begin > 0 && is_letter(text[begin - 1])) --begin;
  return text.substr(begin, at - begin);
}

/// Stars `wanted` wherever it stands in `text` as a whole word (Chinese: anywhere), all of it or
/// all but the first letter of each word.
void star_all(std::u32string& text, Text wanted, bool keep_first, bool title_may_stay) {
  const bool han = !wanted.empty() && is_han(wanted.front());
  for (std::size_t at = 0; at + wanted.size() <= text.size(); ++at) {
    const bool whole = wanted.find(U' ') != Text::npos;
    if (!std::equal(wanted.begin(), wanted.end(), text.begin() + std::ptrdiff_t(at),
                    whole ? same_letter : same)) {
      continue;
    }
    const std::size_t end = at + wanted.size();
    const auto inner = [&](std::size_t i) { return is_letter(text[i]) && !is_han(text[i]); };
    if (!han && ((at > 0 && inner(at - 1)) || (end < text.size() && inner(end)))) continue;
    if (title_may_stay && is_title(word_before(text, at))) continue;
    if (keep_first) {
      star(text, {std::uint32_t(at), std::uint32_t(end)});
    } else {
      std::fill(text.begin() + std::ptrdiff_t(at), text.begin() + std::ptrdiff_t(end), kStar);
    }
  }
}

void star_person(std::u32string& text, Text person) {
  if (is_han(person.front())) {
    star_all(text, person, true, false);
    const std::size_t surname = surname_length(person);
    if (surname > 0 && person.size() >= surname + 2) {
      star_all(text, person.substr(surname), false, false);
    }
    return;
  }
  star_all(text, person, true, false);
  const std::vector<Span> words = words_of(person);
  for (const Span word : words) {
    if (word.end - word.begin >= 3) {
      star_all(text, part(person, word), true, word.begin == words.back().begin);
    }
  }
}

}  // namespace

std::size_t surname_length(Text name) {
  if (name.size() >= 3 && std::find(kLongSurnames.begin(), kLongSurnames.end(),
                                    name.substr(0, 2)) != kLongSurnames.end()) {
    return 2;
  }
  return !name.empty() && kSurnames.find(name.front()) != Text::npos ? 1 : 0;
}

bool is_han_person(Text name) {
  if (!std::all_of(name.begin(), name.end(), is_han)) return false;
  const std::size_t surname = surname_length(name);
  if (surname == 0 || name.size() < 2 || name.size() > surname + 2) return false;
  return kBusinessEnds.find(name.back()) == Text::npos;
}

std::vector<Span> persons_in(std::u32string_view name, std::string_view kind) {
  if (name.empty()) return {};
  const bool known_person = tells(kind, kPrivateKinds);
  const bool unknown = !known_person && !tells(kind, kBusinessKinds);
  const std::vector<Span> pieces = pieces_of(name);
  std::vector<Span> out;
  for (const Span piece : pieces) {
    const Text text = part(name, piece);
    const bool by_rule = is_han_person(text) || is_latin_person(text, true);
    const bool likely =
        is_han(text.front()) ? text.size() < kLongName : is_latin_person(text, false);
    if (known_person || by_rule || (unknown && pieces.size() == 1 && likely)) out.push_back(piece);
  }
  return out;
}

std::string masked_name(std::string_view name, std::string_view kind) {
  std::u32string letters = characters_of(name);
  std::u32string out;
  std::size_t from = 0;
  for (const Span person : persons_in(letters, kind)) {
    out += letters.substr(from, person.begin - from);
    const Text text = part(letters, person);
    if (is_han(text.front())) {
      std::u32string stars(text);
      star(stars, {0, std::uint32_t(stars.size())});
      out += stars;
    } else {
      bool first = true;
      for (const Span word : words_of(text)) {
        if (!first) out += U' ';
        out += text[word.begin], out += U"***", first = false;
      }
    }
    from = person.end;
  }
  return utf8_of(out + letters.substr(from));
}

std::string without_name(std::string_view text, std::string_view name, std::string_view kind) {
  const std::u32string letters = characters_of(name);
  std::u32string out = characters_of(text);
  for (const Span person : persons_in(letters, kind)) {
    if (person.end - person.begin >= 2) star_person(out, part(letters, person));
  }
  return utf8_of(out);
}

}  // namespace xinjing::report
