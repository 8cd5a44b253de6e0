#pragma once

// The home of the fmt headers: std::format is missing from GCC 12.
#include <fmt/format.h>
