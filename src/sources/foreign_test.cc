#include "sources/foreign.h"

#include <gtest/gtest.h>

#include "sources/reading_test.h"
#include "sources/zip_test.h"

namespace xinjing::sources {
namespace {

using namespace std::string_literals;

std::string refusal(std::string bytes, const std::string& name) {
  const auto source = open_source(Content::of(std::move(bytes), name));
  return source ? "read" : source.error().said.en;
}

TEST(Foreign, IsToldByItsFirstBytesAndRefusedInOneSentence) {
  EXPECT_EQ(refusal("\x1f\x8b\x08,,,\x03 id,time", "messages.csv.gz"),
            "this is a packed file (gzip): unpack it first");
  EXPECT_EQ(refusal("\x1f\x8b\x08,,,\x03 id,time", "messages.csv"),
            "this is a packed file (gzip): unpack it first");
  EXPECT_EQ(refusal("%PDF-1.7 a,b", "orders.csv"),
            "this is a PDF, not a table: export the table behind it as CSV or XLSX");
  EXPECT_EQ(refusal("\x89PNG\r\n\x1a\n,,,", "a.csv"),
            "this is a picture or a film (PNG), not a table");
  EXPECT_EQ(refusal("\xff\xd8\xff\xe0 JFIF,", "a.txt"),
            "this is a picture or a film (JPEG), not a table");
  EXPECT_EQ(refusal("RIFF1234WEBP,", "a.csv"), "this is a picture or a film (WebP), not a table");
  EXPECT_EQ(refusal("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1,,", "old.xlsx"),
            "this is a file of old Excel or Word (.xls, .doc): save it as .xlsx or CSV");
  EXPECT_EQ(refusal(zip_of({{"messages.csv", "a,b"}}), "messages.csv"),
            "this is a ZIP archive without an Excel workbook in it: unpack it first");
}

TEST(Foreign, IsWhateverIsNoText) {
  std::string bytes;
  for (int i = 0; i < 4096; ++i) bytes.push_back(char(i * 7919 >> 3));
  EXPECT_EQ(refusal("x,y" + bytes, "a.csv"), "this file is no text and in no known format");
}

TEST(Foreign, IsNoText) {
  EXPECT_EQ(refusal("BZ,Rar\nDUCK,%PDF-\n", "a.csv"), "read");
  EXPECT_EQ(refusal("id,ftyp\n1,2\n", "a.csv"), "read");
  EXPECT_EQ(refusal("abcdftyp,b\n1,2\n", "a.csv"), "read");
  EXPECT_EQ(refusal("\xff\xfe"s + "a\0,\0b\0\n\0"s, "utf16.csv"), "read");
  EXPECT_EQ(refusal("a,b\n1\0,\x01\n"s, "a.csv"), "read");
}

}  // namespace
}  // namespace xinjing::sources
