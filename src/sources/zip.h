#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "base/result.h"
#include "sources/unpack_limits.h"

namespace xinjing::sources {

/// A file inside a zip archive, unpacked piece by piece. One thread.
class ZipEntry {
 public:
  /// The next bytes, valid until the next call; empty at the end. Fails where the archive is
  /// damaged, or unpacks to more than the limits or than its directory says.
  Result<std::string_view> next();

 private:
  friend class Zip;
  struct State;
  explicit ZipEntry(std::shared_ptr<State> state) : x_state(std::move(state)) {}

  std::shared_ptr<State> x_state;  // shared by copies of this handle, so that closures can hold one
};

/// A zip archive in memory, for reading. The bytes must outlive it, and it its entries.
class Zip {
 public:
  /// `name` is the file's name, for places.
  static Result<Zip> open(std::string_view bytes, std::string name,
                          const UnpackLimits& limits = {});
  Zip(Zip&&) noexcept;
  Zip& operator=(Zip&&) noexcept;
  ~Zip();

  bool has(const std::string& entry) const;
  /// kNotFound if there is no such entry; kBadInput where the directory says that it unpacks beyond
  /// the limits, before a byte is unpacked.
  Result<ZipEntry> entry(const std::string& name) const;

 private:
  struct Archive;
  explicit Zip(std::unique_ptr<Archive> archive);

  std::unique_ptr<Archive> x_archive;
};

}  // namespace xinjing::sources
