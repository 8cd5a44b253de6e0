#pragma once

#include <string>
#include <string_view>

namespace xinjing::report {

/// `text` for the content and the quoted attributes of HTML and of XML 1.0, whose readers give the
/// same text back: line ends and tabs too. What XML cannot hold, control characters, becomes
/// U+FFFD. REQUIRES: `text` is valid UTF-8.
std::string markup_escaped(std::string_view text);

}  // namespace xinjing::report
