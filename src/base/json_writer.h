#pragma once

#include <array>
#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>

namespace xinjing {

/// Writes JSON into a string, without building a tree. Commas and colons come by themselves.
/// Numbers are written with at most `decimals` digits after the point, trailing zeros dropped;
/// NaN and infinities become null. Strings must be UTF-8; control characters are escaped.
/// The string is complete when the outermost value is, or the writer is gone.
/// Not for several threads at once. Cost: one pass, no allocation but the output's growth; short
/// pieces are gathered before they go into the string.
class JsonWriter {
 public:
  explicit JsonWriter(std::string& out) : x_out(out) {}
  JsonWriter(const JsonWriter&) = delete;
  JsonWriter& operator=(const JsonWriter&) = delete;
  ~JsonWriter() { flush(); }

  JsonWriter& begin_object() { return open('{'); }
  JsonWriter& end_object() { return close('}'); }
  JsonWriter& begin_array() { return open('['); }
  JsonWriter& end_array() { return close(']'); }

  /// REQUIRES: inside an object, before its value.
  JsonWriter& key(std::string_view name);

  /// A piece of JSON made elsewhere that ends where a value follows: `"p":`, `{"id":7,"text":`. One
  /// that begins with `{` opens an object.
  JsonWriter& piece(std::string_view json) {
    separate();
    if (!json.empty() && json.front() == '{') ++x_depth;
    put(json);
    x_comma = false;
    return *this;
  }

  static constexpr std::size_t kRoom = 2048;
  /// A place for one value that the caller writes; `placed` tells where it ended.
  /// REQUIRES: it takes at most kRoom bytes.
  char* place(std::size_t most) {
    separate();
    return room(most);
  }
  JsonWriter& placed(const char* end) {
    x_used = static_cast<std::size_t>(end - x_gathered.data());
    return done();
  }

  JsonWriter& string(std::string_view value);
  JsonWriter& integer(std::int64_t value);
  JsonWriter& number(double value, int decimals = 4);
  JsonWriter& boolean(bool value);
  JsonWriter& null();

  /// `key` and a value in one call.
  JsonWriter& field(std::string_view name, std::string_view value) {
    return key(name).string(value);
  }
  JsonWriter& field(std::string_view name, const char* value) { return key(name).string(value); }
  JsonWriter& field(std::string_view name, std::int64_t value) { return key(name).integer(value); }
  JsonWriter& field(std::string_view name, int value) { return key(name).integer(value); }
  JsonWriter& field(std::string_view name, bool value) { return key(name).boolean(value); }
  JsonWriter& field(std::string_view name, double value, int decimals = 4) {
    return key(name).number(value, decimals);
  }

 private:
  JsonWriter& open(char bracket);
  JsonWriter& close(char bracket);
  void separate() {
    if (x_comma) put(',');
    x_comma = true;
  }
  /// After a value.
  JsonWriter& done() {
    if (x_depth <= 0) flush();
    return *this;
  }

  char* room(std::size_t most) {
    if (x_gathered.size() - x_used < most) flush();
    return x_gathered.data() + x_used;
  }
  void put(char c) {
    *room(1) = c;
    ++x_used;
  }
  void put(std::string_view text) {
    const std::size_t size = text.size();
    if (size > kRoom) return put_long(text);
    char* const to = room(size);
    const char* const from = text.data();
    constexpr std::size_t kEight = 8;
    if (size >= kEight && size <= 2 * kEight) {  // most are: two copies that may overlap
      std::uint64_t begin = 0;
      std::uint64_t end = 0;
      std::memcpy(&begin, from, kEight);
      std::memcpy(&end, from + size - kEight, kEight);
      std::memcpy(to, &begin, kEight);
      std::memcpy(to + size - kEight, &end, kEight);
    } else {
      std::memcpy(to, from, size);
    }
    x_used += size;
  }
  void put_long(std::string_view text);
  void put_escaped(std::string_view text);
  void flush() {
    x_out.append(x_gathered.data(), x_used);
    x_used = 0;
  }

  std::string& x_out;
  std::size_t x_used = 0;
  int x_depth = 0;
  bool x_comma = false;
  std::array<char, 2 * kRoom> x_gathered;
};

/// `text` as the inside of a JSON string, without the quotes.
void append_json_escaped(std::string& out, std::string_view text);

}  // namespace xinjing
