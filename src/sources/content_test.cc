#include "sources/content.h"

#include <gtest/gtest.h>

namespace xinjing::sources {
namespace {

TEST(Digest, IsTheSameWhereverItWasAskedForBefore) {
  std::string bytes(5'000'000, 'x');
  for (std::size_t i = 0; i < bytes.size(); i += 7) bytes[i] = char(i);
  PrefixDigest steps;
  for (const std::size_t at : {0UL, 10UL, 1'048'576UL, 1'048'577UL, 3'000'000UL, 5'000'000UL}) {
    EXPECT_EQ(steps.at(bytes, at), PrefixDigest().at(bytes, at)) << at;
  }
  const Hash128 before = PrefixDigest().at(bytes, 4'000'000);
  bytes[100] ^= 1;
  EXPECT_NE(PrefixDigest().at(bytes, 4'000'000), before);
}

TEST(Digest, IsReadFromTheTextThatHexWrites) {
  const Hash128 hash = hash128("some bytes");
  EXPECT_EQ(digest_from(hex(hash)), hash);
  EXPECT_EQ(digest_from(""), std::nullopt);
  EXPECT_EQ(digest_from(std::string(32, 'g')), std::nullopt);
}

}  // namespace
}  // namespace xinjing::sources
