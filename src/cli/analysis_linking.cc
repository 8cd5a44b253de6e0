#include "cli/analysis.h"
#include "ingest/identity.h"
#include "store/subject_table.h"

namespace xinjing::cli {
namespace {

using Numbers = std::unordered_map<std::string, std::int64_t, StringHash, std::equal_to<>>;

/// Why two subjects are one person, as the table of links keeps it: "phone 138****5678".
std::string reason_of(const ingest::Handle& handle) {
  return handle.kind + " " + ingest::masked(handle);
}

/// As it was kept before handles were masked: "phone 13812345678".
std::string open_reason_of(const ingest::Handle& handle) {
  return handle.kind + " " + handle.value;
}

/// The reason without the handle, of one that may have been kept with it.
std::string masked_reason(const std::string& reason) {
  const std::size_t space = std::min(reason.find(' '), reason.size());
  return reason_of({.kind = reason.substr(0, space),
                    .value = reason.substr(std::min(reason.size(), space + 1))});
}

class Claims {
 public:
  explicit Claims(const store::Database& database) : x_connection(database.connection()) {}

  /// From customers' own columns, the identities table, and rows that bring only a handle.
  Result<std::vector<ingest::Claim>> all();

 private:
  Status from_customers();
  Status from_identities();
  /// These say nothing but themselves; the row of a link with one is that of the other side.
  Status from_handles();
  void add(std::string_view subject, ingest::Handle handle, const DuckRow& row, std::size_t place);

  const DuckConnection& x_connection;
  std::vector<ingest::Claim> x_claims;
};

void Claims::add(std::string_view subject, ingest::Handle handle, const DuckRow& row,
                 std::size_t place) {
  if (handle.value.empty()) return;
  x_claims.push_back({.subject = std::string(subject),
                      .handle = std::move(handle),
                      .file = std::filesystem::path(row.text(place)).filename().string(),
                      .line = row.integer(place + 1)});
}

Status Claims::from_customers() {
  Result<DuckResult> rows = x_connection.stream(
      "SELECT s.subject, c.phone, c.email, c.account, f.path, c.line FROM customers AS c "
      "JOIN subjects AS s USING (subject_no) JOIN files AS f USING (file_no)");
  if (!rows) return rows.failure();
  return rows->each([&](const DuckRow& row) {
    const std::string_view subject = row.text(0);
    if (!row.is_null(1)) add(subject, {"phone", ingest::normal_phone(row.text(1))}, row, 4);
    if (!row.is_null(2)) add(subject, {"email", ingest::normal_email(row.text(2))}, row, 4);
    if (!row.is_null(3)) add(subject, {"account", ingest::normal_account(row.text(3))}, row, 4);
  });
}

Status Claims::from_identities() {
  Result<DuckResult> rows = x_connection.stream(
      "SELECT s.subject, i.channel, i.handle, f.path, i.line FROM identities AS i "
      "JOIN subjects AS s USING (subject_no) JOIN files AS f USING (file_no)");
  if (!rows) return rows.failure();
  return rows->each([&](const DuckRow& row) {
    add(row.text(0), ingest::normal_handle(row.text(1), row.text(2)), row, 3);
  });
}

Status Claims::from_handles() {
  Result<DuckResult> rows = x_connection.stream(
      "SELECT subject FROM subjects WHERE subject LIKE 'h:%' AND subject NOT LIKE "
      "'h:conversation:%'");
  if (!rows) return rows.failure();
  return rows->each([&](const DuckRow& row) {
    const std::string_view subject = row.text(0);
    const std::size_t colon = subject.find(':', 2);
    if (colon == std::string_view::npos) return;
    x_claims.push_back({.subject = std::string(subject),
                        .handle = {std::string(subject.substr(2, colon - 2)),
                                   std::string(subject.substr(colon + 1))},
                        .file = {},
                        .line = 0});
  });
}

Result<std::vector<ingest::Claim>> Claims::all() {
  if (Status s = from_customers(); !s) return s.failure();
  if (Status s = from_identities(); !s) return s.failure();
  if (Status s = from_handles(); !s) return s.failure();
  return std::move(x_claims);
}

/// Handles by the reasons that stand for them; two of one person may look the same masked, and then
/// what was taken back was both.
std::multimap<std::string, ingest::Handle> handles_of(const std::vector<ingest::Claim>& claims) {
  std::set<ingest::Handle> handles;
  for (const ingest::Claim& claim : claims) handles.insert(claim.handle);
  std::multimap<std::string, ingest::Handle> out;
  for (const ingest::Handle& handle : handles) {
    out.emplace(reason_of(handle), handle);
    if (open_reason_of(handle) != reason_of(handle)) out.emplace(open_reason_of(handle), handle);
  }
  return out;
}

/// What was taken back. Reasons that still hold a handle are masked on the way.
Result<ingest::IdentityOptions> options_with_broken(const store::Database& database,
                                                    const std::vector<store::SubjectRow>& subjects,
                                                    const std::vector<ingest::Claim>& claims) {
  ingest::IdentityOptions out;
  std::unordered_map<std::int64_t, const std::string*> names;
  for (const store::SubjectRow& row : subjects) names[row.subject_no] = &row.subject;
  Result<std::vector<store::LinkRow>> links = store::read_links(database);
  if (!links) return links.failure();
  std::erase_if(*links, [](const store::LinkRow& link) { return !link.undone_at; });
  if (links->empty()) return out;
  const std::multimap<std::string, ingest::Handle> handles = handles_of(claims);
  for (const store::LinkRow& link : *links) {
    const auto [begin, end] = handles.equal_range(link.reason);
    const std::string masked = begin == end ? masked_reason(link.reason) : reason_of(begin->second);
    if (Status told = store::reword_link(database, link, masked); !told) return told.failure();
    if (!names.contains(link.a) || !names.contains(link.b)) continue;
    const auto [first, later] = std::minmax(*names[link.a], *names[link.b]);
    for (auto at = begin; at != end; ++at) {
      out.broken.insert({.subject = later, .anchor = first, .handle = at->second});
    }
  }
  return out;
}

std::vector<store::LinkRow> link_rows(const ingest::Identities& found, const Numbers& numbers) {
  std::vector<store::LinkRow> out;
  for (const ingest::Link& link : found.links) {
    const std::int64_t a = numbers.at(link.key.anchor), b = numbers.at(link.key.subject);
    out.push_back({.a = std::min(a, b),
                   .b = std::max(a, b),
                   .reason = reason_of(link.key.handle),
                   .source = link.file.empty() ? "" : fmt::format("{}:{}", link.file, link.line)});
  }
  return out;
}

}  // namespace

Status link_people(store::Database& database, AnalysisReport& report) {
  Result<std::vector<store::SubjectRow>> subjects = store::read_subjects(database);
  if (!subjects) return subjects.failure();
  Numbers numbers;
  for (const store::SubjectRow& row : *subjects) numbers[row.subject] = row.subject_no;
  Result<std::vector<ingest::Claim>> claims = Claims(database).all();
  if (!claims) return claims.failure();
  Result<ingest::IdentityOptions> options = options_with_broken(database, *subjects, *claims);
  if (!options) return options.failure();
  const ingest::Identities found = ingest::identities(std::move(*claims), *options);
  Result<std::int64_t> added = store::write_links(database, link_rows(found, numbers));
  if (!added) return added.failure();
  report.linked = *added;
  std::vector<store::PersonOf> people;
  for (const auto& [subject, person] : found.person) {
    people.push_back({.subject_no = numbers.at(subject), .person = numbers.at(person)});
  }
  Result<std::int64_t> moved = store::write_people(database, people);
  if (!moved) return moved.failure();
  return {};
}

Analysis::Analysis(const Context& context, const AnalysisOptions& options,
                   store::Database& database, const ReadingModels& models)
    : x_context(context),
      x_options(options),
      x_database(database),
      x_knowledge(*models.knowledge),
      x_models(models) {}

}  // namespace xinjing::cli
