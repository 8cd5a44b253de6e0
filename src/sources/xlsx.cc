#include "sources/xlsx.h"

#include <algorithm>
#include <charconv>

#include "base/format.h"

namespace xinjing::sources {
namespace {

using Token = XmlScanner::Token;

constexpr Phrase kLongCell{"a cell is longer than 1 MiB", "单元格超过 1 MiB"};

/// 27 of "AB12"; nothing if it does not begin with letters, more than any sheet has if it is long.
std::optional<std::size_t> column_of(std::string_view reference) {
  std::size_t column = 0, letters = 0;
  for (; letters < reference.size() && reference[letters] >= 'A' && reference[letters] <= 'Z';
       ++letters) {
    if (letters < 6) column = column * 26 + std::size_t(reference[letters] - 'A' + 1);
  }
  if (letters == 0) return {};
  return column - 1;
}

template <typename Number>
Number number_of(std::string_view text, Number otherwise) {
  Number value = otherwise;
  std::from_chars(text.data(), text.data() + text.size(), value);
  return value;
}

/// Spreadsheets write a carriage return inside a cell like this.
void drop_escaped_returns(std::string& text) {
  constexpr std::string_view kEscaped = "_x000D_";
  for (std::size_t at = text.find(kEscaped); at != std::string::npos;
       at = text.find(kEscaped, at)) {
    text.erase(at, kEscaped.size());
  }
}

}  // namespace

std::size_t XlsxSource::SheetRow::filled() const {
  return std::size_t(
      std::count_if(cells.begin(), cells.end(), [](const std::string& c) { return !c.empty(); }));
}

Result<std::unique_ptr<Source>> XlsxSource::open(Content content, const OpenOptions& options) {
  std::unique_ptr<XlsxSource> source(new XlsxSource(std::move(content)));
  if (Status status = source->start(options); !status) return status.failure();
  return std::unique_ptr<Source>(std::move(source));
}

Status XlsxSource::start(const OpenOptions& options) {
  x_facts.format = "xlsx";
  x_facts.whole = true;
  Result<Zip> zip = Zip::open(x_content.bytes(), x_content.name(), options.unpack);
  if (!zip) return zip.failure();
  if (!zip->has("xl/workbook.xml")) {
    return fail(ErrorCode::kBadInput,
                {"this is a ZIP archive without an Excel workbook in it: unpack it first",
                 "这是 ZIP 压缩包，其中没有 Excel 工作簿，请先解压"},
                x_content.name());
  }
  x_zip = std::move(*zip);
  Result<Workbook> book = Workbook::read(*x_zip, options.sheet, x_content.name());
  if (!book) return book.failure();
  x_book = std::move(*book);
  x_facts.sheet = x_book.sheet;
  Result<ZipEntry> sheet = x_zip->entry(x_book.sheet_part);
  if (!sheet) return sheet.failure();
  x_xml.emplace([stream = *sheet]() mutable { return stream.next(); },
                x_content.name() + ":" + x_book.sheet_part);
  if (Status status = read_header(options.header); !status) return status;
  if (!options.after || options.after->offset == 0) return {};
  const Position now = whole();
  x_facts.resumed = options.after->offset == now.offset && options.after->digest == now.digest;
  x_facts.rewritten = !x_facts.resumed;
  x_done = x_facts.resumed;
  return {};
}

Status XlsxSource::read_header(const std::vector<std::string>& given) {
  constexpr std::size_t kMostTitles = 10;
  while (x_pending.size() < kMostTitles) {
    Result<std::optional<SheetRow>> row = next_row();
    if (!row) return row.failure();
    if (!*row) break;
    x_pending.push_back(std::move(**row));
    if (x_pending.back().filled() >= 2) {
      x_pending.erase(x_pending.begin(), x_pending.end() - 1);
      break;
    }
  }
  if (!given.empty()) {
    x_header = given;
    return {};
  }
  if (x_pending.empty()) return {};
  x_facts.header_line = x_pending.front().number;
  for (const std::string& cell : x_pending.front().cells) {
    bool good = true;
    x_header.push_back(x_decoder.converted(cell, good));
  }
  x_pending.pop_front();
  return {};
}

Position XlsxSource::whole() const {
  const std::string_view bytes = x_content.bytes();
  return {bytes.size(), x_row_number, PrefixDigest().at(bytes, bytes.size())};
}

Status XlsxSource::next(Batch& batch, std::size_t limit) {
  constexpr std::size_t kMaxBatchBytes = 8U << 20;  // texts that many cells share may be long
  batch.clear();
  std::size_t bytes = 0;
  while (!x_done && batch.records.size() + batch.problems.size() < limit &&
         bytes < kMaxBatchBytes) {
    if (!x_pending.empty()) {
      bytes += x_pending.front().bytes;
      deliver(x_pending.front(), batch);
      x_pending.pop_front();
      continue;
    }
    Result<std::optional<SheetRow>> row = next_row();
    if (!row) return row.failure();
    x_done = !row->has_value();
    if (x_done) break;
    bytes += (*row)->bytes;
    deliver(**row, batch);
  }
  if (x_done) batch.end = whole();
  return {};
}

void XlsxSource::deliver(const SheetRow& row, Batch& batch) {
  if (row.has_long_cell) {
    batch.problems.push_back({row.number, 0, kLongCell.said()});
    return;
  }
  const auto begin =
      row.cells.begin() + std::ptrdiff_t(std::min(row.cells.size(), x_header.size()));
  const auto extra =
      std::find_if(begin, row.cells.end(), [](const std::string& c) { return !c.empty(); });
  if (extra != row.cells.end()) {
    batch.problems.push_back(
        {row.number,
         extra - row.cells.begin() + 1,
         {fmt::format("the row has a cell beyond the {} columns of the header", x_header.size()),
          fmt::format("该行在表头 {} 列之外还有单元格", x_header.size())}});
    return;
  }
  batch.begin_record(row.number);
  for (std::size_t i = 0; i < x_header.size(); ++i) {
    const std::string_view cell =
        i < row.cells.size() ? std::string_view(row.cells[i]) : std::string_view();
    batch.add_cell(x_decoder.clean(batch.arena().keep(cell), batch), std::uint32_t(i + 1));
  }
}

Result<std::optional<XlsxSource::SheetRow>> XlsxSource::next_row() {
  SheetRow row;
  Cell cell;
  bool in_row = false, in_cell = false;
  while (true) {
    const Result<Token> token = x_xml->next();
    if (!token) return token.failure();
    const std::string_view name = x_xml->name();
    if (*token == Token::kEnd) return std::optional<SheetRow>();
    if (*token == Token::kText) {
      if (in_cell && cell.in_value && !cell.phonetic) cell.value += x_xml->text();
    } else if (name == "row") {
      in_row = *token == Token::kOpen;
      if (in_row) {
        row = {};
        row.number = number_of(x_xml->attribute("r"), x_row_number + 1);
        x_row_number = row.number;
      } else if (row.filled() > 0 || row.has_long_cell) {
        return std::optional<SheetRow>(std::move(row));
      }
    } else if (name == "c" && in_row) {
      in_cell = *token == Token::kOpen;
      if (in_cell) {
        if (Status status = open_cell(row, cell); !status) return status.failure();
      } else {
        close_cell(row, cell);
      }
    } else if (name == "v" || name == "t") {
      cell.in_value = *token == Token::kOpen;
    } else if (name == "rPh") {
      cell.phonetic = *token == Token::kOpen;
    }
    if (cell.value.size() > 2 * kMaxCellBytes) cell.value.resize(kMaxCellBytes + 1);
  }
}

Status XlsxSource::open_cell(SheetRow& row, Cell& cell) {
  cell = {};
  cell.column = column_of(x_xml->attribute("r")).value_or(row.cells.size());
  cell.type = x_xml->attribute("t");
  cell.style = number_of(x_xml->attribute("s"), std::size_t{0});
  if (cell.column < kMaxColumns) return {};
  return fail(ErrorCode::kBadInput, {"the file has more than 4096 columns", "文件超过 4096 列"},
              x_content.name());
}

void XlsxSource::close_cell(SheetRow& row, Cell& cell) const {
  std::string text = text_of(cell);
  drop_escaped_returns(text);
  row.bytes += text.size();
  row.has_long_cell |= text.size() > kMaxCellBytes || row.bytes > kMaxLineBytes;
  if (text.empty() || row.has_long_cell) return;
  if (row.cells.size() <= cell.column) row.cells.resize(cell.column + 1);
  row.cells[cell.column] = std::move(text);
}

std::string XlsxSource::text_of(const Cell& cell) const {
  if (cell.type == "s") {
    const std::size_t number = number_of(cell.value, x_book.strings.size());
    return number < x_book.strings.size() ? std::string(x_book.strings[number]) : std::string();
  }
  if (cell.type == "inlineStr" || cell.type == "str" || cell.type == "d") return cell.value;
  if (cell.type == "b") return cell.value == "1" ? "true" : "false";
  if (cell.type == "e" || cell.value.empty()) return {};
  const bool date = cell.style < x_book.is_date.size() && x_book.is_date[cell.style];
  double serial = -1;
  if (date) serial = number_of(cell.value, -1.0);
  return serial >= 0 ? date_text(serial, x_book.from_1904) : number_text(cell.value);
}

}  // namespace xinjing::sources
