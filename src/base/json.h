#pragma once

#include <simdjson.h>

#include <optional>
#include <string>
#include <string_view>

#include "base/result.h"

namespace xinjing {

/// A value inside a parsed document; valid until the parser parses again. The getters answer
/// nothing when the type is another one or the key is missing.
class JsonValue {
 public:
  JsonValue() = default;
  explicit JsonValue(simdjson::dom::element element) : x_element(element), x_present(true) {}

  bool present() const { return x_present && !x_element.is_null(); }
  bool is_object() const { return x_present && x_element.is_object(); }
  bool is_array() const { return x_present && x_element.is_array(); }

  /// The member `name`, or an absent value.
  JsonValue operator[](std::string_view name) const;

  std::optional<std::string_view> string() const;
  std::optional<double> number() const;
  std::optional<std::int64_t> integer() const;
  std::optional<bool> boolean() const;
  /// Any scalar as text: "3", "true", "0.5"; what a table cell would hold.
  std::optional<std::string> scalar() const;

  /// `visit(JsonValue)` for each element of an array; nothing for other types.
  template <typename Visit>
  void each(Visit visit) const {
    simdjson::dom::array array;
    if (!x_present || x_element.get(array) != simdjson::SUCCESS) return;
    for (const simdjson::dom::element element : array) visit(JsonValue(element));
  }
  /// `visit(std::string_view key, JsonValue)` for each member, in the order of the text.
  template <typename Visit>
  void each_member(Visit visit) const {
    simdjson::dom::object object;
    if (!x_present || x_element.get(object) != simdjson::SUCCESS) return;
    for (const auto& [key, value] : object) visit(std::string_view(key), JsonValue(value));
  }

 private:
  simdjson::dom::element x_element;
  bool x_present = false;
};

/// Parses JSON texts one after another, reusing its memory. One per thread. Depth at most 1024.
/// Cost: about 1 GB/s. Bad UTF-8 and bad numbers are errors (kBadInput, without a place).
class JsonParser {
 public:
  Result<JsonValue> parse(std::string_view text);

 private:
  simdjson::dom::parser x_parser;
};

}  // namespace xinjing
