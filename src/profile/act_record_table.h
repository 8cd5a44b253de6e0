#pragma once

#include "base/lang.h"
#include "store/quote_table.h"

namespace xinjing::profile {

/// What an act was, in words: "bought at a discount: LED lamp, 79.80 CNY, 5.00 off (order D12)".
/// Empty of words.
Said act_in_words(const store::QuotedEvidence& evidence);

}  // namespace xinjing::profile
