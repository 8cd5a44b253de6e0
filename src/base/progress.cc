#include "base/progress.h"

#include <unistd.h>

#include "base/format.h"

namespace xinjing {

using Clock = std::chrono::steady_clock;

Progress::Progress(Said title, std::uint64_t total, Lang lang, std::FILE* out)
    : x_title(std::move(title)),
      x_total(total),
      x_lang(lang),
      x_out(out),
      x_terminal(out != nullptr && ::isatty(::fileno(out)) == 1),
      x_begin(Clock::now()) {}

Progress::~Progress() {
  if (x_out == nullptr) return;
  fmt::print(x_out, "{}{}\n", x_terminal ? "\r\x1b[K" : "", line());
  std::fflush(x_out);
}

void Progress::reach(std::uint64_t done) {
  x_done = done;
  const auto now = Clock::now();
  if (!x_terminal || now - x_drawn < std::chrono::milliseconds(100)) return;
  x_drawn = now;
  fmt::print(x_out, "\r\x1b[K{}", line());
  std::fflush(x_out);
}

double Progress::seconds() const {
  return std::chrono::duration<double>(Clock::now() - x_begin).count();
}

std::string Progress::line() const {
  const double spent = seconds();
  const double rate = spent > 0 ? double(x_done) / spent : 0;
  std::string out = fmt::format("  {} {}", x_title.in(x_lang), x_done);
  if (x_total > 0)
    out += fmt::format("/{} ({:.0f}%)", x_total, 100.0 * double(x_done) / double(x_total));
  const bool zh = x_lang == Lang::kZh;
  out += zh ? fmt::format("，每秒 {:.0f}，已用 {:.1f} 秒", rate, spent)
            : fmt::format(", {:.0f}/s, {:.1f} s", rate, spent);
  if (x_total > x_done && rate > 0) {
    const double left = double(x_total - x_done) / rate;
    out += zh ? fmt::format("，还需 {:.0f} 秒", left) : fmt::format(", {:.0f} s left", left);
  }
  return out;
}

}  // namespace xinjing
