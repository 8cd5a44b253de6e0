#pragma once

#include <span>
#include <string_view>

namespace xinjing::store {

/// One .sql file of this room, compiled into the program. `name` is its path below the room,
/// without the ending: "schema/001_kept".
struct SqlFile {
  std::string_view name;
  std::string_view text;
};

/// All of them, sorted by name. Static.
std::span<const SqlFile> sql_files();

/// The text of one. REQUIRES: it exists.
std::string_view sql(std::string_view name);

}  // namespace xinjing::store
