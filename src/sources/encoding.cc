#include "sources/encoding.h"

#include <iconv.h>

#include <algorithm>
#include <cerrno>
#include <cstring>

#include "base/check.h"
#include "base/json.h"
#include "base/utf8.h"

namespace xinjing::sources {
namespace {

constexpr std::string_view kReplacement = "\xef\xbf\xbd";  // U+FFFD

unsigned char byte_at(std::string_view text, std::size_t i) {
  return static_cast<unsigned char>(text[i]);
}

struct Likeness {
  std::size_t good = 0;  // characters beyond ASCII
  std::size_t bad = 0;   // bytes that belong to none
};

Likeness as_utf8(std::string_view text) {
  Likeness found;
  while (!text.empty()) {
    const CodePoint c = decode_utf8(text);
    const bool bad = c.value == 0xfffd && c.bytes == 1;
    if (bad && text.size() < 4) break;  // the sample ends inside a character
    found.good += c.bytes > 1;
    found.bad += bad;
    text.remove_prefix(c.bytes);
  }
  return found;
}

/// Bytes of the GB18030 character at the start of `text`; 0 if there is none.
std::size_t gb18030_length(std::string_view text) {
  const unsigned char lead = byte_at(text, 0);
  if (lead < 0x80) return 1;
  if (lead == 0x80 || lead == 0xff || text.size() < 2) return 0;
  const unsigned char second = byte_at(text, 1);
  if (second >= 0x40 && second != 0x7f && second != 0xff) return 2;
  const bool four = second >= 0x30 && second <= 0x39 && text.size() >= 4 &&
                    byte_at(text, 2) >= 0x81 && byte_at(text, 2) != 0xff &&
                    byte_at(text, 3) >= 0x30 && byte_at(text, 3) <= 0x39;
  return four ? 4 : 0;
}

Likeness as_gb18030(std::string_view text) {
  Likeness found;
  while (!text.empty()) {
    const std::size_t length = gb18030_length(text);
    if (length == 0 && text.size() < 4) break;
    found.good += length > 1;
    found.bad += length == 0;
    text.remove_prefix(std::max<std::size_t>(length, 1));
  }
  return found;
}

std::size_t first_high_byte(std::string_view text) {
  std::size_t i = 0;
  for (; i + 8 <= text.size(); i += 8) {
    std::uint64_t word;
    std::memcpy(&word, text.data() + i, 8);
    if (word & 0x8080808080808080ULL) break;
  }
  while (i < text.size() && byte_at(text, i) < 0x80) ++i;
  return i;
}

const char* iconv_name(Encoding encoding) {
  switch (encoding) {
    case Encoding::kGb18030:
      return "GB18030";
    case Encoding::kUtf16Le:
      return "UTF-16LE";
    case Encoding::kUtf16Be:
      return "UTF-16BE";
    default:
      return nullptr;
  }
}

std::string without_nul(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c == '\0') {
      out += kReplacement;
    } else {
      out.push_back(c);
    }
  }
  return out;
}

bool has_nul(std::string_view text) {
  return !text.empty() && std::memchr(text.data(), 0, text.size()) != nullptr;
}

}  // namespace

std::string_view encoding_name(Encoding encoding) {
  constexpr std::string_view kNames[] = {"UTF-8", "UTF-8 with BOM", "GB18030", "UTF-16LE",
                                         "UTF-16BE"};
  return kNames[static_cast<std::size_t>(encoding)];
}

std::optional<Encoding> encoding_from(std::string_view name) {
  std::string key;
  for (const char c : name) {
    if (c != '-' && c != '_' && c != ' ') key.push_back(char(c >= 'A' && c <= 'Z' ? c + 32 : c));
  }
  if (key == "utf8") return Encoding::kUtf8;
  if (key == "utf8bom" || key == "utf8sig") return Encoding::kUtf8Bom;
  if (key == "gb18030" || key == "gbk" || key == "gb2312" || key == "cp936") {
    return Encoding::kGb18030;
  }
  if (key == "utf16" || key == "utf16le") return Encoding::kUtf16Le;
  if (key == "utf16be") return Encoding::kUtf16Be;
  return {};
}

Encoding detect_encoding(std::string_view bytes) {
  if (bytes.starts_with("\xef\xbb\xbf")) return Encoding::kUtf8Bom;
  if (bytes.starts_with("\xff\xfe")) return Encoding::kUtf16Le;
  if (bytes.starts_with("\xfe\xff")) return Encoding::kUtf16Be;
  const std::string_view sample = bytes.substr(first_high_byte(bytes)).substr(0, 1U << 20);
  if (simdjson::validate_utf8(sample.data(), sample.size())) return Encoding::kUtf8;
  const Likeness utf8 = as_utf8(sample), gb18030 = as_gb18030(sample);
  // Two bytes of GB18030 rarely look like UTF-8, but three of UTF-8 often look like GB18030.
  if (utf8.bad * 20 <= utf8.good) return Encoding::kUtf8;
  return gb18030.bad * 20 <= gb18030.good ? Encoding::kGb18030 : Encoding::kUtf8;
}

bool has_high_byte(std::string_view text) { return first_high_byte(text) < text.size(); }

class Decoder::Converter {
 public:
  explicit Converter(const char* from) : x_handle(::iconv_open("UTF-8", from)) {
    XINJING_CHECK(reinterpret_cast<std::intptr_t>(x_handle) != -1);
  }
  Converter(const Converter&) = delete;
  Converter& operator=(const Converter&) = delete;
  ~Converter() { ::iconv_close(x_handle); }

  std::string converted(std::string_view text, bool& good) {
    std::string out;
    char* in = const_cast<char*>(text.data());  // iconv's signature; it does not write
    std::size_t left = text.size();
    while (left > 0) {
      char room[4096];
      char* to = room;
      std::size_t free = sizeof room;
      const std::size_t done = ::iconv(x_handle, &in, &left, &to, &free);
      out.append(room, sizeof room - free);
      if (done != std::size_t(-1) || errno == E2BIG) continue;
      good = false;
      out += kReplacement;
      ++in, --left;
    }
    ::iconv(x_handle, nullptr, nullptr, nullptr, nullptr);
    return out;
  }

 private:
  iconv_t x_handle;
};

Decoder::Decoder(Encoding encoding) : x_encoding(encoding) {
  if (const char* name = iconv_name(encoding)) x_converter = std::make_unique<Converter>(name);
}
Decoder::Decoder(Decoder&&) noexcept = default;
Decoder& Decoder::operator=(Decoder&&) noexcept = default;
Decoder::~Decoder() = default;

bool Decoder::is_clean(std::string_view text) const {
  if (has_nul(text)) return false;
  if (x_converter) return !has_high_byte(text);
  return simdjson::validate_utf8(text.data(), text.size());
}

std::string Decoder::converted(std::string_view text, bool& good) {
  std::string out;
  if (x_converter) {
    out = x_converter->converted(text, good);
  } else if (simdjson::validate_utf8(text.data(), text.size())) {
    out = text;
  } else {
    good = false;
    out = repaired_utf8(text);
  }
  if (!has_nul(out)) return out;
  good = false;
  return without_nul(out);
}

std::string_view Decoder::clean(std::string_view text, Batch& batch) {
  if (is_clean(text)) return text;
  bool good = true;
  const std::string made = converted(text, good);
  batch.repaired += !good;
  return batch.arena().keep(made);
}

}  // namespace xinjing::sources
