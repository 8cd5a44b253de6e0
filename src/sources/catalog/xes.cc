#include "sources/xes.h"

#include "sources/catalog.h"

namespace xinjing::sources::catalog {
namespace {

constexpr std::string_view kExtensions[] = {".xes", ".xes.gz"};

/// XML whose first element is a log.
int likeness(std::string_view first_bytes) {
  if (first_bytes.starts_with("\xef\xbb\xbf")) first_bytes.remove_prefix(3);
  first_bytes.remove_prefix(std::min(first_bytes.find_first_not_of(" \t\r\n"), first_bytes.size()));
  if (!first_bytes.starts_with("<")) return 0;
  return first_bytes.find("<log ") != std::string_view::npos ||
                 first_bytes.find("<log>") != std::string_view::npos
             ? 2
             : 0;
}

Result<std::unique_ptr<Source>> open(Content content, const OpenOptions& options) {
  return XesSource::open(std::move(content), options);
}

}  // namespace

const Entry& xes() {
  static const Entry entry{
      "xes", {"event log (XES)", "事件日志（XES）"}, kExtensions, likeness, open};
  return entry;
}

}  // namespace xinjing::sources::catalog
