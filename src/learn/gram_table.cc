#include "learn/gram_table.h"

#include "base/hash.h"

namespace xinjing::learn {

std::size_t GramTable::slot_of(std::uint64_t key) const {
  const std::size_t mask = x_slots.size() - 1;
  std::size_t slot = mix64(key) & mask;
  while (x_slots[slot] != 0 && x_keys[x_slots[slot] - 1] != key) slot = (slot + 1) & mask;
  return slot;
}

void GramTable::grow() {
  x_slots.assign(std::max<std::size_t>(1024, x_slots.size() * 2), 0);
  for (std::uint32_t i = 0; i < x_keys.size(); ++i) x_slots[slot_of(x_keys[i])] = i + 1;
}

std::uint32_t GramTable::add(std::uint64_t key) {
  if (x_keys.size() * 2 >= x_slots.size()) grow();
  std::uint32_t& slot = x_slots[slot_of(key)];
  if (slot == 0) {
    x_keys.push_back(key);
    slot = static_cast<std::uint32_t>(x_keys.size());
  }
  return slot - 1;
}

std::uint32_t GramTable::find(std::uint64_t key) const {
  if (x_slots.empty()) return kUnknown;
  const std::uint32_t slot = x_slots[slot_of(key)];
  return slot == 0 ? kUnknown : slot - 1;
}

namespace {

void merge_equal(std::vector<CountedText::Count>& counts) {
  std::sort(counts.begin(), counts.end(),
            [](const auto& a, const auto& b) { return a.key < b.key; });
  std::size_t kept = 0;
  for (const auto& c : counts) {
    if (kept > 0 && counts[kept - 1].key == c.key) {
      counts[kept - 1].count += c.count;
    } else {
      counts[kept++] = c;
    }
  }
  counts.resize(kept);
}

}  // namespace

CountedText count_grams(std::string_view text, const Writing& writing, CountScratch& scratch) {
  writing.rewriter->rewrite(text, scratch.rewriting, scratch.text);
  language::find_grams(scratch.text, writing.lang, scratch.grams);
  CountedText counted;
  counted.grams = static_cast<std::uint32_t>(scratch.grams.size());
  counted.counts.reserve(scratch.grams.size());
  for (const language::Gram& gram : scratch.grams) counted.counts.push_back({gram.key, 1});
  merge_equal(counted.counts);
  return counted;
}

CountedText joined(std::span<const CountedText* const> texts) {
  CountedText all;
  for (const CountedText* text : texts) {
    all.counts.insert(all.counts.end(), text->counts.begin(), text->counts.end());
    all.grams += text->grams;
  }
  merge_equal(all.counts);
  return all;
}

}  // namespace xinjing::learn
