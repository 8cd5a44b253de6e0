include(Page)
xinjing_embed_page(report)
target_link_libraries(xinjing_report PRIVATE PkgConfig::XLSXWRITER)
