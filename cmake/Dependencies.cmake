# Third-party libraries. docs/dependencies.md says what each is for.
find_package(Threads REQUIRED)
find_package(fmt REQUIRED)
find_package(simdjson REQUIRED)
find_package(PkgConfig REQUIRED)
pkg_check_modules(XXHASH REQUIRED IMPORTED_TARGET libxxhash)
pkg_check_modules(UTF8PROC REQUIRED IMPORTED_TARGET libutf8proc)
pkg_check_modules(ICU REQUIRED IMPORTED_TARGET icu-uc)
pkg_check_modules(LIBZIP REQUIRED IMPORTED_TARGET libzip)
pkg_check_modules(XLSXWRITER REQUIRED IMPORTED_TARGET xlsxwriter)
find_package(Iconv REQUIRED)
find_package(EXPAT REQUIRED)
find_package(ZLIB REQUIRED)
# A machine that only runs the program needs neither of these (tools/setup.sh --tests brings them).
find_package(GTest QUIET)
if(XINJING_TESTS AND NOT TARGET GTest::gmock)  # Debian has GoogleTest and GoogleMock in two packages
  message(STATUS "GoogleTest or GoogleMock is missing: tests are not built")
  set(XINJING_TESTS OFF)
endif()
find_package(benchmark QUIET)
if(XINJING_BENCH AND NOT benchmark_FOUND)
  message(STATUS "Google Benchmark is missing: benchmarks are not built")
  set(XINJING_BENCH OFF)
endif()

# DuckDB comes from a registry package that tools/fetch_duckdb.sh unpacks.
set(XINJING_DUCKDB_DIR ${CMAKE_SOURCE_DIR}/.deps/duckdb CACHE PATH "folder with duckdb.h and libduckdb.so")
if(NOT EXISTS ${XINJING_DUCKDB_DIR}/libduckdb.so)
  message(FATAL_ERROR "DuckDB is missing: run tools/fetch_duckdb.sh first (${XINJING_DUCKDB_DIR})")
endif()
add_library(xinjing_duckdb SHARED IMPORTED)
set_target_properties(xinjing_duckdb PROPERTIES
  IMPORTED_LOCATION ${XINJING_DUCKDB_DIR}/libduckdb.so
  IMPORTED_NO_SONAME ON
  INTERFACE_INCLUDE_DIRECTORIES ${XINJING_DUCKDB_DIR})
set(CMAKE_BUILD_RPATH ${XINJING_DUCKDB_DIR})
