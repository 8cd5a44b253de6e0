#pragma once

#include <cstddef>
#include <vector>

namespace xinjing {

/// Memory that begins where a cache line begins. Two megabytes and more begin where a large page
/// would and ask the system for such pages, as tables that are read here and there are waited for
/// less if they lie on few pages. Give it back with free_line_memory and the same size.
void* line_memory(std::size_t bytes);
void free_line_memory(void* memory, std::size_t bytes);

/// Allocates line_memory: rows as long as a line, or half of one, never lie across two.
template <typename T>
struct LineAllocator {
  using value_type = T;

  LineAllocator() = default;
  template <typename U>
  LineAllocator(const LineAllocator<U>&) {}

  T* allocate(std::size_t count) {
    static_assert(alignof(T) <= 64);
    return static_cast<T*>(line_memory(count * sizeof(T)));
  }
  void deallocate(T* memory, std::size_t count) { free_line_memory(memory, count * sizeof(T)); }
  bool operator==(const LineAllocator&) const { return true; }
};

template <typename T>
using LineVector = std::vector<T, LineAllocator<T>>;

}  // namespace xinjing
