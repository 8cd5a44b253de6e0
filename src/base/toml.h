#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace xinjing {

/// A TOML table that was read, with places for error messages. Copies share the document
/// (immutable, so any thread may read it).
class TomlTable {
 public:
  /// `name` is the file's name, for places only.
  static Result<TomlTable> parse(std::string_view text, std::string name);

  std::optional<std::string> string(std::string_view key) const;
  std::optional<double> number(std::string_view key) const;
  std::optional<std::int64_t> integer(std::string_view key) const;
  std::optional<bool> boolean(std::string_view key) const;
  /// The strings of an array; empty when missing.
  std::vector<std::string> strings(std::string_view key) const;
  std::optional<TomlTable> table(std::string_view key) const;
  /// The tables of an array of tables; empty when missing.
  std::vector<TomlTable> tables(std::string_view key) const;
  std::vector<std::string> keys() const;
  /// Elements of an array, whatever they are; nothing when it is missing or no array.
  std::optional<std::size_t> array_size(std::string_view key) const;

  /// "file:line:column" of a key, or of the table when the key is missing.
  std::string place(std::string_view key = {}) const;

 private:
  struct Document;
  TomlTable(std::shared_ptr<const Document> document, const void* node);

  std::shared_ptr<const Document> x_document;  // shared by all tables of one file
  const void* x_node;                          // a toml::table inside the document
};

}  // namespace xinjing
