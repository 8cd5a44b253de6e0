#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/hash.h"
#include "base/json.h"
#include "sources/source.h"
#include "sources/text_content.h"

namespace xinjing::sources {

/// One JSON object a line. Members are columns by name, in any order; members of an object inside
/// are "outer.inner"; an array of scalars is one cell, its elements joined by ", ". The header is
/// what the first 1,000 lines name, and grows with what later lines add. Cost: one parse (about
/// 1 GB/s) and one copy of each value.
class JsonLinesSource final : public Source {
 public:
  static Result<std::unique_ptr<Source>> open(Content content, const OpenOptions& options);

  const SourceFacts& facts() const override { return x_facts; }
  std::span<const std::string> header() const override { return x_header; }
  std::uint64_t size() const override { return x_text.file_size(); }
  Status next(Batch& batch, std::size_t limit) override;

 private:
  explicit JsonLinesSource(TextContent text);

  /// Splits off the line at x_at; what it is without its line end.
  std::string_view take_line();
  Status fill(Batch& batch, std::size_t limit);
  void read_line(std::string_view line, Batch& batch);
  void refuse(std::int64_t line, std::int64_t column, Said reason, Batch& batch);
  void put_members(const JsonValue& object, const std::string& prefix, int depth);
  void put(const std::string& name, const JsonValue& value);
  std::size_t column_of(const std::string& name);
  Status learn_header();

  TextContent x_text;
  Decoder x_decoder;
  JsonParser x_parser;
  SourceFacts x_facts;
  std::vector<std::string> x_header;
  std::unordered_map<std::string, std::size_t, StringHash, std::equal_to<>> x_columns;
  std::vector<std::string> x_row;  // the values of the line being read, parallel to x_header
  bool x_long_cell = false;
  std::size_t x_at = 0;
  std::size_t x_complete = 0;
  std::int64_t x_line = 0;  // lines before x_at
  std::int64_t x_complete_line = 0;
};

}  // namespace xinjing::sources
