#include "sources/catalog.h"
#include "sources/delimited.h"

namespace xinjing::sources::catalog {
namespace {

constexpr std::string_view kExtensions[] = {".csv", ".txt"};

int likeness(std::string_view first_bytes) {
  return first_bytes.find_first_of(",;|") != std::string_view::npos ? 1 : 0;
}

Result<std::unique_ptr<Source>> open(Content content, const OpenOptions& options) {
  return DelimitedSource::open(std::move(content), options,
                               {.format = "csv", .delimiters = ",\t;|"});
}

}  // namespace

const Entry& csv() {
  static const Entry entry{
      "csv", {"comma-separated values", "逗号分隔文件"}, kExtensions, likeness, open};
  return entry;
}

}  // namespace xinjing::sources::catalog
