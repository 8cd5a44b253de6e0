#include "cli/rejects.h"

#include <fstream>

#include "base/file.h"

namespace xinjing::cli {
namespace {

constexpr std::string_view kHeader = "file,line,column,reason\n";

std::string cell(std::string_view text) {
  if (text.find_first_of(",\"\n\r") == std::string_view::npos) return std::string(text);
  std::string out = "\"";
  for (const char c : text) out += c == '"' ? std::string("\"\"") : std::string(1, c);
  return out + "\"";
}

/// The first three cells of a line of the list: what tells rejected rows apart.
std::string_view place_of(std::string_view line) {
  bool quoted = false;
  int commas = 0;
  for (std::size_t i = 0; i < line.size(); ++i) {
    if (line[i] == '"') quoted = !quoted;
    if (line[i] == ',' && !quoted && ++commas == 3) return line.substr(0, i);
  }
  return {};
}

/// As many bytes of a file as a list's header has; fewer where it is shorter.
std::string first_bytes(const std::filesystem::path& path) {
  const std::unique_ptr<std::FILE, int (*)(std::FILE*)> file(std::fopen(path.c_str(), "rb"),
                                                             &std::fclose);
  std::string bytes(kHeader.size(), '\0');
  bytes.resize(file ? std::fread(bytes.data(), 1, bytes.size(), file.get()) : 0);
  return bytes;
}

/// The cells of a line of the list, without quotation marks.
std::vector<std::string> cells_of(std::string_view line) {
  std::vector<std::string> out(1);
  bool quoted = false;
  for (std::size_t i = 0; i < line.size(); ++i) {
    const char c = line[i];
    if (quoted && c == '"' && i + 1 < line.size() && line[i + 1] == '"') {
      out.back() += line[++i];
    } else if (c == '"') {
      quoted = !quoted;
    } else if (c == ',' && !quoted) {
      out.emplace_back();
    } else if (c != '\r') {
      out.back() += c;
    }
  }
  return out;
}

}  // namespace

std::vector<insight::RejectedRow> read_rejects(const std::filesystem::path& path,
                                               std::size_t most) {
  std::vector<insight::RejectedRow> out;
  if (!is_rejects_file(path)) return out;
  std::ifstream file(path);
  std::string line;
  std::getline(file, line);
  while (out.size() < most && std::getline(file, line)) {
    std::vector<std::string> cells = cells_of(line);
    if (cells.size() != 4) continue;  // cut short where a run was killed
    out.push_back({cells[0], cells[1], cells[2], cells[3]});
  }
  return out;
}

bool is_rejects_file(const std::filesystem::path& path) { return first_bytes(path) == kHeader; }

Result<RejectsFile> RejectsFile::open(std::filesystem::path path, bool fresh, Lang lang) {
  RejectsFile out(std::move(path), lang);
  std::error_code ignored;
  const bool there = std::filesystem::is_regular_file(out.x_path, ignored);
  // The header of a list may be cut short where a run was killed.
  if (there && !kHeader.starts_with(first_bytes(out.x_path))) {
    return fail(ErrorCode::kUsage,
                {"this file is no list of rejected rows; name another for --rejects",
                 "这个文件不是拒收行清单，请为 --rejects 另指定一个"},
                out.x_path.string());
  }
  if (fresh && there) std::filesystem::remove(out.x_path, ignored);
  if (!std::filesystem::exists(out.x_path, ignored)) return out;
  const Result<std::string> text = read_file(out.x_path);
  if (!text) return text.failure();
  std::string_view rest = *text;
  while (!rest.empty()) {
    const std::size_t end = std::min(rest.find('\n'), rest.size());
    const std::string_view line = rest.substr(0, end);
    // A line without its end was being written when the run was killed; it is written again.
    if (end < rest.size() && line.size() + 1 != kHeader.size())
      out.x_listed.emplace(place_of(line));
    rest.remove_prefix(std::min(rest.size(), end + 1));
  }
  if (!text->empty() && text->back() != '\n') {
    const std::size_t whole = text->rfind('\n') == std::string::npos ? 0 : text->rfind('\n') + 1;
    std::filesystem::resize_file(out.x_path, whole, ignored);
  }
  return out;
}

Failure RejectsFile::failure() const {
  return fail(ErrorCode::kIo, {"cannot write the list of rejected rows", "无法写入拒收行清单"},
              x_path.string());
}

Status RejectsFile::start() {
  std::error_code ignored;
  const bool empty =
      !std::filesystem::exists(x_path, ignored) || std::filesystem::file_size(x_path, ignored) == 0;
  x_file.reset(std::fopen(x_path.c_str(), "ab"));
  if (!x_file) return failure();
  if (empty && std::fwrite(kHeader.data(), 1, kHeader.size(), x_file.get()) != kHeader.size())
    return failure();
  return {};
}

Status RejectsFile::add(std::string_view file, const ingest::Reject& reject) {
  const std::string place = fmt::format("{},{},{}", cell(file), reject.line, reject.column);
  if (!x_listed.insert(place).second) return {};
  if (!x_file) {
    if (Status started = start(); !started) return started;
  }
  const std::string line = fmt::format("{},{}\n", place, cell(reject.reason.in(x_lang)));
  if (std::fwrite(line.data(), 1, line.size(), x_file.get()) != line.size()) return failure();
  return {};
}

Status RejectsFile::flush() {
  if (x_file && std::fflush(x_file.get()) != 0) return failure();
  return {};
}

}  // namespace xinjing::cli
