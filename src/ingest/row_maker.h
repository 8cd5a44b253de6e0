#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/lang.h"
#include "ingest/mapping.h"
#include "ingest/redaction.h"
#include "ingest/table.h"
#include "sources/batch.h"

namespace xinjing::ingest {

/// A row that was not kept, and why. Never its text.
struct Reject {
  std::int64_t line = 0;
  std::int64_t column = 0;  // 1-based byte of the line, or column of a sheet; 0: unknown
  Said reason;
};

/// What became of the rows of a file. rows_in = kept + rejected; which of the kept are there
/// already, the store finds.
struct ReadCounts {
  std::int64_t rows_in = 0;
  std::int64_t kept = 0;
  std::int64_t rejected = 0;
  std::int64_t repaired = 0;         // cells with bad bytes, replaced by U+FFFD
  std::int64_t blanked = 0;          // ages and birthdays that could not be read
  std::int64_t without_subject = 0;  // rows that are about nobody who is named
  PersonalCounts masked{};

  void merge(const ReadCounts& from);
  bool operator==(const ReadCounts&) const = default;
};

/// Some rows of a file, in its order.
struct Block {
  std::vector<Row> rows;
  std::vector<Reject> rejects;
  ReadCounts counts;
  sources::Position end;  // where a later run goes on once these rows are kept; offset 0: it cannot
};

/// Makes rows of a table from the cells of a file: converts, checks, redacts, and gives each row
/// its key and its subject.
///
/// Key: the hash of the table's name and of the row's own id where it brings one (for an order with
/// several lines: order and line). Otherwise of all its mapped fields as they stand in the file;
/// where it has no time either, of the file's name and the line too.
/// Subject: "c:<customer>"; else "h:<kind>:<handle>" (handle.h), with "account" for meter readings;
/// else, for messages, "h:conversation:<id>"; else empty. A handle beside what an agent or a bot
/// says is theirs, not the customer's, where the column is headed by a word for the sender.
///
/// Immutable: any thread may call `make`. Cost: about 2 µs for a message of 40 characters.
class RowMaker {
 public:
  RowMaker(const Plan& plan, std::string file_name);

  Block make(const sources::Batch& batch) const;

 private:
  struct Draft;
  bool fill(Draft& draft, Block& block) const;
  bool fill_field(Draft& draft, std::size_t field, Block& block) const;
  bool has_required(Draft& draft, Block& block) const;
  void finish_order(Draft& draft) const;
  void finish_row(Draft& draft, Block& block) const;
  Hash128 key_of(const Draft& draft) const;
  bool brings_id(const Draft& draft) const;
  std::string subject_of(const Draft& draft) const;

  Plan x_plan;
  std::string x_file_name;
  /// Fields by what they mean, -1 where the table has none.
  int x_customer, x_handle, x_channel, x_conversation, x_speaker, x_time, x_account;
  int x_price, x_quantity, x_amount, x_currency;
  std::vector<int> x_keys;
  std::vector<bool> x_mapped;
};

}  // namespace xinjing::ingest
