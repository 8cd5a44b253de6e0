#include "report/report_page.h"

namespace xinjing::report {

std::string html_page(std::string_view, Lang) { return {}; }

Status write_workbook(const std::filesystem::path& path, std::string_view, Lang) {
  return fail(ErrorCode::kUsage, {"workbooks cannot be written yet", "暂不能写工作簿"},
              path.string());
}

}  // namespace xinjing::report
