#pragma once

#include <deque>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "sources/source.h"
#include "sources/workbook.h"
#include "sources/xml_scanner.h"
#include "sources/zip.h"

namespace xinjing::sources {

/// The rows of one sheet of an XLSX workbook. The sheet is unpacked and read piece by piece, so
/// memory holds one row and the shared texts. The header is the first row with two cells; titles
/// above it are skipped. Dates come as ISO text, numbers as the spreadsheet shows them.
/// A workbook cannot be read on from the middle: it is new as a whole, or it is not.
class XlsxSource final : public Source {
 public:
  static Result<std::unique_ptr<Source>> open(Content content, const OpenOptions& options);

  const SourceFacts& facts() const override { return x_facts; }
  std::span<const std::string> header() const override { return x_header; }
  std::uint64_t size() const override { return x_content.bytes().size(); }
  Status next(Batch& batch, std::size_t limit) override;

 private:
  struct SheetRow {
    std::int64_t number = 0;
    std::vector<std::string> cells;
    std::size_t bytes = 0;
    bool has_long_cell = false;  // a cell over 1 MiB, or a row over 16 MiB
    std::size_t filled() const;
  };
  /// A cell while it is read.
  struct Cell {
    std::size_t column = 0;
    std::string type;
    std::size_t style = 0;
    std::string value;
    bool in_value = false;
    bool phonetic = false;
  };

  explicit XlsxSource(Content content) : x_content(std::move(content)) {}
  Status start(const OpenOptions& options);
  Status read_header(const std::vector<std::string>& given);
  /// The next row that is not blank; nothing at the end.
  Result<std::optional<SheetRow>> next_row();
  Status open_cell(SheetRow& row, Cell& cell);
  void close_cell(SheetRow& row, Cell& cell) const;
  std::string text_of(const Cell& cell) const;
  void deliver(const SheetRow& row, Batch& batch);
  Position whole() const;

  Content x_content;
  SourceFacts x_facts;
  std::optional<Zip> x_zip;
  Workbook x_book;
  std::optional<XmlScanner> x_xml;
  Decoder x_decoder{Encoding::kUtf8};
  std::vector<std::string> x_header;
  std::deque<SheetRow> x_pending;  // read while looking for the header
  std::int64_t x_row_number = 0;
  bool x_done = false;
};

}  // namespace xinjing::sources
