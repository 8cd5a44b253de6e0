#pragma once

#include <utility>

namespace xinjing {

/// Why personal data is looked at. It is an argument so that every such place can be found.
enum class Purpose { kAnalyse, kStore, kShowToStaff, kShowToOwner, kErase };

/// A value that identifies someone. It does not print, format or convert: `reveal` is the only way
/// in, and names the purpose.
template <typename T>
class Sensitive {
 public:
  Sensitive() = default;
  explicit Sensitive(T value) : x_value(std::move(value)) {}

  const T& reveal(Purpose) const { return x_value; }

 private:
  T x_value{};
};

}  // namespace xinjing
