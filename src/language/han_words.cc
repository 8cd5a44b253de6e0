#include "language/han_words.h"

#include <algorithm>
#include <bit>
#include <charconv>
#include <cmath>
#include <limits>

#include "base/tsv.h"
#include "base/utf8.h"

namespace xinjing::language {
namespace {

constexpr std::string_view kHeader = "word\ttimes";
constexpr double kStepsPerNat = 8;
constexpr int kUnknown = 140;  // a character that no file has: rarer than any word [steps]

std::uint64_t key_of(std::u32string_view word) {
  std::uint64_t key = 0;
  for (const char32_t c : word) key = key << 16 | (c & 0xffff);
  return key;
}

std::uint64_t hash_of(std::uint64_t key) { return key * 0x9e3779b97f4a7c15ULL >> 32; }
std::uint32_t mark_of(std::uint64_t key) {
  return static_cast<std::uint32_t>((key ^ key >> 31) * 0xbf58476d1ce4e5b9ULL >> 32) | 1;
}

}  // namespace

Status HanWords::add(std::string_view text, std::string_view name) {
  return TsvReader(text, name, kHeader).each([&](const TsvRow& row) -> Status {
    const std::u32string word = characters_of(row.cells[0]);
    const bool common =
        std::all_of(word.begin(), word.end(), [](char32_t c) { return c >= kFirst && c <= kLast; });
    if (word.empty() || word.size() > kLongestWord || !common) {
      return row.refuse(row.cells[0], {"a word is one to four common Chinese characters",
                                       "词应为一到四个常用汉字"});
    }
    std::uint32_t times = 0;
    const std::string_view cell = row.cells[1];
    const auto [end, error] = std::from_chars(cell.data(), cell.data() + cell.size(), times);
    if (error != std::errc() || end != cell.data() + cell.size() || times == 0) {
      return row.refuse(cell, {"times are a whole number above 0", "次数应为正整数"});
    }
    const std::uint64_t key = key_of(word);
    if (!x_words.empty() && x_words.back().key == key) {
      return row.refuse(row.cells[0], {"the word stands twice", "词重复"});
    }
    x_words.push_back({key, times});
    x_times += times;
    return {};
  });
}

void HanWords::build() {
  if (x_words.empty()) return;
  x_slots.assign(std::bit_ceil(3 * x_words.size()), {});
  x_filter.assign(kFilterBits / 64, 0);
  x_singles.assign(kLast - kFirst + 1, kUnknown);
  for (const Word& word : x_words) {
    const auto cost = static_cast<std::uint8_t>(
        std::min<double>(std::lround(kStepsPerNat * std::log(x_times / word.times)), kUnknown));
    if (word.key <= 0xffff) {
      x_singles[word.key - kFirst] = cost;
      continue;
    }
    const auto length = (64U - static_cast<unsigned>(std::countl_zero(word.key)) + 15) / 16;
    for (unsigned n = 2; n <= length; ++n) {
      const std::uint64_t key = word.key >> (16 * (length - n));
      put(key, n == length ? cost : kNoWord, n == length ? 0 : 1);
      const std::uint64_t hash = hash_of(key) % kFilterBits;
      if (n == 2) x_filter[hash / 64] |= 1ULL << hash % 64;
    }
  }
  x_words = {};
}

void HanWords::put(std::uint64_t key, std::uint8_t cost, std::uint8_t goes_on) {
  const std::uint32_t mark = mark_of(key);
  std::size_t at = hash_of(key) & (x_slots.size() - 1);
  while (x_slots[at].mark != 0 && x_slots[at].mark != mark) at = (at + 1) & (x_slots.size() - 1);
  Slot& slot = x_slots[at];
  slot.mark = mark;
  slot.cost = std::min(slot.cost, cost);
  slot.goes_on |= goes_on;
}

/// A slot without mark where the word is not there.
const HanWords::Slot& HanWords::slot_of(std::uint64_t key) const {
  const std::uint32_t mark = mark_of(key);
  std::size_t at = hash_of(key) & (x_slots.size() - 1);
  while (x_slots[at].mark != 0 && x_slots[at].mark != mark) at = (at + 1) & (x_slots.size() - 1);
  return x_slots[at];
}

int HanWords::cost_of_one(char32_t c) const {
  return c >= kFirst && c <= kLast ? x_singles[c - kFirst] : kUnknown;
}

void HanWords::find(std::u32string_view run, Scratch& scratch, std::uint8_t* starts) const {
  const std::size_t size = run.size();
  std::fill_n(starts, size, empty() ? 1 : 0);
  if (empty() || size == 0) return;
  scratch.cost.assign(size + 1, std::numeric_limits<std::int32_t>::max());
  scratch.size.resize(size + 1);
  std::int32_t* const cost = scratch.cost.data();
  std::uint8_t* const words = scratch.size.data();
  const auto reach = [&](std::size_t end, std::int32_t by, std::size_t length) {
    if (by >= cost[end]) return;
    cost[end] = by;
    words[end] = static_cast<std::uint8_t>(length);
  };
  cost[0] = 0;
  for (std::size_t at = 0; at < size; ++at) {
    reach(at + 1, cost[at] + cost_of_one(run[at]), 1);
    if (at + 1 == size) break;
    std::uint64_t key = std::uint64_t{run[at]} << 16 | (run[at + 1] & 0xffff);
    const std::uint64_t hash = hash_of(key) % kFilterBits;
    if ((x_filter[hash / 64] >> hash % 64 & 1) == 0) continue;
    for (std::size_t length = 2;; ++length) {
      const Slot& slot = slot_of(key);
      if (slot.mark == 0) break;
      if (slot.cost != kNoWord) reach(at + length, cost[at] + slot.cost, length);
      if (slot.goes_on == 0 || length == kLongestWord || at + length == size) break;
      key = key << 16 | (run[at + length] & 0xffff);
    }
  }
  for (std::size_t at = size; at > 0;) starts[at -= words[at]] = 1;
}

}  // namespace xinjing::language
