# Compiler and linker settings that hold for every target.
add_compile_options(-Wall -Wextra -Wpedantic -Wshadow -Wnon-virtual-dtor -Werror)
if(CMAKE_CXX_COMPILER_ID STREQUAL "Clang")
  # The precompiled header may be older than a flag of one target that uses it.
  add_compile_options(-Wno-unused-command-line-argument)
endif()

find_program(XINJING_CCACHE ccache)
if(XINJING_CCACHE)
  set(CMAKE_CXX_COMPILER_LAUNCHER
      ${CMAKE_COMMAND} -E env CCACHE_BASEDIR=${CMAKE_SOURCE_DIR} CCACHE_NOHASHDIR=1
      CCACHE_SLOPPINESS=pch_defines,time_macros,include_file_mtime,include_file_ctime
      ${XINJING_CCACHE})
  # ccache can only share objects that were built with a precompiled header if GCC and Clang
  # write that header's dependencies by content, not by time.
  add_compile_options($<$<CXX_COMPILER_ID:GNU>:-fpch-preprocess>
                      "$<$<CXX_COMPILER_ID:Clang>:SHELL:-Xclang -fno-pch-timestamp>")
endif()

find_program(XINJING_MOLD mold)
if(XINJING_MOLD)
  add_link_options(-fuse-ld=mold)
endif()

set(XINJING_SANITIZE "" CACHE STRING "sanitizers for every target, for example address,undefined")
if(XINJING_SANITIZE)
  # GCC 12 warns wrongly of uninitialised values inside <regex> and <variant> once it instruments.
  add_compile_options($<$<CXX_COMPILER_ID:GNU>:-Wno-maybe-uninitialized>)
  add_compile_options(-fsanitize=${XINJING_SANITIZE} -fno-omit-frame-pointer -fno-sanitize-recover=all)
  add_link_options(-fsanitize=${XINJING_SANITIZE})
endif()

if(XINJING_FUZZ)
  # Without it the fuzzer sees no coverage of the libraries and only guesses.
  add_compile_options(-fsanitize=fuzzer-no-link)
  add_link_options(-fsanitize=fuzzer-no-link)
endif()
