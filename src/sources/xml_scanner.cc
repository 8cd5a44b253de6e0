#include "sources/xml_scanner.h"

#include <algorithm>
#include <charconv>

#include "base/utf8.h"

namespace xinjing::sources {
namespace {

constexpr std::string_view kSpaces = " \t\r\n";

std::string_view local_name(std::string_view name) {
  const std::size_t colon = name.find(':');
  return colon == std::string_view::npos ? name : name.substr(colon + 1);
}

struct Entity {
  std::string_view name, text;
};
constexpr Entity kEntities[] = {
    {"lt", "<"}, {"gt", ">"}, {"amp", "&"}, {"quot", "\""}, {"apos", "'"}};

bool append_entity(std::string& out, std::string_view name) {
  for (const Entity& entity : kEntities) {
    if (entity.name == name) return out += entity.text, true;
  }
  if (!name.starts_with('#')) return false;
  name.remove_prefix(1);
  const int base = name.starts_with('x') || name.starts_with('X') ? 16 : 10;
  if (base == 16) name.remove_prefix(1);
  std::uint32_t code = 0;
  const auto [end, error] = std::from_chars(name.data(), name.data() + name.size(), code, base);
  if (error != std::errc() || end != name.data() + name.size()) return false;
  const bool valid = code > 0 && code <= 0x10ffff && !(code >= 0xd800 && code <= 0xdfff);
  append_utf8(out, valid ? char32_t(code) : U'\ufffd');
  return true;
}

}  // namespace

void append_unescaped(std::string& out, std::string_view raw) {
  while (true) {
    const std::size_t at = raw.find('&');
    out += raw.substr(0, at);
    if (at == std::string_view::npos) return;
    raw.remove_prefix(at);
    const std::size_t end = raw.substr(0, 12).find(';');
    if (end != std::string_view::npos && append_entity(out, raw.substr(1, end - 1))) {
      raw.remove_prefix(end + 1);
    } else {
      out.push_back('&');
      raw.remove_prefix(1);
    }
  }
}

Failure XmlScanner::broken() const {
  return fail(ErrorCode::kBadInput, {"the workbook holds broken XML", "工作簿中的 XML 有误"},
              x_place);
}

std::string_view XmlScanner::attribute(std::string_view name) const {
  for (const auto& [key, value] : x_attributes) {
    if (key == name) return value;
  }
  return {};
}

/// Makes x_buffer[x_at, x_at + bytes) readable; false if the text ends before.
Result<bool> XmlScanner::has(std::size_t bytes) {
  while (x_buffer.size() - x_at < bytes && !x_finished) {
    Result<std::string_view> more = x_refill();
    if (!more) return more.failure();
    x_finished = more->empty();
    x_buffer.erase(0, x_at);
    x_at = 0;
    x_buffer += *more;
  }
  return x_buffer.size() - x_at >= bytes;
}

Result<XmlScanner::Token> XmlScanner::next() {
  if (std::exchange(x_close_next, false)) return Token::kClose;
  const Result<bool> more = has(1);
  if (!more) return more.failure();
  if (!*more) return Token::kEnd;
  return x_buffer[x_at] == '<' ? scan_tag() : scan_text();
}

Result<XmlScanner::Token> XmlScanner::scan_text() {
  constexpr std::size_t kMaxRaw = 8 * kMaxText;  // an entity is at most eight times its text
  std::string raw;
  while (true) {
    const Result<bool> more = has(1);
    if (!more) return more.failure();
    const std::string_view rest = std::string_view(x_buffer).substr(x_at);
    const std::string_view piece = rest.substr(0, rest.find('<'));
    if (raw.size() < kMaxRaw) raw += piece;
    x_at += piece.size();
    if (!*more || piece.size() < rest.size()) break;
  }
  x_text.clear();
  append_unescaped(x_text, raw);
  if (x_text.size() > kMaxText) x_text.resize(kMaxText);
  return Token::kText;
}

Result<XmlScanner::Token> XmlScanner::scan_tag() {
  const Result<bool> two = has(2);
  if (!two) return two.failure();
  if (!*two) return broken();
  const char second = x_buffer[x_at + 1];
  if (second == '!' || second == '?') return scan_marked();
  std::string tag;
  if (Status status = skip_past(">", &tag); !status) return status.failure();
  std::string_view inside = std::string_view(tag).substr(1);
  if (inside.starts_with('/')) {
    inside.remove_prefix(1);
    x_name = local_name(inside.substr(0, inside.find_first_of(kSpaces)));
    return Token::kClose;
  }
  if (inside.ends_with('/')) {
    inside.remove_suffix(1);
    x_close_next = true;
  }
  x_name = local_name(inside.substr(0, inside.find_first_of(kSpaces)));
  read_attributes(inside.substr(std::min(inside.find_first_of(kSpaces), inside.size())));
  return Token::kOpen;
}

/// Comments and processing instructions are skipped, CDATA is text, a DOCTYPE is refused.
Result<XmlScanner::Token> XmlScanner::scan_marked() {
  constexpr std::string_view kCdata = "<![CDATA[";
  const Result<bool> nine = has(kCdata.size());
  if (!nine) return nine.failure();
  const std::string_view rest = std::string_view(x_buffer).substr(x_at);
  Status status;
  if (rest.starts_with("<?")) {
    status = skip_past("?>", nullptr);
  } else if (rest.starts_with("<!--")) {
    x_at += 4;
    status = skip_past("-->", nullptr);
  } else if (rest.starts_with(kCdata)) {
    x_at += kCdata.size();
    x_text.clear();
    status = skip_past("]]>", &x_text);
    if (status) return Token::kText;
  } else {
    return broken();
  }
  if (!status) return status.failure();
  return next();
}

/// Moves behind `end`; what stood before it goes to `kept`, at most a tag's or a text's length.
Status XmlScanner::skip_past(std::string_view end, std::string* kept) {
  const std::size_t limit = kept == &x_text ? kMaxText : kMaxTag;
  while (true) {
    const std::size_t found = x_buffer.find(end, x_at);
    const bool done = found != std::string::npos;
    // What could be the beginning of `end` stays in the buffer.
    const std::size_t keep = done ? 0 : std::min(end.size() - 1, x_buffer.size() - x_at);
    const std::size_t stop = done ? found : x_buffer.size() - keep;
    if (kept != nullptr) {
      kept->append(x_buffer, x_at, stop - x_at);
      if (kept->size() > limit && kept != &x_text) return broken();
      if (kept->size() > limit) kept->resize(limit);
    }
    x_at = done ? stop + end.size() : stop;
    if (done) return {};
    const Result<bool> more = has(keep + 1);
    if (!more) return more.failure();
    if (!*more) return broken();
  }
}

void XmlScanner::read_attributes(std::string_view tag) {
  x_attributes.clear();
  while (true) {
    tag.remove_prefix(std::min(tag.find_first_not_of(kSpaces), tag.size()));
    const std::size_t equals = tag.find('=');
    if (equals == std::string_view::npos) return;
    std::string_view key = tag.substr(0, equals);
    key = key.substr(0, key.find_first_of(kSpaces));
    tag.remove_prefix(equals + 1);
    tag.remove_prefix(std::min(tag.find_first_not_of(kSpaces), tag.size()));
    if (tag.empty() || (tag[0] != '"' && tag[0] != '\'')) return;
    const std::size_t end = tag.find(tag[0], 1);
    if (end == std::string_view::npos) return;
    std::string value;
    append_unescaped(value, tag.substr(1, end - 1));
    x_attributes.emplace_back(local_name(key), std::move(value));
    tag.remove_prefix(end + 1);
  }
}

}  // namespace xinjing::sources
