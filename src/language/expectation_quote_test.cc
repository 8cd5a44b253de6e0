#include "language/expectation_quote.h"

#include <gtest/gtest.h>

#include "base/file.h"
#include "base/tsv.h"

namespace xinjing::language {
namespace {

const ExpectationWords& shipped() {
  static const ExpectationWords words = [] {
    ExpectationWords made;
    for (const std::string name : {"expectations.zh.tsv", "expectations.en.tsv"}) {
      const Status added = made.add(*read_file(XINJING_SOURCE_DIR "/lexicons/" + name), name);
      EXPECT_TRUE(added) << added.error().message(Lang::kEn);
    }
    made.build();
    return made;
  }();
  return words;
}

/// An entry on `words` of a turn, as the model gives it.
Expectation entry_on(std::string_view text, std::string_view words, std::string_view aspect,
                     std::string_view status) {
  const auto at = std::uint32_t(text.find(words));
  EXPECT_NE(text.find(words), text.npos) << text << ": " << words;
  return {.aspect = aspect,
          .status = status,
          .p = 0.6F,
          .span = {at, at + std::uint32_t(words.size())}};
}

TEST(CitesWhatTells, IsWhatTheTablesSay) {
  constexpr std::string_view kHeader = "text\taspect\tstatus\twords\tcited\tnote";
  for (const std::string name : {"cited.zh.tsv", "cited.en.tsv"}) {
    const auto file = read_file(XINJING_SOURCE_DIR "/tests/tables/expectations/" + name);
    ASSERT_TRUE(file) << name;
    const Status read = TsvReader(*file, name, kHeader).each([&](const TsvRow& row) -> Status {
      const std::string_view text = row.cells[0];
      Expectation entry = entry_on(text, row.cells[3], row.cells[1], row.cells[2]);
      const std::vector<Turn> turns = {{.text = text, .time = {}}};
      cite_what_tells({.id = {}, .turns = turns, .lang = {}}, shipped(), {&entry, 1});
      EXPECT_EQ(slice(text, entry.span), row.cells[4]) << row.place;
      return {};
    });
    EXPECT_TRUE(read) << read.error().message(Lang::kEn);
  }
}

TEST(CitesWhatTells, FindsAnotherTurnOfTheCustomerWhereTheOwnSaysNothing) {
  const std::vector<Turn> turns = {
      {.text = "面里有头发", .time = {}},
      {.speaker = ingest::Speaker::kAgent, .text = "汤里有虫子吗", .time = {}},
      {.text = "是这个订单", .time = {}}};
  const Conversation talk{.id = {}, .turns = turns, .lang = {}};
  Expectation entry = entry_on(turns[2].text, "是这个订单", "FUN", "unmet");
  entry.turn = 2;
  cite_what_tells(talk, shipped(), {&entry, 1});
  EXPECT_EQ(entry.turn, 0U);
  EXPECT_EQ(slice(turns[0].text, entry.span), "面里有头发");
}

TEST(CitesWhatTells, LeavesWhatHasADueTimeOrANorm) {
  const std::string_view text = "是这个订单，汤里有虫子";
  const std::vector<Turn> turns = {{.text = text, .time = {}}};
  const Norm norm{};
  Expectation due = entry_on(text, "是这个订单", "FUN", "unmet");
  due.due.emplace();
  Expectation usual = entry_on(text, "是这个订单", "FUN", "unmet");
  usual.norm = &norm;
  std::vector<Expectation> entries = {due, usual};
  cite_what_tells({.id = {}, .turns = turns, .lang = {}}, shipped(), entries);
  EXPECT_EQ(entries[0].span, due.span);
  EXPECT_EQ(entries[1].span, usual.span);
}

}  // namespace
}  // namespace xinjing::language
