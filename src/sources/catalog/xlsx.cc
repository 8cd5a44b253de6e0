#include "sources/xlsx.h"

#include "sources/catalog.h"

namespace xinjing::sources::catalog {
namespace {

constexpr std::string_view kExtensions[] = {".xlsx", ".xlsm"};

int likeness(std::string_view first_bytes) { return first_bytes.starts_with("PK\x03\x04") ? 2 : 0; }

Result<std::unique_ptr<Source>> open(Content content, const OpenOptions& options) {
  return XlsxSource::open(std::move(content), options);
}

Result<std::vector<std::string>> sheets(const Content& content) {
  const Result<Zip> zip = Zip::open(content.bytes(), content.name());
  if (!zip) return zip.failure();
  return Workbook::visible_sheets(*zip, content.name());
}

}  // namespace

const Entry& xlsx() {
  static const Entry entry{"xlsx", {"Excel workbook", "Excel 工作簿"}, kExtensions, likeness, open,
                           sheets};
  return entry;
}

}  // namespace xinjing::sources::catalog
