#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

#include "base/day.h"
#include "base/duckdb.h"

namespace xinjing::store {

/// Writes the cells of one row from left to right: `Cells(appender) << a << b; … .end()`.
class Cells {
 public:
  explicit Cells(DuckAppender& to) : x_to(to) {}

  Cells& operator<<(std::string_view value) { return x_to.text(x_column++, value), *this; }
  Cells& operator<<(const char* value) { return *this << std::string_view(value); }
  Cells& operator<<(std::int64_t value) { return x_to.integer(x_column++, value), *this; }
  Cells& operator<<(bool value) { return x_to.integer(x_column++, value), *this; }
  Cells& operator<<(double value) { return x_to.number(x_column++, value), *this; }
  Cells& operator<<(Day value) { return x_to.integer(x_column++, value.number), *this; }
  template <typename T>
  Cells& operator<<(const std::optional<T>& value) {
    return value ? *this << *value : null();
  }
  Cells& digest(std::uint64_t value) { return x_to.unsigned_integer(x_column++, value), *this; }
  Cells& null() { return x_to.null(x_column++), *this; }
  Status end() { return x_to.end_row(); }

 private:
  DuckAppender& x_to;
  std::size_t x_column = 0;
};

/// Fills the temporary table `named` (number BIGINT), for `… IN (FROM named)`.
inline Status stage_numbers(const DuckConnection& connection,
                            std::span<const std::int64_t> numbers) {
  Status made = connection.run("CREATE OR REPLACE TEMP TABLE named (number BIGINT)");
  if (!made) return made;
  Result<DuckAppender> appender = connection.appender("named");
  if (!appender) return appender.failure();
  for (const std::int64_t number : numbers) {
    if (Status ended = (Cells(*appender) << number).end(); !ended) return ended;
  }
  return appender->close();
}

}  // namespace xinjing::store
