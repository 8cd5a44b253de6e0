#include "base/check.h"

#include <cstdio>
#include <cstdlib>

namespace xinjing {

void stop_at_broken_check(const char* condition, const char* file, int line) {
  std::fprintf(stderr, "xinjing: broken check %s at %s:%d\n", condition, file, line);
  std::abort();
}

}  // namespace xinjing
