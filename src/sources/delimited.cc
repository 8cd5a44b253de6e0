#include "sources/delimited.h"

#include <algorithm>
#include <cstring>

#include "base/format.h"

namespace xinjing::sources {
namespace {

constexpr Phrase kNeverClosed{"a quotation mark is never closed", "引号没有闭合"};
constexpr Phrase kAfterQuote{"a closing quotation mark is followed by more text",
                             "引号闭合之后还有文字"};
constexpr Phrase kLongCell{"a cell is longer than 1 MiB", "单元格超过 1 MiB"};
constexpr Phrase kLongRow{"the row is longer than 16 MiB", "该行超过 16 MiB"};
constexpr Phrase kManyLines{"the row goes over several lines and has more cells than the header",
                            "该行跨越多行，且单元格多于表头"};
constexpr Phrase kManyCells{"the row has more than 4096 cells", "该行超过 4096 个单元格"};

constexpr std::uint64_t kOnes = 0x0101010101010101ULL;

/// The high bit of each byte of `word` that is zero (and perhaps of bytes above the lowest such).
constexpr std::uint64_t zero_bytes(std::uint64_t word) {
  return (word - kOnes) & ~word & (kOnes << 7);
}

/// The first `a` or `b` in text[at, …), or text.size().
std::size_t find_either(std::string_view text, std::size_t at, char a, char b) {
  const std::uint64_t as = kOnes * static_cast<unsigned char>(a);
  const std::uint64_t bs = kOnes * static_cast<unsigned char>(b);
  for (; at + 8 <= text.size(); at += 8) {
    std::uint64_t word;
    std::memcpy(&word, text.data() + at, 8);
    const std::uint64_t hits = zero_bytes(word ^ as) | zero_bytes(word ^ bs);
    if (hits != 0) return at + std::size_t(__builtin_ctzll(hits)) / 8;
  }
  while (at < text.size() && text[at] != a && text[at] != b) ++at;
  return at;
}

std::size_t find_byte(std::string_view text, std::size_t at, char byte) {
  if (at >= text.size()) return text.size();
  const void* found = std::memchr(text.data() + at, byte, text.size() - at);
  if (found == nullptr) return text.size();
  return std::size_t(static_cast<const char*>(found) - text.data());
}

/// The candidate that stands most often in the first line outside quotes.
char most_frequent(std::string_view line, std::string_view candidates) {
  char best = candidates[0];
  std::ptrdiff_t most = 0;
  for (const char candidate : candidates) {
    bool quoted = false;
    std::ptrdiff_t count = 0;
    for (const char c : line) {
      quoted ^= c == '"';
      count += c == candidate && !quoted;
    }
    if (count > most) best = candidate, most = count;
  }
  return best;
}

/// Old Macintosh files end lines by a carriage return alone.
char newline_of(std::string_view text) {
  const std::string_view sample = text.substr(0, 1U << 16);
  const bool lone =
      sample.find('\n') == std::string_view::npos && sample.find('\r') != std::string_view::npos;
  return lone ? '\r' : '\n';
}

Failure too_wide(const std::string& name) {
  return fail(ErrorCode::kBadInput, {"the file has more than 4096 columns", "文件超过 4096 列"},
              name);
}

}  // namespace

DelimitedSource::DelimitedSource(TextContent text, const Dialect& dialect)
    : x_text(std::move(text)), x_dialect(dialect), x_decoder(x_text.cell_encoding()) {
  x_facts.format = dialect.format;
  x_facts.encoding = x_text.encoding();
  x_newline = newline_of(x_text.bytes());
}

Result<std::unique_ptr<Source>> DelimitedSource::open(Content content, const OpenOptions& options,
                                                      const Dialect& dialect) {
  Result<TextContent> text = TextContent::open(std::move(content), options.encoding);
  if (!text) return text.failure();
  std::unique_ptr<DelimitedSource> source(new DelimitedSource(std::move(*text), dialect));
  source->x_facts.delimiter = options.delimiter;
  if (Status status = source->read_header(options.header); !status) return status.failure();
  if (options.after && options.after->offset > 0) source->resume(*options.after);
  return std::unique_ptr<Source>(std::move(source));
}

Status DelimitedSource::read_header(const std::vector<std::string>& given) {
  const std::string_view text = x_text.bytes();
  skip_blank_lines();
  std::string_view first = text.substr(x_at, line_end(x_at) - x_at).substr(0, 1U << 20);
  if (first.size() >= 5 && first.starts_with("sep=")) {  // spreadsheets write this for each other
    x_facts.delimiter = first[4];
    x_at = std::min(line_end(x_at) + 1, text.size()), ++x_line;
    skip_blank_lines();
    first = text.substr(x_at, line_end(x_at) - x_at).substr(0, 1U << 20);
  }
  if (x_facts.delimiter == 0) x_facts.delimiter = most_frequent(first, x_dialect.delimiters);
  if (!given.empty()) {
    x_header = given;
    x_complete = x_at, x_complete_line = x_line;
    return {};
  }
  x_facts.header_line = x_line;
  Batch batch;
  x_row = x_at;
  batch.begin_record(x_line);
  Cut cut = read_cells(batch, false);
  if (cut.problem != nullptr && cut.problem != &kManyCells) {
    batch.drop_record();
    batch.begin_record(x_line);
    cut = read_cells(batch, true);
  }
  if (cut.problem == &kManyCells) return too_wide(x_text.name());
  if (cut.problem != nullptr) return fail(ErrorCode::kBadInput, cut.problem->said(), x_text.name());
  for (const std::string_view cell : batch.cells(batch.records[0])) x_header.emplace_back(cell);
  if (x_header.size() == 1 && x_header[0].empty()) x_header.clear();
  finish_row(cut.next);
  x_complete = x_at, x_complete_line = x_line;
  return {};
}

void DelimitedSource::resume(const Position& after) {
  const std::optional<std::size_t> at = x_text.resumed_at(after);
  if (!at || *at < x_at) {
    x_facts.rewritten = true;
    return;
  }
  x_facts.resumed = true;
  x_at = x_complete = *at;
  x_line = x_complete_line = after.line + 1;
}

std::size_t DelimitedSource::line_end(std::size_t at) const {
  return find_byte(x_text.bytes(), at, x_newline);
}

std::size_t DelimitedSource::row_content_end(std::size_t end) const {
  const std::string_view text = x_text.bytes();
  return x_newline == '\n' && end > x_row && text[end - 1] == '\r' ? end - 1 : end;
}

void DelimitedSource::skip_blank_lines() {
  const std::string_view text = x_text.bytes();
  while (x_at < text.size() && (text[x_at] == '\n' || text[x_at] == '\r')) {
    x_line += text[x_at] == x_newline;
    ++x_at;
  }
}

Status DelimitedSource::next(Batch& batch, std::size_t limit) {
  constexpr std::size_t kMaxBatchBytes = 8U << 20;
  batch.clear();
  const std::string_view text = x_text.bytes();
  const std::size_t begin = x_at;
  while (batch.records.size() + batch.problems.size() < limit && x_at - begin < kMaxBatchBytes) {
    skip_blank_lines();
    if (x_at >= text.size()) break;
    read_row(batch);
  }
  batch.end = x_text.position(x_complete, x_complete_line - 1);
  x_text.forget_before(begin);
  return {};
}

void DelimitedSource::read_row(Batch& batch) {
  x_row = x_at;
  batch.begin_record(x_line);
  Cut cut = read_cells(batch, false);
  if (cut.problem != nullptr && x_dialect.literal_quotes && cut.problem != &kLongCell) {
    batch.drop_record();
    batch.begin_record(x_line);
    cut = read_cells(batch, true);
  }
  if (cut.problem != nullptr) return refuse_row(batch, cut);
  if (!has_wanted_count(batch) && cut.next > line_end(x_row) + 1) {
    // Quotes that open on one line and close on another by accident.
    return refuse_row(batch, {cut.next, true, &kManyLines, x_row});
  }
  check_count(batch);
  finish_row(cut.next);
}

void DelimitedSource::refuse_row(Batch& batch, const Cut& cut) {
  // The bytes up to cut.next were searched for a closing quote in vain: do not search them again
  // from each of the lines between.
  x_one_line_until = std::max(x_one_line_until, cut.next);
  batch.drop_record();
  batch.problems.push_back({x_line, std::int64_t(cut.problem_at - x_row + 1), cut.problem->said()});
  finish_row(std::min(line_end(x_row) + 1, x_text.bytes().size()));
}

/// Behind a row: counts its lines and remembers whether the last of them was ended.
void DelimitedSource::finish_row(std::size_t end) {
  const std::string_view text = x_text.bytes();
  const std::string_view row = text.substr(x_row, end - x_row);
  x_line += std::count(row.begin(), row.end(), x_newline);
  x_at = end;
  if (row.ends_with(x_newline)) x_complete = end, x_complete_line = x_line;
}

/// Cells beyond the header's may be there if they are empty.
bool DelimitedSource::has_wanted_count(const Batch& batch) const {
  const auto cells = batch.cells(batch.records.back());
  if (cells.size() <= x_header.size()) return true;
  const auto extra = cells.subspan(x_header.size());
  return std::all_of(extra.begin(), extra.end(),
                     [](std::string_view cell) { return cell.empty(); });
}

void DelimitedSource::check_count(Batch& batch) {
  const std::size_t wanted = x_header.size();
  if (has_wanted_count(batch)) {
    while (batch.cells_in_record() < wanted) batch.add_cell({}, 0);
    batch.records.back().count = std::uint32_t(wanted);
    return;
  }
  const Record record = batch.records.back();
  const std::int64_t column = batch.column(record, wanted);
  batch.drop_record();
  batch.problems.push_back(
      {record.line,
       column,
       {fmt::format("the row has {} cells, the header {}", record.count, wanted),
        fmt::format("该行有 {} 个单元格，表头有 {} 个", record.count, wanted)}});
}

DelimitedSource::Cut DelimitedSource::read_cells(Batch& batch, bool literal) {
  const std::string_view text = x_text.bytes();
  std::size_t at = x_row;
  while (true) {
    if (batch.cells_in_record() >= kMaxColumns) return {line_end(at), true, &kManyCells, at};
    if (at - x_row > kMaxLineBytes) return {at, true, &kLongRow, x_row};
    const bool quoted = !literal && at < text.size() && text[at] == '"';
    const Cut cut = quoted ? read_quoted(batch, at) : read_plain(batch, at);
    if (cut.problem != nullptr || cut.ends_row) return cut;
    at = cut.next;
  }
}

DelimitedSource::Cut DelimitedSource::read_plain(Batch& batch, std::size_t at) {
  const std::string_view text = x_text.bytes();
  const std::size_t end = find_either(text, at, x_facts.delimiter, x_newline);
  const bool ends_row = end == text.size() || text[end] == x_newline;
  if (end - at > kMaxCellBytes) return {end, true, &kLongCell, at};
  add(batch, at, ends_row ? std::max(at, row_content_end(end)) : end);
  return {std::min(end + 1, text.size()), ends_row, nullptr, 0};
}

DelimitedSource::Cut DelimitedSource::read_quoted(Batch& batch, std::size_t at) {
  const bool one_line = at < x_one_line_until;
  const std::size_t stop =
      one_line ? line_end(at) : std::min(at + kMaxCellBytes + 2, x_text.bytes().size());
  const std::string_view text = x_text.bytes().substr(0, stop);
  bool doubled = false;
  std::size_t quote = at;
  while (true) {
    quote = find_byte(text, quote + 1, '"');
    if (quote >= text.size()) {
      const bool cell_is_long = !one_line && stop < x_text.bytes().size();
      return {stop, true, cell_is_long ? &kLongCell : &kNeverClosed, at};
    }
    if (quote + 1 >= text.size() || text[quote + 1] != '"') break;
    doubled = true;
    ++quote;
  }
  const Cut cut = behind_quote(at, quote);
  if (cut.problem != nullptr) return cut;
  add(batch, at + 1, quote);
  if (doubled) {
    std::string_view& cell = batch.last_cell();
    char* room = batch.arena().room(cell.size());
    std::size_t size = 0;
    for (std::size_t i = 0; i < cell.size(); ++i) {
      room[size++] = cell[i];
      if (cell[i] == '"') ++i;
    }
    cell = {room, size};
  }
  return cut;
}

/// What follows the quote that closes the cell which began at `at`.
DelimitedSource::Cut DelimitedSource::behind_quote(std::size_t at, std::size_t quote) const {
  const std::string_view text = x_text.bytes();
  std::size_t next = quote + 1;
  if (next < text.size() && text[next] == x_facts.delimiter) return {next + 1, false, nullptr, 0};
  if (next < text.size() && text[next] == '\r' && x_newline == '\n') ++next;
  if (next >= text.size()) return {text.size(), true, nullptr, 0};
  if (text[next] == x_newline) return {next + 1, true, nullptr, 0};
  return {next, true, &kAfterQuote, at};
}

void DelimitedSource::add(Batch& batch, std::size_t begin, std::size_t end) {
  const std::string_view cell = x_text.bytes().substr(begin, end - begin);
  batch.add_cell(x_decoder.clean(cell, batch),
                 std::uint32_t(std::min<std::size_t>(begin - x_row + 1, UINT32_MAX)));
}

}  // namespace xinjing::sources
