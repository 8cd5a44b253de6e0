#pragma once

#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/lang.h"
#include "base/option.h"
#include "base/result.h"

namespace xinjing::cli {

/// Where a parsed argument goes.
using Field = std::variant<bool*, int*, double*, std::string*, std::vector<std::string>*>;

/// One argument of a command.
struct Argument {
  std::string name;  // "--db" for an option or flag, "FILE" for a positional argument
  Field field;
  Said help{};
  bool required = false;
  std::vector<std::string> choices{};  // empty: anything goes

  bool positional() const { return name.front() != '-'; }
  bool flag() const { return std::holds_alternative<bool*>(field); }
};

/// What a command takes: filled by Command::declare, then parsed. Fields keep their defaults where
/// nothing is given.
class Arguments {
 public:
  Arguments& add(Argument argument);

  /// The rows of an options struct as options; `options` must outlive the parse.
  template <typename Options>
  Arguments& add_options(std::span<const Option<Options>> rows, Options& options) {
    for (const auto& row : rows) {
      Field field = std::visit([&](auto member) -> Field { return &(options.*member); }, row.field);
      std::string name = "--" + std::string(row.name);
      for (char& c : name) c = c == '_' ? '-' : c;
      add({.name = name, .field = field, .help = {std::string(row.en), std::string(row.zh)}});
    }
    return *this;
  }

  const std::vector<Argument>& all() const& { return x_all; }

  /// Sets the fields from `words` (without the program's and the command's name). A mistake is
  /// kUsage with one sentence.
  Status parse(std::span<const std::string> words) const;

 private:
  std::vector<Argument> x_all;
};

}  // namespace xinjing::cli
