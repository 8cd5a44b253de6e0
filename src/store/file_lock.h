#pragma once

#include <filesystem>

namespace xinjing::store {

/// A file descriptor that closes itself.
class Descriptor {
 public:
  Descriptor(const std::filesystem::path& path, int flags, int mode = 0);
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  ~Descriptor();

  bool good() const { return x_file >= 0; }
  int get() const { return x_file; }

 private:
  int x_file;
};

enum class Lock { kTaken, kHeldByAnother, kImpossible };

/// Takes the lock that the engine takes on a database file; closing the descriptor gives it back.
Lock lock(const Descriptor& file);

}  // namespace xinjing::store
