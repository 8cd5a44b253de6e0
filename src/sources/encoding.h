#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "sources/batch.h"

namespace xinjing::sources {

enum class Encoding : std::uint8_t { kUtf8, kUtf8Bom, kGb18030, kUtf16Le, kUtf16Be };

/// "UTF-8", "UTF-8 with BOM", "GB18030", …
std::string_view encoding_name(Encoding encoding);
/// From the names people write: utf-8, GBK, gb2312, GB18030, UTF-16.
std::optional<Encoding> encoding_from(std::string_view name);

/// Byte order mark first; then, from the first byte that is not ASCII on, whether up to 1 MiB is
/// more like UTF-8 or like GB18030 (of which GBK and GB2312 are parts).
Encoding detect_encoding(std::string_view bytes);

/// True if `text` has a byte that is not ASCII.
bool has_high_byte(std::string_view text);

/// Makes clean UTF-8 of cells: converts, replaces bad bytes and NUL by U+FFFD, counts the cells in
/// which it did. One thread at a time.
class Decoder {
 public:
  explicit Decoder(Encoding encoding);
  Decoder(Decoder&&) noexcept;
  Decoder& operator=(Decoder&&) noexcept;
  ~Decoder();

  /// True if `text` is clean UTF-8 as it stands, so that none of its cells needs clean().
  bool is_clean(std::string_view text) const;
  /// `text` itself where it is clean, else a repaired copy in the batch's arena.
  std::string_view clean(std::string_view text, Batch& batch);
  /// All of `text`, which may be long; false in `good` if something was replaced.
  std::string converted(std::string_view text, bool& good);

 private:
  class Converter;
  Encoding x_encoding;
  std::unique_ptr<Converter> x_converter;  // none for UTF-8
};

}  // namespace xinjing::sources
