#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "base/duckdb.h"
#include "behaviour/preference.h"

namespace xinjing::behaviour {

/// Which lines are read, and how they come.
struct LineQuery {
  std::optional<std::int64_t> person{};  // empty: everybody
  std::optional<Day> until{};            // the last day that counts
  bool by_subject = false;               // one subject at a time, else one person
  bool prices = true;  // compare with everybody: looks at all orders whoever is asked for
};

/// The names behind the numbers of brands and categories: number n is names[n - 1].
struct LineNames {
  std::vector<std::string> brands;
  std::vector<std::string> categories;

  /// Of a measure's `about`; empty where it has none.
  const std::string& of(const Preference& one) const;
};

/// The order lines of a company, put in shape for preference.h: discounts (their sign as most rows
/// have it), what was given back, unit prices against the median of the product (else its
/// category; five lines of three customers at least), what was looked at in the week before
/// (events that look at something that is sold). Cancelled orders are left out; so are looks where
/// only an order's day is known. Makes temporary tables on the connection, which must outlive it.
/// Cost: some seconds for five million lines.
class LineTable {
 public:
  static Result<LineTable> open(const DuckConnection& connection, const LineQuery& query);

  const LineNames& names() const { return x_names; }
  /// Shares of categories, and how likely a discount is, over everybody; only with prices.
  const Usual& usual() const { return x_usual; }
  using Visit = std::function<void(std::int64_t who, std::span<const Line>)>;
  /// Each person or subject with all lines by time, ascending by number. `visit` may use the
  /// connection.
  Status each(const Visit& visit) const;

 private:
  LineTable(const DuckConnection& connection, const LineQuery& query)
      : x_connection(&connection), x_query(query) {}
  struct Range {
    std::int64_t first = 0, last = 0;
  };
  Status prepare();
  std::string who_column() const;
  Result<std::vector<Range>> ranges() const;
  Status each_of(const Range& range, const Visit& visit) const;
  Result<std::vector<std::string>> number_names(const std::string& column) const;
  Result<Usual> what_is_usual() const;

  const DuckConnection* x_connection;
  LineQuery x_query;
  LineNames x_names;
  Usual x_usual;
};

/// Rows of orders that are left out of the lines, or read otherwise than they stand.
struct OddLines {
  std::int64_t discounts = 0;  // of the other sign than most: they count as without
  std::int64_t cancelled = 0;  // by their status
  std::int64_t nobody = 0;     // without a customer
  std::int64_t later = 0;      // after the day of looking
};
Result<OddLines> odd_lines(const DuckConnection& connection, Day until);

}  // namespace xinjing::behaviour
