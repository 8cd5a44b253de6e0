#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "base/day.h"
#include "base/option.h"
#include "base/progress.h"
#include "cli/catalog.h"
#include "cli/conversation_reader.h"
#include "store/database.h"
#include "store/file_table.h"

namespace xinjing::cli {

struct AnalysisOptions {
  int gap_minutes = 30;
  std::string timezone = "+08:00";
  std::string currency = "CNY";
  std::string memory = "700MB";
  int threads = 0;
  std::string as_of{};
};

inline constexpr Option<AnalysisOptions> kAnalysisOptions[] = {
    {"gap_minutes", &AnalysisOptions::gap_minutes,
     "silence that ends a conversation without an id, minutes",
     "没有会话号时，沉默多少分钟算一段结束"},
    {"timezone", &AnalysisOptions::timezone, "zone of times that state none",
     "没有写明时区的时间属于哪个时区"},
    {"currency", &AnalysisOptions::currency, "currency of amounts that state none",
     "没有写明币种的金额是什么币种"},
    {"memory", &AnalysisOptions::memory, "memory of the database engine", "数据库引擎可用的内存"},
    {"threads", &AnalysisOptions::threads, "threads; 0 is all cores", "线程数；0 为全部核心"},
    {"as_of", &AnalysisOptions::as_of,
     "the day portraits are made for (default: the last day with data)",
     "画像以哪一天为准（默认：有数据的最后一天）"},
};

/// "+08:00", "-05:30", "Z" as minutes east of Greenwich; kUsage.
Result<int> zone_argument(const std::string& text);

/// kUsage where --memory or --currency is none; the letters of the currency become capitals.
Status check_options(AnalysisOptions& options);

/// What became of one file in this run.
struct FileOutcome {
  std::string name;
  std::string table;
  std::int64_t rows_in = 0;  // of this run only
  std::int64_t kept = 0;
  std::int64_t rejected = 0;
  std::int64_t duplicate = 0;
  std::string refused;  // why the file could not be read (further)
  bool unchanged = false;
};

/// What a run of `xinjing analyze` did.
struct AnalysisReport {
  std::vector<FileOutcome> files;
  std::filesystem::path rejects;   // empty: no row was rejected
  std::int64_t masked = 0;         // stretches of personal data that were masked
  std::int64_t linked = 0;         // new links between ids and handles
  std::int64_t conversations = 0;  // in all
  std::int64_t read = 0;           // conversations read in this run
  std::int64_t portraits = 0;      // made in this run
};

/// Loads every known file of the folder (not of folders inside it), or one file. What was loaded
/// before and has not changed is passed over; rows that cannot be read go to `rejects`.
Status load_files(const Context& context, const AnalysisOptions& options, store::Database& database,
                  const std::filesystem::path& folder, const std::filesystem::path& mapping,
                  const std::filesystem::path& rejects, AnalysisReport& report);

/// Finds which ids and handles are one person, and keeps it.
Status link_people(store::Database& database, AnalysisReport& report);

/// A run over a company's folder: load what is new, link ids, put messages into conversations, read
/// what is stale, sum, make portraits. Every step is a row of transactions, so a run that was
/// killed is simply run again. One thread calls it.
class Analysis {
 public:
  Analysis(const Context& context, const AnalysisOptions& options, store::Database& database,
           const ReadingModels& models);

  Status load(const std::filesystem::path& folder, const std::filesystem::path& mapping,
              const std::filesystem::path& rejects) {
    return load_files(x_context, x_options, x_database, folder, mapping, rejects, x_report);
  }
  Status link_people() { return cli::link_people(x_database, x_report); }
  Status read_conversations();
  /// What acts say beside the words, before portraits are made (analysis_acts.cc).
  Status read_acts();
  Status make_portraits();
  /// Models of what customers do, once portraits are made (analysis_acts.cc).
  Status model_acts();

  const AnalysisReport& report() const { return x_report; }

 private:
  Status write_said_did(Day as_of);

  const Context& x_context;
  const AnalysisOptions& x_options;
  store::Database& x_database;
  const Knowledge& x_knowledge;
  const ReadingModels& x_models;
  AnalysisReport x_report;
};

}  // namespace xinjing::cli
