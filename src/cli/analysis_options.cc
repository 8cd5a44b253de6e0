#include <algorithm>
#include <charconv>

#include "base/format.h"
#include "cli/analysis.h"

namespace xinjing::cli {
namespace {

/// Three letters, the form of ISO 4217; made capitals.
Status take_currency(std::string& code) {
  std::string capitals = code;
  for (char& c : capitals) c = c >= 'a' && c <= 'z' ? char(c - 'a' + 'A') : c;
  const bool letters = std::ranges::all_of(capitals, [](char c) { return c >= 'A' && c <= 'Z'; });
  if (capitals.size() == 3 && letters) return code = capitals, Status{};
  return fail(ErrorCode::kUsage,
              {fmt::format("--currency is three letters like CNY, not '{}'", code),
               fmt::format("--currency 是 CNY 这样的三个字母，而不是“{}”", code)});
}

/// "700MB", "1.5GiB": a number and a unit, 64 MB or more; with less the engine cannot work.
Status check_memory(const std::string& text) {
  constexpr double kLeastBytes = 64e6;
  constexpr std::pair<std::string_view, double> kUnits[] = {{"MB", 1e6},
                                                            {"GB", 1e9},
                                                            {"TB", 1e12},
                                                            {"MIB", 1024. * 1024},
                                                            {"GIB", 1024. * 1024 * 1024},
                                                            {"TIB", 1024. * 1024 * 1024 * 1024}};
  double number = 0;
  const char* end = text.data() + text.size();
  const auto [stop, error] = std::from_chars(text.data(), end, number, std::chars_format::fixed);
  std::string unit(stop, end);
  std::erase(unit, ' ');
  for (char& c : unit) c = c >= 'a' && c <= 'z' ? char(c - 'a' + 'A') : c;
  for (const auto& [name, bytes] : kUnits) {
    if (error == std::errc{} && unit == name && number * bytes >= kLeastBytes) return {};
  }
  return fail(ErrorCode::kUsage,
              {fmt::format("--memory is a size like 700MB or 2GB, at least 64MB, not '{}'", text),
               fmt::format("--memory 应如 700MB 或 2GB，至少 64MB，而不是“{}”", text)});
}

}  // namespace

Result<int> zone_argument(const std::string& text) {
  const auto digit = [&](std::size_t i) { return text[i] >= '0' && text[i] <= '9'; };
  if (text == "Z" || text == "UTC") return 0;
  const bool shaped = text.size() == 6 && (text[0] == '+' || text[0] == '-') && digit(1) &&
                      digit(2) && text[3] == ':' && digit(4) && digit(5);
  if (!shaped) {
    return fail(ErrorCode::kUsage, {fmt::format("--timezone is like +08:00, not '{}'", text),
                                    fmt::format("--timezone 应如 +08:00，而不是“{}”", text)});
  }
  const int minutes =
      ((text[1] - '0') * 10 + text[2] - '0') * 60 + (text[4] - '0') * 10 + text[5] - '0';
  return text[0] == '-' ? -minutes : minutes;
}

Status check_options(AnalysisOptions& options) {
  if (Status size = check_memory(options.memory); !size) return size;
  return take_currency(options.currency);
}

}  // namespace xinjing::cli
