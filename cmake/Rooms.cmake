# The rooms, left to right. A room may use the rooms to its left (tools/check_rooms.py).
set(XINJING_ROOMS base sources ingest store language learn survey evidence psychology behaviour
    profile insight playbook desk report serve cli)

# Writes the sorted table of a room's catalog: one entry per file of src/<room>/catalog.
# Each file NAME.cc defines `const Entry& NAME();` in namespace xinjing::<room>::catalog, where
# Entry is declared in src/<room>/catalog.h, which also declares `entries()`.
function(xinjing_write_catalog room out)
  file(GLOB files CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/src/${room}/catalog/*.cc)
  list(FILTER files EXCLUDE REGEX "_test\\.cc$")
  list(SORT files)
  set(declarations "")
  set(calls "")
  set(count 0)
  foreach(file IN LISTS files)
    get_filename_component(name ${file} NAME_WE)
    string(APPEND declarations "const Entry& ${name}();\n")
    string(APPEND calls "      &${name}(),\n")
    math(EXPR count "${count} + 1")
  endforeach()
  file(CONFIGURE OUTPUT ${out} @ONLY CONTENT "#include \"@room@/catalog.h\"

namespace xinjing::@room@::catalog {
@declarations@
std::span<const Entry* const> entries() {
  static const std::array<const Entry*, @count@> table{
@calls@  };
  return table;
}
}  // namespace xinjing::@room@::catalog
")
endfunction()

function(xinjing_add_tests room libraries)
  file(GLOB_RECURSE tests CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/src/${room}/*_test.cc)
  if(NOT tests OR NOT XINJING_TESTS)
    return()
  endif()
  add_executable(${room}_test ${tests})
  target_link_libraries(${room}_test PRIVATE ${libraries} GTest::gtest GTest::gmock GTest::gtest_main)
  target_compile_definitions(${room}_test PRIVATE XINJING_SOURCE_DIR="${CMAKE_SOURCE_DIR}")
  target_precompile_headers(${room}_test PRIVATE ${CMAKE_SOURCE_DIR}/src/base/pch.h <gtest/gtest.h>)
  add_test(NAME ${room} COMMAND ${room}_test WORKING_DIRECTORY ${CMAKE_SOURCE_DIR})
endfunction()

function(xinjing_add_rooms)
  file(WRITE ${CMAKE_BINARY_DIR}/generated/pch.cc.in "// carries the precompiled header\n")
  configure_file(${CMAKE_BINARY_DIR}/generated/pch.cc.in ${CMAKE_BINARY_DIR}/generated/pch.cc COPYONLY)
  add_library(xinjing_pch STATIC ${CMAKE_BINARY_DIR}/generated/pch.cc)
  target_include_directories(xinjing_pch PUBLIC ${CMAKE_SOURCE_DIR}/src)
  target_link_libraries(xinjing_pch PUBLIC fmt::fmt Threads::Threads)
  target_precompile_headers(xinjing_pch PRIVATE ${CMAKE_SOURCE_DIR}/src/base/pch.h)
  set(left xinjing_pch)
  foreach(room IN LISTS XINJING_ROOMS)
    file(GLOB_RECURSE sources CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/src/${room}/*.cc)
    list(FILTER sources EXCLUDE REGEX "(_test|/main)\\.cc$")
    if(NOT sources)
      continue()
    endif()
    if(IS_DIRECTORY ${CMAKE_SOURCE_DIR}/src/${room}/catalog)
      xinjing_write_catalog(${room} ${CMAKE_BINARY_DIR}/generated/${room}_catalog.cc)
      list(APPEND sources ${CMAKE_BINARY_DIR}/generated/${room}_catalog.cc)
    endif()
    add_library(xinjing_${room} STATIC ${sources})
    target_link_libraries(xinjing_${room} PUBLIC ${left})
    target_precompile_headers(xinjing_${room} REUSE_FROM xinjing_pch)
    if(EXISTS ${CMAKE_SOURCE_DIR}/src/${room}/libraries.cmake)
      include(${CMAKE_SOURCE_DIR}/src/${room}/libraries.cmake)
    endif()
    set(left xinjing_${room})
    xinjing_add_tests(${room} ${left})
  endforeach()
  set(XINJING_LIBRARY ${left} PARENT_SCOPE)
  if(EXISTS ${CMAKE_SOURCE_DIR}/src/cli/main.cc)
    add_executable(xinjing ${CMAKE_SOURCE_DIR}/src/cli/main.cc)
    target_link_libraries(xinjing PRIVATE ${left})
    target_precompile_headers(xinjing REUSE_FROM xinjing_pch)
  endif()
endfunction()
