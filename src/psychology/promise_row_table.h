#pragma once

#include <string_view>

#include "base/duckdb.h"
#include "evidence/promise_words.h"
#include "psychology/deeds.h"

// Rows of promise_words as they are read back.
namespace xinjing::psychology {

/// The columns of `promise_words AS w` from which promise_word_of makes a row, and how many.
inline constexpr std::string_view kPromiseColumns =
    "w.conversation_no, w.turn_no, w.what, w.acts, w.aspect, EPOCH_MS(w.due), "
    "w.due_to_the_minute, w.amount, w.unit, w.recalls, w.event_no, w.span_begin, w.span_end, "
    "w.bound, w.giver, w.object_begin, w.object_end, w.measures";
inline constexpr std::size_t kPromiseColumnCount = 18;
inline constexpr std::size_t kPromiseEvent = 10;  // the column of messages.row_no

/// REQUIRES: the row begins with kPromiseColumns.
evidence::PromiseWordRow promise_word_of(const DuckRow& row);

/// The first of some acts that rows may show, as a bit. REQUIRES: the first bits are those of
/// `deeds`.
language::Acts matter_of(language::Acts acts, const DeedWords& deeds);

}  // namespace xinjing::psychology
