#pragma once

#include <cstddef>
#include <vector>

#include "base/hash.h"

namespace xinjing::store {

/// A set of 128-bit event ids that only grows: one flat array, 16 bytes a slot, at most three
/// quarters full. Ids are hashes already, so their low bits choose the slot. Cost: about 20 ns an
/// insertion, 21 to 43 bytes an id. One thread.
class KeySet {
 public:
  explicit KeySet(std::size_t expected = 0);

  /// True if the key was not there.
  bool insert(const Hash128& key);
  std::size_t size() const { return x_size; }

 private:
  bool place(const Hash128& key);
  void grow();

  std::vector<Hash128> x_slots;  // a zero key marks a free slot
  std::size_t x_size = 0;
  bool x_has_zero = false;
};

}  // namespace xinjing::store
