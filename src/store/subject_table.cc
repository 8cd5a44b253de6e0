#include "store/subject_table.h"

namespace xinjing::store {
namespace {

constexpr std::string_view kAll =
    "SELECT subject_no, subject, person FROM subjects ORDER BY subject_no";

constexpr std::string_view kBySubject =
    "SELECT person FROM subjects WHERE subject IN ($1, 'c:' || $1, 'h:' || $1) "
    "ORDER BY subject LIMIT 1";
constexpr std::string_view kByHandle =
    "SELECT DISTINCT person FROM subjects WHERE subject LIKE 'h:%' "
    "AND REGEXP_REPLACE(subject, '^h:[^:]*:', '') = $1";
// Handles that nothing has come from yet are no subjects.
constexpr std::string_view kByIdentity =
    "SELECT DISTINCT person FROM identities AS i JOIN subjects USING (subject_no) "
    "WHERE i.handle = $1 OR i.channel || ':' || i.handle = $1";

Result<std::vector<SubjectRow>> subject_rows(Result<DuckResult> rows) {
  if (!rows) return rows.failure();
  std::vector<SubjectRow> out;
  const Status read = rows->each([&](const DuckRow& row) {
    out.push_back({row.integer(0), std::string(row.text(1)), row.integer(2)});
  });
  if (!read) return read.failure();
  return out;
}

Status append_links(const DuckConnection& connection, const std::vector<LinkRow>& links) {
  Status made = connection.run("CREATE OR REPLACE TEMP TABLE found_links AS FROM links LIMIT 0");
  if (!made) return made;
  Result<DuckAppender> appender = connection.appender("found_links");
  if (!appender) return appender.failure();
  for (const LinkRow& link : links) {
    appender->integer(0, std::min(link.a, link.b));
    appender->integer(1, std::max(link.a, link.b));
    appender->text(2, link.reason);
    appender->text(3, link.source);
    appender->null(4);
    if (Status ended = appender->end_row(); !ended) return ended;
  }
  return appender->close();
}

Status append_people(const DuckConnection& connection, const std::vector<PersonOf>& people) {
  Status made = connection.run(
      "CREATE OR REPLACE TEMP TABLE found_people (subject_no BIGINT, person BIGINT)");
  if (!made) return made;
  Result<DuckAppender> appender = connection.appender("found_people");
  if (!appender) return appender.failure();
  for (const PersonOf& one : people) {
    appender->integer(0, one.subject_no);
    appender->integer(1, one.person);
    if (Status ended = appender->end_row(); !ended) return ended;
  }
  return appender->close();
}

// Runs `work` in a transaction of its own; what it gives is the answer.
template <typename Work>
Result<std::int64_t> in_transaction(const Database& database, Work work) {
  Result<Transaction> transaction = database.begin();
  if (!transaction) return transaction.failure();
  Result<std::int64_t> done = work(database.connection());
  if (!done) return done;
  if (Status committed = transaction->commit(); !committed) return committed.failure();
  return done;
}

Result<std::int64_t> changed(Result<DuckResult> result) {
  if (!result) return result.failure();
  return result->rows_changed();
}

}  // namespace

std::uint64_t erased_digest(std::string_view salt, std::string_view subject) {
  return hash64(std::string(salt) + std::string(subject));
}

Result<SubjectNumbers> SubjectNumbers::load(const Database& database) {
  SubjectNumbers out;
  out.x_salt = database.salt();
  Result<DuckResult> subjects = database.connection().stream(kAll);
  if (!subjects) return subjects.failure();
  Status read = subjects->each([&](const DuckRow& row) {
    out.x_last = row.integer(0);
    out.x_numbers.emplace(hash128(row.text(1)), out.x_last);
  });
  if (!read) return read.failure();
  Result<DuckResult> erased = database.connection().query("SELECT digest FROM erased");
  if (!erased) return erased.failure();
  read = erased->each([&](const DuckRow& row) { out.x_erased.insert(row.unsigned_integer(0)); });
  if (!read) return read.failure();
  return out;
}

std::optional<std::int64_t> SubjectNumbers::number(std::string_view subject) {
  const Hash128 key = hash128(subject);
  if (const auto found = x_numbers.find(key); found != x_numbers.end()) return found->second;
  if (!x_erased.empty() && x_erased.contains(erased_digest(x_salt, subject))) return {};
  x_new.emplace_back(subject);
  x_numbers.emplace(key, ++x_last);
  return x_last;
}

bool SubjectNumbers::erased(const Hash128& key) const {
  return !x_erased.empty() && x_erased.contains(erased_digest(x_salt, hex(key)));
}

Status SubjectNumbers::write_new(const Database& database) {
  if (x_new.empty()) return {};
  Result<DuckAppender> appender = database.connection().appender("subjects");
  if (!appender) return appender.failure();
  std::int64_t number = x_last - static_cast<std::int64_t>(x_new.size());
  for (const std::string& subject : x_new) {
    appender->integer(0, ++number);
    appender->text(1, subject);
    appender->integer(2, number);
    if (Status ended = appender->end_row(); !ended) return ended;
  }
  x_new.clear();
  return appender->close();
}

Result<std::vector<SubjectRow>> read_subjects(const Database& database) {
  return subject_rows(database.connection().stream(kAll));
}

Result<std::optional<std::int64_t>> find_person(const Database& database, std::string_view id) {
  constexpr std::string_view kWays[] = {kBySubject, kByHandle, kByIdentity};
  for (const std::string_view sql : kWays) {
    Result<DuckResult> rows = database.connection().query(sql, {id});
    if (!rows) return rows.failure();
    std::vector<std::int64_t> found;
    const Status read = rows->each([&](const DuckRow& row) { found.push_back(row.integer(0)); });
    if (!read) return read.failure();
    if (found.size() == 1) return std::optional(found.front());
    if (found.size() > 1) {
      return fail(ErrorCode::kUsage, {"several people have this handle; write channel:handle",
                                      "这个账号属于多人，请写成 渠道:账号"});
    }
  }
  return std::optional<std::int64_t>();
}

Result<std::vector<SubjectRow>> subjects_of(const Database& database, std::int64_t person) {
  return subject_rows(database.connection().query(
      "SELECT subject_no, subject, person FROM subjects WHERE person = ? ORDER BY subject_no",
      {person}));
}

Result<std::vector<LinkRow>> read_links(const Database& database) {
  Result<DuckResult> rows = database.connection().stream(
      "SELECT a, b, reason, source, undone_at FROM links ORDER BY a, b, reason, source");
  if (!rows) return rows.failure();
  std::vector<LinkRow> out;
  const Status read = rows->each([&](const DuckRow& row) {
    out.push_back(
        {row.integer(0), row.integer(1), std::string(row.text(2)), std::string(row.text(3))});
    if (!row.is_null(4)) out.back().undone_at = Instant{row.integer(4)};
  });
  if (!read) return read.failure();
  return out;
}

Result<std::int64_t> write_links(const Database& database, const std::vector<LinkRow>& links) {
  return in_transaction(database, [&](const DuckConnection& connection) -> Result<std::int64_t> {
    if (Status staged = append_links(connection, links); !staged) return staged.failure();
    const Status gone = connection.run(
        "DELETE FROM links WHERE undone_at IS NULL AND NOT EXISTS (FROM found_links AS f "
        "WHERE f.a = links.a AND f.b = links.b AND f.reason = links.reason)");
    if (!gone) return gone.failure();
    const Status told = connection.run(
        "UPDATE links SET source = f.source FROM (SELECT a, b, reason, MIN(source) AS source "
        "FROM found_links GROUP BY ALL) AS f WHERE f.a = links.a AND f.b = links.b "
        "AND f.reason = links.reason AND f.source <> links.source");
    if (!told) return told.failure();
    return changed(connection.query(
        "INSERT INTO links SELECT a, b, reason, MIN(source), NULL FROM found_links AS f "
        "ANTI JOIN links AS l USING (a, b, reason) WHERE a <> b GROUP BY a, b, reason "
        "ORDER BY a, b, reason"));
  });
}

Status reword_link(const Database& database, const LinkRow& link, const std::string& reason) {
  if (reason == link.reason) return {};
  const Result<std::int64_t> there = changed(database.connection().query(
      "DELETE FROM links WHERE a = ? AND b = ? AND reason = ?", {link.a, link.b, reason}));
  if (!there) return there.failure();
  const Result<std::int64_t> reworded = changed(database.connection().query(
      "UPDATE links SET reason = ? WHERE a = ? AND b = ? AND reason = ?",
      {reason, link.a, link.b, link.reason}));
  return reworded ? Status{} : reworded.failure();
}

Result<std::int64_t> undo_link(const Database& database, std::int64_t a, std::int64_t b,
                               Instant now) {
  return changed(
      database.connection().query("UPDATE links SET undone_at = MAKE_TIMESTAMP_MS(?) "
                                  "WHERE a = ? AND b = ? AND undone_at IS NULL",
                                  {now.millis, std::min(a, b), std::max(a, b)}));
}

Result<std::int64_t> redo_link(const Database& database, std::int64_t a, std::int64_t b) {
  return changed(database.connection().query(
      "UPDATE links SET undone_at = NULL WHERE a = ? AND b = ? AND undone_at IS NOT NULL",
      {std::min(a, b), std::max(a, b)}));
}

Result<std::int64_t> write_people(const Database& database, const std::vector<PersonOf>& people) {
  return in_transaction(database, [&](const DuckConnection& connection) -> Result<std::int64_t> {
    if (Status staged = append_people(connection, people); !staged) return staged.failure();
    Status noted = connection.run(
        "CREATE OR REPLACE TEMP TABLE moved AS "
        "SELECT s.subject_no, s.person AS before, f.person AS after FROM subjects AS s "
        "JOIN found_people AS f USING (subject_no) WHERE s.person <> f.person");
    if (!noted) return noted.failure();
    Result<std::int64_t> moved =
        changed(connection.query("UPDATE subjects SET person = m.after FROM moved AS m "
                                 "WHERE m.subject_no = subjects.subject_no"));
    if (!moved || *moved == 0) return moved;
    noted = connection.run(
        "INSERT INTO stale_subjects SELECT subject_no FROM subjects WHERE person IN "
        "(SELECT before FROM moved UNION SELECT after FROM moved) ORDER BY subject_no");
    if (!noted) return noted.failure();
    return moved;
  });
}

}  // namespace xinjing::store
