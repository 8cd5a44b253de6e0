#include "cli/packs.h"

#include <gtest/gtest.h>

#include <fstream>
#include <set>

#include "base/file.h"
#include "base/json.h"
#include "base/temporary_folder.h"
#include "cli/resources.h"
#include "cli/test_support.h"
#include "language/normalise.h"

namespace xinjing::cli {
namespace {

namespace fs = std::filesystem;

const fs::path kHome = XINJING_SOURCE_DIR;
const std::vector<std::string> kAll = {"b2b", "ecommerce", "hotel", "power", "property", "telecom"};

/// "state<TAB>cue" of every row of a cue file.
std::set<std::string> rows_of(std::string_view text, const std::string& name) {
  std::set<std::string> rows;
  const auto cues = language::parse_cues(text, name);
  EXPECT_TRUE(cues) << cues.error().message(Lang::kEn);
  if (!cues) return rows;
  for (const language::Cue& cue : *cues) {
    EXPECT_EQ(language::normalised_text(cue.text), cue.text) << name << ":" << cue.line;
    rows.insert(cue.state + "\t" + cue.text);
  }
  return rows;
}

TEST(Packs, AreThoseOfSixTrades) { EXPECT_EQ(known_packs(kHome), kAll); }

TEST(Packs, ParseAndSpeakOfConstructsAndStatesThatThereAre) {
  for (const std::string& id : kAll) {
    const Result<Knowledge> knowledge = load_knowledge(kHome, Need::kReadings, {id});
    ASSERT_TRUE(knowledge) << knowledge.error().message(Lang::kEn);
    EXPECT_GE(knowledge->norms.norms().size(), 25U) << id;
    std::set<std::string> keys;
    for (const language::Norm& norm : knowledge->norms.norms()) {
      EXPECT_TRUE(keys.insert(norm.key).second) << norm.key;
    }
    const Result<Pack> pack = read_pack(id, kHome);
    ASSERT_TRUE(pack);
    EXPECT_EQ(pack->norms.size(), 2U) << id;  // of both languages
  }
}

TEST(Packs, BringEnoughCuesAndNoneThatTheConstructsHave) {
  for (const std::string& id : kAll) {
    const Result<Pack> pack = read_pack(id, kHome);
    ASSERT_TRUE(pack) << pack.error().message(Lang::kEn);
    std::size_t zh = 0;
    std::size_t en = 0;
    for (const PackFile& file : pack->cues) {
      const std::set<std::string> own = rows_of(file.text, file.name);
      (file.lang == Lang::kZh ? zh : en) += own.size();
      const fs::path base =
          kHome / "constructs" / file.stem / fmt::format("cues.{}.tsv", lang_id(file.lang));
      const Result<std::string> text = read_file(base);
      if (!text) continue;
      for (const std::string& row : rows_of(*text, base.string())) {
        EXPECT_FALSE(own.contains(row)) << file.name << ": " << row;
      }
    }
    EXPECT_GE(zh, 150U) << id;
    EXPECT_GE(en, 40U) << id;
  }
}

TEST(Packs, LeaveTheVersionOfTheKnowledgeAloneUntilTheyAreOn) {
  const auto version = [](const std::vector<std::string>& packs) {
    const Result<Knowledge> knowledge = load_knowledge(kHome, Need::kReadings, packs);
    return knowledge ? knowledge->version : knowledge.error().message(Lang::kEn);
  };
  EXPECT_EQ(version({}), load_knowledge(kHome, Need::kReadings)->version);
  EXPECT_NE(version({}), version({"power"}));
  EXPECT_NE(version({"hotel"}), version({"power"}));
}

TEST(Packs, AreNamedInAListInAnyOrder) {
  EXPECT_EQ(*packs_of("power,hotel,power", kHome), (std::vector<std::string>{"hotel", "power"}));
  EXPECT_TRUE(packs_of("none", kHome)->empty());
  EXPECT_TRUE(packs_of("", kHome)->empty());
  EXPECT_EQ(packs_of("bank", kHome).error().message(Lang::kEn),
            "there is no pack 'bank'; there are: b2b, ecommerce, hotel, power, property, telecom");
  EXPECT_FALSE(packs_of("power,,hotel", kHome));
}

TEST(Packs, OfAFaultyInstallationAreRefusedWithThePlace) {
  const TemporaryFolder folder;
  const fs::path packs = folder.path() / "packs" / "inn";
  fs::create_directories(packs / "cues");
  const auto write = [&](const char* name, std::string_view text) {
    std::ofstream(packs / name) << text;
  };
  write("pack.toml", "id = \"inn\"\n");
  EXPECT_EQ(read_pack("inn", folder.path()).error().place, "packs/inn/pack.toml:1:1");
  write("pack.toml",
        "id = \"hotel\"\nname = { zh = \"a\", en = \"a\" }\ndescription = { zh = \"a\", en = \"a\" "
        "}\nversion = 1\nsource = \"a\"\nlicence = \"a\"\n");
  EXPECT_EQ(read_pack("inn", folder.path()).error().said.en,
            "the folder's name is not the pack's id");
  fs::rename(packs, folder.path() / "packs" / "hotel");
  std::ofstream(folder.path() / "packs/hotel/cues/need.de.tsv") << "x";
  EXPECT_EQ(read_pack("hotel", folder.path()).error().place, "packs/hotel/cues/need.de.tsv");
}

/// What `read` says of a line, with these packs.
std::string read_line(const fs::path& folder, const std::string& line, const std::string& packs) {
  const fs::path file = folder / "line.jsonl";
  std::ofstream(file) << line << "\n";
  const Output output = run({"read", "--pack", packs, "--threads", "1", file.string()});
  EXPECT_EQ(output.code, kDone) << output.err;
  return output.out;
}

/// Whether the reading has an expectation with this norm and status.
bool says(const std::string& reading, std::string_view norm, std::string_view status) {
  JsonParser parser;
  const Result<JsonValue> parsed = parser.parse(reading);
  bool found = false;
  if (!parsed) return found;
  (*parsed)["episode"]["expectation"].each([&](JsonValue entry) {
    found = found || (entry["norm"].string() == norm && entry["status"].string() == status);
  });
  return found;
}

TEST(Packs, ChangeTheReadingOfConversationsOfTheirTrade) {
  const TemporaryFolder folder;
  for (const std::string& id : kAll) {
    std::ifstream file(kHome / "tests" / "tables" / "packs" / (id + ".jsonl"));
    std::string line;
    std::size_t lines = 0;
    while (std::getline(file, line)) {
      ++lines;
      JsonParser parser;
      const Result<JsonValue> wanted = parser.parse(line);
      ASSERT_TRUE(wanted) << line;
      const std::string norm(*(*wanted)["norm"].string());
      const std::string status(*(*wanted)["status"].string());
      const std::string off = read_line(folder.path(), line, "none");
      const std::string on = read_line(folder.path(), line, id);
      EXPECT_TRUE(says(on, norm, status)) << norm << " " << on;
      EXPECT_EQ(off.find("\"norm\""), std::string::npos) << off;
    }
    EXPECT_GE(lines, 6U) << id;
  }
}

TEST(PacksCommand, ListsAndShowsThem) {
  const Output list = run({"packs", "list", "--lang", "zh"});
  EXPECT_EQ(list.code, kDone);
  EXPECT_TRUE(has(list.out, "power      电力")) << list.out;
  const Output show = run({"packs", "show", "ecommerce"});
  EXPECT_TRUE(has(show.out, "7 days to return without a reason  [7 d]")) << show.out;
  EXPECT_TRUE(has(show.out, "art. 25"));
  EXPECT_TRUE(has(show.out, "退货…不给退")) << show.out;
  EXPECT_EQ(run({"packs", "show"}).code, kUsageError);
  EXPECT_EQ(run({"packs", "show", "bank"}).code, kUsageError);
}

}  // namespace
}  // namespace xinjing::cli
