#include "ingest/number_run.h"

#include <algorithm>

#include "base/day.h"

namespace xinjing::ingest {
namespace {

constexpr std::string_view kSeparators[] = {" ", "-", "－", "–", "—", ")", "）", "　"};

std::size_t separator_bytes(std::string_view rest) {
  for (const std::string_view separator : kSeparators) {
    if (rest.starts_with(separator)) return separator.size();
  }
  return 0;
}

/// Bytes of the one or two separators at `at` if a digit follows them; else 0.
std::size_t gap_bytes(std::string_view text, std::size_t at) {
  std::size_t gap = 0;
  for (int i = 0; i < 2; ++i) {
    const std::size_t one = at + gap < text.size() ? separator_bytes(text.substr(at + gap)) : 0;
    if (one == 0) return 0;
    gap += one;
    if (digit_bytes(text, at + gap) > 0) return gap;
  }
  return 0;
}

}  // namespace

std::size_t digit_bytes(std::string_view text, std::size_t at) {
  if (at >= text.size()) return 0;
  if (text[at] >= '0' && text[at] <= '9') return 1;
  const std::string_view three = text.substr(at, 3);
  const bool full_width = three.size() == 3 && three.starts_with("\xef\xbc") &&
                          static_cast<unsigned char>(three[2]) >= 0x90 &&
                          static_cast<unsigned char>(three[2]) <= 0x99;
  return full_width ? 3 : 0;
}

NumberRun number_run(std::string_view text, std::size_t at) {
  NumberRun run;
  while (true) {
    NumberRun::Group group{run.digits.size(), 0, {std::uint32_t(at), 0}};
    while (const std::size_t bytes = digit_bytes(text, at)) {
      run.digits.push_back(bytes == 1 ? text[at] : char('0' + (text[at + 2] - '\x90')));
      at += bytes;
    }
    group.count = run.digits.size() - group.first;
    group.span.end = std::uint32_t(at);
    run.groups.push_back(group);
    const std::size_t gap = gap_bytes(text, at);
    if (gap == 0 || run.groups.size() == NumberRun::kMostGroups) return run;
    at += gap;
  }
}

bool passes_luhn(std::string_view digits) {
  int sum = 0;
  for (std::size_t i = 0; i < digits.size(); ++i) {
    int value = digits[digits.size() - 1 - i] - '0';
    if (i % 2 == 1) value = value > 4 ? value * 2 - 9 : value * 2;
    sum += value;
  }
  return sum % 10 == 0;
}

bool is_id_card(std::string_view digits) {
  constexpr int kWeights[] = {7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2};
  constexpr std::string_view kChecks = "10X98765432";
  if (digits.size() != 18) return false;
  int sum = 0;
  for (std::size_t i = 0; i < 17; ++i) sum += kWeights[i] * (digits[i] - '0');
  const auto number = [digits](std::size_t at, std::size_t size) {
    int n = 0;
    for (const char c : digits.substr(at, size)) n = n * 10 + (c - '0');
    return n;
  };
  const int region = number(0, 2);
  return digits[17] == kChecks[std::size_t(sum % 11)] && region >= 11 && region <= 82 &&
         day_from_date(number(6, 4), number(10, 2), number(12, 2)).has_value();
}

}  // namespace xinjing::ingest
