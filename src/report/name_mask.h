#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/span.h"

namespace xinjing::report {

/// The parts of a customer's name, in characters, that name a person. Of a private customer that is
/// all of it. Of a business, and where the kind is not known, a rule decides, since companies are
/// often entered under the name of whoever runs them:
/// - two or three capitalised Latin words, none of which is a word of companies (Priya Raman; not
///   Harbour Desk);
/// - two or three Chinese characters that begin with a common surname (four with one of two
///   characters) and stand alone or before or inside brackets: 崔海燕（海燕小炒）.
/// Of an unknown kind, five Chinese characters or more are a company. Pure. Cost: O(length).
std::vector<Span> persons_in(std::u32string_view name, std::string_view kind);

/// How many characters of a Chinese name are its surname: 2, 1, or 0 where it begins with no common
/// one.
std::size_t surname_length(std::u32string_view name);

/// Whether two or three characters (four with a surname of two) are a Chinese name by the rule
/// above.
bool is_han_person(std::u32string_view name);

/// "冯**", "D*** H***", "崔**（海燕小炒）", "T*** V*** (Harbour Desk)": the first letter of each
/// part of a person's name; companies stay.
std::string masked_name(std::string_view name, std::string_view kind);

/// `text` with the personal name of this customer starred out, and with as many characters as
/// before. A Latin name is found whole, in any case, and by each of its words of three letters or
/// more, a Chinese one whole and by the given name; a surname with a title may stay (冯先生, Mr
/// Hughes).
std::string without_name(std::string_view text, std::string_view name, std::string_view kind);

}  // namespace xinjing::report
