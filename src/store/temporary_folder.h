#pragma once

// For tests of this room only.
#include <gtest/gtest.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <string>
#include <string_view>

#include "base/file.h"

namespace xinjing::store {

/// A folder of its own for a test, removed at the end.
class TemporaryFolder {
 public:
  TemporaryFolder() {
    std::string name = (std::filesystem::temp_directory_path() / "xinjing-store-XXXXXX").string();
    x_path = ::mkdtemp(name.data());
  }
  TemporaryFolder(const TemporaryFolder&) = delete;
  TemporaryFolder& operator=(const TemporaryFolder&) = delete;
  ~TemporaryFolder() { std::filesystem::remove_all(x_path); }

  const std::filesystem::path& path() const { return x_path; }
  std::filesystem::path operator/(std::string_view name) const { return x_path / name; }

 private:
  std::filesystem::path x_path;
};

/// Whether any file of a folder contains the bytes.
inline bool contains_bytes(const std::filesystem::path& folder, std::string_view bytes) {
  for (const auto& entry : std::filesystem::recursive_directory_iterator(folder)) {
    if (!entry.is_regular_file()) continue;
    const Result<MappedFile> file = MappedFile::open(entry.path());
    if (file && file->bytes().find(bytes) != std::string_view::npos) return true;
  }
  return false;
}

}  // namespace xinjing::store
