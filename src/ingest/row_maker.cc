#include "ingest/row_maker.h"

#include <algorithm>
#include <cmath>

#include "base/format.h"
#include "ingest/handle.h"

namespace xinjing::ingest {
namespace {

using Word = std::string_view;

constexpr std::size_t kMaxIdBytes = 512;

int index_of(const TableSpec& table, Word name) {
  for (std::size_t i = 0; i < table.columns.size(); ++i) {
    if (table.columns[i].name == name) return int(i);
  }
  return -1;
}

/// Spreadsheets and data frames write whole numbers as 17850.0; an id is 17850 in every file.
Word without_zero_fraction(Word text) {
  if (text.size() < 3 || text.size() > 20 || !text.ends_with(".0")) return text;
  const Word whole = text.substr(0, text.size() - 2);
  const bool digits =
      std::all_of(whole.begin(), whole.end(), [](char c) { return c >= '0' && c <= '9'; });
  return digits ? whole : text;
}

Said about(Word field, const Phrase& why) {
  return {fmt::format("{}: {}", field, why.en), fmt::format("{}：{}", field, why.zh)};
}

constexpr Phrase kNothing{"is missing", "缺失"};
constexpr Phrase kLongId{"is longer than 512 bytes", "超过 512 字节"};
constexpr Phrase kNoSpeaker{
    "is no known word for customer, agent or bot; a mapping file may name it",
    "不是已知的说话人称呼；可在映射文件中说明"};

}  // namespace

void ReadCounts::merge(const ReadCounts& from) {
  rows_in += from.rows_in, kept += from.kept, rejected += from.rejected;
  repaired += from.repaired, blanked += from.blanked, without_subject += from.without_subject;
  for (std::size_t i = 0; i < masked.size(); ++i) masked[i] += from.masked[i];
}

/// A row while it is made.
struct RowMaker::Draft {
  Row row;
  std::vector<Word> texts;            // [fields] as in the file, without spaces around
  std::vector<std::int64_t> columns;  // [fields] where they stand
  Word currency;                      // said by an amount
  std::string scratch;
};

RowMaker::RowMaker(const Plan& plan, std::string file_name)
    : x_plan(plan), x_file_name(std::move(file_name)) {
  const TableSpec& table = *x_plan.table;
  const auto index = [&](Word name) { return index_of(table, name); };
  x_customer = index("customer"), x_handle = index("handle"), x_channel = index("channel");
  x_conversation = table.name == "messages" ? index("conversation") : -1;
  x_speaker = index("speaker"), x_time = index(table.name == "touchpoints" ? "started" : "time");
  x_account = index("account");
  x_price = index("price"), x_quantity = index("quantity"), x_amount = index("amount");
  x_currency = index("currency");
  for (const Word key : table.key_columns) x_keys.push_back(index(key));
  x_mapped.assign(table.columns.size(), false);
  for (const int field : x_plan.fields) {
    if (field >= 0) x_mapped[std::size_t(field)] = true;
  }
  for (const auto& [field, text] : x_plan.constants) x_mapped[std::size_t(field)] = true;
}

Block RowMaker::make(const sources::Batch& batch) const {
  Block block;
  block.end = batch.end;
  block.rows.reserve(batch.records.size());
  for (const sources::RowProblem& problem : batch.problems) {
    block.rejects.push_back({problem.line, problem.column, problem.reason});
  }
  Draft draft;
  const std::size_t fields = x_plan.table->columns.size();
  for (const sources::Record& record : batch.records) {
    draft.row = {};
    draft.row.line = record.line;
    draft.row.cells.resize(fields);
    draft.currency = {};
    draft.texts.assign(fields, {});
    draft.columns.assign(fields, 0);
    const auto cells = batch.cells(record);
    for (std::size_t i = 0; i < cells.size() && i < x_plan.fields.size(); ++i) {
      if (x_plan.fields[i] < 0) continue;
      draft.texts[std::size_t(x_plan.fields[i])] = trimmed(cells[i]);
      draft.columns[std::size_t(x_plan.fields[i])] = batch.column(record, i);
    }
    for (const auto& [field, text] : x_plan.constants) {
      if (draft.texts[std::size_t(field)].empty()) draft.texts[std::size_t(field)] = text;
    }
    if (fill(draft, block)) finish_row(draft, block);
  }
  std::stable_sort(block.rejects.begin(), block.rejects.end(),
                   [](const Reject& a, const Reject& b) { return a.line < b.line; });
  block.counts.rows_in = std::int64_t(batch.records.size() + batch.problems.size());
  block.counts.kept = std::int64_t(block.rows.size());
  block.counts.rejected = std::int64_t(block.rejects.size());
  block.counts.repaired = batch.repaired;
  return block;
}

bool RowMaker::fill(Draft& draft, Block& block) const {
  for (std::size_t field = 0; field < draft.texts.size(); ++field) {
    if (!draft.texts[field].empty() && !fill_field(draft, field, block)) return false;
  }
  return has_required(draft, block);
}

bool RowMaker::fill_field(Draft& draft, std::size_t field, Block& block) const {
  const ColumnSpec& column = x_plan.table->columns[field];
  Word& text = draft.texts[field];
  Cell& cell = draft.row.cells[field];
  if (!column.free_text && is_missing(text)) {
    text = {};
    return true;
  }
  const Phrase* why = nullptr;
  const auto put = [&](const auto& taken, auto value_of) {
    if (taken.value) cell = value_of(*taken.value);
    why = taken.why;
  };
  switch (column.type) {
    case CellType::kText:
      if (!column.free_text) text = without_zero_fraction(text);
      if (!column.free_text && !column.personal && text.size() > kMaxIdBytes) why = &kLongId;
      cell = std::string(text);
      break;
    case CellType::kTime:
      put(take_time(text, x_plan.time), [](Instant at) { return at.millis; });
      break;
    case CellType::kDay:
      put(take_day(text, x_plan.time), [](Day day) { return std::int64_t(day.number); });
      break;
    case CellType::kNumber:
      put(take_number(text), [](double number) { return number; });
      break;
    case CellType::kInteger:
      put(take_integer(text), [](std::int64_t number) { return number; });
      break;
    case CellType::kMoney:
      put(take_money(text), [&draft](const Money& money) {
        if (!money.currency.empty()) draft.currency = money.currency;
        return money.amount;
      });
      break;
    case CellType::kSpeaker: {
      std::optional<Speaker> speaker = speaker_from(text);
      if (!x_plan.speakers.empty()) {
        const auto stated = x_plan.speakers.find(header_key(text));
        if (stated != x_plan.speakers.end()) speaker = stated->second;
      }
      if (speaker) cell = std::int64_t(*speaker);
      if (!speaker) why = &kNoSpeaker;
      break;
    }
  }
  if (why == nullptr) return true;
  const bool may_be_blank = column.type == CellType::kDay || column.type == CellType::kInteger;
  if (may_be_blank && !column.required) {
    ++block.counts.blanked;
    return true;
  }
  block.rejects.push_back({draft.row.line, draft.columns[field], about(column.name, *why)});
  return false;
}

bool RowMaker::has_required(Draft& draft, Block& block) const {
  const auto columns = x_plan.table->columns;
  for (std::size_t field = 0; field < columns.size(); ++field) {
    if (!columns[field].required ||
        !std::holds_alternative<std::monostate>(draft.row.cells[field])) {
      continue;
    }
    block.rejects.push_back(
        {draft.row.line, draft.columns[field], about(columns[field].name, kNothing)});
    return false;
  }
  return true;
}

/// An amount from price and quantity; the currency from what an amount said, or the plan's.
void RowMaker::finish_order(Draft& draft) const {
  auto& cells = draft.row.cells;
  const auto cell = [&](int field) -> Cell& { return cells[std::size_t(field)]; };
  if (x_amount >= 0 && std::holds_alternative<std::monostate>(cell(x_amount))) {
    const auto* price = std::get_if<std::int64_t>(&cell(x_price));
    const auto* quantity = std::get_if<double>(&cell(x_quantity));
    const double amount = price && quantity ? double(*price) * *quantity : 9e18;
    if (std::abs(amount) < 1e18) cell(x_amount) = std::int64_t(std::llround(amount));
  }
  if (x_currency < 0) return;
  const auto* said = std::get_if<std::string>(&cell(x_currency));
  Word code = said != nullptr ? currency_from(*said) : Word();
  if (code.empty()) code = draft.currency;
  if (code.empty() && said != nullptr) return;  // a currency that is not in our list stays
  cell(x_currency) = code.empty() ? x_plan.currency : std::string(code);
}

void RowMaker::finish_row(Draft& draft, Block& block) const {
  Row& row = draft.row;
  row.key = key_of(draft);
  if (x_speaker >= 0 && std::holds_alternative<std::monostate>(row.cells[std::size_t(x_speaker)])) {
    row.cells[std::size_t(x_speaker)] = std::int64_t(Speaker::kCustomer);
  }
  finish_order(draft);
  row.subject = subject_of(draft);
  block.counts.without_subject += row.subject.empty();
  for (std::size_t field = 0; field < row.cells.size(); ++field) {
    auto* text = std::get_if<std::string>(&row.cells[field]);
    if (text != nullptr && x_plan.table->columns[field].free_text)
      redact(*text, block.counts.masked);
  }
  block.rows.push_back(std::move(row));
}

bool RowMaker::brings_id(const Draft& draft) const {
  if (draft.texts[std::size_t(x_keys[0])].empty()) return false;
  for (const int key : x_keys) {
    if (x_mapped[std::size_t(key)] && draft.texts[std::size_t(key)].empty()) return false;
  }
  if (x_plan.table->name != "orders") return true;
  // Several rows of one order: the order's number alone would make them one event.
  const auto mapped = [&](Word name) {
    return x_mapped[std::size_t(index_of(*x_plan.table, name))];
  };
  return mapped("item_line") || !(mapped("product") || mapped("product_name"));
}

Hash128 RowMaker::key_of(const Draft& draft) const {
  std::string text(x_plan.table->name);
  const auto add = [&text](Word part) {
    text.push_back('\x1f');
    text += part;
  };
  if (brings_id(draft)) {
    for (const int key : x_keys) add(draft.texts[std::size_t(key)]);
    return hash128(text);
  }
  for (const Word part : draft.texts) add(part);
  const bool timeless = x_time < 0 || draft.texts[std::size_t(x_time)].empty();
  if (timeless) {
    add(x_file_name);
    add(std::to_string(draft.row.line));
  }
  return hash128(text);
}

std::string RowMaker::subject_of(const Draft& draft) const {
  const auto text = [&](int field) { return field < 0 ? Word() : draft.texts[std::size_t(field)]; };
  if (!text(x_customer).empty()) return subject_of_customer(text(x_customer));
  const Cell* speaker = x_speaker < 0 ? nullptr : &draft.row.cells[std::size_t(x_speaker)];
  const bool own = !x_plan.handle_of_sender || speaker == nullptr ||
                   *speaker == Cell(std::int64_t(Speaker::kCustomer));
  if (own && !text(x_handle).empty()) {
    return subject_of_handle(normal_handle(text(x_channel), text(x_handle)));
  }
  if (x_handle < 0 && !text(x_account).empty()) {
    return subject_of_handle({"account", normal_account(text(x_account))});
  }
  if (!text(x_conversation).empty()) return "h:conversation:" + std::string(text(x_conversation));
  return {};
}

}  // namespace xinjing::ingest
