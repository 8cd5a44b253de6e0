#include "evidence/pack.h"

#include <gtest/gtest.h>

namespace xinjing::evidence {
namespace {

constexpr std::string_view kPack = R"(id = "power"
name = { zh = "电力", en = "Power supply" }
description = { zh = "停电和电费。", en = "Outages and bills." }
version = 2
source = "written for this project"
licence = "Apache-2.0"
)";

std::string refusal(std::string_view from, std::string_view to) {
  std::string text(kPack);
  text.replace(text.find(from), from.size(), to);
  const Result<PackCard> pack = parse_pack(text, "pack.toml");
  return pack ? "" : pack.error().message(Lang::kEn);
}

TEST(Pack, SaysWhatItIs) {
  const Result<PackCard> pack = parse_pack(kPack, "pack.toml");
  ASSERT_TRUE(pack);
  EXPECT_EQ(pack->id, "power");
  EXPECT_EQ(pack->name.zh, "电力");
  EXPECT_EQ(pack->description.en, "Outages and bills.");
  EXPECT_EQ(pack->version, 2);
}

TEST(Pack, IsRefusedWithThePlace) {
  EXPECT_EQ(refusal("id = \"power\"", "id = \"Po\""),
            "an id is made of small letters, digits and _ (pack.toml:1:6)");
  EXPECT_EQ(refusal("version = 2", "version = 0"),
            "'version' is a whole number from 1 on (pack.toml:4:11)");
  EXPECT_EQ(refusal("licence = ", "license = "),
            "'license' is not a key of a pack (pack.toml:6:11)");
  EXPECT_EQ(refusal("en = \"Power supply\"", "en = \"\""),
            "'en' is a text that is not empty (pack.toml:2:26)");
  EXPECT_NE(refusal("source = \"written for this project\"\n", ""), "");
  EXPECT_NE(refusal("id = ", "id "), "");
}

}  // namespace
}  // namespace xinjing::evidence
