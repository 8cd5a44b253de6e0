#include <gtest/gtest.h>

#include <algorithm>
#include <deque>
#include <filesystem>
#include <set>

#include "base/file.h"
#include "base/format.h"
#include "base/tsv.h"
#include "language/cue_lexicon.h"
#include "language/normalise.h"

// What the shipped cue files find, by tests/tables/normal.
namespace xinjing::language {
namespace {

namespace fs = std::filesystem;

CueLexicon shipped() {
  std::deque<std::string> texts;
  std::deque<std::vector<std::string>> states;
  std::vector<CueFile> files;
  std::uint16_t construct = 0;
  for (const auto& folder : fs::directory_iterator(XINJING_SOURCE_DIR "/constructs")) {
    std::set<std::string> ids;
    const std::size_t first = files.size();
    for (const char* name : {"cues.zh.tsv", "cues.en.tsv"}) {
      auto text = read_file(folder.path() / name);
      if (!text) continue;
      texts.push_back(std::move(*text));
      const auto cues = parse_cues(texts.back(), name);
      EXPECT_TRUE(cues) << folder.path();
      for (const Cue& cue : *cues) ids.insert(cue.state);
      files.push_back({.construct = construct,
                       .construct_id = folder.path().filename().string(),
                       .states = {},
                       .text = texts.back(),
                       .name = name});
    }
    states.emplace_back(ids.begin(), ids.end());
    for (std::size_t f = first; f < files.size(); ++f) files[f].states = states.back();
    ++construct;
  }
  std::vector<CueException> exceptions;
  for (const char* name : {"exceptions.zh.tsv", "exceptions.en.tsv"}) {
    const auto text = read_file(XINJING_SOURCE_DIR "/lexicons/" + std::string(name));
    EXPECT_TRUE(text) << name;
    const auto some = parse_exceptions(*text, name);
    EXPECT_TRUE(some) << some.error().message(Lang::kEn);
    exceptions.insert(exceptions.end(), some->begin(), some->end());
  }
  EXPECT_GE(exceptions.size(), 200U);
  auto lexicon = CueLexicon::compile(files, exceptions);
  EXPECT_TRUE(lexicon);
  return std::move(*lexicon);
}

const CueLexicon& lexicon_of_all() {
  static const CueLexicon lexicon = shipped();
  return lexicon;
}

bool finds(std::string_view text, std::string_view speaker, std::string_view state) {
  const CueLexicon& lexicon = lexicon_of_all();
  Normalised normal;
  normalise(text, normal);
  CueLexicon::Scratch scratch;
  std::vector<CueMatch> matches;
  const bool agent = speaker == "agent";
  lexicon.find(normal.chars, agent ? ingest::Speaker::kAgent : ingest::Speaker::kCustomer, scratch,
               matches);
  return std::any_of(matches.begin(), matches.end(), [&](const CueMatch& match) {
    return match.micro_nats > 0 && lexicon.kinds()[match.kind] == state;
  });
}

TEST(ShippedCues, FindCoarseAndYoungChinese) {
  const std::string name = "cues.zh.tsv";
  const auto file = read_file(XINJING_SOURCE_DIR "/tests/tables/normal/" + name);
  ASSERT_TRUE(file);
  TsvReader reader(*file, name, "text\tspeaker\tstate\tfound\tnote");
  std::size_t rows = 0;
  std::size_t right = 0;
  for (;; ++rows) {
    const auto row = reader.next();
    ASSERT_TRUE(row) << row.error().message(Lang::kEn);
    if (!*row) break;
    const auto& cells = (*row)->cells;
    const bool expected = cells[3] == "yes";
    const bool met = finds(cells[0], cells[1], cells[2]) == expected;
    right += met ? 1 : 0;
    EXPECT_TRUE(met || cells[4].starts_with("known weakness"))
        << (*row)->place << ": " << cells[0] << " " << cells[2];
  }
  std::printf("coarse and young Chinese: %zu of %zu rows right\n", right, rows);
  EXPECT_GE(rows, 100U);
}

/// Whether the cue counts somewhere in what a customer says.
bool counts(std::string_view text, std::string_view cue) {
  Normalised normal;
  normalise(text, normal);
  CueLexicon::Scratch scratch;
  std::vector<CueMatch> matches;
  lexicon_of_all().find(normal.chars, ingest::Speaker::kCustomer, scratch, matches);
  return std::any_of(matches.begin(), matches.end(), [&](const CueMatch& match) {
    return slice(text, normal.bytes(match.span.begin, match.span.end)) == cue;
  });
}

TEST(ShippedCues, DoNotCountInLongerWordsThatMeanSomethingElse) {
  for (const std::string name : {"exceptions.zh.tsv", "exceptions.en.tsv"}) {
    const auto file = read_file(XINJING_SOURCE_DIR "/tests/tables/exceptions/" + name);
    ASSERT_TRUE(file) << name;
    const Status read =
        TsvReader(*file, name, "text\tcue\tcounts\tnote").each([&](const TsvRow& row) -> Status {
          EXPECT_EQ(counts(row.cells[0], row.cells[1]), row.cells[2] == "yes")
              << row.place << ": " << row.cells[0];
          return {};
        });
    EXPECT_TRUE(read) << read.error().message(Lang::kEn);
  }
}

}  // namespace
}  // namespace xinjing::language
