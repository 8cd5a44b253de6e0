#include <string_view>

#include "base/check.h"
#include "base/hash.h"
#include "store/checkpoint.h"

// Any bytes as the image of a checkpoint, with and without the hash that an image ends in: what is
// read is written as it was.
extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size) {
  std::string bytes(reinterpret_cast<const char*>(data), size);
  (void)xinjing::store::CheckpointImage::parse(bytes);
  const std::uint64_t hash = xinjing::hash64(bytes);
  bytes.append(reinterpret_cast<const char*>(&hash), sizeof hash);
  if (const auto image = xinjing::store::CheckpointImage::parse(bytes)) {
    XINJING_CHECK(image->written() == bytes);
  }
  return 0;
}
