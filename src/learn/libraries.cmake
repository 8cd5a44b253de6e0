# The solver's inner loops want the vectoriser at its best; the header of the others would not fit.
set_source_files_properties(${CMAKE_SOURCE_DIR}/src/learn/linear_fit.cc
  PROPERTIES COMPILE_OPTIONS "-O3" SKIP_PRECOMPILE_HEADERS ON)
