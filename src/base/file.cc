#include "base/file.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <utility>

#include "base/format.h"

namespace xinjing {
namespace {

Failure io_failure(const char* en, const char* zh, const std::filesystem::path& path) {
  const int error = errno;
  const ErrorCode code = error == ENOENT ? ErrorCode::kNotFound : ErrorCode::kIo;
  return fail(code,
              {fmt::format("{}: {}", en, std::strerror(error)),
               fmt::format("{}：{}", zh, std::strerror(error))},
              path.string());
}

class Descriptor {
 public:
  explicit Descriptor(int number) : x_number(number) {}
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  ~Descriptor() {
    if (x_number >= 0) ::close(x_number);
  }
  int number() const { return x_number; }
  bool good() const { return x_number >= 0; }

 private:
  int x_number;
};

bool write_all(int fd, std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t n = ::write(fd, bytes.data(), bytes.size());
    if (n < 0 && errno == EINTR) continue;
    if (n < 0) return false;
    bytes.remove_prefix(std::size_t(n));
  }
  return true;
}

}  // namespace

Result<std::string> read_file(const std::filesystem::path& path, std::uint64_t limit) {
  Result<MappedFile> mapped = MappedFile::open(path);
  if (!mapped) return mapped.failure();
  if (mapped->bytes().size() > limit) {
    return fail(ErrorCode::kBadInput,
                {fmt::format("the file is larger than {} bytes", limit),
                 fmt::format("文件大于 {} 字节", limit)},
                path.string());
  }
  return std::string(mapped->bytes());
}

Status write_file(const std::filesystem::path& path, std::string_view bytes) {
  const std::string beside = path.string() + ".tmp";
  {
    const Descriptor fd(::open(beside.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666));
    if (!fd.good() || !write_all(fd.number(), bytes) || ::fsync(fd.number()) != 0) {
      return io_failure("cannot write the file", "无法写入文件", path);
    }
  }
  if (::rename(beside.c_str(), path.c_str()) != 0) {
    return io_failure("cannot write the file", "无法写入文件", path);
  }
  return {};
}

Result<MappedFile> MappedFile::open(const std::filesystem::path& path) {
  // Without O_NONBLOCK the opening of a pipe waits for somebody who writes into it.
  const Descriptor fd(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK));
  struct stat info {};
  if (!fd.good() || ::fstat(fd.number(), &info) != 0) {
    return io_failure("cannot open the file", "无法打开文件", path);
  }
  if (!S_ISREG(info.st_mode)) {
    return fail(ErrorCode::kBadInput, {"not a regular file", "不是普通文件"}, path.string());
  }
  const auto size = std::size_t(info.st_size);
  if (size == 0) return MappedFile(nullptr, 0);
  void* data = ::mmap(nullptr, size, PROT_READ, MAP_PRIVATE, fd.number(), 0);
  if (data == MAP_FAILED) return io_failure("cannot read the file", "无法读取文件", path);
  return MappedFile(static_cast<const char*>(data), size);
}

MappedFile::MappedFile(MappedFile&& other) noexcept
    : x_data(std::exchange(other.x_data, nullptr)), x_size(std::exchange(other.x_size, 0)) {}

MappedFile& MappedFile::operator=(MappedFile&& other) noexcept {
  std::swap(x_data, other.x_data);
  std::swap(x_size, other.x_size);
  return *this;
}

MappedFile::~MappedFile() {
  if (x_data != nullptr) ::munmap(const_cast<char*>(x_data), x_size);
}

void MappedFile::forget_before(std::size_t offset) const {
  const auto page = std::size_t(::sysconf(_SC_PAGESIZE));
  const std::size_t whole = std::min(offset, x_size) / page * page;
  if (whole > 0) ::madvise(const_cast<char*>(x_data), whole, MADV_DONTNEED);
}

}  // namespace xinjing
