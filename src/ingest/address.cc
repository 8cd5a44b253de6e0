#include "ingest/address.h"

#include <algorithm>
#include <iterator>

#include "base/utf8.h"
#include "ingest/number_run.h"

namespace xinjing::ingest {
namespace {

using Word = std::string_view;

struct Unit {
  Word word;
  bool strong;  // says by itself that this is a home
};
constexpr Unit kUnits[] = {{"号楼", true}, {"单元", true}, {"号院", true}, {"栋", true},
                           {"幢", true},   {"室", true},   {"弄", true},   {"号", false},
                           {"楼", false},  {"层", false},  {"座", false},  {"房", false},
                           {"户", false},  {"组", false}};
constexpr Word kRoads[] = {"路", "街", "大道", "巷", "胡同", "弄", "村", "道"};
/// 线路, 电路, 知道, 渠道: words that end like a road and are none.
constexpr Word kNoRoads[] = {"线路", "电路", "回路", "支路", "网路", "思路", "知道", "难道", "报道",
                             "频道", "渠道", "通道", "味道", "管道", "条路", "走路", "套路"};
constexpr Word kNameStops = "在住到是去于区市县镇省乡的我家从寄送址和为了这那给往至您你他她";
constexpr Word kEnglishRoads[] = {"Street",    "St",   "Road",  "Rd",    "Avenue",
                                  "Ave",       "Lane", "Ln",    "Drive", "Dr",
                                  "Boulevard", "Blvd", "Court", "Way",   "Place"};

std::size_t skip_digits(Word text, std::size_t at) {
  while (const std::size_t bytes = digit_bytes(text, at)) at += bytes;
  return at;
}

/// Begin of the character before `at`.
std::size_t previous(Word text, std::size_t at) {
  do --at;
  while (at > 0 && (static_cast<unsigned char>(text[at]) & 0xc0) == 0x80);
  return at;
}

bool ends_with_road(Word before) {
  const auto ends = [before](Word word) { return before.ends_with(word); };
  return std::any_of(std::begin(kRoads), std::end(kRoads), ends) &&
         std::none_of(std::begin(kNoRoads), std::end(kNoRoads), ends);
}

/// Where the name of the road that ends at `end` begins: at most five characters before its last.
std::size_t road_begin(Word text, std::size_t end) {
  std::size_t at = previous(text, end);
  for (int i = 0; i < 5 && at > 0; ++i) {
    const std::size_t before = previous(text, at);
    const Word character = text.substr(before, at - before);
    if (!is_han(decode_utf8(character).value) || kNameStops.find(character) != Word::npos) break;
    at = before;
  }
  return at;
}

struct Chain {
  std::size_t end = 0;
  int units = 0;
  bool strong = false;
  bool opens_with_number = false;  // 号 or 弄 first
  bool ends_bare = false;          // a room's number without 室
};

/// 123号5单元302室: numbers, each with its unit.
Chain chain_at(Word text, std::size_t at) {
  Chain chain{.end = at};
  for (std::size_t i = at; chain.units < 8;) {
    std::size_t behind = skip_digits(text, i);
    const std::size_t digits = behind - i;
    if (digits == 0 || digits > 15) return chain;
    if (behind < text.size() && text[behind] == '-' && skip_digits(text, behind + 1) > behind + 1) {
      behind = skip_digits(text, behind + 1);
    }
    if (behind < text.size() && text[behind] >= 'A' && text[behind] <= 'H') ++behind;
    const Unit* unit = std::find_if(std::begin(kUnits), std::end(kUnits), [&](const Unit& u) {
      return text.substr(behind).starts_with(u.word);
    });
    if (unit == std::end(kUnits)) {
      if (chain.strong && digits >= 3 && digits <= 4) chain.end = behind, chain.ends_bare = true;
      return chain;
    }
    if (chain.units == 0)
      chain.opens_with_number = unit->word.starts_with("号") || unit->word == "弄";
    ++chain.units;
    chain.strong |= unit->strong;
    chain.end = i = behind + unit->word.size();
    while (i < text.size() && (text[i] == ' ' || text[i] == '-')) ++i;
  }
  return chain;
}

/// 12 Main Street, 221 Old Baker St.
std::optional<Span> english_at(Word text, std::size_t at) {
  std::size_t i = skip_digits(text, at);
  if (i - at > 5) return {};
  for (int words = 0; words < 4 && i < text.size() && text[i] == ' '; ++words) {
    const std::size_t begin = ++i;
    while (i < text.size() && ((text[i] | 0x20) >= 'a' && (text[i] | 0x20) <= 'z')) ++i;
    const Word word = text.substr(begin, i - begin);
    if (word.empty() || word[0] < 'A' || word[0] > 'Z') return {};
    const bool road = std::find(std::begin(kEnglishRoads), std::end(kEnglishRoads), word) !=
                      std::end(kEnglishRoads);
    if (road && words > 0) return Span{std::uint32_t(at), std::uint32_t(i)};
  }
  return {};
}

}  // namespace

std::optional<Span> address_at(std::string_view text, std::size_t at) {
  if (const auto english = english_at(text, at)) return english;
  const Chain chain = chain_at(text, at);
  if (chain.units == 0) return {};
  const bool on_road = chain.opens_with_number && ends_with_road(text.substr(0, at));
  if (on_road) return Span{std::uint32_t(road_begin(text, at)), std::uint32_t(chain.end)};
  const bool home = chain.strong && (chain.units >= 2 || chain.ends_bare);
  if (!home) return {};
  return Span{std::uint32_t(at), std::uint32_t(chain.end)};
}

}  // namespace xinjing::ingest
