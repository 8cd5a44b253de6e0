#pragma once

#include <cstdint>
#include <string_view>

#include "evidence/card.h"
#include "psychology/deeds.h"
#include "store/database.h"

namespace xinjing::psychology {

/// Brings the evidence up to date that the fates of promises give where they are told in another
/// conversation than the promise (fates_told_later): rows of source `ledger` for satisfaction, in
/// the conversation that tells the fate, with the words that tell it. With the other evidence of
/// that conversation they stay within the card's cap.
///
/// Written anew for everybody with a stale subject, or for all where `version`, of cards and words,
/// is not that of the last time; in one transaction. To be called after conversations are read and
/// before portraits are made. Returns how many rows there are of those people now. Cost: about 20
/// us for each row of promise_words of people who told something in a later conversation, and that
/// of load_deeds.
Result<std::int64_t> write_ledger_evidence(const store::Database& database,
                                           const evidence::Catalogue& cards, const DeedWords& deeds,
                                           std::string_view version);

}  // namespace xinjing::psychology
