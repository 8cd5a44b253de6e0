#include "ingest/table.h"

#include <gtest/gtest.h>

#include <set>

#include "ingest/header.h"
#include "ingest/speaker.h"

namespace xinjing::ingest {
namespace {

using Headers = std::vector<std::string>;

std::string best(std::string_view file, const Headers& headers) {
  const std::vector<Fit> all = fits(file, headers);
  if (all.front().score == 0) return "none";
  std::string out(all.front().table->name);
  out += ":";
  for (const int field : all.front().fields) {
    out += ' ';
    out += field < 0 ? "-" : all.front().table->columns[std::size_t(field)].name;
  }
  return out;
}

TEST(Tables, AreNineWithCustomersFirst) {
  EXPECT_EQ(table_specs().size(), 9U);
  EXPECT_EQ(table_specs()[0].name, "customers");
  EXPECT_EQ(find_table("usage")->name, "usage");
  EXPECT_EQ(find_table("nothing"), nullptr);
}

TEST(Tables, HaveKeysAmongTheirColumnsAndNoNameOfTheStore) {
  const std::set<std::string_view> of_the_store{"key_high", "key_low", "subject", "file", "line"};
  for (const TableSpec& table : table_specs()) {
    std::set<std::string_view> names;
    for (const ColumnSpec& column : table.columns) {
      EXPECT_TRUE(names.insert(column.name).second) << table.name << '.' << column.name;
      EXPECT_EQ(of_the_store.count(column.name), 0U) << table.name << '.' << column.name;
    }
    for (const std::string_view key : table.key_columns) EXPECT_EQ(names.count(key), 1U) << key;
  }
}

TEST(Tables, NameEachAliasOnceAndAsItIsCompared) {
  for (const TableSpec& table : table_specs()) {
    std::map<std::string, std::string_view> owner;
    for (const ColumnSpec& column : table.columns) owner[header_key(column.name)] = column.name;
    for (const ColumnSpec& column : table.columns) {
      for (const std::string_view alias : column.aliases) {
        EXPECT_EQ(header_key(alias), alias) << table.name << '.' << column.name;
        const auto [at, fresh] = owner.emplace(alias, column.name);
        EXPECT_TRUE(fresh || at->second == column.name)
            << table.name << ": " << alias << " is both " << at->second << " and " << column.name;
      }
    }
  }
}

TEST(Header, IsComparedWithoutCaseSpacesBracketsAndMarks) {
  for (const auto& [header, key] :
       std::map<std::string, std::string>{{"Invoice No.", "invoiceno"},
                                          {"\ufeff客户编号", "客户编号"},
                                          {" CUSTOMER_ID ", "customerid"},
                                          {"金额（元）", "金额"},
                                          {"Amount (USD)", "amount"},
                                          {"发送　时间：", "发送时间"},
                                          {"(x)", "(x)"},
                                          {"", ""}}) {
    EXPECT_EQ(header_key(header), key) << header;
  }
  EXPECT_EQ(header_unit("金额（元）"), "元");
  EXPECT_EQ(header_unit("Amount (USD)"), "USD");
  EXPECT_EQ(header_unit("金额"), "");
}

TEST(Header, RecognisesMessagesInBothLanguages) {
  EXPECT_EQ(best("聊天记录.csv", {"客户编号", "会话", "时间", "说话人", "内容"}),
            "messages: customer conversation time speaker text");
  EXPECT_EQ(best("export.csv", {"customer_id", "conversation_id", "sent_at", "role", "content"}),
            "messages: customer conversation time speaker text");
  EXPECT_EQ(best("a.csv", {"会话ID", "消息ID", "用户昵称", "发送时间", "角色", "消息内容", "渠道"}),
            "messages: conversation message_id handle time speaker text channel");
  EXPECT_EQ(best("reviews.csv", {"text"}), "messages: text");
}

TEST(Header, RecognisesInvoicesAndTheirLinesAsOrders) {
  EXPECT_EQ(best("items.csv", {"InvoiceNo", "StockCode", "Description", "Quantity", "InvoiceDate",
                               "UnitPrice", "CustomerID"}),
            "orders: order_id product product_name quantity time price customer");
  EXPECT_EQ(best("invoices_to_2011-09-09.csv", {"CustomerID", "InvoiceNo", "date", "n_lines",
                                                "quantity", "amount", "country", "cancel"}),
            "orders: customer order_id time - quantity amount region status");
  EXPECT_EQ(best("订单.xlsx", {"订单编号", "客户号", "下单时间", "商品名称", "数量", "单价(元)",
                               "实付金额(元)"}),
            "orders: order_id customer time product_name quantity price amount");
  EXPECT_EQ(
      best("transactions.csv", {"household_id", "store_id", "basket_id", "product_id", "quantity",
                                "sales_value", "retail_disc", "transaction_timestamp"}),
      "orders: customer channel order_id product quantity amount discount time");
  EXPECT_EQ(best("sample.csv", {"master_id", "sample_id", "date", "quantity", "amount"}),
            "orders: customer - time quantity amount");
}

TEST(Header, RecognisesTheOtherTables) {
  EXPECT_EQ(
      best("客户.csv", {"客户编号", "姓名", "手机号", "邮箱", "户号", "注册时间", "会员等级"}),
      "customers: customer name phone email account registered level");
  EXPECT_EQ(best("identities.csv", {"customer", "channel", "handle"}),
            "identities: customer channel handle");
  EXPECT_EQ(best("events.csv", {"timestamp", "visitorid", "event", "itemid"}),
            "events: time customer kind object");
  EXPECT_EQ(best("行为日志.csv", {"用户ID", "行为类型", "时间", "页面"}),
            "events: customer kind time object");
  EXPECT_EQ(best("满意度调查.csv", {"客户编号", "问卷", "题目", "评分", "评论", "提交时间"}),
            "responses: customer survey item score answer time");
  EXPECT_EQ(best("tickets.csv", {"case_id", "activity", "start", "end", "resource"}),
            "touchpoints: case_id activity started ended resource");
  EXPECT_EQ(best("电量.csv", {"户号", "表号", "抄表日期", "用电量(千瓦时)", "电费(元)"}),
            "usage: account meter time quantity charge");
  EXPECT_EQ(best("observations.csv", {"customer", "time", "staff", "construct", "state", "note"}),
            "observations: customer time staff construct state note");
}

TEST(Header, SaysNoWhereNothingFits) {
  EXPECT_EQ(best("x.csv", {"foo", "bar"}), "none");
  EXPECT_EQ(best("x.csv", {}), "none");
}

TEST(Header, IsToldFromARowOfData) {
  using Row = std::vector<std::string>;
  EXPECT_TRUE(looks_like_data(Row{"C1001", "好评", "不错"}));
  EXPECT_TRUE(looks_like_data(Row{"2026-03-05 09:12", "customer", "hello"}));
  EXPECT_TRUE(looks_like_data(Row{"张三", "12.5"}));
  EXPECT_FALSE(looks_like_data(Row{"foo", "bar", "Q1", ""})) << "odd names are names";
  EXPECT_FALSE(looks_like_data(Row{"客户编号", "2026-01", "2026-02"})) << "a known name";
  EXPECT_FALSE(looks_like_data(Row{}));
}

TEST(Header, GivesAFieldToTheMoreTellingOfTwoHeaders) {
  EXPECT_EQ(best("orders.csv", {"客户", "客户编号", "订单号", "下单时间", "金额"}),
            "orders: - customer order_id time amount");
}

TEST(Speaker, IsReadFromWordsOfBothLanguages) {
  for (const char* word : {"客户", "用户", "Customer", "USER", " 买家 ", "caller"}) {
    EXPECT_EQ(speaker_from(word), Speaker::kCustomer) << word;
  }
  for (const char* word : {"坐席", "客服", "Agent", "商家", "customer_service", "Support"}) {
    EXPECT_EQ(speaker_from(word), Speaker::kAgent) << word;
  }
  for (const char* word : {"机器人", "bot", "IVR", "智能客服"}) {
    EXPECT_EQ(speaker_from(word), Speaker::kBot) << word;
  }
  EXPECT_EQ(speaker_from("张三"), std::nullopt);
  EXPECT_EQ(speaker_from(""), std::nullopt);
}

}  // namespace
}  // namespace xinjing::ingest
