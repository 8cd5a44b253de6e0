#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "base/day.h"
#include "base/hash.h"
#include "store/database.h"

namespace xinjing::store {

/// Numbers for the subjects of rows, given at first sight and kept in memory while rows come in:
/// about 100 bytes a subject. One for all tables of a run; one thread.
class SubjectNumbers {
 public:
  static Result<SubjectNumbers> load(const Database& database);

  /// The number of a subject; nothing if that person was erased.
  std::optional<std::int64_t> number(std::string_view subject);
  /// Whether a row with this key was erased.
  bool erased(const Hash128& key) const;
  /// Writes the subjects that are new since the last call. Inside the transaction of their rows;
  /// if that fails, drop this object.
  Status write_new(const Database& database);

 private:
  std::unordered_map<Hash128, std::int64_t> x_numbers;
  std::unordered_set<std::uint64_t> x_erased;
  std::vector<std::string> x_new;
  std::string x_salt;
  std::int64_t x_last = 0;
};

/// What is remembered of an erased subject, or of the key (in hexadecimal) of an erased row.
std::uint64_t erased_digest(std::string_view salt, std::string_view subject);

struct SubjectRow {
  std::int64_t subject_no = 0;
  std::string subject;      // personal
  std::int64_t person = 0;  // the subject that stands for the person
};

/// All subjects, by number.
Result<std::vector<SubjectRow>> read_subjects(const Database& database);

/// The person whom an id names: a customer id, channel:handle, a whole subject, or a handle that
/// one person has. kUsage where several have it.
Result<std::optional<std::int64_t>> find_person(const Database& database, std::string_view id);

/// The subjects of one person, by number.
Result<std::vector<SubjectRow>> subjects_of(const Database& database, std::int64_t person);

/// Why two subjects are one person.
struct LinkRow {
  std::int64_t a = 0;
  std::int64_t b = 0;
  std::string reason{};
  std::string source{};
  std::optional<Instant> undone_at{};

  bool operator==(const LinkRow&) const = default;
};

/// All links, undone ones included, by their columns.
Result<std::vector<LinkRow>> read_links(const Database& database);

/// Makes `links` the links that hold, told apart by a, b and reason (a and b in any order): adds
/// those that are new, removes those that are not among them, and corrects what their source is;
/// one that was undone stays, undone.
/// Gives how many were added.
Result<std::int64_t> write_links(const Database& database, const std::vector<LinkRow>& links);

/// Gives a link another reason; where the pair has one with that reason already, this one goes.
Status reword_link(const Database& database, const LinkRow& link, const std::string& reason);

/// Takes a link back, whatever its reason. Gives how many there were. People must be computed anew
/// after it.
Result<std::int64_t> undo_link(const Database& database, std::int64_t a, std::int64_t b,
                               Instant now);

/// Takes `undo_link` back. Gives how many links there were.
Result<std::int64_t> redo_link(const Database& database, std::int64_t a, std::int64_t b);

struct PersonOf {
  std::int64_t subject_no = 0;
  std::int64_t person = 0;
};

/// Says which person each subject is; subjects that are not named stay as they are. All subjects
/// of every person that gained or lost one become stale. Gives how many subjects moved.
Result<std::int64_t> write_people(const Database& database, const std::vector<PersonOf>& people);

}  // namespace xinjing::store
