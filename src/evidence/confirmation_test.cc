#include "evidence/confirmation.h"

#include <gtest/gtest.h>

#include "base/file.h"

namespace xinjing::evidence {
namespace {

Catalogue catalogue() {
  auto card = parse_card(*read_file(XINJING_SOURCE_DIR "/constructs/satisfaction/card.toml"),
                         "satisfaction");
  EXPECT_TRUE(card);
  std::vector<Card> cards;
  cards.push_back(std::move(*card));
  auto made = Catalogue::of(std::move(cards));
  EXPECT_TRUE(made);
  return std::move(*made);
}

PromiseWordRow row(std::string what, bool recalls, std::uint32_t turn) {
  return {.what = std::move(what),
          .acts = {},
          .aspect = {},
          .due = {},
          .amount = {},
          .recalls = recalls,
          .turn = turn,
          .span = {3, 9}};
}

TEST(Confirmation, SpeaksForTheStatesThatBrokenAndKeptPromisesBring) {
  const Catalogue cards = catalogue();
  using ingest::Speaker;
  const std::vector<language::Turn> turns{
      {Speaker::kCustomer, "", {}}, {Speaker::kAgent, "", {}}, {Speaker::kCustomer, "", {}}};
  std::vector<PromiseFate> fates;
  const auto hits = [&](std::vector<PromiseWordRow> rows) {
    std::vector<CueHit> out;
    confirmation_hits(cards, rows, fates, turns, out);
    std::string shown;
    for (const CueHit& hit : out) shown += cards[0].states[hit.state].id + " ";
    return shown;
  };
  EXPECT_EQ(hits({row("unmet", true, 0)}), "-1 -2 ");
  EXPECT_EQ(hits({row("unmet", true, 0), row("unmet", true, 2)}), "-1 -2 ") << "once";
  EXPECT_EQ(hits({row("unmet", false, 0)}), "") << "of what, nobody says";
  EXPECT_EQ(hits({row("unmet", true, 1)}), "") << "an agent's words";
  EXPECT_EQ(hits({row("exceeded", false, 2)}), "2 1 ");
  EXPECT_EQ(hits({row("promise", false, 0)}), "");
  // What the ledger settles counts, whatever the words beside it.
  fates = {{.aspect = "AFT", .status = "unmet", .turn = 0, .span = {3, 9}}};
  EXPECT_EQ(hits({row("met", true, 0)}), "-1 -2 ");
  fates.push_back({.aspect = "AFT", .status = "exceeded", .turn = 2, .span = {3, 9}});
  EXPECT_EQ(hits({}), "") << "as much beyond as short of it";
  fates = {{.aspect = "AFT", .status = "met", .turn = 0, .span = {3, 9}}};
  EXPECT_EQ(hits({}), "1 ");
  fates[0].turn = 1;
  EXPECT_EQ(hits({}), "") << "an agent's words";
}

}  // namespace
}  // namespace xinjing::evidence
