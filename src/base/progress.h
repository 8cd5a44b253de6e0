#pragma once

#include <chrono>
#include <cstdint>
#include <cstdio>
#include <string>

#include "base/lang.h"

namespace xinjing {

/// A line on a terminal that shows how far a long work is: share done, rate, time left. Where
/// `out` is no terminal it prints a line at the end only. One thread at a time.
class Progress {
 public:
  /// `total` 0 means unknown. A null `out` is silent.
  Progress(Said title, std::uint64_t total, Lang lang, std::FILE* out);
  Progress(const Progress&) = delete;
  Progress& operator=(const Progress&) = delete;
  /// Ends the line.
  ~Progress();

  /// Says how much is done in all; redraws at most ten times a second.
  void reach(std::uint64_t done);

 private:
  std::string line() const;
  double seconds() const;

  Said x_title;
  std::uint64_t x_total;
  std::uint64_t x_done = 0;
  Lang x_lang;
  std::FILE* x_out;
  bool x_terminal;
  std::chrono::steady_clock::time_point x_begin;
  std::chrono::steady_clock::time_point x_drawn;
};

}  // namespace xinjing
