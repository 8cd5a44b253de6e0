#pragma once

#include <cstdint>

#include "psychology/ledger.h"

// When news may be of a promise, and what it makes of it: the rules that look at one of each.
// docs/methods/promises.md says them in words.
namespace xinjing::psychology {

inline constexpr std::int64_t kDayMillis = 86'400'000;
inline constexpr std::int64_t kHourMillis = 3'600'000;
// What is told so long after a promise was due, and does not recall it, is about something else.
inline constexpr std::int64_t kFreshMillis = 45 * kDayMillis;

/// Whether news may be about a promise: it comes later; what a customer tells of may be followed by
/// its fate at once.
bool comes_after(const News& news, const Promise& promise);

/// Whether amounts of news and a promise can be compared.
bool are_comparable(const Promise& promise, const News& news);

/// Whether news that only says what time it is (现在十一点零八了) is of a promise with an hour that
/// is past, or of one told in the same message.
bool is_past_its_hour(const Promise& promise, const News& news);

/// What an outcome is once the amounts are compared, and the time: moved after it was due, it was
/// broken. Praise is `exceeded` only where it tells of more than was asked, or comes well before
/// the due; else what it praises was met.
language::Outcome compared(const Promise& promise, const News& news);

/// Whether clauses follow each other.
bool are_beside(const Promise& promise, const News& news);

/// Whether news comes when a promise is due, or after that.
bool is_near(const Promise& promise, const News& news);

/// Whether the fate of a promise can be known at all when news of it is told: it is due, or time
/// has passed, or the words say so themselves. Impatience before that is none.
bool is_ripe(const Promise& promise, const News& news);

/// Within one conversation, where everything is about one matter, the act must be the same if both
/// name one.
bool is_of_another_act(const Promise& promise, const News& news);

/// Whether news names no matter and stands in a message that names none: 还是没有消息, still
/// nothing, all sorted. Cost: O(characters of the message).
bool is_bare(const News& news);

/// Whether bare news may be of a promise: it is ripe, and not long over. REQUIRES: is_bare.
bool may_be_of(const News& news, const Promise& promise);

/// Whether the money of a row is what was promised.
enum class Paid : std::uint8_t { kAnother, kUnknown, kSame };
Paid compare_money(const Promise& promise, const Deed& deed);

bool is_late(const Promise& promise, const Deed& deed);

}  // namespace xinjing::psychology
