#pragma once

#include <cstdint>
#include <cstdio>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace xinjing::cli {

/// Lines of a stream, taken a little at a time: memory does not grow with the input, and the
/// answers to a batch, some twenty times as long, are still in the processor's cache when they are
/// written. Whoever writes a line into a pipe and waits for its answer gets it: a batch is whatever
/// is complete by the time that reading on would block.
class LineBatches {
 public:
  static constexpr std::size_t kBatchBytes = 64U << 10;
  static constexpr std::size_t kLongestLine = 64U << 20;

  /// `in` stays the caller's, and nothing of it has been read or is read by others: its descriptor
  /// is read, not its buffer. `name` is for messages.
  LineBatches(std::FILE* in, std::string name) : x_in(in), x_name(std::move(name)) {}

  struct Line {
    std::uint64_t number = 0;  // from 1
    std::string_view text;     // without the line end
    bool too_long = false;     // longer than kLongestLine: text is empty
  };
  /// The next lines; none at the end. Valid until the next call. kIo when reading fails.
  Result<std::vector<Line>> next();

 private:
  bool would_block() const;
  /// Reads on until kBatchBytes are there, the end is, or a line is and reading on would block.
  Status fill();
  void take_line(std::string_view text, std::vector<Line>& lines);
  std::FILE* x_in;
  std::string x_name;
  std::string x_buffer;
  std::size_t x_kept = 0;  // bytes of x_buffer that belong to the next call begin here
  std::uint64_t x_number = 0;
  bool x_skipping = false;  // inside a line that is too long
  bool x_at_end = false;
};

}  // namespace xinjing::cli
