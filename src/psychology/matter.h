#pragma once

#include <set>
#include <string>
#include <string_view>

// What words are about, as far as that is seen without knowing what they mean.
namespace xinjing::psychology {

/// Pairs of Chinese characters and beginnings of words: what a quote is about. Without function
/// words, and without what nearly every talk of service is about (客服, problem).
using Terms = std::set<std::u32string>;

/// Cost: O(characters x log).
Terms terms_of(std::string_view text);

/// Single Chinese characters that are no function words: 卡 alone may be the matter.
Terms characters_of_quote(std::string_view text);

/// The share of common terms, of the shorter of both and of at most six; 0 where one has none.
double common_share(const Terms& a, const Terms& b);

/// Whether words say that it is so up to now: 还没, 至今, still, never. What is only bad does not.
bool says_still(std::string_view text);

/// Whether words say that nothing was heard or came, of whatever it was: 没有消息, still nothing.
bool tells_silence(std::string_view text);

/// Whether words say that whatever it was is done: 都解决了, all sorted.
bool says_all_done(std::string_view text);

/// Whether praise names what was more than asked: earlier, more of it, something besides; 太好了
/// and "so kind" do not.
bool tells_more(std::string_view text);

/// Whether praise says that it was quick: 当天就到了, within minutes. Where a due is known, that
/// tells whether it was sooner.
bool tells_quick(std::string_view text);

/// Whether a message is too short to tell of another matter beside.
bool is_brief(std::string_view text);

}  // namespace xinjing::psychology
