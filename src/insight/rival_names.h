#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "language/words.h"

namespace xinjing::insight {

/// Names that customers who compare or leave say more than others: rivals. A Chinese name is a word
/// of 2 to 4 characters that no dictionary knows, so that it falls into single characters. An
/// English name is one to three capitalised words none of which any of the texts has in lower case
/// in the middle of a sentence, none of which is a day, a month, a title or a greeting, and which
/// do not only begin sentences. Each
/// text is what one customer said. A name is said by four customers or more, and its log odds stand
/// among all names looked at (telling_words.h; at most 5 % false ones expected). `not_a_name` says
/// of a word that it is something else: a sign by which leaving was found, somebody's own name.
/// At most five, strongest first. Cost: about 25 us a text.
std::vector<std::string> rival_names(const std::vector<std::string>& here,
                                     const std::vector<std::string>& elsewhere,
                                     const std::function<bool(const std::string&)>& not_a_name,
                                     language::WordBreaker& breaker);

/// The pattern by which a name is found in a text: a Latin name as whole words.
std::string name_pattern(const std::string& name);

}  // namespace xinjing::insight
