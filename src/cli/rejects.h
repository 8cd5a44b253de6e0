#pragma once

#include <cstdio>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_set>
#include <vector>

#include "base/hash.h"
#include "base/lang.h"
#include "base/result.h"
#include "ingest/row_maker.h"
#include "insight/report_data.h"

namespace xinjing::cli {

/// Whether a file is such a list, of this database or another.
bool is_rejects_file(const std::filesystem::path& path);

/// The first rows of such a list, at most so many; none where there is no list.
std::vector<insight::RejectedRow> read_rejects(const std::filesystem::path& path, std::size_t most);

/// The list of rows that were not kept: a CSV file with file, line, column and reason, never the
/// row itself. A place that is listed already is not listed again, so a run that was killed and
/// run again lists each row once. Nothing is created while there is nothing to list.
class RejectsFile {
 public:
  /// `fresh`: a list from an older database is thrown away. A file that is no such list is left
  /// alone: kUsage.
  static Result<RejectsFile> open(std::filesystem::path path, bool fresh, Lang lang);

  Status add(std::string_view file, const ingest::Reject& reject);
  /// Gives what was added to the system; call before the rows around it are committed.
  Status flush();

  /// Empty while nothing was ever listed.
  std::filesystem::path path() const { return x_listed.empty() ? std::filesystem::path() : x_path; }

 private:
  struct Close {
    void operator()(std::FILE* file) const { std::fclose(file); }
  };
  RejectsFile(std::filesystem::path path, Lang lang) : x_path(std::move(path)), x_lang(lang) {}
  Status start();
  Failure failure() const;

  std::filesystem::path x_path;
  Lang x_lang;
  std::unordered_set<std::string, StringHash, std::equal_to<>> x_listed;  // "file,line,column"
  std::unique_ptr<std::FILE, Close> x_file;
};

}  // namespace xinjing::cli
