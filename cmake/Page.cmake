# Compiles the page of the report (web/report) into the program. esbuild puts the page's own scripts and
# the parts of Apache ECharts that they use into one file; that file, the style, the frame and the
# notices of the libraries become data of the object `page_parts`.
set(XINJING_WEB_DIR ${CMAKE_SOURCE_DIR}/.deps/web CACHE PATH "folder with esbuild and node_modules")

function(xinjing_embed_page room)
  if(NOT EXISTS ${XINJING_WEB_DIR}/esbuild)
    message(FATAL_ERROR "Apache ECharts is missing: run tools/fetch_echarts.sh first (${XINJING_WEB_DIR})")
  endif()
  set(web ${CMAKE_SOURCE_DIR}/web/report)
  set(script ${CMAKE_BINARY_DIR}/generated/report_page.js)
  file(GLOB_RECURSE sources CONFIGURE_DEPENDS ${web}/*.js)
  add_custom_command(OUTPUT ${script}
    COMMAND ${CMAKE_COMMAND} -E env NODE_PATH=${XINJING_WEB_DIR}/node_modules ${XINJING_WEB_DIR}/esbuild ${web}/main.js --bundle
            --minify --format=iife --charset=utf8 --legal-comments=none --target=es2022 --log-level=warning --outfile=${script}
    DEPENDS ${sources} COMMENT "Bundling the report's page" VERBATIM)
  set(names html style script echarts zrender)
  set(paths ${web}/page.html ${web}/page.css ${script} ${XINJING_WEB_DIR}/node_modules/echarts/NOTICE
      ${XINJING_WEB_DIR}/node_modules/zrender/LICENSE)
  set(asm "")
  set(externs "")
  set(views "")
  foreach(name path IN ZIP_LISTS names paths)
    string(APPEND asm "    \"xinjing_page_${name}: .incbin \\\"${path}\\\"\\n\"\n    \"xinjing_page_${name}_end: .byte 0\\n\"\n")
    string(APPEND externs "extern const char xinjing_page_${name}[];\nextern const char xinjing_page_${name}_end[];\n")
    string(APPEND views "      part(xinjing_page_${name}, xinjing_page_${name}_end),\n")
  endforeach()
  set(out ${CMAKE_BINARY_DIR}/generated/page_parts.cc)
  file(CONFIGURE OUTPUT ${out} @ONLY CONTENT "#include \"@room@/page_parts.h\"

__asm__(
    \".pushsection .rodata\\n\"
@asm@    \".popsection\\n\");

extern \"C\" {
@externs@}

namespace xinjing::@room@ {
namespace {

std::string_view part(const char* begin, const char* end) { return {begin, static_cast<std::size_t>(end - begin)}; }

}  // namespace

PageParts page_parts() {
  return {
@views@  };
}

}  // namespace xinjing::@room@
")
  set_source_files_properties(${out} PROPERTIES OBJECT_DEPENDS "${paths}")
  target_sources(xinjing_${room} PRIVATE ${out})
endfunction()
