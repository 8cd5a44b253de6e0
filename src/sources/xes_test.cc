#include "sources/xes.h"

#include <gtest/gtest.h>

#include "sources/gzip.h"
#include "sources/reading_test.h"

namespace xinjing::sources {
namespace {

constexpr const char* kHeader =
    "[touchpoint_id|case_id|customer|channel|activity|started|ended|resource|status]\n";

std::string event(const std::string& attributes) { return "<event>" + attributes + "</event>\n"; }
std::string text(const std::string& key, const std::string& value) {
  return "<string key=\"" + key + "\" value=\"" + value + "\"/>";
}
std::string step(const std::string& name, const std::string& time,
                 const std::string& transition = "") {
  return event(text("concept:name", name) + "<date key=\"time:timestamp\" value=\"" + time +
               "\"/>" + (transition.empty() ? "" : text("lifecycle:transition", transition)));
}
std::string log(const std::string& inside) {
  return "<?xml version=\"1.0\"?>\n<log xes.version=\"1.0\">\n" + inside + "</log>";
}
std::string trace(const std::string& name, const std::string& events) {
  return "<trace>" + text("concept:name", name) + "\n" + events + "</trace>";
}

TEST(Xes, ReadsEventsAsRowsOfTouchpoints) {
  EXPECT_EQ(read(log(trace("案 1", event(text("concept:name", "a &gt; b &amp; 丙") +
                                         "<date key=\"time:timestamp\" value=\"T1\"/>" +
                                         text("org:resource", "小王") + text("channel", "热线") +
                                         text("identity:id", "e7"))) +
                     trace("2", step("x", "T2", "In Progress"))),
                 "l.xes"),
            std::string(kHeader) + "4: e7|案 1||热线|a > b & 丙|T1||小王|\n" +
                "6: 2#1@T2|2|||x|T2|||In Progress\n");
}

TEST(Xes, PairsAStartWithTheNextCompleteOfItsActivity) {
  const std::string events = step("a", "T1", "start") + step("b", "T2", "START") +
                             step("a", "T3", "start") + step("a", "T4", "complete") +
                             step("b", "T5", "ate_abort") + step("a", "T6", "complete") +
                             step("a", "T7", "complete") + step("c", "T8", "start");
  EXPECT_EQ(read(log(trace("1", events)), "l.xes"),
            std::string(kHeader) +
                "4: 1#1@T1|1|||a|T1|T4||\n5: 1#2@T2|1|||b|T2|T5||ate_abort\n"
                "6: 1#3@T3|1|||a|T3|T6||\n10: 1#7@T7|1|||a|T7|||\n"
                "11: 1#8@T8|1|||c|T8|||start\n");
}

TEST(Xes, TakesAttributesOfTheTraceAndOfNothingElse) {
  const std::string inside = "<global scope=\"event\">" + text("concept:name", "no") + "</global>" +
                             "<trace><list key=\"x\">" + text("customer", "no") + "</list>" +
                             text("concept:name", "1") + text("customer", "C1") +
                             event(text("concept:name", "a") + text("org:group", "前台") +
                                   "<string key=\"z\" value=\"\">" + text("org:resource", "no") +
                                   "</string><date key=\"start_timestamp\" value=\"T0\"/>"
                                   "<date key=\"time:timestamp\" value=\"T1\"/>") +
                             "</trace>";
  EXPECT_EQ(read(log(inside), "l.xes"), std::string(kHeader) + "3: 1#1@T1|1|C1||a|T0|T1|前台|\n");
}

TEST(Xes, KnowsALogByItsBytesAndLeavesOtherXmlAlone) {
  EXPECT_EQ(read(log(trace("1", step("a", "T"))), "log.txt"),
            std::string(kHeader) + "4: 1#1@T|1|||a|T|||\n");
  EXPECT_EQ(read("<a><b/></a>", "l.xes"),
            std::string(kHeader) + "refused: the file is XML but no event log (XES)\n");
}

TEST(Xes, RefusesBrokenAndHostileFilesWithASentence) {
  const std::string good = trace("1", step("a", "T"));
  EXPECT_EQ(
      read("<log>" + good + "<trace><event>", "l.xes"),
      std::string(kHeader) + "2: 1#1@T|1|||a|T|||\nrefused: the event log holds broken XML\n");
  EXPECT_EQ(read("<!DOCTYPE l [<!ENTITY a \"aaa\">]><log><trace/></log>", "l.xes"),
            std::string(kHeader) + "refused: the log has a document type, which is not read\n");
  std::string deep = "<log>";
  for (int i = 0; i < 100'000; ++i) deep += "<a>";
  EXPECT_EQ(read(deep, "l.xes"),
            std::string(kHeader) + "refused: elements lie more than 64 deep\n");
  EXPECT_EQ(read("<log><trace><event a=\"" + std::string(40U << 20, 'x'), "l.xes"),
            std::string(kHeader) + "refused: a tag is longer than 4 MiB\n");
  EXPECT_EQ(read(log(trace("1", step(std::string(2U << 20, 'x'), "T") + step("b", "T"))), "l.xes"),
            std::string(kHeader) + "4:0! a cell is longer than 1 MiB\n5: 1#2@T|1|||b|T|||\n");
}

TEST(Xes, IsNewAsAWholeOrNotAtAll) {
  const std::string bytes = log(trace("1", step("a", "T")));
  auto source = open_source(Content::of(bytes, "l.xes"));
  Batch batch;
  while ((*source)->next(batch) && !batch.empty()) {
  }
  const Position end = batch.end;
  EXPECT_EQ(end.offset, bytes.size());
  EXPECT_EQ(read(bytes, "l.xes", {.after = end}), kHeader);
  const std::string grown = log(trace("1", step("a", "T") + step("b", "T")));
  EXPECT_EQ(read(grown, "l.xes", {.after = end}),
            std::string(kHeader) + "4: 1#1@T|1|||a|T|||\n5: 1#2@T|1|||b|T|||\n");
}

// A log of one trace and one event in two members, packed by zlib 1.2.13.
const std::string kPacked(
    "\x1f\x8b\x08\x00\x00\x00\x00\x00\x02\xff\xb3\xc9\xc9\x4f\xb7\xb3\x29\x29\x4a\x4c\x4e\xb5\xb3"
    "\x29"
    "\x2e\x29\xca\xcc\x4b\x57\xc8\x4e\xad\xb4\x55\x4a\xce\xcf\x4b\x4e\x2d\x28\xb1\xca\x4b\xcc\x4d"
    "\x55"
    "\x52\x28\x4b\xcc\x29\x4d\xb5\x55\x32\x54\xd2\xb7\x03\x00\x14\x0e\x59\x59\x32\x00\x00\x00\x1f"
    "\x8b"
    "\x08\x00\x00\x00\x00\x00\x02\xff\xb3\x49\x2d\x4b\xcd\x2b\xb1\xb3\x29\x2e\x29\xca\xcc\x4b\x57"
    "\xc8"
    "\x4e\xad\xb4\x55\x4a\xce\xcf\x4b\x4e\x2d\x28\xb1\xca\x4b\xcc\x4d\x55\x52\x28\x4b\xcc\x29\x4d"
    "\xb5"
    "\x55\x4a\x54\xd2\xb7\xb3\xd1\x87\xaa\xd6\x2f\x29\x4a\x4c\x4e\x05\xd2\x39\xf9\xe9\x76\x00\xc1"
    "\x33"
    "\x67\xc6\x43\x00\x00\x00",
    150);

TEST(Gzip, UnpacksAllMembers) {
  EXPECT_EQ(read(kPacked, "l.xes.gz"), std::string(kHeader) + "1: 1#1@|1|||a||||\n");
}

TEST(Gzip, RefusesWhatIsCutOffOrIsTooMuch) {
  EXPECT_EQ(read(kPacked.substr(0, kPacked.size() - 9), "l.xes.gz"),
            std::string(kHeader) + "1: 1#1@|1|||a||||\nrefused: the packed file is damaged\n");
  EXPECT_EQ(read(kPacked, "l.xes.gz", {.unpack = {.most_bytes = 60}}),
            std::string(kHeader) + "refused: the packed file unpacks to far too much\n");
  EXPECT_EQ(read(kPacked, "l.csv.gz"), "refused: this is a packed file (gzip): unpack it first\n");
}

}  // namespace
}  // namespace xinjing::sources
