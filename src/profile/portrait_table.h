#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/duckdb.h"
#include "profile/portrait.h"
#include "psychology/deeds.h"

namespace xinjing::profile {

/// Writes `portraits` anew for everyone whose subjects are stale (or for everyone when the stored
/// day or cards differ) and empties the list of stale subjects. A transaction for each batch of
/// people, so a run that is stopped goes on where it was. `progress(done, all)` counts people.
/// `cards` is the version of the catalogue. Returns how many portraits were made.
Result<std::int64_t> refresh_portraits(
    const DuckConnection& connection, const evidence::Catalogue& catalogue, Day as_of,
    std::string_view cards, const std::function<void(std::int64_t, std::int64_t)>& progress);

/// The profile of a person straight from the evidence and events: what `tally` must equal. The
/// history ends with the day `until`; the tally is whole, and cut where it is read.
Result<Profile> load_profile(const DuckConnection& connection, std::int64_t person,
                             const evidence::Catalogue& catalogue, Day until);

/// Which evidence is asked for.
struct QuoteQuery {
  std::int64_t person = 0;
  std::string construct;  // empty: all
  std::size_t most = 5;   // per construct and state; 0: no limit
  Day as_of;
};

/// One row of evidence with its words, as `explain` shows it.
struct EvidenceRow {
  std::string construct;
  std::string state;
  Quote quote;
  std::string card;
  std::int64_t micro_nats = 0;
  std::int64_t n = 0;
  std::string message_id;
  int turn = -1;
  std::optional<std::int64_t> conversation_no{};
  Said figure{};  // of a signal: what was counted, in words; filled in for explanations
                  // (add_figures)
};

/// Evidence of a person, by construct, then strongest first.
Result<std::vector<EvidenceRow>> load_evidence(const DuckConnection& connection,
                                               const QuoteQuery& query);

/// What a portrait is read by.
struct PortraitView {
  const evidence::Catalogue& catalogue;
  const psychology::DeedWords& deeds;  // rows that show what was done
  Day as_of;
  std::span<const SaidDidRule> said_did{};  // where words and acts may part
};

/// The whole portrait with its quotes, expectations and promises: what `profile` shows.
Result<Portrait> load_portrait(const DuckConnection& connection, std::int64_t person,
                               const PortraitView& view);

/// The last day on which anything happened: the day portraits are made for unless one is given.
Result<std::optional<Day>> last_day(const DuckConnection& connection);

}  // namespace xinjing::profile
