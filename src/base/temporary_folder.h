#pragma once

// For tests only.
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <string>
#include <string_view>

#include "base/check.h"

namespace xinjing {

/// An empty folder of a test's own, removed with all that is in it at the end.
class TemporaryFolder {
 public:
  TemporaryFolder() {
    std::string name = (std::filesystem::temp_directory_path() / "xinjing-XXXXXX").string();
    XINJING_CHECK(::mkdtemp(name.data()) != nullptr);
    x_path = name;
  }
  TemporaryFolder(const TemporaryFolder&) = delete;
  TemporaryFolder& operator=(const TemporaryFolder&) = delete;
  ~TemporaryFolder() {
    std::error_code ignored;
    std::filesystem::remove_all(x_path, ignored);
  }

  const std::filesystem::path& path() const { return x_path; }
  std::filesystem::path operator/(std::string_view name) const { return x_path / name; }

 private:
  std::filesystem::path x_path;
};

}  // namespace xinjing
