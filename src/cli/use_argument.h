#pragma once

#include <string>
#include <vector>

#include "cli/catalog.h"
#include "evidence/permit.h"

namespace xinjing::cli {

/// The --use option of every command by which statements about customers leave the program: what
/// they are wanted for. Only what the cards allow for it is given out.
struct UseArgument {
  /// What stands in `name` where no --use is given: no argument can hold it. An empty argument is
  /// no use, so that a script whose variable is not set narrows nothing by mistake.
  static constexpr const char* kNone = "\n";

  std::string name = kNone;  // an id of evidence/use.h, or a word for it

  void declare(Arguments& arguments);
  bool given() const { return name != kNone; }
  /// The use; kUsage names those that there are.
  Result<evidence::Use> use() const;
};

/// The use that somebody typed; kUsage names those that there are.
Result<evidence::Use> use_argument(const std::string& name);

/// Says on standard error what is withheld and why, constructs with the same reason together;
/// nothing where nothing is.
void tell_withheld(const Context& context, evidence::Use use,
                   const std::vector<evidence::Withheld>& withheld);

}  // namespace xinjing::cli
