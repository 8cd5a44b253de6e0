#pragma once

#include <concepts>

namespace xinjing {

/// A type whose values add up: `merge` is associative and commutative, and T{} changes nothing.
/// Sums are integers, so the laws hold to the last bit; each type's test checks them.
template <typename T>
concept Mergeable = std::default_initializable<T> && std::equality_comparable<T> &&
    requires(T into, const T& from) {
  into.merge(from);
};

}  // namespace xinjing
