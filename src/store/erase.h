#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "base/day.h"
#include "base/sensitive.h"
#include "store/database.h"

namespace xinjing::store {

/// What was done to erase a person. Holds nothing that identifies them.
struct EraseReceipt {
  struct Table {
    std::string name;
    std::int64_t rows = 0;  // that were deleted
  };
  std::vector<Table> tables{};  // those that lost rows, by name
  std::int64_t ids = 0;         // customer ids and handles that were this person
  Instant at{};
  std::string digest_before{};  // hash of the whole file
  std::string digest_after{};
};

/// Removes a person: all rows about any of their ids in every table, the messages of their
/// conversations (whoever wrote them), links, readings, evidence, tally, portraits and values.
/// Remembers salted hashes of the ids and of the keys of those messages, so that the same rows
/// delivered again are refused. Then rewrites the file, so that no byte of what was deleted is left
/// in it or in its log. If the process dies in between, the next opening finishes it. What stays is
/// outside: the company's own files, the rejects file, exports, backups, and blocks the file system
/// has freed. `id` as in find_person; kNotFound if nobody is known by it. REQUIRES: `path` is not
/// open in this process. Cost: a copy of the file.
Result<EraseReceipt> erase_person(const std::filesystem::path& path,
                                  const Sensitive<std::string>& id, Instant at,
                                  const DatabaseOptions& options = {});

}  // namespace xinjing::store
