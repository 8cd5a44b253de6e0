#include "psychology/promise_row_table.h"

namespace xinjing::psychology {
namespace {

Span span_at(const DuckRow& row, std::size_t column) {
  if (row.is_null(column) || row.is_null(column + 1)) return {};
  return {std::uint32_t(row.integer(column)), std::uint32_t(row.integer(column + 1))};
}

}  // namespace

evidence::PromiseWordRow promise_word_of(const DuckRow& row) {
  evidence::PromiseWordRow words{.what = std::string(row.text(2)),
                                 .acts = std::string(row.text(3)),
                                 .aspect = std::string(row.text_or_empty(4)),
                                 .due = {},
                                 .due_to_the_minute = row.integer(6) != 0,
                                 .amount = {},
                                 .recalls = row.integer(9) != 0,
                                 .measures = !row.is_null(17) && row.integer(17) != 0,
                                 .giver = std::string(row.text_or_empty(14)),
                                 .object = span_at(row, 15),
                                 .turn = std::uint32_t(row.integer(1)),
                                 .span = span_at(row, 11)};
  if (!row.is_null(5)) words.due = Instant{row.integer(5)};
  if (!row.is_null(7)) {
    words.amount = language::Amount{std::string(row.text(7)), std::string(row.text_or_empty(8)),
                                    language::bound_named(row.text_or_empty(13))};
  }
  return words;
}

language::Acts matter_of(language::Acts acts, const DeedWords& deeds) {
  const language::Acts known = acts & ((language::Acts{1} << deeds.acts().size()) - 1);
  return known & (~known + 1);
}

}  // namespace xinjing::psychology
