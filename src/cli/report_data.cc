#include "cli/report_data.h"

#include <charconv>

#include "base/file.h"
#include "base/tsv.h"
#include "insight/acts_table.h"
#include "insight/answers_table.h"
#include "insight/events_table.h"
#include "insight/fates_table.h"
#include "insight/people_table.h"
#include "insight/shown_rows_table.h"
#include "insight/talk_table.h"
#include "insight/wanted_table.h"

namespace xinjing::cli {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kEvents = 24;

/// A cell that is a number.
Result<double> number_in(const TsvRow& row, std::size_t cell) {
  double value = 0;
  const std::string_view text = row.cells[cell];
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error == std::errc{} && end == text.data() + text.size()) return value;
  return row.refuse(text, {"this is no number", "这里应是数字"});
}

/// Calls `visit(row, numbers)` for each row of a file that is there; the cells from `first` on are
/// numbers.
template <typename Visit>
Status each_line(const fs::path& home, const char* name, std::string_view header, std::size_t first,
                 Visit visit) {
  std::error_code ignored;
  if (!fs::exists(home / name, ignored)) return {};
  const Result<std::string> text = read_file(home / name);
  if (!text) return text.failure();
  return TsvReader(*text, name, header).each([&](const TsvRow& row) -> Status {
    std::vector<double> numbers;
    for (std::size_t i = first; i < row.cells.size(); ++i) {
      const Result<double> value = number_in(row, i);
      if (!value) return value.failure();
      numbers.push_back(*value);
    }
    visit(row, numbers);
    return {};
  });
}

Status load_errors(const fs::path& home, insight::ReaderErrors& errors) {
  return each_line(
      home, "models/errors.tsv", "construct\tstate\tsaid_of_true\ttrue\tsaid_of_false\tfalse", 2,
      [&](const TsvRow& row, const std::vector<double>& n) {
        errors[{std::string(row.cells[0]), std::string(row.cells[1])}] = {n[0], n[1], n[2], n[3]};
      });
}

Status load_measures(const fs::path& home, std::vector<report::ReaderMeasure>& measures) {
  return each_line(home, "models/measures.tsv", "construct\tset\tmeasure\tvalue\tlow\thigh", 3,
                   [&](const TsvRow& row, const std::vector<double>& n) {
                     measures.push_back({std::string(row.cells[0]), std::string(row.cells[1]),
                                         std::string(row.cells[2]), n[0], n[1], n[2]});
                   });
}

/// Words by kind, in both languages.
Status load_kinds(const fs::path& home, std::string_view name,
                  std::map<std::string, std::vector<std::string>>& kinds) {
  for (const char* lang : {"zh", "en"}) {
    const std::string file = fmt::format("lexicons/{}.{}.tsv", name, lang);
    Status done =
        each_line(home, file.c_str(), "kind\twords", 2, [&](const TsvRow& row, const auto&) {
          auto& words = kinds[std::string(row.cells[0])];
          for (const std::string_view word : split(row.cells[1], '|')) words.emplace_back(word);
        });
    if (!done) return done;
  }
  return {};
}

/// Every name of a channel or kind of customer, and what it is called in `lang`.
Status load_places(const fs::path& home, Lang lang, insight::PlaceNames& names) {
  return each_line(
      home, "lexicons/channels.tsv", "what\tid\tzh\ten\tnames", 5,
      [&](const TsvRow& row, const auto&) {
        const std::string_view shown = row.cells[lang == Lang::kZh ? 2 : 3];
        for (const std::string_view other : split(row.cells[4], '|')) {
          names.push_back({std::string(row.cells[0]), std::string(other), std::string(shown)});
        }
      });
}

}  // namespace

Result<ReportKnowledge> load_report_knowledge(const fs::path& home, Lang lang) {
  ReportKnowledge out;
  const Result<std::string> states = read_file(home / "plays" / "states.tsv");
  if (!states) return states.failure();
  auto plays = playbook::StatePlays::parse(*states, "plays/states.tsv");
  if (!plays) return plays.failure();
  out.plays = std::move(*plays);
  const Result<std::string> promises = read_file(home / "plays" / "promises.tsv");
  if (!promises) return promises.failure();
  auto promise_plays = playbook::PromisePlays::parse(*promises, "plays/promises.tsv");
  if (!promise_plays) return promise_plays.failure();
  out.promise_plays = std::move(*promise_plays);
  Status done = load_errors(home, out.errors);
  if (done) done = load_measures(home, out.measures);
  if (done) done = load_kinds(home, "signs", out.signs);
  if (done) done = load_kinds(home, "praise", out.told);
  if (done) done = load_kinds(home, "complaints", out.complaints);
  if (done) done = load_kinds(home, "answers", out.answers);
  if (done) done = load_places(home, lang, out.places);
  for (const char* name : {"lexicons/environment.zh.tsv", "lexicons/environment.en.tsv"}) {
    if (!done) break;
    done = each_line(home, name, "words\tkind", 2, [&](const TsvRow& row, const auto&) {
      for (const std::string_view word : split(row.cells[0], '|')) {
        out.environment.emplace_back(word);
      }
    });
  }
  if (!done) return done.failure();
  return out;
}

Result<insight::ReportData> load_report_data(const Company& company,
                                             const ReportKnowledge& knowledge, Day as_of) {
  const DuckConnection& connection = company.connection();
  insight::ReportData data;
  data.as_of = as_of;
  Status done = insight::prepare_talks(connection, as_of, knowledge.places);
  if (done) done = insight::add_told(connection, knowledge.told);
  if (done) done = insight::load_figures(connection, knowledge.errors, data);
  if (done) {
    done = insight::load_events(connection, knowledge.environment, knowledge.told, kEvents, data);
  }
  if (!done) return done.failure();
  const Instant end = instant_at({as_of.number + 1}, 0, company.database.zone_minutes());
  const auto promises = psychology::load_promises(connection, company.deeds, end);
  if (!promises) return promises.failure();
  done = insight::load_people(connection, knowledge.signs, knowledge.complaints, *promises, data);
  if (done) done = insight::load_answers(connection, knowledge.answers, data);
  if (done) done = insight::load_wanted(connection, knowledge.answers, data);
  if (done) done = insight::load_expectations(connection, data);
  if (done) {
    done =
        insight::load_promise_figures(connection, *promises, company.database.zone_minutes(), data);
  }
  if (done) {
    done = insight::load_fates(connection, *promises, company.database.zone_minutes(), data);
  }
  if (done) done = insight::load_acts(connection, data);
  if (done) done = insight::load_shown_rows(connection, data);
  if (done) done = insight::load_cited(connection, data);
  if (!done) return done.failure();
  return data;
}

}  // namespace xinjing::cli
