#include "store/sql.h"

#include <algorithm>

#include "base/check.h"

namespace xinjing::store {

std::string_view sql(std::string_view name) {
  const std::span<const SqlFile> files = sql_files();
  const auto found = std::ranges::find(files, name, &SqlFile::name);
  XINJING_CHECK(found != files.end());
  return found->text;
}

}  // namespace xinjing::store
