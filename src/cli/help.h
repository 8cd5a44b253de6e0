#pragma once

#include <string>
#include <string_view>

#include "cli/catalog.h"

namespace xinjing::cli {

/// `xinjing --help`: the commands, a line each, and the global options.
std::string overview_help(Lang lang);

/// `xinjing NAME --help`.
std::string command_help(const catalog::Entry& entry, Lang lang);

/// The command with the smallest edit distance from `name`, at most 2; else empty.
std::string closest_command(std::string_view name);

/// A completion script for "bash", "zsh" or "fish"; empty for another shell.
std::string completion_script(std::string_view shell);

}  // namespace xinjing::cli
