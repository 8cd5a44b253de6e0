#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "base/result.h"
#include "sources/unpack_limits.h"

namespace xinjing::sources {

/// Unpacks a gzip file piece by piece, all of its members. The bytes must outlive it. One thread.
class Gzip {
 public:
  Gzip(std::string_view bytes, std::string place, const UnpackLimits& limits = {});
  Gzip(Gzip&&) noexcept;
  ~Gzip();

  /// The next bytes, at most 64 KiB, valid until the next call; empty at the end. kBadInput where
  /// the file is damaged, cut off, or unpacks to more than the limits.
  Result<std::string_view> next();

 private:
  struct State;
  std::unique_ptr<State> x_state;
};

}  // namespace xinjing::sources
