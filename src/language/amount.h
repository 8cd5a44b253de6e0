#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace xinjing::language {

/// A quantity that is promised or asked for: "300 yuan", "20 M", "3 台".
struct Amount {
  std::string number;  // as said, without separators
  std::string unit;    // in the words of the text, money as an ISO code
  bool operator==(const Amount&) const = default;
};

/// The first quantity of a text with a unit that is no unit of time.
std::optional<Amount> find_amount(std::string_view text);

}  // namespace xinjing::language
