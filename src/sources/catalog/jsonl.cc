#include "sources/catalog.h"
#include "sources/json_lines.h"

namespace xinjing::sources::catalog {
namespace {

constexpr std::string_view kExtensions[] = {".jsonl", ".ndjson", ".json"};

int likeness(std::string_view first_bytes) {
  const std::size_t at = first_bytes.find_first_not_of("\xef\xbb\xbf \t\r\n");
  if (at == std::string_view::npos) return 0;
  const std::size_t next = first_bytes.find_first_not_of(" \t\r\n", at + 1);
  const char second = next == std::string_view::npos ? '\0' : first_bytes[next];
  if (first_bytes[at] == '{') return second == '"' || second == '}' ? 2 : 0;
  return first_bytes[at] == '[' && (second == '{' || second == ']') ? 2 : 0;
}

Result<std::unique_ptr<Source>> open(Content content, const OpenOptions& options) {
  return JsonLinesSource::open(std::move(content), options);
}

}  // namespace

const Entry& jsonl() {
  static const Entry entry{"jsonl", {"JSON lines", "JSON 行"}, kExtensions, likeness, open};
  return entry;
}

}  // namespace xinjing::sources::catalog
