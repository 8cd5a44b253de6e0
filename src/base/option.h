#pragma once

#include <string_view>
#include <variant>

#include "base/lang.h"

namespace xinjing {

/// One row per field of an options struct: its name on the command line (with '-' for '_') and in a
/// configuration file, the field, and one line of help in both languages. Help texts are
/// made from these rows.
template <typename Options>
struct Option {
  std::string_view name;
  std::variant<bool Options::*, int Options::*, double Options::*, std::string Options::*> field;
  std::string_view en;
  std::string_view zh;
};

}  // namespace xinjing
