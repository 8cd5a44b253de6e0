#pragma once

#include <filesystem>
#include <string>
#include <string_view>

#include "base/lang.h"
#include "base/result.h"

namespace xinjing::report {

/// One self-contained page that draws the report data (the JSON of report_json).
std::string html_page(std::string_view json, Lang lang);

/// The tables behind the page as a workbook (XLSX).
Status write_workbook(const std::filesystem::path& path, std::string_view json, Lang lang);

}  // namespace xinjing::report
