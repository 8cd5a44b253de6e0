#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace xinjing {

/// Writes JSON into a string, without building a tree. Commas and colons come by themselves.
/// Numbers are written with at most `decimals` digits after the point, trailing zeros dropped;
/// NaN and infinities become null. Strings must be UTF-8; control characters are escaped.
/// Not for several threads at once. Cost: one pass, no allocation but the output's growth.
class JsonWriter {
 public:
  explicit JsonWriter(std::string& out) : x_out(out) {}

  JsonWriter& begin_object() { return open('{'); }
  JsonWriter& end_object() { return close('}'); }
  JsonWriter& begin_array() { return open('['); }
  JsonWriter& end_array() { return close(']'); }

  /// REQUIRES: inside an object, before its value.
  JsonWriter& key(std::string_view name);

  /// A piece of JSON made elsewhere that ends where a value follows: `"p":`, `{"id":7,"text":`.
  JsonWriter& piece(std::string_view json) {
    separate();
    x_out.append(json);
    x_comma = false;
    return *this;
  }
  /// The output, to which the caller appends one whole value.
  std::string& value() {
    separate();
    return x_out;
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
    if (x_comma) x_out.push_back(',');
    x_comma = true;
  }

  std::string& x_out;
  bool x_comma = false;
};

/// `text` as the inside of a JSON string, without the quotes.
void append_json_escaped(std::string& out, std::string_view text);

}  // namespace xinjing
