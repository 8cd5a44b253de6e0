#include "sources/foreign.h"

#include <algorithm>

#include "base/format.h"

namespace xinjing::sources {
namespace {

using namespace std::string_view_literals;

enum class Kind { kPacked, kPdf, kPicture, kSound, kOldOffice, kDatabase };

struct Mark {
  std::string_view bytes;
  std::string_view name;
  Kind kind;
  std::size_t at = 0;
};

// The first bytes as the formats' own descriptions state them.
constexpr Mark kMarks[] = {{"\x1f\x8b"sv, "gzip", Kind::kPacked},
                           {"BZh"sv, "bzip2", Kind::kPacked},
                           {"\xfd\x37zXZ\0"sv, "xz", Kind::kPacked},
                           {"\x28\xb5\x2f\xfd"sv, "Zstandard", Kind::kPacked},
                           {"7z\xbc\xaf\x27\x1c"sv, "7z", Kind::kPacked},
                           {"Rar!\x1a\x07"sv, "RAR", Kind::kPacked},
                           {"PK\x05\x06"sv, "ZIP", Kind::kPacked},
                           {"ustar"sv, "tar", Kind::kPacked, 257},
                           {"%PDF-"sv, "PDF", Kind::kPdf},
                           {"\x89PNG\r\n"sv, "PNG", Kind::kPicture},
                           {"\xff\xd8\xff"sv, "JPEG", Kind::kPicture},
                           {"GIF87a"sv, "GIF", Kind::kPicture},
                           {"GIF89a"sv, "GIF", Kind::kPicture},
                           {"WEBP"sv, "WebP", Kind::kPicture, 8},
                           {"II*\0"sv, "TIFF", Kind::kPicture},
                           {"MM\0*"sv, "TIFF", Kind::kPicture},
                           {"ftyp"sv, "MP4/HEIC", Kind::kPicture, 4},
                           {"WAVE"sv, "WAV", Kind::kSound, 8},
                           {"ID3\x03"sv, "MP3", Kind::kSound},
                           {"ID3\x04"sv, "MP3", Kind::kSound},
                           {"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"sv, "xls", Kind::kOldOffice},
                           {"SQLite format 3\0"sv, "SQLite", Kind::kDatabase},
                           {"DUCK"sv, "DuckDB", Kind::kDatabase, 8}};

bool fits(const Mark& mark, std::string_view bytes) {
  if (bytes.size() < mark.at || bytes.substr(mark.at, mark.bytes.size()) != mark.bytes) {
    return false;
  }
  // A word further on may stand in a text too; before it these formats have what no text has.
  const std::string_view before = bytes.substr(0, mark.at);
  return before.empty() || before.starts_with("RIFF") ||
         bytes.substr(0, 4096).find('\0') != std::string_view::npos;
}

Said sentence(const Mark& mark) {
  switch (mark.kind) {
    case Kind::kPacked:
      return {fmt::format("this is a packed file ({}): unpack it first", mark.name),
              fmt::format("这是压缩文件（{}），请先解压", mark.name)};
    case Kind::kPdf:
      return {"this is a PDF, not a table: export the table behind it as CSV or XLSX",
              "这是 PDF，不是表格：请把其中的表另存为 CSV 或 XLSX"};
    case Kind::kPicture:
      return {fmt::format("this is a picture or a film ({}), not a table", mark.name),
              fmt::format("这是图片或视频（{}），不是表格", mark.name)};
    case Kind::kSound:
      return {fmt::format("this is a recording ({}), not a table", mark.name),
              fmt::format("这是录音（{}），不是表格", mark.name)};
    case Kind::kOldOffice:
      return {"this is a file of old Excel or Word (.xls, .doc): save it as .xlsx or CSV",
              "这是旧版 Excel 或 Word 文件（.xls、.doc）：请另存为 .xlsx 或 CSV"};
    case Kind::kDatabase:
      break;
  }
  return {fmt::format("this is a database ({}): export its tables as CSV", mark.name),
          fmt::format("这是数据库文件（{}）：请把其中的表导出为 CSV", mark.name)};
}

}  // namespace

bool is_binary(std::string_view bytes) {
  constexpr std::size_t kLook = 4096;
  constexpr std::size_t kShare = 10;
  const std::string_view first = bytes.substr(0, kLook);
  if (first.starts_with("\xff\xfe") || first.starts_with("\xfe\xff")) return false;
  const auto controls = std::count_if(first.begin(), first.end(), [](char c) {
    const auto byte = static_cast<unsigned char>(c);
    return byte < 0x20 && c != '\t' && c != '\n' && c != '\r' && c != '\f' && c != '\x1b';
  });
  constexpr std::size_t kFew = 16;  // a short text may hold some
  return std::size_t(controls) >= kFew && std::size_t(controls) * kShare > first.size();
}

std::optional<Said> foreign_form(std::string_view bytes) {
  const auto found = std::find_if(std::begin(kMarks), std::end(kMarks),
                                  [bytes](const Mark& mark) { return fits(mark, bytes); });
  if (found == std::end(kMarks)) return {};
  return sentence(*found);
}

}  // namespace xinjing::sources
