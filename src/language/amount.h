#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace xinjing::language {

/// How an amount bounds what is promised: 不超过100元 at most, 不低于180M at least.
enum class Bound : std::uint8_t { kExactly, kMost, kLeast };
std::string_view bound_id(Bound bound);
/// "most", "least"; anything else is exactly.
Bound bound_named(std::string_view id);

/// A quantity that is promised or asked for: "300 yuan", "20 M", "3 台".
struct Amount {
  std::string number;  // as said, without separators
  std::string unit;    // in the words of the text, money as an ISO code; empty: none was said
  Bound bound = Bound::kExactly;
  bool operator==(const Amount&) const = default;
  /// Cost: O(digits).
  double value() const;
};

/// The first quantity of a text with a unit that is no unit of time. Numbers in Chinese words count
/// from two on: 两个车位, and not 一件事.
std::optional<Amount> find_amount(std::string_view text);

/// The first number of a text that is no date, time, order number or part of a word; its unit is
/// empty unless one is said.
std::optional<Amount> find_number(std::string_view text);

/// Whether what came keeps what was promised, where both are of one unit or one names none: at most
/// 100 by 90, at least 180 by 200, exactly 300 by 300. Nothing where they cannot be compared.
std::optional<bool> keeps(const Amount& promised, const Amount& came);

}  // namespace xinjing::language
