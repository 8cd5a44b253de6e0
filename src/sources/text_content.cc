#include "sources/text_content.h"

namespace xinjing::sources {
namespace {

constexpr std::size_t kMaxConverted = 1U << 30;

std::size_t mark_size(std::string_view bytes, Encoding encoding) {
  if (encoding == Encoding::kUtf8Bom || encoding == Encoding::kUtf8) {
    return bytes.starts_with("\xef\xbb\xbf") ? 3 : 0;
  }
  if (encoding == Encoding::kUtf16Le) return bytes.starts_with("\xff\xfe") ? 2 : 0;
  if (encoding == Encoding::kUtf16Be) return bytes.starts_with("\xfe\xff") ? 2 : 0;
  return 0;
}

}  // namespace

Result<TextContent> TextContent::open(Content content, std::optional<Encoding> encoding) {
  TextContent text(std::move(content));
  const std::string_view bytes = text.x_content.bytes();
  text.x_encoding = encoding ? *encoding : detect_encoding(bytes);
  text.x_skipped = mark_size(bytes, text.x_encoding);
  if (text.x_encoding != Encoding::kUtf16Le && text.x_encoding != Encoding::kUtf16Be) return text;
  if (bytes.size() > kMaxConverted) {
    return fail(ErrorCode::kBadInput,
                {"a UTF-16 file of more than 1 GiB is not read; save it as UTF-8",
                 "UTF-16 文件超过 1 GiB，请另存为 UTF-8"},
                text.name());
  }
  bool good = true;
  text.x_converted = Decoder(text.x_encoding).converted(bytes.substr(text.x_skipped), good);
  return text;
}

std::optional<std::size_t> TextContent::resumed_at(const Position& after) {
  const std::string_view file = x_content.bytes();
  if (after.offset > file.size() || after.offset < x_skipped) return {};
  PrefixDigest digest;
  if (digest.at(file, after.offset) != after.digest) return {};
  if (x_converted && after.offset != file.size()) return {};
  x_digest = digest;
  return x_converted ? x_converted->size() : after.offset - x_skipped;
}

Position TextContent::position(std::size_t offset, std::int64_t line) {
  const std::string_view file = x_content.bytes();
  if (!x_converted) {
    return {offset + x_skipped, line, x_digest.at(file, offset + x_skipped)};
  }
  if (offset < x_converted->size()) return {};
  return {file.size(), line, x_digest.at(file, file.size())};
}

}  // namespace xinjing::sources
