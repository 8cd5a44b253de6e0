#include "store/checkpoint.h"

#include <fcntl.h>
#include <unistd.h>

#include <cstring>

#include "base/file.h"
#include "base/hash.h"
#include "store/file_lock.h"

namespace xinjing::store {
namespace {

namespace fs = std::filesystem;
using namespace std::string_view_literals;

// The file: three headers, of which the first never changes, then blocks of one size.
constexpr std::uint64_t kHeader = 4096;
constexpr std::uint64_t kChangingHeaders = 2 * kHeader;
constexpr std::uint64_t kHeaders = 3 * kHeader;

constexpr std::string_view kMagic = "XJCKPT1\n"sv;

void put(std::string& out, std::uint64_t number) {
  char bytes[sizeof number];
  std::memcpy(bytes, &number, sizeof number);
  out.append(bytes, sizeof number);
}

std::optional<std::string_view> take(std::string_view& bytes, std::uint64_t count) {
  if (count > bytes.size()) return {};
  const std::string_view out = bytes.substr(0, count);
  bytes.remove_prefix(count);
  return out;
}

std::optional<std::uint64_t> take_number(std::string_view& bytes) {
  const auto raw = take(bytes, sizeof(std::uint64_t));
  if (!raw) return {};
  std::uint64_t out = 0;
  std::memcpy(&out, raw->data(), sizeof out);
  return out;
}

std::optional<std::string_view> headers_of(std::string_view file) {
  if (file.size() < kHeaders) return {};
  return file.substr(kHeader, kChangingHeaders);
}

Failure cannot_write(const fs::path& path) {
  return fail(ErrorCode::kIo, {"cannot write the file", "无法写入文件"}, path.string());
}

bool put_back(const Descriptor& file, const CheckpointImage& image) {
  for (const CheckpointImage::Block& block : image.blocks) {
    const auto wrote =
        ::pwrite(file.get(), block.bytes.data(), block.bytes.size(), off_t(block.offset));
    if (wrote != ::ssize_t(block.bytes.size())) return false;
  }
  return ::fsync(file.get()) == 0;
}

}  // namespace

std::string CheckpointImage::written() const {
  std::string out(kMagic);
  put(out, headers.size());
  out += headers;
  put(out, blocks.size());
  for (const Block& block : blocks) {
    put(out, block.offset);
    put(out, block.bytes.size());
    out += block.bytes;
  }
  put(out, hash64(out));
  return out;
}

std::optional<CheckpointImage> CheckpointImage::parse(std::string_view bytes) {
  constexpr std::size_t kHash = sizeof(std::uint64_t);
  if (!bytes.starts_with(kMagic) || bytes.size() < kMagic.size() + kHash) return {};
  std::string_view end = bytes.substr(bytes.size() - kHash);
  bytes.remove_suffix(kHash);
  if (take_number(end) != hash64(bytes)) return {};
  bytes.remove_prefix(kMagic.size());
  CheckpointImage out;
  const auto header_size = take_number(bytes);
  const auto header_bytes = header_size ? take(bytes, *header_size) : std::nullopt;
  const auto count = header_bytes ? take_number(bytes) : std::nullopt;
  if (!count) return {};
  out.headers = *header_bytes;
  for (std::uint64_t i = 0; i < *count; ++i) {
    const auto offset = take_number(bytes);
    const auto size = offset ? take_number(bytes) : std::nullopt;
    const auto block = size ? take(bytes, *size) : std::nullopt;
    if (!block) return {};
    out.blocks.push_back({*offset, std::string(*block)});
  }
  if (!bytes.empty()) return {};
  return out;
}

fs::path checkpoint_image_path(const fs::path& database) {
  return database.string() + ".checkpoint";
}

Status save_checkpoint_image(const DuckConnection& connection, const fs::path& database) {
  const Result<std::int64_t> block_size = connection.integer(
      "SELECT block_size FROM pragma_database_size() WHERE database_name = "
      "CURRENT_DATABASE()");
  if (!block_size) return block_size.failure();
  const Result<MappedFile> file = MappedFile::open(database);
  if (!file) return file.failure();
  const std::string_view bytes = file->bytes();
  CheckpointImage image;
  const auto headers = headers_of(bytes);
  if (!headers) return {};  // nothing is in it yet
  image.headers = *headers;
  Result<DuckResult> rows =
      connection.query("SELECT DISTINCT block_id FROM pragma_metadata_info() ORDER BY ALL");
  if (!rows) return rows.failure();
  const auto size = std::uint64_t(*block_size);
  Status read = rows->each([&](const DuckRow& row) {
    const std::uint64_t offset = kHeaders + std::uint64_t(row.integer(0)) * size;
    // A block beyond the end of the file is new.
    if (offset <= bytes.size() && size <= bytes.size() - offset) {
      image.blocks.push_back({offset, std::string(bytes.substr(offset, size))});
    }
  });
  if (!read) return read;
  return write_file(checkpoint_image_path(database), image.written());
}

Status checkpoint(const DuckConnection& connection, const fs::path& database) {
  if (Status saved = save_checkpoint_image(connection, database); !saved) return saved;
  if (Status done = connection.run("CHECKPOINT"); !done) return done;
  std::error_code ignored;
  fs::remove(checkpoint_image_path(database), ignored);
  return {};
}

Status undo_checkpoint(const fs::path& database) {
  const fs::path beside = checkpoint_image_path(database);
  if (!fs::exists(beside)) return {};
  const Descriptor file(database, O_RDWR);
  const Lock locked = lock(file);
  if (locked == Lock::kHeldByAnother) return {};
  const Result<std::string> bytes = read_file(beside);
  const auto image = bytes ? CheckpointImage::parse(*bytes) : std::nullopt;
  if (image && fs::exists(database)) {
    if (locked != Lock::kTaken) return cannot_write(database);
    const Result<MappedFile> now = MappedFile::open(database);
    if (!now) return now.failure();
    const bool begun_only = headers_of(now->bytes()) == std::string_view(image->headers);
    if (begun_only && !put_back(file, *image)) return cannot_write(database);
  }
  std::error_code error;
  fs::remove(beside, error);
  if (error) return cannot_write(beside);
  return {};
}

}  // namespace xinjing::store
