#include "cli/company.h"

#include <charconv>
#include <cstdlib>

#include "profile/portrait_table.h"
#include "store/subject_table.h"

namespace xinjing::cli {
namespace {

std::optional<int> digits(std::string_view text) {
  int value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || end != text.data() + text.size()) return {};
  return value;
}

std::optional<Day> day_from_iso(std::string_view text) {
  if (text.size() != 10 || text[4] != '-' || text[7] != '-') return {};
  const auto year = digits(text.substr(0, 4)), month = digits(text.substr(5, 2)),
             day = digits(text.substr(8));
  if (!year || !month || !day) return {};
  return day_from_date(*year, *month, *day);
}

}  // namespace

void DatabaseArgument::declare(Arguments& arguments) {
  arguments.add({.name = "--db",
                 .field = &path,
                 .help = {"the company's file (else XINJING_DB, else ./xinjing.duckdb)",
                          "公司的数据文件（否则取 XINJING_DB，再否则 ./xinjing.duckdb）"}});
}

std::filesystem::path DatabaseArgument::resolved() const {
  if (!path.empty()) return path;
  const char* variable = std::getenv("XINJING_DB");
  return variable != nullptr && *variable != '\0' ? variable : "xinjing.duckdb";
}

Result<std::filesystem::path> DatabaseArgument::creatable() const {
  std::filesystem::path file = resolved();
  const std::filesystem::path folder = file.parent_path();
  std::error_code ignored;
  if (folder.empty() || std::filesystem::is_directory(folder, ignored)) return file;
  return fail(ErrorCode::kNotFound,
              {"the database's folder does not exist", "数据文件所在的目录不存在"},
              folder.string());
}

Result<std::filesystem::path> DatabaseArgument::existing() const {
  Result<std::filesystem::path> file = creatable();
  std::error_code ignored;
  if (!file || std::filesystem::exists(*file, ignored)) return file;
  return fail(ErrorCode::kNotFound,
              {"there is no such database; make one with xinjing analyze FOLDER --db FILE",
               "没有这个数据文件；请先运行 xinjing analyze 目录 --db 文件"},
              file->string());
}

Result<Company> Company::open(const DatabaseArgument& argument, const Context& context) {
  const Result<std::filesystem::path> path = argument.existing();
  if (!path) return path.failure();
  Result<store::Database> database = store::Database::open(*path, {.read_only = true});
  if (!database) return database.failure();
  Result<evidence::Catalogue> cards = load_catalogue(context.home);
  if (!cards) return cards.failure();
  Result<psychology::DeedWords> deeds = load_deed_words(context.home);
  if (!deeds) return deeds.failure();
  auto said_did = load_said_did_rules(context.home, *cards);
  if (!said_did) return said_did.failure();
  return Company{std::move(*database), std::move(*cards), std::move(*deeds), std::move(*said_did)};
}

Result<std::int64_t> find_person(const store::Database& database, const std::string& id) {
  Result<std::optional<std::int64_t>> person = store::find_person(database, id);
  if (!person) return person.failure();
  if (*person) return **person;
  return fail(ErrorCode::kNotFound, {"there is no such customer or handle", "没有这个客户或账号"},
              id);
}

Result<std::string> customer_name(const DuckConnection& connection, std::int64_t person) {
  Result<DuckResult> rows =
      connection.query("SELECT plain_id(subject) FROM subjects WHERE subject_no = ?", {person});
  if (!rows) return rows.failure();
  std::string out;
  Status read = rows->each([&](const DuckRow& row) { out = row.text(0); });
  if (!read) return read.failure();
  return out;
}

Instant now() {
  using namespace std::chrono;
  return {duration_cast<milliseconds>(system_clock::now().time_since_epoch()).count()};
}

Result<Day> day_argument(const std::string& text) {
  if (const auto day = day_from_iso(text)) return *day;
  return fail(ErrorCode::kUsage, {fmt::format("'{}' is no date like 2026-03-05", text),
                                  fmt::format("“{}”不是 2026-03-05 这样的日期", text)});
}

Result<Day> as_of_day(const DuckConnection& connection, const std::string& asked) {
  if (!asked.empty()) return day_argument(asked);
  Result<std::optional<Day>> last = profile::last_day(connection);
  if (!last) return last.failure();
  return last->value_or(Day{});
}

}  // namespace xinjing::cli
