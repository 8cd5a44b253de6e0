#pragma once

#include <string>

#include "base/lang.h"
#include "evidence/card.h"
#include "insight/overview.h"

namespace xinjing::report {

/// The summary of a company's file in sentences, for the end of `xinjing analyze`.
std::string overview_text(const insight::Overview& overview, const evidence::Catalogue& catalogue,
                          Lang lang);

}  // namespace xinjing::report
