#include "store/event_table.h"

#include "base/format.h"
#include "store/schema.h"

namespace xinjing::store {
namespace {

using ingest::CellType;

// The years 1 to 9999, and 18 digits of which four follow the point.
constexpr std::int64_t kFirstMilli = -62'135'596'800'000;
constexpr std::int64_t kLastMilli = 253'402'300'799'999;
constexpr std::int64_t kFirstDay = -719'162;
constexpr std::int64_t kLastDay = 2'932'896;
constexpr std::int64_t kMostMoney = 999'999'999'999'999'999;

bool fits(CellType type, std::int64_t value) {
  switch (type) {
    case CellType::kTime:
      return value >= kFirstMilli && value <= kLastMilli;
    case CellType::kDay:
      return value >= kFirstDay && value <= kLastDay;
    case CellType::kMoney:
      return value >= -kMostMoney && value <= kMostMoney;
    default:
      return true;
  }
}

}  // namespace

Result<EventLoad> EventLoad::begin(const Database& database, SubjectNumbers& subjects,
                                   const ingest::TableSpec& table) {
  EventLoad out(database, subjects, table);
  if (Status loaded = out.load_keys(); !loaded) return loaded.failure();
  return out;
}

Status EventLoad::load_keys() {
  const DuckConnection& connection = x_database->connection();
  const Result<std::int64_t> rows =
      connection.integer(fmt::format("SELECT COUNT(*) FROM {}", x_table->name));
  if (!rows) return rows.failure();
  const Result<std::int64_t> last =
      connection.integer(fmt::format("SELECT COALESCE(MAX(row_no), 0) FROM {}", x_table->name));
  if (!last) return last.failure();
  x_last_row = *last;
  x_keys = KeySet(static_cast<std::size_t>(*rows));
  Result<DuckResult> keys =
      connection.stream(fmt::format("SELECT key_high, key_low FROM {}", x_table->name));
  if (!keys) return keys.failure();
  return keys->each([this](const DuckRow& row) {
    x_keys.insert({row.unsigned_integer(0), row.unsigned_integer(1)});
  });
}

Status EventLoad::open_batch() {
  Result<Transaction> transaction = x_database->begin();
  if (!transaction) return transaction.failure();
  x_transaction.emplace(std::move(*transaction));
  Result<DuckAppender> appender = x_database->connection().appender(std::string(x_table->name));
  if (!appender) return appender.failure();
  x_appender.emplace(std::move(*appender));
  return {};
}

bool EventLoad::in_range(const ingest::Row& row) const {
  for (std::size_t i = 0; i < row.cells.size(); ++i) {
    const auto* value = std::get_if<std::int64_t>(&row.cells[i]);
    if (value != nullptr && !fits(x_table->columns[i].type, *value)) return false;
  }
  return true;
}

Result<Kept> EventLoad::add(const ingest::Row& row, FileRecord& file) {
  XINJING_CHECK(row.cells.size() == x_table->columns.size());
  ++file.rows_in;
  if (!in_range(row)) return ++file.rows_rejected, Kept::kOutOfRange;
  if (x_subjects->erased(row.key)) return ++file.rows_rejected, Kept::kErased;
  std::optional<std::int64_t> subject_no;
  if (!row.subject.empty()) {
    subject_no = x_subjects->number(row.subject);
    if (!subject_no) return ++file.rows_rejected, Kept::kErased;
  }
  if (!x_keys.insert(row.key)) return ++file.rows_duplicate, Kept::kDuplicate;
  if (!x_transaction) {
    if (Status opened = open_batch(); !opened) return opened.failure();
  }
  write(row, file.file_no, subject_no);
  // A conversation's own id stands for nobody until words are read under it.
  const bool somebody = !row.subject.starts_with("h:conversation:");
  if (subject_no && somebody) x_touched.insert(*subject_no);
  if (Status ended = x_appender->end_row(); !ended) return ended.failure();
  ++file.rows_kept;
  return Kept::kKept;
}

void EventLoad::write(const ingest::Row& row, std::int64_t file_no,
                      std::optional<std::int64_t> subject_no) {
  DuckAppender& to = *x_appender;
  to.integer(0, ++x_last_row);
  to.unsigned_integer(1, row.key.high);
  to.unsigned_integer(2, row.key.low);
  subject_no ? to.integer(3, *subject_no) : to.null(3);
  to.integer(4, file_no);
  to.integer(5, row.line);
  for (std::size_t i = 0; i < row.cells.size(); ++i) {
    write_cell(kEventColumns + i, x_table->columns[i].type, row.cells[i]);
  }
}

void EventLoad::write_cell(std::size_t column, CellType type, const ingest::Cell& cell) {
  if (std::holds_alternative<std::monostate>(cell)) return x_appender->null(column);
  if (type == CellType::kText) return x_appender->text(column, std::get<std::string>(cell));
  if (type == CellType::kNumber) return x_appender->number(column, std::get<double>(cell));
  x_appender->integer(column, std::get<std::int64_t>(cell));
}

Status EventLoad::mark_stale() {
  if (x_touched.empty()) return {};
  Result<DuckAppender> to = x_database->connection().appender("stale_subjects");
  if (!to) return to.failure();
  for (const std::int64_t subject_no : x_touched) {
    to->integer(0, subject_no);
    if (Status row = to->end_row(); !row) return row;
  }
  x_touched.clear();
  return to->close();
}

Status EventLoad::commit(const FileRecord& file) {
  if (!x_transaction) {
    Result<Transaction> transaction = x_database->begin();
    if (!transaction) return transaction.failure();
    x_transaction.emplace(std::move(*transaction));
  }
  if (x_appender) {
    if (Status closed = x_appender->close(); !closed) return closed;
    x_appender.reset();
  }
  if (Status written = x_subjects->write_new(*x_database); !written) return written;
  if (Status written = write_file_record(*x_database, file); !written) return written;
  if (Status marked = mark_stale(); !marked) return marked;
  Status committed = x_transaction->commit();
  x_transaction.reset();
  return committed ? x_database->checkpoint_if_due() : committed;
}

}  // namespace xinjing::store
