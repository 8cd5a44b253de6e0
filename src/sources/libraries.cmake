target_link_libraries(xinjing_sources PRIVATE Iconv::Iconv PkgConfig::LIBZIP EXPAT::EXPAT ZLIB::ZLIB)
