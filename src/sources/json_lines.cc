#include "sources/json_lines.h"

#include <algorithm>

namespace xinjing::sources {
namespace {

constexpr Phrase kLongLine{"the line is longer than 16 MiB", "该行超过 16 MiB"};
constexpr Phrase kNoJson{"the line is not valid JSON", "该行不是有效的 JSON"};
constexpr Phrase kNoObject{"the line is not a JSON object", "该行不是 JSON 对象"};
constexpr Phrase kLongCell{"a cell is longer than 1 MiB", "单元格超过 1 MiB"};

constexpr int kMaxDepth = 8;

bool is_blank(std::string_view line) {
  return line.find_first_not_of(" \t\r") == std::string_view::npos;
}

std::string joined(const JsonValue& array) {
  std::string out;
  array.each([&out](const JsonValue& element) {
    const std::optional<std::string> text = element.scalar();
    if (!text) return;
    if (!out.empty()) out += ", ";
    out += *text;
  });
  return out;
}

}  // namespace

JsonLinesSource::JsonLinesSource(TextContent text)
    : x_text(std::move(text)), x_decoder(x_text.cell_encoding()) {
  x_facts.format = "jsonl";
  x_facts.encoding = x_text.encoding();
}

Result<std::unique_ptr<Source>> JsonLinesSource::open(Content content, const OpenOptions& options) {
  Result<TextContent> text = TextContent::open(std::move(content), options.encoding);
  if (!text) return text.failure();
  std::unique_ptr<JsonLinesSource> source(new JsonLinesSource(std::move(*text)));
  const std::string_view bytes = source->x_text.bytes();
  const std::size_t first = bytes.find_first_not_of(" \t\r\n");
  if (first != std::string_view::npos && bytes[first] == '[') {
    return fail(ErrorCode::kBadInput,
                {"the file is one JSON array; write one object per line",
                 "文件是一个 JSON 数组；请改为每行一个对象"},
                source->x_text.name());
  }
  if (Status status = source->learn_header(); !status) return status.failure();
  if (!options.after || options.after->offset == 0)
    return std::unique_ptr<Source>(std::move(source));
  if (const auto at = source->x_text.resumed_at(*options.after)) {
    source->x_facts.resumed = true;
    source->x_at = source->x_complete = *at;
    source->x_line = source->x_complete_line = options.after->line;
  } else {
    source->x_facts.rewritten = true;
  }
  return std::unique_ptr<Source>(std::move(source));
}

Status JsonLinesSource::learn_header() {
  Batch batch;
  if (Status status = fill(batch, 1000); !status) return status;
  x_at = x_complete = 0;
  x_line = x_complete_line = 0;
  return {};
}

std::string_view JsonLinesSource::take_line() {
  const std::string_view rest = x_text.bytes().substr(x_at);
  const std::size_t end = rest.find('\n');
  ++x_line;
  x_at += end == std::string_view::npos ? rest.size() : end + 1;
  if (end != std::string_view::npos) x_complete = x_at, x_complete_line = x_line;
  return rest.substr(0, end);
}

Status JsonLinesSource::next(Batch& batch, std::size_t limit) {
  batch.clear();
  const std::size_t begin = x_at;
  Status status = fill(batch, limit);
  batch.end = x_text.position(x_complete, x_complete_line);
  x_text.forget_before(begin);
  return status;
}

Status JsonLinesSource::fill(Batch& batch, std::size_t limit) {
  constexpr std::size_t kMaxBatchBytes = 8U << 20;
  const std::size_t begin = x_at, size = x_text.bytes().size();
  while (batch.records.size() + batch.problems.size() < limit && x_at < size &&
         (batch.empty() || x_at - begin < kMaxBatchBytes)) {  // an empty batch would be the end
    const std::string_view line = take_line();
    if (!is_blank(line)) read_line(line, batch);
    if (x_header.size() > kMaxColumns) {
      return fail(ErrorCode::kBadInput, {"the file has more than 4096 columns", "文件超过 4096 列"},
                  x_text.name());
    }
  }
  return {};
}

void JsonLinesSource::refuse(std::int64_t line, std::int64_t column, Said reason, Batch& batch) {
  batch.problems.push_back({line, column, std::move(reason)});
}

void JsonLinesSource::read_line(std::string_view line, Batch& batch) {
  if (line.size() > kMaxLineBytes) return refuse(x_line, 0, kLongLine.said(), batch);
  std::string repaired;
  if (!x_decoder.is_clean(line)) {
    bool good = true;
    repaired = x_decoder.converted(line, good);
    batch.repaired += !good;
    line = repaired;
  }
  const Result<JsonValue> value = x_parser.parse(line);
  if (!value) return refuse(x_line, 0, kNoJson.said(), batch);
  if (!value->is_object()) return refuse(x_line, 0, kNoObject.said(), batch);
  x_row.assign(x_header.size(), {});
  x_long_cell = false;
  put_members(*value, {}, 0);
  if (x_long_cell) return refuse(x_line, 0, kLongCell.said(), batch);
  batch.begin_record(x_line);
  for (const std::string& cell : x_row) {
    batch.add_cell(
        cell.empty() ? std::string_view() : x_decoder.clean(batch.arena().keep(cell), batch), 0);
  }
}

void JsonLinesSource::put_members(const JsonValue& object, const std::string& prefix, int depth) {
  object.each_member([&](std::string_view key, const JsonValue& value) {
    const std::string name = prefix + std::string(key);
    if (value.is_object() && depth < kMaxDepth) return put_members(value, name + ".", depth + 1);
    put(name, value);
  });
}

void JsonLinesSource::put(const std::string& name, const JsonValue& value) {
  if (x_header.size() > kMaxColumns) return;
  const std::size_t column = column_of(name);
  std::string text = value.is_array() ? joined(value) : value.scalar().value_or("");
  x_long_cell |= text.size() > kMaxCellBytes;
  x_row[column] = std::move(text);
}

std::size_t JsonLinesSource::column_of(const std::string& name) {
  const auto [at, fresh] = x_columns.try_emplace(name, x_header.size());
  if (fresh) {
    x_header.push_back(name);
    x_row.emplace_back();
  }
  return at->second;
}

}  // namespace xinjing::sources
