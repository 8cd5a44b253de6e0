#include "cli/home.h"

#include <cstdlib>
#include <string_view>

namespace xinjing::cli {

Lang lang_from_environment() {
  for (const char* name : {"LC_ALL", "LC_MESSAGES", "LANG"}) {
    const char* value = std::getenv(name);
    if (value == nullptr || *value == '\0') continue;
    return std::string_view(value).starts_with("zh") ? Lang::kZh : Lang::kEn;
  }
  return Lang::kEn;
}

std::filesystem::path find_home() {
  if (const char* home = std::getenv("XINJING_HOME"); home != nullptr && *home != '\0') return home;
  std::error_code ignored;
  const auto program = std::filesystem::read_symlink("/proc/self/exe", ignored);
  auto installed = program.parent_path().parent_path() / "share" / "xinjing";
  if (std::filesystem::is_directory(installed / "constructs", ignored)) return installed;
  return XINJING_SOURCE_DIR;
}

}  // namespace xinjing::cli
