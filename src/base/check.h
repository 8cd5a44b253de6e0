#pragma once

namespace xinjing {

/// Prints the condition with its place and aborts.
[[noreturn]] void stop_at_broken_check(const char* condition, const char* file, int line);

}  // namespace xinjing

/// What only a bug can break. Checked in release builds too.
#define XINJING_CHECK(condition) \
  ((condition) ? void(0) : ::xinjing::stop_at_broken_check(#condition, __FILE__, __LINE__))
