#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

#include "base/file.h"
#include "base/hash.h"
#include "base/result.h"

namespace xinjing::sources {

/// The bytes of a file (mapped), or of a string that stands for one. Move-only.
class Content {
 public:
  static Result<Content> open(const std::filesystem::path& path);
  static Content of(std::string bytes, std::string name);

  /// Valid as long as this object is neither moved nor destroyed.
  std::string_view bytes() const { return x_file ? x_file->bytes() : std::string_view(x_owned); }
  const std::string& name() const { return x_name; }
  /// False if it stands for no file on disk.
  bool on_disk() const { return x_file.has_value(); }
  /// Lets the system take back the memory of what was read.
  void forget_before(std::size_t offset) const {
    if (x_file) x_file->forget_before(offset);
  }

 private:
  explicit Content(std::string name) : x_name(std::move(name)) {}

  std::string x_name;
  std::optional<MappedFile> x_file;
  std::string x_owned;
};

/// The digest of all bytes before an offset, cheap to ask for again and again at growing offsets:
/// a chain over blocks of 1 MiB. Cost: one pass over the bytes (10 GB/s).
class PrefixDigest {
 public:
  /// REQUIRES: `offset` <= bytes.size(), `bytes` the same each time, offsets ascend.
  Hash128 at(std::string_view bytes, std::size_t offset);

 private:
  Hash128 x_chain;
  std::size_t x_done = 0;  // whole blocks in the chain, in bytes
};

/// What hex() wrote; nothing if it is not 32 hexadecimal digits.
std::optional<Hash128> digest_from(std::string_view hex);

}  // namespace xinjing::sources
