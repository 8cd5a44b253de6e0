#include "playbook/promise_plays.h"

#include <gtest/gtest.h>

#include "base/file.h"

namespace xinjing::playbook {
namespace {

TEST(PromisePlays, HaveSomethingToDoInEverySituation) {
  const auto text = read_file(XINJING_SOURCE_DIR "/plays/promises.tsv");
  ASSERT_TRUE(text);
  const auto plays = PromisePlays::parse(*text, "promises.tsv");
  ASSERT_TRUE(plays) << plays.error().message(Lang::kEn);
  for (const char* when : {"overdue", "soon", "open", "undated", "unmet"}) {
    ASSERT_NE(plays->find(when, ""), nullptr) << when;
    EXPECT_NE(plays->find(when, "nobody+knows"), nullptr) << when;
  }
  EXPECT_NE(plays->find("overdue", "document+refund"), plays->find("overdue", "document"))
      << "the first act that has a play of its own";
  EXPECT_EQ(plays->find("met", "refund"), nullptr);
}

TEST(PromisePlays, RefuseWithThePlace) {
  const std::string header = "when\tact\tzh\ten\n";
  for (const auto& [text, place] : std::vector<std::pair<std::string, std::string>>{
           {"when\tzh\n", "p.tsv:1:1"},
           {header + "soon\t*\t做\n", "p.tsv:2:1"},
           {header + "soon\t\t做\tdo\n", "p.tsv:2:6"}}) {
    const auto plays = PromisePlays::parse(text, "p.tsv");
    ASSERT_FALSE(plays) << text;
    EXPECT_EQ(plays.error().place, place);
  }
}

}  // namespace
}  // namespace xinjing::playbook
