target_link_libraries(xinjing_language PRIVATE PkgConfig::UTF8PROC PkgConfig::ICU)
