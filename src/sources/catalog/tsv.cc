#include "sources/catalog.h"
#include "sources/delimited.h"

namespace xinjing::sources::catalog {
namespace {

constexpr std::string_view kExtensions[] = {".tsv", ".tab"};

int likeness(std::string_view first_bytes) {
  const std::string_view line = first_bytes.substr(0, first_bytes.find('\n'));
  return line.find('\t') != std::string_view::npos ? 1 : 0;
}

/// Most tab-separated files are written without quoting, and then a quote means itself.
Result<std::unique_ptr<Source>> open(Content content, const OpenOptions& options) {
  return DelimitedSource::open(std::move(content), options,
                               {.format = "tsv", .delimiters = "\t,;", .literal_quotes = true});
}

}  // namespace

const Entry& tsv() {
  static const Entry entry{
      "tsv", {"tab-separated values", "制表符分隔文件"}, kExtensions, likeness, open};
  return entry;
}

}  // namespace xinjing::sources::catalog
