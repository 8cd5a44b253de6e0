#include "sources/source.h"

#include <algorithm>
#include <cctype>

#include "sources/catalog.h"
#include "sources/foreign.h"
#include "sources/xes.h"

namespace xinjing::sources {
namespace {

constexpr std::size_t kFirstBytes = 4096;  // by which a format is told

std::string extension_of(const std::filesystem::path& path) {
  const auto lower = [](std::string text) {
    for (char& c : text) c = char(std::tolower(static_cast<unsigned char>(c)));
    return text;
  };
  const std::string extension = lower(path.extension().string());
  // Of packed formats only logs are read.
  const bool packed = extension == ".gz" && lower(path.stem().extension().string()) == ".xes";
  return packed ? ".xes.gz" : extension;
}

bool has_extension(const catalog::Entry& entry, const std::string& extension) {
  return std::find(entry.extensions.begin(), entry.extensions.end(), extension) !=
         entry.extensions.end();
}

/// The bytes decide where they are certain; then the name; then what the bytes could be.
const catalog::Entry* format_of(const Content& content) {
  const std::string_view first = content.bytes().substr(0, kFirstBytes);
  const std::string extension = extension_of(content.name());
  const catalog::Entry* best = nullptr;
  int best_score = 0;
  for (const catalog::Entry* entry : catalog::entries()) {
    const int likeness = entry->likeness(first);
    const bool named = has_extension(*entry, extension);
    const int score = likeness == 2 ? 4 : (named ? 2 : 0) + likeness;
    if (score > best_score) best = entry, best_score = score;
  }
  return best;
}

}  // namespace

Result<std::unique_ptr<Source>> open_source(Content content, const OpenOptions& options) {
  const bool packed = is_packed_xes(content.name(), content.bytes());
  if (const std::optional<Said> foreign = foreign_form(content.bytes()); foreign && !packed) {
    return fail(ErrorCode::kBadInput, *foreign, content.name());
  }
  const catalog::Entry* format = format_of(content);
  if (format == nullptr) {
    return fail(ErrorCode::kBadInput,
                {"the file is in no format that can be read: CSV, TSV, JSON lines, Parquet, XLSX, "
                 "XES",
                 "文件不是可以读取的格式：CSV、TSV、JSON 行、Parquet、XLSX、XES"},
                content.name());
  }
  const bool certain = packed || format->likeness(content.bytes().substr(0, kFirstBytes)) == 2;
  if (!certain && !options.encoding && is_binary(content.bytes())) {
    return fail(ErrorCode::kBadInput,
                {"this file is no text and in no known format", "文件不是文本，也不是已知的格式"},
                content.name());
  }
  return format->open(std::move(content), options);
}

Result<std::unique_ptr<Source>> open_source(const std::filesystem::path& path,
                                            const OpenOptions& options) {
  Result<Content> content = Content::open(path);
  if (!content) return content.failure();
  return open_source(std::move(*content), options);
}

Result<std::vector<std::string>> sheets_of(const Content& content) {
  const catalog::Entry* format = format_of(content);
  if (format == nullptr || format->sheets == nullptr) return std::vector<std::string>();
  return format->sheets(content);
}

bool has_known_extension(const std::filesystem::path& path) {
  const std::string extension = extension_of(path);
  const auto entries = catalog::entries();
  return std::any_of(entries.begin(), entries.end(),
                     [&](const catalog::Entry* entry) { return has_extension(*entry, extension); });
}

}  // namespace xinjing::sources
