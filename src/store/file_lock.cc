#include "store/file_lock.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>

namespace xinjing::store {

Descriptor::Descriptor(const std::filesystem::path& path, int flags, int mode)
    : x_file(::open(path.c_str(), flags | O_CLOEXEC, mode)) {}

Descriptor::~Descriptor() {
  if (x_file >= 0) ::close(x_file);
}

Lock lock(const Descriptor& file) {
  if (!file.good()) return Lock::kImpossible;
  struct flock whole {};
  whole.l_type = F_WRLCK;
  whole.l_whence = SEEK_SET;
  if (::fcntl(file.get(), F_SETLK, &whole) == 0) return Lock::kTaken;
  return errno == EACCES || errno == EAGAIN ? Lock::kHeldByAnother : Lock::kImpossible;
}

}  // namespace xinjing::store
