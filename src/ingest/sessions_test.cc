#include "ingest/sessions.h"

#include <gtest/gtest.h>

#include <random>
#include <set>

namespace xinjing::ingest {
namespace {

MessagePlace said(std::string_view conversation, std::string_view subject, std::string_view channel,
                  std::optional<int> minute, std::int64_t row) {
  MessagePlace m{conversation, subject, channel, std::nullopt, row};
  if (minute) m.time = Instant{*minute * 60'000LL};
  return m;
}

using Rows = std::vector<MessagePlace>;
using Groups = std::vector<std::vector<std::size_t>>;

Groups groups(const Rows& rows, const SessionOptions& options = {}) {
  Groups out;
  for (const Session& session : sessions(rows, options)) out.push_back(session.messages);
  return out;
}

TEST(Sessions, SplitAfterThirtyMinutesOfSilence) {
  EXPECT_EQ(groups({said("", "c:1", "web", 0, 1), said("", "c:1", "web", 30, 2),
                    said("", "c:1", "web", 61, 3)}),
            (Groups{{0, 1}, {2}}));
  EXPECT_EQ(
      groups({said("", "c:1", "web", 0, 1), said("", "c:1", "web", 61, 3)}, {.gap_minutes = 61}),
      (Groups{{0, 1}}));
}

TEST(Sessions, KeepAConversationTogetherWhateverTheSilence) {
  EXPECT_EQ(groups({said("V", "c:1", "web", 900, 1), said("V", "", "", 0, 2)}), (Groups{{1, 0}}));
}

TEST(Sessions, OfTwoCustomersStayApartEvenUnderOneId) {
  EXPECT_EQ(groups({said("V", "c:1", "web", 0, 1), said("V", "c:2", "web", 1, 2),
                    said("V", "c:1", "web", 2, 3)}),
            (Groups{{0, 2}, {1}}));
}

TEST(Sessions, TakeInMessagesThatNameNobodyWhereOneCustomerIsThere) {
  EXPECT_EQ(groups({said("V", "c:1", "web", 0, 1), said("V", "", "web", 1, 2),
                    said("V", "h:conversation:V", "web", 2, 3)}),
            (Groups{{0, 1, 2}}));
  EXPECT_EQ(groups({said("V", "c:1", "web", 0, 1), said("V", "c:2", "web", 1, 2),
                    said("V", "", "web", 2, 3), said("V", "h:conversation:V", "web", 3, 4)}),
            (Groups{{2, 3}, {0}, {1}}));
  EXPECT_EQ(
      groups({said("V", "c:1", "web", 0, 1), said("V", "h:conversation:W", "web", 1, 2)}).size(),
      2U)
      << "the id of another conversation is somebody";
}

TEST(Sessions, TellSubjectsAndChannelsApart) {
  EXPECT_EQ(groups({said("", "c:1", "web", 0, 1), said("", "c:2", "web", 0, 2),
                    said("", "c:1", "app", 0, 3)})
                .size(),
            3U);
}

TEST(Sessions, LeaveMessagesWithoutTimeOrSubjectByThemselves) {
  EXPECT_EQ(groups({said("", "c:1", "web", {}, 1), said("", "c:1", "web", {}, 2),
                    said("", "", "web", 0, 3), said("", "", "web", 1, 4)})
                .size(),
            4U);
}

TEST(Sessions, OrderMessagesOfOneTimeByTheirRows) {
  EXPECT_EQ(
      groups({said("V", "c:1", "", 5, 2), said("V", "c:1", "", 5, 1), said("V", "c:1", "", {}, 3)}),
      (Groups{{2, 1, 0}}));
  EXPECT_TRUE(groups({}).empty());
}

TEST(Sessions, DoNotDependOnTheOrderOfTheInput) {
  std::mt19937 random(5);
  const std::string_view names[] = {"", "", "A", "B"};
  const std::string_view subjects[] = {"", "c:1", "c:2"};
  for (int round = 0; round < 200; ++round) {
    Rows rows;
    for (int i = 0; i < 40; ++i) {
      rows.push_back(said(names[random() % 4], subjects[random() % 3], random() % 2 ? "web" : "app",
                          random() % 6 ? std::optional<int>(int(random() % 300)) : std::nullopt,
                          i));
    }
    const auto by_row = [](const Rows& from) {
      std::vector<std::vector<std::int64_t>> out;
      for (const Session& session : sessions(from)) {
        out.emplace_back();
        for (const std::size_t i : session.messages) out.back().push_back(from[i].row);
      }
      return out;
    };
    const auto one = by_row(rows);
    std::shuffle(rows.begin(), rows.end(), random);
    ASSERT_EQ(one, by_row(rows));
    std::size_t count = 0;
    for (const auto& session : one) count += session.size();
    ASSERT_EQ(count, rows.size());
  }
}

}  // namespace
}  // namespace xinjing::ingest
