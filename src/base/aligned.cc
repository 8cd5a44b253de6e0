#include "base/aligned.h"

#include <sys/mman.h>

#include <new>

namespace xinjing {
namespace {

constexpr std::size_t kLine = 64;
constexpr std::size_t kLargePage = std::size_t{2} << 20;

std::align_val_t alignment_of(std::size_t bytes) {
  return std::align_val_t{bytes < kLargePage ? kLine : kLargePage};
}

}  // namespace

void* line_memory(std::size_t bytes) {
  void* memory = ::operator new(bytes, alignment_of(bytes));
#if defined(MADV_HUGEPAGE)
  // Where the system has none the memory is as good, only slower.
  if (bytes >= kLargePage) (void)madvise(memory, bytes, MADV_HUGEPAGE);
#endif
  return memory;
}

void free_line_memory(void* memory, std::size_t bytes) {
  ::operator delete(memory, alignment_of(bytes));
}

}  // namespace xinjing
