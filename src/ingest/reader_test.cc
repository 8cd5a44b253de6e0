#include "ingest/reader.h"

#include <gtest/gtest.h>

#include "base/format.h"

namespace xinjing::ingest {
namespace {

std::string cell_text(const ColumnSpec& column, const Cell& cell) {
  if (const auto* text = std::get_if<std::string>(&cell)) return *text;
  if (const auto* number = std::get_if<double>(&cell)) return fmt::format("{}", *number);
  const auto* whole = std::get_if<std::int64_t>(&cell);
  if (whole == nullptr) return "";
  if (column.type == CellType::kTime) return iso_time({*whole}, 480);
  if (column.type == CellType::kDay) return iso_date({std::int32_t(*whole)});
  if (column.type == CellType::kSpeaker) return std::string(speaker_id(Speaker(*whole)));
  return std::to_string(*whole);
}

struct Outcome {
  std::string text;
  std::vector<Row> rows;
  ReadCounts counts;
};

/// Each row as "line subject field=value …", each reject as "line:column! reason".
Outcome read_all(std::string bytes, const std::string& name, const ReaderOptions& options = {}) {
  Outcome out;
  Result<Reader> reader = Reader::open(sources::Content::of(std::move(bytes), name), options);
  if (!reader) {
    out.text = "refused: " + reader.error().message(Lang::kEn);
    return out;
  }
  while (true) {
    Result<std::optional<Block>> block = reader->next();
    if (!block) {
      out.text += "refused: " + block.error().said.en + "\n";
      break;
    }
    if (!*block) break;
    for (Row& row : (*block)->rows) {
      out.text += fmt::format("{} {}", row.line, row.subject);
      for (std::size_t i = 0; i < row.cells.size(); ++i) {
        const ColumnSpec& column = reader->table().columns[i];
        const std::string text = cell_text(column, row.cells[i]);
        if (!text.empty()) out.text += fmt::format(" {}={}", column.name, text);
      }
      out.text += "\n";
      out.rows.push_back(std::move(row));
    }
    for (const Reject& reject : (*block)->rejects) {
      out.text += fmt::format("{}:{}! {}\n", reject.line, reject.column, reject.reason.en);
    }
  }
  out.counts = reader->counts();
  EXPECT_EQ(out.counts.rows_in, out.counts.kept + out.counts.rejected);
  return out;
}

TEST(Reader, MakesMessagesOutOfAnExport) {
  EXPECT_EQ(read_all("客户编号,会话,时间,说话人,内容\n"
                     "C1,V1,2026/3/5 9:12,客户,我的手机13812345678\n"
                     "C1,V1,2026/3/5 9:13,客服,您好\n",
                     "聊天.csv")
                .text,
            "2 c:C1 conversation=V1 customer=C1 time=2026-03-05T09:12:00+08:00 speaker=customer "
            "text=我的手机***********\n"
            "3 c:C1 conversation=V1 customer=C1 time=2026-03-05T09:13:00+08:00 speaker=agent "
            "text=您好\n");
}

TEST(Reader, RejectsWithLineColumnAndReasonAndNeverTheText) {
  EXPECT_EQ(
      read_all("customer,time,speaker,text\n"
               "C1,99999-01-01,customer,x\n"
               "C1,2026-03-05,zhang,x\n"
               "C1,2026-03-05,customer,\n"
               "C1,2026-03-05,customer,ok\n",
               "messages.csv")
          .text,
      "5 c:C1 customer=C1 time=2026-03-05T00:00:00+08:00 speaker=customer text=ok\n"
      "2:4! time: the year is not between 1900 and 2200\n"
      "3:15! speaker: is no known word for customer, agent or bot; a mapping file may name it\n"
      "4:24! text: is missing\n");
}

TEST(Reader, ComputesAmountsAndCurrenciesOfOrders) {
  EXPECT_EQ(read_all("InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID\n"
                     "536365,85123A,LAMP,6,12/1/2010 8:26,2.55,17850.0\n",
                     "items.csv", {.mapping = *Mapping::parse("currency = \"GBP\"", "m")})
                .text,
            "2 c:17850 order_id=536365 customer=17850 time=2010-12-01T08:26:00+08:00 "
            "product=85123A product_name=LAMP quantity=6 price=25500 amount=153000 currency=GBP\n");
  EXPECT_EQ(
      read_all("订单号,客户编号,下单时间,金额(美元)\nD1,C1,2026-01-02,12.5\n", "订单.csv").text,
      "2 c:C1 order_id=D1 customer=C1 time=2026-01-02T00:00:00+08:00 amount=125000 "
      "currency=USD\n");
}

TEST(Reader, BlanksABirthdayThatCannotBeReadButKeepsTheCustomer) {
  const Outcome out = read_all("客户编号,出生日期,年龄\nC1,0000-00-00,保密\n", "客户.csv");
  EXPECT_EQ(out.text, "2 c:C1 customer=C1\n");
  EXPECT_EQ(out.counts.blanked, 2);
}

TEST(Reader, SaysWhoARowIsAbout) {
  EXPECT_EQ(read_all("昵称,渠道,时间,角色,内容,会话\n"
                     "Lan,微博,2026-03-05,客户,a,V1\n"
                     "小二,微博,2026-03-05,客服,b,V1\n"
                     "+86 138-1234-5678,热线,2026-03-05,客户,c,V2\n"
                     ",热线,2026-03-05,客户,d,\n",
                     "x.csv")
                .rows[0]
                .subject,
            "h:weibo:lan");
  const Outcome out = read_all(
      "昵称,渠道,时间,角色,内容,会话\n"
      "小二,微博,2026-03-05,客服,b,V1\n"
      "+86 138-1234-5678,热线,2026-03-05,客户,c,V2\n"
      ",热线,2026-03-05,客户,d,\n",
      "x.csv");
  EXPECT_EQ(out.rows[0].subject, "h:conversation:V1");
  EXPECT_EQ(out.rows[1].subject, "h:phone:13812345678");
  EXPECT_EQ(out.rows[2].subject, "");
  EXPECT_EQ(out.counts.without_subject, 1);
  EXPECT_EQ(read_all("户号,抄表日期,用电量\n3301-0000 123456,2026-03-05,10度\n", "电量.csv")
                .rows[0]
                .subject,
            "h:account:33010000123456");
}

Hash128 first_key(const std::string& bytes, const std::string& name) {
  return read_all(bytes, name).rows.at(0).key;
}

TEST(Key, IsTheRowsOwnIdWhereItBringsOne) {
  EXPECT_EQ(first_key("message_id,text\nM1,a\n", "a.csv"),
            first_key("text,message_id\nb,M1\n", "b.csv"));
  EXPECT_NE(first_key("message_id,text\nM1,a\n", "a.csv"),
            first_key("message_id,text\nM2,a\n", "a.csv"));
  EXPECT_EQ(first_key("订单号,下单时间,金额\nD1,2026-01-02,1\n", "订单.csv"),
            first_key("订单号,下单时间,金额\nD1,2026-01-02,2\n", "订单.csv"));
}

TEST(Key, IsAllFieldsWhereThereIsNoId) {
  const std::string header = "customer,time,text\n";
  EXPECT_EQ(first_key(header + "C1,2026-01-02,a\n", "a.csv"),
            first_key(header + "C1,2026-01-02,a\n", "b.csv"));
  EXPECT_NE(first_key(header + "C1,2026-01-02,a\n", "a.csv"),
            first_key(header + "C1,2026-01-02,b\n", "a.csv"));
}

TEST(Key, HoldsFileAndLineWhereThereIsNoTimeEither) {
  const Outcome out = read_all("text\n很好\n很好\n", "a.csv");
  EXPECT_NE(out.rows[0].key, out.rows[1].key);
  EXPECT_NE(out.rows[0].key, first_key("text\n很好\n", "b.csv"));
  EXPECT_EQ(out.rows[0].key, first_key("text\n很好\n", "folder/a.csv"));
}

TEST(Key, TellsTheLinesOfOneInvoiceApart) {
  const Outcome out = read_all(
      "InvoiceNo,StockCode,Quantity,InvoiceDate,UnitPrice\n"
      "1,A,1,2026-01-02,1\n1,B,1,2026-01-02,1\n1,A,1,2026-01-02,1\n",
      "items.csv");
  EXPECT_NE(out.rows[0].key, out.rows[1].key);
  EXPECT_EQ(out.rows[0].key, out.rows[2].key);
}

TEST(Reader, GivesTheSameRowsForAnyNumberOfThreads) {
  std::string bytes = "message_id,customer,time,text\n";
  for (int i = 0; i < 30'000; ++i) {
    bytes += fmt::format("M{},C{},2026-03-05 09:{:02}:{:02},第{}句 13812345678\n", i, i % 97,
                         i % 60, (i / 60) % 62, i);
  }
  const Outcome one = read_all(bytes, "m.csv", {.threads = 1});
  EXPECT_EQ(one.text, read_all(bytes, "m.csv", {.threads = 3}).text);
  EXPECT_EQ(one.counts.rows_in, 30'000);
  EXPECT_EQ(one.counts.masked[std::size_t(PersonalKind::kMobile)], one.counts.kept);
  EXPECT_GT(one.counts.rejected, 0);
}

TEST(Reader, ReadsFieldsThatLaterJsonLinesAdd) {
  std::string bytes;
  for (int i = 0; i < 1500; ++i)
    bytes += R"({"text":"a"})"
             "\n";
  bytes += R"({"text":"b","customer_id":"C9"})"
           "\n";
  const Outcome out = read_all(bytes, "m.jsonl");
  EXPECT_EQ(out.rows.back().subject, "c:C9");
}

TEST(Mapping, SaysWhatHeadersDoNot) {
  const Result<Mapping> mapping = Mapping::parse(R"(
timezone = "+00:00"
[speakers]
customer = ["亲"]
agent = ["小二"]
[[file]]
match = "odd*.csv"
table = "messages"
[file.columns]
"甲" = "text"
"乙" = "speaker"
"丙" = "time"
"丁" = ""
[file.constants]
channel = "weibo"
)",
                                                 "map.toml");
  ASSERT_TRUE(bool(mapping)) << mapping.error().message(Lang::kEn);
  EXPECT_EQ(read_all("甲,乙,丙,丁\n你好,亲,2026-03-05 01:00,x\n您好,小二,,x\n", "odd-1.csv",
                     {.mapping = *mapping})
                .text,
            "2  channel=weibo time=2026-03-05T09:00:00+08:00 speaker=customer text=你好\n"
            "3  channel=weibo speaker=agent text=您好\n");
}

TEST(Reader, GivesAgentsMessagesToTheCustomerWhoseHandleStandsBesideThem) {
  const auto subjects = [](const std::string& header) {
    return read_all(
               header +
                   ",speaker,text,time\nann,customer,hi,2026-03-05\nann,agent,hello,2026-03-05\n",
               "messages.csv")
        .text;
  };
  const std::string peer = subjects("handle");
  EXPECT_NE(peer.find("2 h::ann"), std::string::npos) << peer;
  EXPECT_NE(peer.find("3 h::ann"), std::string::npos) << peer;
  const std::string sender = subjects("sender");
  EXPECT_NE(sender.find("2 h::ann"), std::string::npos) << sender;
  EXPECT_EQ(sender.find("3 h::ann"), std::string::npos) << sender;
}

TEST(Mapping, RefusesWhatItDoesNotKnowWithAPlace) {
  const auto error = [](std::string_view toml) {
    const Result<Mapping> mapping = Mapping::parse(toml, "map.toml");
    return mapping ? std::string("fine") : mapping.error().message(Lang::kEn);
  };
  EXPECT_EQ(error("colour = 1"), "unknown key colour (map.toml:1:10)");
  EXPECT_EQ(error("[[file]]\ntable = \"messages\""), "a file needs a match (map.toml:1:1)");
  EXPECT_EQ(error("[[file]]\nmatch = \"a\"\ntable = \"songs\""),
            "there is no table songs (map.toml:3:9)");
  EXPECT_EQ(error("[[file]]\nmatch = \"a\"\n[file.columns]\nx = \"tune\""),
            "there is no column tune (map.toml:4:5)");
  EXPECT_EQ(error("timezone = \"noon\""), "not a time zone such as \"+08:00\" (map.toml:1:12)");
  EXPECT_EQ(error("currency = \"shells\""), "not a currency that is known (map.toml:1:12)");
}

TEST(Mapping, MatchesNamesWithStarsAndMarks) {
  EXPECT_TRUE(matches("*.csv", "a.csv"));
  EXPECT_TRUE(matches("a*b?c", "a--bbxc"));
  EXPECT_TRUE(matches("*", ""));
  EXPECT_FALSE(matches("*.csv", "a.tsv"));
  EXPECT_FALSE(matches("a?", "a"));
}

TEST(Reader, RefusesAFileThatFitsNoTable) {
  EXPECT_EQ(read_all("foo,bar\n1,2\n", "x.csv").text,
            "refused: no header is known; say in a mapping file which column is which (x.csv)");
  EXPECT_EQ(read_all("订单号,客户编号,金额\n1,2,3\n", "订单.csv").text,
            "refused: it looks like orders, but no column is time (订单.csv)");
}

}  // namespace
}  // namespace xinjing::ingest
