#pragma once

#include <cstddef>
#include <string_view>

namespace xinjing::language {

/// Whether what begins at `begin` is denied by a negator just before it, in the same clause: 不,
/// 没, 没有, 别, 无, 未 at most two characters away (degree words between do not count), or not,
/// n't, never, cannot, no at most two words away. Words that only look like a negator (特别, 不但,
/// 不过, "not only"), a choice (能不能) and a cue that is a sign (!!!) deny nothing. `text` is
/// normalised. It looks at most some twenty characters back. Double negation, rhetorical questions
/// and scope over a whole clause are not seen here. REQUIRES: begin < text.size().
bool is_negated(std::u32string_view text, std::size_t begin);

}  // namespace xinjing::language
