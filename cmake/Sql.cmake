# Compiles the .sql files of a room into the program: the function `sql_files()` of
# src/<room>/sql.h lists them, sorted by name ("schema/001_kept" for schema/001_kept.sql).
function(xinjing_embed_sql room)
  file(GLOB_RECURSE files CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/src/${room}/*.sql)
  list(SORT files)
  set(entries "")
  set(count 0)
  foreach(path IN LISTS files)
    set_property(DIRECTORY ${CMAKE_SOURCE_DIR} APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${path})
    file(RELATIVE_PATH name ${CMAKE_SOURCE_DIR}/src/${room} ${path})
    string(REGEX REPLACE "\\.sql$" "" name ${name})
    file(READ ${path} text)
    string(APPEND entries "      {\"${name}\", R\"sql(${text})sql\"},\n")
    math(EXPR count "${count} + 1")
  endforeach()
  set(out ${CMAKE_BINARY_DIR}/generated/${room}_sql.cc)
  file(CONFIGURE OUTPUT ${out} @ONLY CONTENT "#include \"@room@/sql.h\"

#include <array>

namespace xinjing::@room@ {

std::span<const SqlFile> sql_files() {
  static constexpr std::array<SqlFile, @count@> kFiles{{
@entries@  }};
  return kFiles;
}

}  // namespace xinjing::@room@
")
  target_sources(xinjing_${room} PRIVATE ${out})
endfunction()
