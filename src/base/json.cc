#include "base/json.h"

#include "base/format.h"

namespace xinjing {

JsonValue JsonValue::operator[](std::string_view name) const {
  simdjson::dom::element found;
  if (!is_object() || x_element.at_key(name).get(found) != simdjson::SUCCESS) return {};
  return JsonValue(found);
}

std::optional<std::string_view> JsonValue::string() const {
  std::string_view value;
  if (!x_present || x_element.get(value) != simdjson::SUCCESS) return {};
  return value;
}

std::optional<double> JsonValue::number() const {
  double value = 0;
  if (!x_present || x_element.get(value) != simdjson::SUCCESS) return {};
  return value;
}

std::optional<std::int64_t> JsonValue::integer() const {
  std::int64_t value = 0;
  if (!x_present || x_element.get(value) != simdjson::SUCCESS) return {};
  return value;
}

std::optional<bool> JsonValue::boolean() const {
  bool value = false;
  if (!x_present || x_element.get(value) != simdjson::SUCCESS) return {};
  return value;
}

std::optional<std::string> JsonValue::scalar() const {
  if (const auto text = string()) return std::string(*text);
  if (const auto whole = integer()) return std::to_string(*whole);
  if (const auto truth = boolean()) return *truth ? "true" : "false";
  if (const auto real = number()) return fmt::format("{}", *real);
  return {};
}

Result<JsonValue> JsonParser::parse(std::string_view text) {
  simdjson::dom::element root;
  const auto error = x_parser.parse(text.data(), text.size()).get(root);
  if (error == simdjson::SUCCESS) return JsonValue(root);
  return fail(ErrorCode::kBadInput,
              {fmt::format("not valid JSON ({})", simdjson::error_message(error)),
               fmt::format("不是有效的 JSON（{}）", simdjson::error_message(error))});
}

}  // namespace xinjing
