#include "ingest/inspection.h"

#include <algorithm>
#include <unordered_set>

#include "base/hash.h"
#include "base/utf8.h"

namespace xinjing::ingest {
namespace {

constexpr std::size_t kMostProblems = 20;

/// What is learned of a column while rows go by.
class Look {
 public:
  void see(std::string_view cell) {
    cell = trimmed(cell);
    if (is_missing(cell)) return;
    ++x_filled;
    x_characters += std::int64_t(utf8_length(cell));
    if (std::int64_t(x_values.size()) < kMostDistinct) x_values.insert(hash64(cell));
    if (x_tried == kTried || cell.size() > 64) return;
    ++x_tried;
    x_times += take_time(cell).value.has_value();
    x_integers += take_integer(cell).value.has_value();
    x_numbers += take_number(cell).value.has_value();
    x_amounts += take_money(cell).value.has_value();
  }

  /// `of_time`: the column fills a time, so its whole numbers are compact dates or Unix seconds.
  void report(bool of_time, ColumnFacts& facts) const {
    facts.filled = x_filled;
    facts.distinct = std::int64_t(x_values.size());
    facts.characters = x_filled == 0 ? 0 : double(x_characters) / double(x_filled);
    facts.shape = shape(of_time);
  }

 private:
  static constexpr std::int64_t kTried = 500;  // values whose form is looked at

  /// The narrowest form that nine of ten values have.
  Shape shape(bool of_time) const {
    if (x_filled == 0) return Shape::kEmpty;
    const auto most = [this](std::int64_t count) {
      return x_tried > 0 && count * 10 >= x_tried * 9;
    };
    if (most(x_times) && (of_time || !most(x_integers))) return Shape::kTime;
    if (most(x_integers)) return Shape::kInteger;
    if (most(x_numbers)) return Shape::kNumber;
    return most(x_amounts) ? Shape::kMoney : Shape::kText;
  }

  std::int64_t x_filled = 0;
  std::int64_t x_characters = 0;
  std::unordered_set<std::uint64_t> x_values;
  std::int64_t x_tried = 0, x_times = 0, x_integers = 0, x_numbers = 0, x_amounts = 0;
};

Status look_at_rows(sources::Source& source, const std::optional<RowMaker>& maker,
                    std::int64_t rows, std::vector<Look>& looks, Inspection& out) {
  sources::Batch batch;
  while (out.counts.rows_in < rows) {
    const std::int64_t left = rows - out.counts.rows_in;
    if (Status status = source.next(batch, std::size_t(std::min<std::int64_t>(left, 4096)));
        !status) {
      return status;
    }
    if (batch.empty()) {
      out.whole = true;
      return {};
    }
    looks.resize(source.header().size());
    for (const sources::Record& record : batch.records) {
      const auto cells = batch.cells(record);
      for (std::size_t i = 0; i < cells.size(); ++i) looks[i].see(cells[i]);
    }
    if (!maker) {
      out.counts.rows_in += std::int64_t(batch.records.size() + batch.problems.size());
      continue;
    }
    Block block = maker->make(batch);
    out.counts.merge(block.counts);
    for (Reject& reject : block.rejects) {
      if (out.problems.size() < kMostProblems) out.problems.push_back(std::move(reject));
    }
  }
  return {};
}

void report_plan(const Plan& plan, Inspection& out) {
  out.table = plan.table->name;
  out.offset_minutes = plan.time.offset_minutes;
  out.currency = plan.currency;
  for (const auto& [field, text] : plan.constants) {
    out.constants.emplace_back(plan.table->columns[std::size_t(field)].name);
  }
}

const ColumnSpec* find_column(const TableSpec& table, std::string_view name) {
  const auto found = std::find_if(table.columns.begin(), table.columns.end(),
                                  [&](const ColumnSpec& column) { return column.name == name; });
  return found == table.columns.end() ? nullptr : &*found;
}

std::string field_of(const std::optional<Plan>& plan, std::size_t column) {
  if (!plan || column >= plan->fields.size() || plan->fields[column] < 0) return {};
  return std::string(plan->table->columns[std::size_t(plan->fields[column])].name);
}

}  // namespace

Said shape_label(Shape shape) {
  static constexpr Phrase kLabels[] = {{"empty", "空"},    {"whole number", "整数"},
                                       {"number", "数字"}, {"money", "金额"},
                                       {"time", "时间"},   {"text", "文本"}};
  return kLabels[static_cast<std::size_t>(shape)].said();
}

Result<Inspection> inspect(sources::Content content, const Mapping& mapping, std::int64_t rows,
                           const std::string& sheet) {
  Inspection out;
  out.file = content.name();
  const std::string name = std::filesystem::path(out.file).filename().string();
  const FileRule* rule = mapping.rule_for(name);
  sources::OpenOptions how = rule ? rule->open : sources::OpenOptions{};
  if (how.sheet.empty()) how.sheet = sheet;
  auto source = sources::open_source(std::move(content), how);
  if (!source) return source.failure();
  const auto header = (*source)->header();
  for (const Fit& fit : fits(name, header)) {
    if (fit.score > 0) out.fits.push_back({std::string(fit.table->name), fit.score, fit.why});
  }
  std::optional<Plan> plan;
  std::optional<RowMaker> maker;
  if (Result<Plan> found = plan_for(**source, out.file, mapping); found) {
    plan = std::move(*found);
    maker.emplace(*plan, name);
    report_plan(*plan, out);
  } else {
    out.refused = found.error();
  }
  std::vector<Look> looks(header.size());
  if (Status status = look_at_rows(**source, maker, rows, looks, out); !status)
    out.refused = status.error();
  if (plan) widen(*plan, name, (*source)->header(), mapping);
  const bool unnamed = !plan && lacks_header(**source, name, mapping);
  looks.resize((*source)->header().size());
  for (std::size_t i = 0; i < looks.size(); ++i) {
    ColumnFacts facts{.header = unnamed ? fmt::format("#{}", i + 1) : (*source)->header()[i],
                      .field = field_of(plan, i)};
    const ColumnSpec* column = plan ? find_column(*plan->table, facts.field) : nullptr;
    looks[i].report(column != nullptr && column->type == CellType::kTime, facts);
    out.columns.push_back(std::move(facts));
  }
  out.facts = (*source)->facts();
  return out;
}

}  // namespace xinjing::ingest
