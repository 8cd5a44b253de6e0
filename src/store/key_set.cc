#include "store/key_set.h"

#include <bit>
#include <utility>

namespace xinjing::store {
namespace {

constexpr Hash128 kFree{};

std::size_t slots_for(std::size_t keys) { return std::bit_ceil(keys + keys / 2 + 16); }

}  // namespace

KeySet::KeySet(std::size_t expected) : x_slots(slots_for(expected)) {}

bool KeySet::place(const Hash128& key) {
  const std::size_t mask = x_slots.size() - 1;
  for (std::size_t at = key.low & mask;; at = (at + 1) & mask) {
    if (x_slots[at] == key) return false;
    if (x_slots[at] == kFree) {
      x_slots[at] = key;
      return true;
    }
  }
}

void KeySet::grow() {
  const std::vector<Hash128> old = std::exchange(x_slots, std::vector<Hash128>(x_slots.size() * 2));
  for (const Hash128& key : old) {
    if (key != kFree) place(key);
  }
}

bool KeySet::insert(const Hash128& key) {
  const bool added = key == kFree ? !std::exchange(x_has_zero, true) : place(key);
  if (!added) return false;
  ++x_size;
  if (x_size > x_slots.size() / 4 * 3) grow();
  return true;
}

}  // namespace xinjing::store
