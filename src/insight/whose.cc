#include "insight/whose.h"

#include <algorithm>
#include <array>
#include <string>

namespace xinjing::insight {
namespace {

constexpr std::array<std::string_view, 34> kOwn = {
    "我家", "我们家", "家里",   "家中", "我妈", "我爸",    "我爷",    "我奶",   "我外",
    "我老", "我婆",   "我公",   "我岳", "我丈", "我孩",    "我儿",    "我女",   "我姐",
    "我妹", "我哥",   "我弟",   "我这", "老伴", "老公",    "老婆",    "老头子", "老太婆",
    "院里", "我们这", "我们院", " my ", "our ", "we have", "at home "};
constexpr std::array<std::string_view, 11> kThird = {"她",     "人家",       "别人",       "那位",
                                                     "有位",   "他",         " he ",       " she ",
                                                     " they ", " that old ", " that lady "};
constexpr std::array<std::string_view, 8> kStranger = {"邻居", "隔壁", "路人",      "排队的",
                                                       "楼下", "楼上", "neighbour", "neighbor"};
constexpr std::array<std::string_view, 9> kEnds = {"。", "！", "？", "；", "\n",
                                                   ". ", "! ", "? ", "…"};
constexpr std::array<std::string_view, 12> kClauseEnds = {"。", "！", "？", "；", "\n", ". ",
                                                          "! ", "? ", "…",  "，", ", ", "、"};

template <std::size_t n>
bool any_in(std::string_view text, const std::array<std::string_view, n>& words) {
  return std::any_of(words.begin(), words.end(), [&](std::string_view word) {
    return text.find(word) != std::string_view::npos;
  });
}

std::string lowered_ascii(std::string_view text) {
  std::string out(text);
  for (char& c : out) {
    if (c >= 'A' && c <= 'Z') c = char(c - 'A' + 'a');
  }
  return out;
}

/// What stands before a hit, from the last of some ends on, without words that only look like a
/// third person.
template <std::size_t n>
std::string before_hit(const std::string& all, Span hit,
                       const std::array<std::string_view, n>& ends) {
  const std::string_view before = std::string_view(all).substr(0, hit.begin + 1);
  std::size_t begin = 0;
  for (const std::string_view end : ends) {
    const std::size_t found = before.rfind(end);
    if (found != std::string_view::npos) begin = std::max(begin, found + end.size());
  }
  std::string out = " " + std::string(before.substr(begin));
  for (const std::string_view word : {"其他", "吉他"}) {
    for (std::size_t at; (at = out.find(word)) != std::string::npos;) out.erase(at, word.size());
  }
  return out;
}

}  // namespace

bool of_somebody_else(std::string_view text, Span hit) {
  if (hit.begin > text.size()) return false;
  const std::string all = " " + lowered_ascii(text) + " ";
  if (any_in(all, kOwn)) return false;
  const std::string sentence = before_hit(all, hit, kEnds);
  return any_in(sentence, kThird) || any_in(sentence, kStranger);
}

bool done_by_somebody_else(std::string_view text, Span hit) {
  if (hit.begin > text.size()) return false;
  const std::string all = " " + lowered_ascii(text) + " ";
  const std::string clause = before_hit(all, hit, kClauseEnds);
  const bool own = clause.find("我") != std::string::npos ||
                   clause.find(" we ") != std::string::npos ||
                   clause.find(" i ") != std::string::npos || any_in(clause, kOwn);
  return !own && (any_in(clause, kThird) || any_in(clause, kStranger));
}

}  // namespace xinjing::insight
