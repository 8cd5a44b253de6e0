#include "evidence/tally.h"

#include <algorithm>

namespace xinjing::evidence {
namespace {

bool by_key(const Tally::Entry& a, const Tally::Entry& b) { return a.key < b.key; }

bool is_zero(const Tally::Entry& entry) { return entry.sum == TallySum{}; }

template <typename Integer>
void append_little_endian(std::string& out, Integer value) {
  for (std::size_t i = 0; i < sizeof value; ++i) {
    out.push_back(static_cast<char>(static_cast<std::uint64_t>(value) >> (8 * i)));
  }
}

}  // namespace

void Tally::add(const TallyKey& key, MicroNats micro_nats, std::int64_t count) {
  x_entries.push_back({key, {micro_nats, count}});
  // Keeps the unsettled part no longer than the settled one, so memory stays within twice the need.
  if (x_entries.size() > 2 * x_settled + 64) settle();
}

void Tally::combine(const Tally& from, int sign) {
  from.settle();
  const std::size_t n = from.x_entries.size();
  x_entries.reserve(x_entries.size() + n);
  for (std::size_t i = 0; i < n; ++i) {
    const Entry entry = from.x_entries[i];
    x_entries.push_back({entry.key, {sign * entry.sum.micro_nats, sign * entry.sum.count}});
  }
  settle();
}

void Tally::settle() const {
  if (x_settled == x_entries.size()) return;
  const auto middle = x_entries.begin() + std::ptrdiff_t(x_settled);
  std::sort(middle, x_entries.end(), by_key);
  std::inplace_merge(x_entries.begin(), middle, x_entries.end(), by_key);
  std::size_t kept = 0;
  for (std::size_t i = 0; i < x_entries.size();) {
    Entry sum = x_entries[i];
    for (++i; i < x_entries.size() && x_entries[i].key == sum.key; ++i) {
      sum.sum.micro_nats += x_entries[i].sum.micro_nats;
      sum.sum.count += x_entries[i].sum.count;
    }
    if (!is_zero(sum)) x_entries[kept++] = sum;
  }
  x_entries.resize(kept);
  x_settled = kept;
}

std::span<const Tally::Entry> Tally::entries() const {
  settle();
  return x_entries;
}

std::span<const Tally::Entry> Tally::entries_of(std::uint16_t construct) const {
  settle();
  const auto [first, last] = std::equal_range(
      x_entries.begin(), x_entries.end(), Entry{{construct, 0, {}}, {}},
      [](const Entry& a, const Entry& b) { return a.key.construct < b.key.construct; });
  return {first, last};
}

std::string Tally::bytes() const {
  std::string out;
  for (const Entry& entry : entries()) {
    append_little_endian(out, entry.key.construct);
    append_little_endian(out, entry.key.state);
    append_little_endian(out, entry.key.day.number);
    append_little_endian(out, entry.sum.micro_nats);
    append_little_endian(out, entry.sum.count);
  }
  return out;
}

bool Tally::operator==(const Tally& other) const {
  settle();
  other.settle();
  return x_entries == other.x_entries;
}

}  // namespace xinjing::evidence
