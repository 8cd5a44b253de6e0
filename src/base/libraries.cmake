target_link_libraries(xinjing_base PUBLIC simdjson::simdjson xinjing_duckdb PRIVATE PkgConfig::XXHASH)
