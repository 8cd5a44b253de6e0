#include "language/phrase_index.h"

#include <algorithm>
#include <array>
#include <bit>
#include <tuple>

#include "base/check.h"

namespace xinjing::language {
namespace {

constexpr std::uint64_t kLeastFilterBits = 1U << 16;
constexpr std::uint64_t kFilterBitsOfKey = 8;  // and twice of each first two characters
constexpr std::uint64_t kNothing = 0x1fffff;   // stands for the characters that a phrase lacks
constexpr unsigned kCharBits = 21;
constexpr unsigned kSizeBits = 10;
constexpr std::uint32_t kMostSize = (1U << kSizeBits) - 1;
constexpr std::size_t kKeyed = 3;  // characters that the key holds
constexpr std::size_t kAhead = 32;

bool is_word_character(char32_t c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

std::uint64_t key_of(std::uint64_t first, std::uint64_t second, std::uint64_t third) {
  return first << (2 * kCharBits) | second << kCharBits | third;
}
std::uint64_t key_of(std::u32string_view phrase) {
  return key_of(phrase[0], phrase.size() > 1 ? phrase[1] : kNothing,
                phrase.size() > 2 ? phrase[2] : kNothing);
}

std::uint64_t pair_hash(std::uint64_t first, std::uint64_t second) {
  return (first << kCharBits | second) * 0x9e3779b97f4a7c15ULL >> 32;
}

std::uint64_t hash_of(std::uint64_t key) {
  key *= 0x9e3779b97f4a7c15ULL;
  return key >> 32;
}

}  // namespace

PhraseIndex::PhraseIndex(std::span<const std::u32string> phrases) {
  std::vector<std::uint32_t> order;
  for (std::uint32_t p = 0; p < phrases.size(); ++p) {
    if (!phrases[p].empty()) order.push_back(p);
  }
  XINJING_CHECK(phrases.size() < std::size_t{1} << (32 - kSizeBits));
  const auto place = [&](std::uint32_t p) {
    return std::tuple(key_of(phrases[p]), ~phrases[p].size(), p);
  };
  std::sort(order.begin(), order.end(),
            [&](std::uint32_t a, std::uint32_t b) { return place(a) < place(b); });
  std::size_t keys = 0;
  for (std::size_t i = 0; i < order.size(); ++i) {
    keys += i == 0 || key_of(phrases[order[i]]) != key_of(phrases[order[i - 1]]) ? 1 : 0;
  }
  x_filter.assign(std::bit_ceil(std::max(kLeastFilterBits, kFilterBitsOfKey * keys)) / 64, 0);
  std::size_t pairs = 0;
  for (std::size_t i = 0; i < order.size(); ++i) {
    const std::u32string_view phrase = phrases[order[i]];
    const std::u32string_view last = i == 0 ? U"" : std::u32string_view(phrases[order[i - 1]]);
    pairs += phrase.substr(0, 2) != last.substr(0, 2) ? 1 : 0;
  }
  x_pairs.assign(std::bit_ceil(std::max(kLeastFilterBits, 2 * kFilterBitsOfKey * pairs)) / 64, 0);
  for (const std::uint32_t p : order) mark_pair(phrases[p]);
  x_buckets.resize(std::bit_ceil(keys + keys / 2 + 2));
  x_mask = x_buckets.size() - 1;
  std::uint32_t begin = 0;
  for (std::size_t i = 0; i < order.size(); ++i) {
    const std::u32string& phrase = phrases[order[i]];
    XINJING_CHECK(phrase.size() <= kMostSize);
    x_records.push_back(order[i] << kSizeBits | static_cast<std::uint32_t>(phrase.size()));
    for (std::size_t c = kKeyed; c < phrase.size(); ++c) x_records.push_back(phrase[c]);
    if (phrase.size() == 1) x_singles[phrase[0] / 64 % x_singles.size()] |= 1ULL << phrase[0] % 64;
    const bool last = i + 1 == order.size() || key_of(phrases[order[i + 1]]) != key_of(phrase);
    if (!last) continue;
    const auto end = static_cast<std::uint32_t>(x_records.size());
    add_bucket(key_of(phrase), begin, end);
    begin = end;
  }
}

void PhraseIndex::mark_pair(std::u32string_view phrase) {
  if (phrase.size() < 2) return;
  const std::uint64_t hash = pair_hash(phrase[0], phrase[1]);
  const std::uint64_t bit = phrase.size() == 2 ? 1 : 2;
  x_pairs[hash / 32 & (x_pairs.size() - 1)] |= bit << hash % 32 * 2;
}

std::uint64_t PhraseIndex::pair_bits(char32_t first, char32_t second) const {
  const std::uint64_t hash = pair_hash(first, second);
  return x_pairs[hash / 32 & (x_pairs.size() - 1)] >> hash % 32 * 2 & 3;
}

void PhraseIndex::add_bucket(std::uint64_t key, std::uint32_t begin, std::uint32_t end) {
  const std::uint64_t hash = hash_of(key);
  x_filter[hash / 64 & (x_filter.size() - 1)] |= 1ULL << (hash % 64);
  std::uint64_t slot = hash & x_mask;
  while (x_buckets[slot].begin != x_buckets[slot].end) slot = (slot + 1) & x_mask;
  x_buckets[slot] = {key, begin, end};
}

bool PhraseIndex::may_begin(std::uint64_t key) const {
  const std::uint64_t hash = hash_of(key);
  return (x_filter[hash / 64 & (x_filter.size() - 1)] >> (hash % 64) & 1) != 0;
}

const PhraseIndex::Bucket* PhraseIndex::bucket(std::uint64_t key) const {
  for (std::uint64_t slot = hash_of(key) & x_mask;; slot = (slot + 1) & x_mask) {
    const Bucket& there = x_buckets[slot];
    if (there.begin == there.end) return nullptr;
    if (there.key == key) return &there;
  }
}

void PhraseIndex::match_one(const Candidate& candidate, std::u32string_view text,
                            std::vector<FoundPhrase>& out) const {
  const std::size_t at = candidate.at;
  for (std::uint32_t r = candidate.bucket->begin; r < candidate.bucket->end;) {
    const std::uint32_t* const record = &x_records[r];
    const std::size_t size = *record & kMostSize;
    const std::size_t end = at + size;
    const std::size_t rest = size > kKeyed ? size - kKeyed : 0;
    r += static_cast<std::uint32_t>(1 + rest);
    if (end > text.size()) continue;
    std::size_t same = 0;
    while (same < rest && record[1 + same] == text[at + kKeyed + same]) ++same;
    if (same < rest) continue;
    const bool word_begins = is_word_character(text[at]);
    const bool word_ends = is_word_character(text[end - 1]);
    if (word_begins && at > 0 && is_word_character(text[at - 1])) continue;
    if (word_ends && end < text.size() && is_word_character(text[end])) continue;
    out.push_back(
        {*record >> kSizeBits, {static_cast<std::uint32_t>(at), static_cast<std::uint32_t>(end)}});
  }
}

void PhraseIndex::match(std::span<Candidate> candidates, std::u32string_view text,
                        std::vector<FoundPhrase>& out) const {
  for (Candidate& candidate : candidates) {
    candidate.bucket = bucket(candidate.key);
    if (candidate.bucket != nullptr) __builtin_prefetch(&x_records[candidate.bucket->begin]);
  }
  for (const Candidate& candidate : candidates) {
    if (candidate.bucket != nullptr) match_one(candidate, text, out);
  }
}

void PhraseIndex::find(std::u32string_view text, std::vector<FoundPhrase>& out) const {
  if (x_records.empty()) return;
  std::array<Candidate, kAhead> candidates;
  std::size_t count = 0;
  const auto consider = [&](std::uint32_t at, std::uint64_t key) {
    if (!may_begin(key)) return;
    __builtin_prefetch(&x_buckets[hash_of(key) & x_mask]);
    candidates[count++] = {at, key, nullptr};
    if (count < kAhead) return;
    match(candidates, text, out);
    count = 0;
  };
  bool inside_word = false;
  for (std::uint32_t at = 0; at < text.size(); ++at) {
    const bool word = is_word_character(text[at]);
    const bool skip = word && inside_word;  // no phrase begins within a word
    inside_word = word;
    if (skip) continue;
    // The longest first.
    const char32_t c = text[at];
    const std::uint64_t pair = at + 1 < text.size() ? pair_bits(c, text[at + 1]) : 0;
    if ((pair & 2) != 0 && at + 2 < text.size())
      consider(at, key_of(c, text[at + 1], text[at + 2]));
    if ((pair & 1) != 0) consider(at, key_of(c, text[at + 1], kNothing));
    if ((x_singles[c / 64 % x_singles.size()] >> c % 64 & 1) != 0) {
      consider(at, key_of(c, kNothing, kNothing));
    }
  }
  match(std::span(candidates).first(count), text, out);
}

}  // namespace xinjing::language
