#pragma once

#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "sources/source.h"
#include "sources/text_content.h"

namespace xinjing::sources {

/// How a delimited format is written.
struct Dialect {
  std::string_view format;
  std::string_view delimiters;  // the candidates; the first wins a tie
  bool literal_quotes = false;  // a quote that does not work out is a character like others
};

/// CSV and its relatives after RFC 4180: cells in double quotes may hold delimiters, doubled quotes
/// and line ends. Where a quote is broken (never closed, or followed by something else) that row is
/// a problem and reading goes on with the next line after the one the row began on.
/// Cost: one pass over the mapped bytes; a cell is copied only if it has doubled quotes or has to
/// be decoded. A scan for a closing quote reads at most 1 MiB, and no bytes twice in vain.
class DelimitedSource final : public Source {
 public:
  static Result<std::unique_ptr<Source>> open(Content content, const OpenOptions& options,
                                              const Dialect& dialect);

  const SourceFacts& facts() const override { return x_facts; }
  std::span<const std::string> header() const override { return x_header; }
  std::uint64_t size() const override { return x_text.file_size(); }
  Status next(Batch& batch, std::size_t limit) override;

 private:
  DelimitedSource(TextContent text, const Dialect& dialect);

  /// What one cell or one row came to.
  struct Cut {
    std::size_t next = 0;  // where reading goes on
    bool ends_row = false;
    const Phrase* problem = nullptr;  // static
    std::size_t problem_at = 0;
  };

  Status read_header(const std::vector<std::string>& given);
  void resume(const Position& after);
  void skip_blank_lines();
  void read_row(Batch& batch);
  void refuse_row(Batch& batch, const Cut& cut);
  Cut read_cells(Batch& batch, bool literal);
  Cut read_plain(Batch& batch, std::size_t at);
  Cut read_quoted(Batch& batch, std::size_t at);
  Cut behind_quote(std::size_t at, std::size_t quote) const;
  void add(Batch& batch, std::size_t begin, std::size_t end);
  void finish_row(std::size_t end);
  bool has_wanted_count(const Batch& batch) const;
  void check_count(Batch& batch);
  std::size_t line_end(std::size_t at) const;
  std::size_t row_content_end(std::size_t end) const;

  TextContent x_text;
  Dialect x_dialect;
  Decoder x_decoder;
  SourceFacts x_facts;
  std::vector<std::string> x_header;
  std::size_t x_at = 0;        // the next byte to read
  std::size_t x_row = 0;       // where the row being read began
  std::size_t x_complete = 0;  // behind the last row whose line was ended
  std::int64_t x_line = 1;     // the number of the line at x_at
  std::int64_t x_complete_line = 1;
  std::size_t x_one_line_until = 0;  // before this, a quoted cell may not go over its line
  char x_newline = '\n';
};

}  // namespace xinjing::sources
