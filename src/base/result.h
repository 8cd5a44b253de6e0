#pragma once

#include <optional>
#include <string>
#include <utility>
#include <variant>

#include "base/check.h"
#include "base/lang.h"

namespace xinjing {

/// What kind of failure it is; the command line turns it into an exit code (docs/commands.md).
enum class ErrorCode {
  kUsage,     // the command line itself is wrong
  kBadInput,  // a file, a line or a value cannot be read
  kNotFound,  // no such file, customer, construct
  kBusy,      // another process holds the database
  kRefused,   // a use that a card forbids
  kCorrupt,   // our own files are damaged
  kIo,        // the machine: disk full, no permission
  kInterrupted
};

/// A failure that the outside can cause: one sentence in both languages, and where.
struct Error {
  ErrorCode code = ErrorCode::kBadInput;
  Said said;
  std::string place;  // "file:line:column", a path, or empty

  std::string message(Lang lang) const {
    return place.empty() ? said.in(lang) : said.in(lang) + " (" + place + ")";
  }
};

/// What `return fail(...)` makes; converts into any Result<T>.
struct Failure {
  Error error;
};

inline Failure fail(ErrorCode code, Said said, std::string place = {}) {
  return Failure{Error{code, std::move(said), std::move(place)}};
}

/// A value or the Error that stands in its place. Test it before use: reading the value of a
/// failure is a bug and stops the program.
template <typename T>
class [[nodiscard]] Result {
 public:
  Result(T value) : x_either(std::in_place_index<0>, std::move(value)) {}
  Result(Failure failure) : x_either(std::in_place_index<1>, std::move(failure.error)) {}

  explicit operator bool() const { return x_either.index() == 0; }

  T& operator*() & { return value(); }
  const T& operator*() const& { return value(); }
  T&& operator*() && { return std::move(value()); }
  T* operator->() { return &value(); }
  const T* operator->() const { return &value(); }

  T& value() {
    XINJING_CHECK(x_either.index() == 0);
    return std::get<0>(x_either);
  }
  const T& value() const {
    XINJING_CHECK(x_either.index() == 0);
    return std::get<0>(x_either);
  }
  const Error& error() const {
    XINJING_CHECK(x_either.index() == 1);
    return std::get<1>(x_either);
  }
  /// For `return r.failure();` from a function with another value type.
  Failure failure() const { return Failure{error()}; }

 private:
  std::variant<T, Error> x_either;
};

/// Success without a value, or an Error.
template <>
class [[nodiscard]] Result<void> {
 public:
  Result() = default;
  Result(Failure failure) : x_error(std::move(failure.error)) {}

  explicit operator bool() const { return !x_error; }
  const Error& error() const {
    XINJING_CHECK(x_error.has_value());
    return *x_error;
  }
  Failure failure() const { return Failure{error()}; }

 private:
  std::optional<Error> x_error;
};

using Status = Result<void>;

}  // namespace xinjing
