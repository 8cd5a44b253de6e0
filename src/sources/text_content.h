#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/result.h"
#include "sources/content.h"
#include "sources/encoding.h"
#include "sources/source.h"

namespace xinjing::sources {

/// The bytes of a text file as its readers see them: the byte order mark gone, UTF-16 converted as
/// a whole (at most 1 GiB), other encodings as they are, to be decoded cell by cell: no byte of
/// GB18030 that could end a line, a cell or a quotation is part of a longer character.
class TextContent {
 public:
  static Result<TextContent> open(Content content, std::optional<Encoding> encoding);

  std::string_view bytes() const {
    return x_converted ? std::string_view(*x_converted) : x_content.bytes().substr(x_skipped);
  }
  /// What the cells are still encoded in.
  Encoding cell_encoding() const { return x_converted ? Encoding::kUtf8 : x_encoding; }
  Encoding encoding() const { return x_encoding; }
  const std::string& name() const { return x_content.name(); }
  std::uint64_t file_size() const { return x_content.bytes().size(); }

  /// Where reading goes on, if the file still begins as it did then: an offset into bytes().
  std::optional<std::size_t> resumed_at(const Position& after);
  /// The position behind bytes()[0, offset). Offsets ascend. Where the text was converted as a
  /// whole, only its end has one that can be resumed.
  Position position(std::size_t offset, std::int64_t line);
  void forget_before(std::size_t offset) const {
    if (!x_converted) x_content.forget_before(offset + x_skipped);
  }

 private:
  explicit TextContent(Content content) : x_content(std::move(content)) {}

  Content x_content;
  Encoding x_encoding = Encoding::kUtf8;
  std::size_t x_skipped = 0;
  std::optional<std::string> x_converted;
  PrefixDigest x_digest;
};

}  // namespace xinjing::sources
