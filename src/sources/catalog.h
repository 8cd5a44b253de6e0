#pragma once

#include <array>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/lang.h"
#include "base/result.h"
#include "sources/source.h"

namespace xinjing::sources::catalog {

/// One outside format. A file catalog/NAME.cc defines `const Entry& NAME()`.
struct Entry {
  std::string_view id;
  Said label;
  std::span<const std::string_view> extensions;  // lower case, with the dot
  /// How sure the first bytes are of this format: 0 no, 1 could be, 2 for certain.
  int (*likeness)(std::string_view first_bytes);
  Result<std::unique_ptr<Source>> (*open)(Content content, const OpenOptions& options);
  /// The sheets of a file, where the format has such.
  Result<std::vector<std::string>> (*sheets)(const Content& content) = nullptr;
};

/// All formats, sorted by file name; the table is made by CMake.
std::span<const Entry* const> entries();

}  // namespace xinjing::sources::catalog
