#include "base/json.h"

#include <gtest/gtest.h>

#include <cmath>
#include <random>

#include "base/json_writer.h"

namespace xinjing {
namespace {

std::string number(double value, int decimals = 4) {
  std::string out;
  JsonWriter(out).number(value, decimals);
  return out;
}

TEST(JsonWriter, WritesShortNumbers) {
  EXPECT_EQ(number(0.81), "0.81");
  EXPECT_EQ(number(-0.25), "-0.25");
  EXPECT_EQ(number(1), "1");
  EXPECT_EQ(number(0.00001), "0");
  EXPECT_EQ(number(-0.00001), "0");
  EXPECT_EQ(number(2.0305, 3), "2.031");
  EXPECT_EQ(number(0.0 / 0.0), "null");
  EXPECT_EQ(number(1e300), "1e+300");
}

TEST(JsonWriter, RoundsWhatIsJustBelowAHalfDown) {
  EXPECT_EQ(number(std::nextafter(0.5, 0), 0), "0") << "with a half added it is 1";
  EXPECT_EQ(number(0.5, 0), "1");
  EXPECT_EQ(number(-2.5, 0), "-3");
}

TEST(JsonWriter, WritesWhatTheParserReads) {
  std::string out;
  JsonWriter json(out);
  json.begin_object().field("text", "a\"b\\\n\x01好").field("n", 3).field("yes", true);
  json.key("list").begin_array().number(0.5).null().begin_object().end_object().end_array();
  json.end_object();
  EXPECT_EQ(out,
            "{\"text\":\"a\\\"b\\\\\\n\\u0001好\",\"n\":3,\"yes\":true,\"list\":[0.5,null,{}]}");
  JsonParser parser;
  const Result<JsonValue> read = parser.parse(out);
  ASSERT_TRUE(read);
  EXPECT_EQ((*read)["text"].string(), "a\"b\\\n\x01好");
  EXPECT_EQ((*read)["n"].scalar(), "3");
  EXPECT_FALSE((*read)["missing"].present());
}

std::string escaped_byte_by_byte(std::string_view text) {
  std::string out;
  for (const char c : text) append_json_escaped(out, std::string_view(&c, 1));
  return out;
}

TEST(JsonWriter, EscapesTheSameByteByByteAndEightAtOnce) {
  std::mt19937 random(7);
  const std::string_view some = "ab \"\\\x1f\x20\x7f\x80\xff\n\t";
  for (int round = 0; round < 5000; ++round) {
    std::string text(random() % 40, 'x');
    for (int k = 0; k < 3 && !text.empty(); ++k) {
      text[random() % text.size()] = some[random() % some.size()];
    }
    std::string out;
    append_json_escaped(out, text);
    ASSERT_EQ(out, escaped_byte_by_byte(text));
  }
}

TEST(JsonWriter, TakesPiecesMadeElsewhere) {
  std::string out;
  JsonWriter json(out);
  json.begin_object().piece("\"a\":").integer(1).piece("\"b\":");
  char* const to = json.place(3);
  json.placed(std::copy_n("[2]", 3, to)).field("c", 3).end_object();
  EXPECT_EQ(out, "{\"a\":1,\"b\":[2],\"c\":3}");
}

TEST(JsonWriter, IsCompleteWhenTheOutermostValueIs) {
  std::string out;
  JsonWriter json(out);
  json.begin_array();
  for (int i = 0; i < 3; ++i) json.piece("{\"a\":").integer(i).end_object();
  EXPECT_EQ(out, "") << "nothing is whole yet";
  json.end_array();
  EXPECT_EQ(out, "[{\"a\":0},{\"a\":1},{\"a\":2}]");
}

TEST(JsonWriter, GathersPiecesOfAnyLength) {
  std::mt19937 random(7);
  for (int round = 0; round < 200; ++round) {
    std::string out = "before";
    std::string wanted = "before[";
    JsonWriter json(out);
    json.begin_array();
    for (std::size_t i = 0, count = 1 + random() % 40; i < count; ++i) {
      const std::size_t most = random() % 20 == 0 ? 3 * JsonWriter::kRoom : 40;
      const std::string text(random() % most, static_cast<char>('a' + random() % 26));
      json.string(text);
      wanted += (i == 0 ? "\"" : ",\"") + text + '"';
    }
    json.end_array();
    ASSERT_EQ(out, wanted + ']');
  }
}

TEST(JsonParser, RefusesBrokenText) {
  JsonParser parser;
  for (const char* text : {"", "{", "{\"a\":\"\xff\"}", "[1,]", "nul"}) {
    EXPECT_FALSE(parser.parse(text)) << text;
  }
  EXPECT_FALSE(parser.parse(std::string(100000, '[')));
}

}  // namespace
}  // namespace xinjing
