#include "base/toml.h"

#include <toml++/toml.h>

#include "base/format.h"

namespace xinjing {

struct TomlTable::Document {
  std::string name;
  toml::table root;
};

namespace {

const toml::table& as_table(const void* node) { return *static_cast<const toml::table*>(node); }

std::string place_in(const std::string& name, const toml::source_region& at) {
  return fmt::format("{}:{}:{}", name, at.begin.line, at.begin.column);
}

}  // namespace

TomlTable::TomlTable(std::shared_ptr<const Document> document, const void* node)
    : x_document(std::move(document)), x_node(node) {}

Result<TomlTable> TomlTable::parse(std::string_view text, std::string name) {
  auto document = std::make_shared<Document>();
  try {
    document->root = toml::parse(text, name);
  } catch (const toml::parse_error& error) {
    const std::string what(error.description());
    return fail(ErrorCode::kBadInput,
                {fmt::format("not valid TOML: {}", what), fmt::format("不是有效的 TOML：{}", what)},
                place_in(name, error.source()));
  }
  document->name = std::move(name);
  const void* root = &document->root;
  return TomlTable(std::move(document), root);
}

std::optional<std::string> TomlTable::string(std::string_view key) const {
  return as_table(x_node)[key].value_exact<std::string>();
}

std::optional<double> TomlTable::number(std::string_view key) const {
  return as_table(x_node)[key].value<double>();
}

std::optional<std::int64_t> TomlTable::integer(std::string_view key) const {
  return as_table(x_node)[key].value_exact<std::int64_t>();
}

std::optional<bool> TomlTable::boolean(std::string_view key) const {
  return as_table(x_node)[key].value_exact<bool>();
}

std::vector<std::string> TomlTable::strings(std::string_view key) const {
  std::vector<std::string> out;
  if (const toml::array* array = as_table(x_node)[key].as_array()) {
    for (const toml::node& node : *array) {
      if (const auto text = node.value_exact<std::string>()) out.push_back(*text);
    }
  }
  return out;
}

std::optional<TomlTable> TomlTable::table(std::string_view key) const {
  const toml::table* found = as_table(x_node)[key].as_table();
  if (found == nullptr) return {};
  return TomlTable(x_document, found);
}

std::vector<TomlTable> TomlTable::tables(std::string_view key) const {
  std::vector<TomlTable> out;
  if (const toml::array* array = as_table(x_node)[key].as_array()) {
    for (const toml::node& node : *array) {
      if (const toml::table* table = node.as_table()) out.push_back(TomlTable(x_document, table));
    }
  }
  return out;
}

std::vector<std::string> TomlTable::keys() const {
  std::vector<std::string> out;
  for (const auto& [key, value] : as_table(x_node)) out.emplace_back(key.str());
  return out;
}

std::optional<std::size_t> TomlTable::array_size(std::string_view key) const {
  const toml::array* array = as_table(x_node)[key].as_array();
  if (array == nullptr) return {};
  return array->size();
}

std::string TomlTable::place(std::string_view key) const {
  const toml::node* node = key.empty() ? nullptr : as_table(x_node).get(key);
  return place_in(x_document->name, node ? node->source() : as_table(x_node).source());
}

}  // namespace xinjing
