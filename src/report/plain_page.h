#pragma once

#include <string>
#include <string_view>

#include "base/json.h"
#include "base/lang.h"

namespace xinjing::report {

/// The title of the report: the company's name where it is known.
std::string page_title(JsonValue data, Lang lang);

/// The report as HTML without scripts: the headline with its grounds and quotes, then every table.
/// The page's script takes it away once it has drawn the report.
std::string plain_page(JsonValue data, Lang lang);

}  // namespace xinjing::report
