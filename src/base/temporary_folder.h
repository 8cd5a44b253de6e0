#pragma once

#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>

#include "base/check.h"
#include "base/result.h"

namespace xinjing {

/// An empty folder of one's own where the system keeps temporary files (TMPDIR), removed with all
/// that is in it at the end. The constructor, for tests, aborts where none can be made.
class TemporaryFolder {
 public:
  TemporaryFolder() {
    std::string name = pattern();
    XINJING_CHECK(::mkdtemp(name.data()) != nullptr);
    x_path = name;
  }
  /// kIo where none can be made.
  static Result<std::unique_ptr<TemporaryFolder>> make() {
    std::string name = pattern();
    if (::mkdtemp(name.data()) == nullptr) {
      return fail(ErrorCode::kIo,
                  {"no temporary folder can be made here (TMPDIR says where)",
                   "无法在此建立临时目录（由 TMPDIR 指定）"},
                  std::filesystem::temp_directory_path().string());
    }
    return std::unique_ptr<TemporaryFolder>(new TemporaryFolder(std::move(name)));
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
  explicit TemporaryFolder(std::string path) : x_path(std::move(path)) {}
  static std::string pattern() {
    return (std::filesystem::temp_directory_path() / "xinjing-XXXXXX").string();
  }

  std::filesystem::path x_path;
};

}  // namespace xinjing
