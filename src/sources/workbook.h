#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "sources/zip.h"

namespace xinjing::sources {

/// The strings that cells of a workbook refer to by number. At most 256 MiB of them.
class SharedStrings {
 public:
  static Result<SharedStrings> read(const Zip& zip, const std::string& part,
                                    const std::string& place);

  std::size_t size() const { return x_ends.size(); }
  /// REQUIRES: number < size().
  std::string_view operator[](std::size_t number) const;

 private:
  std::string x_bytes;
  std::vector<std::uint32_t> x_ends;
};

/// What the parts of a workbook beside its sheets say.
struct Workbook {
  std::string sheet;          // the name of the sheet that is read
  std::string sheet_part;     // its file in the archive
  bool from_1904 = false;     // dates count from 1904
  std::vector<bool> is_date;  // [style]: numbers of this style are dates or times
  SharedStrings strings;

  /// The names of the sheets that are not hidden, in the order of the workbook.
  static Result<std::vector<std::string>> visible_sheets(const Zip& zip, const std::string& place);
  /// The sheet of that name; the first visible one if `sheet` is empty.
  static Result<Workbook> read(const Zip& zip, const std::string& sheet, const std::string& place);
};

/// A spreadsheet's number of days as "2026-03-05 09:12:33", "2026-03-05" or "09:12:33"; the number
/// itself where that is no date of the years 1900 to 2200.
std::string date_text(double serial, bool from_1904);

/// A number as a spreadsheet shows it: 15 digits, no exponent for whole numbers.
std::string number_text(std::string_view number);

}  // namespace xinjing::sources
