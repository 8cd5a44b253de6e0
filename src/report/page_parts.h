#pragma once

#include <string_view>

namespace xinjing::report {

/// The parts of the page that are compiled into the program (cmake/Page.cmake).
struct PageParts {
  std::string_view html;     // the frame, with places like {{data}}
  std::string_view style;    // CSS
  std::string_view script;   // the page's own scripts and Apache ECharts, in one
  std::string_view echarts;  // NOTICE of Apache ECharts
  std::string_view zrender;  // licence of ZRender
};
PageParts page_parts();

}  // namespace xinjing::report
