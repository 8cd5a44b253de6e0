#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace xinjing::sources {

/// Small archives for tests, written by hand so that hostile ones can be made too.
struct ZipPart {
  std::string name;
  std::string packed;
  std::uint32_t size = 0;
  std::uint32_t crc = 0;
  std::uint16_t method = 0;  // 0 stored, 8 deflated
};

inline std::uint32_t crc32_of(std::string_view bytes) {
  std::uint32_t crc = ~0U;
  for (const char c : bytes) {
    crc ^= static_cast<unsigned char>(c);
    for (int bit = 0; bit < 8; ++bit) crc = (crc >> 1) ^ (0xedb88320U & (0U - (crc & 1)));
  }
  return ~crc;
}

inline void append_number(std::string& out, std::uint64_t value, int bytes) {
  for (int i = 0; i < bytes; ++i) out.push_back(char(value >> (8 * i)));
}

inline std::string zip_from(std::span<const ZipPart> parts) {
  std::string out, directory;
  for (const ZipPart& part : parts) {
    std::string facts;
    append_number(facts, 20, 2), append_number(facts, 0, 2), append_number(facts, part.method, 2);
    append_number(facts, 0x21, 4), append_number(facts, part.crc, 4);
    append_number(facts, part.packed.size(), 4), append_number(facts, part.size, 4);
    append_number(facts, part.name.size(), 2), append_number(facts, 0, 2);
    append_number(directory, 0x02014b50, 4), append_number(directory, 20, 2);
    directory += facts;
    append_number(directory, 0, 2), append_number(directory, 0, 2), append_number(directory, 0, 2);
    append_number(directory, 0, 4), append_number(directory, out.size(), 4);
    directory += part.name;
    append_number(out, 0x04034b50, 4);
    out += facts + part.name + part.packed;
  }
  const std::size_t at = out.size();
  out += directory;
  append_number(out, 0x06054b50, 4), append_number(out, 0, 4);
  append_number(out, parts.size(), 2), append_number(out, parts.size(), 2);
  append_number(out, directory.size(), 4), append_number(out, at, 4), append_number(out, 0, 2);
  return out;
}

using ZipTexts = std::vector<std::pair<std::string, std::string>>;

inline std::vector<ZipPart> stored(const ZipTexts& texts) {
  std::vector<ZipPart> parts;
  for (const auto& [name, text] : texts) {
    parts.push_back({name, text, std::uint32_t(text.size()), crc32_of(text), 0});
  }
  return parts;
}

inline std::string zip_of(const ZipTexts& texts) { return zip_from(stored(texts)); }

/// The archive with one more part: `begin`, then `bytes` times the letter a, in about a hundred and
/// sixtieth of that (one block of fixed Huffman codes, each repeat 258 bytes).
inline std::string zip_bomb(const ZipTexts& texts, const std::string& name, std::string_view begin,
                            std::uint64_t bytes) {
  std::string packed;
  std::uint32_t bits = 0;
  int count = 0;
  const auto put = [&](std::uint32_t code, int length) {  // most significant bit first
    for (int i = length - 1; i >= 0; --i) {
      bits |= ((code >> i) & 1U) << count;
      if (++count == 8) packed.push_back(char(bits)), bits = 0, count = 0;
    }
  };
  put(0b110, 3);  // last block, fixed codes (written bit by bit: 1, then 01 from its low end)
  for (const char c : begin) put(0x30U + static_cast<unsigned char>(c), 8);
  put(0x30U + 'a', 8);
  for (std::uint64_t i = 0; i < bytes / 258; ++i) put(0b11000101, 8), put(0, 5);
  put(0, 7);
  put(0, 7);
  std::vector<ZipPart> parts = stored(texts);
  parts.push_back({name, std::move(packed), std::uint32_t(bytes), 0, 8});
  return zip_from(parts);
}

}  // namespace xinjing::sources
