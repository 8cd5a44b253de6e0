#include "language/request.h"

#include <gtest/gtest.h>

namespace xinjing::language {
namespace {

Status parse(const char* text, Request& request) {
  static JsonParser parser;
  const auto line = parser.parse(text);
  return line ? parse_request(*line, request) : Status(line.failure());
}

TEST(Request, TakesConversationsAndSingleTexts) {
  Request request;
  ASSERT_TRUE(parse(
      R"({"id":"a","lang":"en","turns":[{"speaker":"bot","text":"hi","time":"2026-01-02T10:00:00+08:00"}]})",
      request));
  EXPECT_EQ(request.id_json, "\"a\"");
  EXPECT_EQ(request.lang, Lang::kEn);
  EXPECT_EQ(request.turns[0].speaker, ingest::Speaker::kBot);
  EXPECT_TRUE(request.turns[0].time.has_value());
  ASSERT_TRUE(parse(R"({"id":5,"text":"好"})", request));
  EXPECT_EQ(request.id_json, "5");
  EXPECT_EQ(request.turns.size(), 1U);
  EXPECT_FALSE(request.lang.has_value());
}

TEST(Request, NamesWhatIsMissing) {
  Request request;
  const auto message = [&](const char* text) { return parse(text, request).error().said.en; };
  EXPECT_EQ(message("[]"), "the line is not a JSON object");
  EXPECT_EQ(message("{}"), "there is neither \"turns\" nor \"text\"");
  EXPECT_EQ(message(R"({"text":null})"), "there is neither \"turns\" nor \"text\"");
  EXPECT_EQ(message(R"({"turns":[{"speaker":"agent"}]})"), "turn 1 has no text");
  EXPECT_EQ(message(R"({"turns":[{"speaker":"agent","text":"a","time":"yesterday"}]})"),
            "the time of turn 1 is not an ISO time");
}

TEST(Request, NamesWhatIsOfTheWrongType) {
  Request request;
  const auto said = [&](const char* text) { return parse(text, request).error().said; };
  EXPECT_EQ(said(R"({"text":5})").en, "\"text\" must be a string");
  EXPECT_EQ(said(R"({"text":5})").zh, "“text” 应是字符串");
  EXPECT_EQ(said(R"({"turns":"a","text":"b"})").en, "\"turns\" must be a list");
  EXPECT_EQ(said(R"({"turns":[{"speaker":"agent","text":["a"]}]})").en,
            "the text of turn 1 must be a string");
}

TEST(Request, HasALegibleIdThoughTheLineIsNoJson) {
  JsonParser parser;
  const auto id = [&](std::string_view line) { return legible_id(line, parser); };
  EXPECT_EQ(id(R"({"id":"c1","text":"cut off)"), "\"c1\"");
  EXPECT_EQ(id(R"({ "text":"a\"id\":1 b", "x":[{"id":2}], "id" : 17, oops})"), "17");
  EXPECT_EQ(id(R"({"id":"第\u4e00\"条",})"), R"("第一\"条")");
  for (const std::string_view none :
       {"", "not json", R"({"id":"c1)", R"({"id":12)", R"({"id":)", R"({"id")",
        R"({"id":{"a":1},})", R"({"id":nought,})", R"(["id",1)", "{\"id\":\"\xff\",}",
        R"({"x":{"id":3},)", "{\"\\"}) {
    EXPECT_EQ(id(none), "null") << none;
  }
}

TEST(IsoTime, ReadsTheCommonForms) {
  const auto millis = [](std::string_view text) {
    const auto time = parse_iso_time(text);
    return time ? time->millis : -1;
  };
  EXPECT_EQ(millis("1970-01-02"), 86'400'000);
  EXPECT_EQ(millis("1970-01-01T08:00:01+08:00"), 1000);
  EXPECT_EQ(millis("1970-01-01 00:01"), 60'000);
  EXPECT_EQ(millis("1970-01-01T00:00:02.5Z"), 2000);
  for (const char* bad : {"", "2026", "2026-02-30", "2026-01-01T25:00", "2026-01-01T10:61",
                          "99999-01-01", "2026-01-01T10:00:00+99:00", "2026-01-01T10:00:00 x"}) {
    EXPECT_FALSE(parse_iso_time(bad).has_value()) << bad;
  }
}

}  // namespace
}  // namespace xinjing::language
