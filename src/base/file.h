#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>

#include "base/result.h"

namespace xinjing {

/// The whole file, at most `limit` bytes (kBadInput beyond it).
Result<std::string> read_file(const std::filesystem::path& path, std::uint64_t limit = 1ULL << 32);

/// Writes beside the target and renames over it, so a reader sees the old file or the new one.
Status write_file(const std::filesystem::path& path, std::string_view bytes);

/// A file mapped into memory for reading. Move-only; unmapped at the end.
class MappedFile {
 public:
  static Result<MappedFile> open(const std::filesystem::path& path);
  MappedFile(MappedFile&& other) noexcept;
  MappedFile& operator=(MappedFile&& other) noexcept;
  MappedFile(const MappedFile&) = delete;
  MappedFile& operator=(const MappedFile&) = delete;
  ~MappedFile();

  /// Valid as long as this object lives.
  std::string_view bytes() const { return {x_data, x_size}; }

  /// Tells the system that the bytes before `offset` are not needed again, so that reading a large
  /// file in order does not fill memory.
  void forget_before(std::size_t offset) const;

 private:
  MappedFile(const char* data, std::size_t size) : x_data(data), x_size(size) {}
  const char* x_data = nullptr;
  std::size_t x_size = 0;
};

}  // namespace xinjing
