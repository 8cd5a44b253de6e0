#pragma once

#include <filesystem>
#include <string>
#include <string_view>

#include "base/lang.h"
#include "base/result.h"

namespace xinjing::report {

/// The report as one HTML file that needs no network: `json` is the report data (report_json), in
/// the language `lang`. The data lie in the page as JSON that cannot end its script element, the
/// page's own scripts carry a nonce, and a policy refuses any other script and every request, so
/// that a customer's words stay words. Without scripts the reader has the headline and all tables
/// as text. REQUIRES: `json` is an object. Cost: a few copies of the data; the page itself is about
/// 0.8 MB.
std::string html_page(std::string_view json, Lang lang);

/// Writes the tables behind the report as a workbook (XLSX): a sheet that explains, then one for
/// each table, with frozen headers, filters, and shares as percentages. Text is written as text,
/// never as a formula or a link. The same data give the same bytes. A file of that name is replaced
/// once the new one is complete. Fails (kIo) when it cannot be written. REQUIRES: `json` is an
/// object.
Status write_workbook(const std::filesystem::path& path, std::string_view json, Lang lang);

}  // namespace xinjing::report
