#pragma once

#include <filesystem>

#include "base/lang.h"

namespace xinjing::cli {

/// The language of LC_ALL, LC_MESSAGES or LANG: Chinese where it begins with "zh", else English.
Lang lang_from_environment();

/// The folder with constructs/ and models/: XINJING_HOME, else ../share/xinjing beside the program,
/// else the source tree it was built from.
std::filesystem::path find_home();

}  // namespace xinjing::cli
