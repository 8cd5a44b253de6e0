#include "cli/line_batches.h"

#include <poll.h>
#include <unistd.h>

#include <cerrno>

#include "base/format.h"

namespace xinjing::cli {

void LineBatches::take_line(std::string_view text, std::vector<Line>& lines) {
  ++x_number;
  if (text.ends_with('\r')) text.remove_suffix(1);
  if (x_number == 1 && text.starts_with("\xef\xbb\xbf")) text.remove_prefix(3);
  const bool blank = text.find_first_not_of(" \t") == std::string_view::npos;
  if (!blank) lines.push_back({x_number, text, false});
}

bool LineBatches::would_block() const {
  pollfd in{.fd = ::fileno(x_in), .events = POLLIN, .revents = 0};
  return ::poll(&in, 1, 0) == 0;
}

Status LineBatches::fill() {
  const std::size_t before = x_buffer.size();
  std::size_t filled = before;
  x_buffer.resize(before + kBatchBytes);
  bool has_line = false;
  while (filled < x_buffer.size() && !(has_line && would_block())) {
    const ssize_t got = ::read(::fileno(x_in), x_buffer.data() + filled, x_buffer.size() - filled);
    if (got == 0) {
      x_at_end = true;
      break;
    }
    if (got < 0 && errno == EAGAIN) {  // somebody made the descriptor one that never waits
      pollfd in{.fd = ::fileno(x_in), .events = POLLIN, .revents = 0};
      (void)::poll(&in, 1, -1);
    } else if (got < 0 && errno != EINTR) {
      return fail(ErrorCode::kIo, {"cannot be read", "无法读取"}, x_name);
    } else if (got > 0) {
      const std::string_view fresh(x_buffer.data() + filled, std::size_t(got));
      has_line = has_line || fresh.find('\n') != std::string_view::npos;
      filled += fresh.size();
    }
  }
  x_buffer.resize(filled);
  return {};
}

Result<std::vector<LineBatches::Line>> LineBatches::next() {
  std::vector<Line> lines;
  x_buffer.erase(0, x_kept);
  x_kept = 0;
  while (lines.empty() && !x_at_end) {
    const std::size_t before = x_buffer.size();
    if (Status filled = fill(); !filled) return filled.failure();
    std::size_t searched = before;  // up to here there is no end of a line
    if (x_skipping) {
      const std::size_t end = x_buffer.find('\n');
      x_buffer.erase(0, end == std::string::npos ? x_buffer.size() : end + 1);
      x_skipping = end == std::string::npos;
      searched = 0;
    }
    const std::string_view all = x_buffer;
    std::size_t begin = 0;
    for (std::size_t end = all.find('\n', searched); end != std::string_view::npos;
         end = all.find('\n', begin)) {
      take_line(all.substr(begin, end - begin), lines);
      begin = end + 1;
    }
    if (x_at_end && begin < all.size()) {
      take_line(all.substr(begin), lines);
      begin = all.size();
    }
    x_kept = begin;
    if (lines.empty()) {
      x_buffer.erase(0, x_kept);
      x_kept = 0;
    }
    if (x_buffer.size() - x_kept > kLongestLine) {
      lines.push_back({++x_number, {}, true});
      x_kept = x_buffer.size();
      x_skipping = true;
    }
  }
  return lines;
}

}  // namespace xinjing::cli
