#include "store/write_ahead_log.h"

#include <fcntl.h>
#include <unistd.h>

#include <cstring>

#include "base/file.h"
#include "store/file_lock.h"

namespace xinjing::store {
namespace {

namespace fs = std::filesystem;
using namespace std::string_view_literals;

// Fields are a number of two bytes and a value; 0xffff ends an entry. Field 100 is the kind.
constexpr std::string_view kHeader = "\x64\x00\x62\x65\x00\x02\xff\xff"sv;  // kind 98, version 2
constexpr std::string_view kKindField = "\x64\x00"sv;
constexpr char kCheckpoint = 99;
constexpr char kCommit = 100;
constexpr std::size_t kFrame = 16;  // length and checksum

// A database file begins with three headers of this size; the first has the mark behind a checksum.
constexpr std::uintmax_t kDatabaseHeader = 4096;
constexpr std::uintmax_t kDatabaseHeaders = 3 * kDatabaseHeader;
constexpr std::size_t kMarkAt = 8;
constexpr std::string_view kMark = "DUCK"sv;

bool ends_transaction(std::string_view entry) {
  if (!entry.starts_with(kKindField) || entry.size() <= kKindField.size()) return false;
  const char kind = entry[kKindField.size()];
  return kind == kCommit || kind == kCheckpoint;
}

// The length to cut at, if the log ends in an unfinished transaction.
std::optional<std::uint64_t> cut_of(const fs::path& log) {
  const Result<MappedFile> file = MappedFile::open(log);
  if (!file) return {};
  const std::optional<std::uint64_t> length = committed_length(file->bytes());
  return length && *length < file->bytes().size() ? length : std::nullopt;
}

bool is_unborn(const fs::path& database) {
  std::error_code error;
  const std::uintmax_t size = fs::file_size(database, error);
  if (error || size >= kDatabaseHeaders) return false;
  if (size == 0) return true;
  const Result<MappedFile> file = MappedFile::open(database);
  return file && file->bytes().size() >= kMarkAt &&
         file->bytes().substr(kMarkAt).starts_with(kMark);
}

}  // namespace

std::optional<std::uint64_t> committed_length(std::string_view log) {
  if (!log.starts_with(kHeader)) return {};
  std::size_t committed = kHeader.size();
  for (std::size_t at = committed; log.size() - at > kFrame;) {
    std::uint64_t length = 0;
    std::memcpy(&length, log.data() + at, sizeof length);
    at += kFrame;
    if (length == 0 || length > log.size() - at) break;
    const bool whole = ends_transaction(log.substr(at, length));
    at += length;
    if (whole) committed = at;
  }
  return committed;
}

Status drop_uncommitted(const fs::path& database) {
  const fs::path log = database.string() + ".wal";
  if (!cut_of(log)) return {};
  const Descriptor file(database, O_RDWR);
  const Lock locked = lock(file);
  if (locked == Lock::kHeldByAnother) return {};
  // Once more, since a process may have finished its transaction before the lock was ours.
  const std::optional<std::uint64_t> length = cut_of(log);
  if (!length) return {};
  const Descriptor written(log, O_RDWR);
  if (locked == Lock::kTaken && written.good() && ::ftruncate(written.get(), off_t(*length)) == 0 &&
      ::fsync(written.get()) == 0) {
    return {};
  }
  return fail(ErrorCode::kIo,
              {"the last run was interrupted, and its remains cannot be removed from the log: "
               "open the file once as a user who may write it",
               "上次运行被中断，其残留无法从日志中移除：请由有写权限的用户打开一次该文件"},
              log.string());
}

Status drop_unborn(const fs::path& database) {
  if (!is_unborn(database)) return {};
  const Descriptor file(database, O_RDWR);
  const Lock locked = lock(file);
  if (locked == Lock::kHeldByAnother || !is_unborn(database)) return {};
  std::error_code error;
  if (locked == Lock::kTaken && fs::remove(database, error)) return {};
  return fail(
      ErrorCode::kIo,
      {"the run that made this file was interrupted before anything was in it, and the file "
       "cannot be removed: remove it, then run again",
       "创建该文件的运行在写入任何内容之前就被中断，且文件无法移除：请删除它后重新运行"},
      database.string());
}

}  // namespace xinjing::store
