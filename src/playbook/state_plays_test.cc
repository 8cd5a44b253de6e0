#include "playbook/state_plays.h"

#include <gtest/gtest.h>

#include "base/file.h"

namespace xinjing::playbook {
namespace {

TEST(StatePlays, HaveSomethingToDoForEveryCaseOfTheReport) {
  const auto text = read_file(XINJING_SOURCE_DIR "/plays/states.tsv");
  ASSERT_TRUE(text);
  const auto plays = StatePlays::parse(*text, "states.tsv");
  ASSERT_TRUE(plays) << plays.error().message(Lang::kEn);
  for (const char* key :
       {"bond:gone",      "bond:leave",     "bond:waver",      "bond:advocate",   "bond:recovered",
        "escalation:1",   "escalation:2",   "vulnerable:care", "promise:overdue", "motive:vent",
        "motive:respect", "motive:redress", "motive:solve",    "motive:info",     "motive:praise",
        "motive:suggest", "motive:social",  "need:basic",      "need:safety",     "need:belong",
        "need:esteem",    "need:self"}) {
    const Play* play = plays->find(key);
    ASSERT_NE(play, nullptr) << key;
    EXPECT_FALSE(play->what.zh.empty() || play->what.en.empty()) << key;
  }
  EXPECT_EQ(plays->find("bond:neutral"), nullptr);
}

TEST(StatePlays, RefuseWithThePlace) {
  const std::string header = "construct\tstate\tzh\ten\tsay_zh\tsay_en\n";
  for (const auto& [text, place] : std::vector<std::pair<std::string, std::string>>{
           {"construct\tzh\n", "p.tsv:1:1"},
           {header + "bond\tleave\t做\tdo\n", "p.tsv:2:1"},
           {header + "bond\t\t做\tdo\t-\t-\n", "p.tsv:2:6"},
           {header + "bond\tleave\t做\tdo\t-\t-\nbond\tleave\t做\tdo\t-\t-\n", "p.tsv:3:6"}}) {
    const auto plays = StatePlays::parse(text, "p.tsv");
    ASSERT_FALSE(plays) << text;
    EXPECT_EQ(plays.error().place, place);
  }
}

}  // namespace
}  // namespace xinjing::playbook
