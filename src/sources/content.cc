#include "sources/content.h"

#include <charconv>
#include <cstring>

#include "base/check.h"

namespace xinjing::sources {
namespace {

constexpr std::size_t kBlock = 1U << 20;

Hash128 chained(Hash128 chain, std::string_view block) {
  const Hash128 parts[] = {chain, hash128(block)};
  char bytes[sizeof parts];
  std::memcpy(bytes, parts, sizeof parts);
  return hash128({bytes, sizeof bytes});
}

}  // namespace

Result<Content> Content::open(const std::filesystem::path& path) {
  Result<MappedFile> file = MappedFile::open(path);
  if (!file) return file.failure();
  Content content(path.string());
  content.x_file = std::move(*file);
  return content;
}

Content Content::of(std::string bytes, std::string name) {
  Content content(std::move(name));
  content.x_owned = std::move(bytes);
  return content;
}

Hash128 PrefixDigest::at(std::string_view bytes, std::size_t offset) {
  XINJING_CHECK(offset <= bytes.size() && offset >= x_done);
  for (; offset - x_done >= kBlock; x_done += kBlock) {
    x_chain = chained(x_chain, bytes.substr(x_done, kBlock));
  }
  return chained(x_chain, bytes.substr(x_done, offset - x_done));
}

std::optional<Hash128> digest_from(std::string_view hex) {
  if (hex.size() != 32) return {};
  const auto half = [hex](std::size_t at) -> std::optional<std::uint64_t> {
    std::uint64_t value = 0;
    const char* begin = hex.data() + at;
    const auto [end, error] = std::from_chars(begin, begin + 16, value, 16);
    if (error != std::errc() || end != begin + 16) return {};
    return value;
  };
  const auto high = half(0), low = half(16);
  if (!high || !low) return {};
  return Hash128{*high, *low};
}

}  // namespace xinjing::sources
