#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "sources/batch.h"
#include "sources/content.h"
#include "sources/encoding.h"
#include "sources/unpack_limits.h"

namespace xinjing::sources {

/// What no file may exceed; docs/files.md states them.
inline constexpr std::size_t kMaxColumns = 4096;
inline constexpr std::size_t kMaxCellBytes = 1U << 20;
inline constexpr std::size_t kMaxLineBytes = 1U << 24;

/// How a file is to be read; what is not stated is found out.
struct OpenOptions {
  std::optional<Position> after =
      {};  // read only what came after; ignored where the file was rewritten
  std::optional<Encoding> encoding = {};
  char delimiter = 0;                    // 0: found out
  std::string sheet = {};                // of a workbook; empty: the first that is visible
  UnpackLimits unpack = {};              // of a workbook
  std::vector<std::string> header = {};  // of a table without a row of names; empty: it has one
};

/// What was found out about a file.
struct SourceFacts {
  std::string_view format;  // id of the catalog entry: "csv", "jsonl", "xlsx", …
  Encoding encoding = Encoding::kUtf8;
  char delimiter = 0;            // 0: the format has none
  std::string sheet;             // of a workbook
  std::int64_t header_line = 0;  // the line or row that was taken for the header; 0: there is none
  bool resumed = false;          // reading began behind OpenOptions::after
  bool rewritten = false;        // `after` did not fit: the file is read from its beginning
  bool whole = false;            // only all of its rows count: after a failure, none
};

/// Streams the rows of one outside format. One thread at a time; memory does not grow with the
/// file. Every row comes out as a record or as a problem; blank lines are no rows.
class Source {
 public:
  virtual ~Source() = default;

  virtual const SourceFacts& facts() const = 0;
  /// The columns met so far. Only JSON lines add to it while they are read.
  virtual std::span<const std::string> header() const = 0;
  /// Bytes of the file, for progress; Batch::end says how many of them are done.
  virtual std::uint64_t size() const = 0;
  /// Clears `batch` and fills it with the next rows, about `limit`. An empty batch is the end.
  /// A failure refuses the rest of the file.
  virtual Status next(Batch& batch, std::size_t limit = 4096) = 0;
};

/// Opens a file in the format that its first bytes and its name show.
Result<std::unique_ptr<Source>> open_source(const std::filesystem::path& path,
                                            const OpenOptions& options = {});
Result<std::unique_ptr<Source>> open_source(Content content, const OpenOptions& options = {});

/// The names of the sheets of a workbook that are not hidden; none for every other format.
Result<std::vector<std::string>> sheets_of(const Content& content);

/// True if a file of this name is one that open_source tries to read: .csv .tsv .jsonl …
bool has_known_extension(const std::filesystem::path& path);

}  // namespace xinjing::sources
