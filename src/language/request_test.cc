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
  EXPECT_EQ(message(R"({"turns":[{"speaker":"agent"}]})"), "turn 1 has no text");
  EXPECT_EQ(message(R"({"turns":[{"speaker":"agent","text":"a","time":"yesterday"}]})"),
            "the time of turn 1 is not an ISO time");
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
