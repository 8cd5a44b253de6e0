#include "store/erase.h"

#include <gtest/gtest.h>

#include "store/conversation_table.h"
#include "store/event_table.h"
#include "store/export.h"
#include "store/test_support.h"
#include "store/understood_table.h"

namespace xinjing::store {
namespace {

namespace fs = std::filesystem;

// Long and unlike anything else, and kept uncompressed, so that a search of raw bytes finds them.
const std::string kId = "customer-zebra-quartz-5518204";
const std::string kHandle = "handle-velvet-harbour-9930127";
const std::string kName = "名字叫做欧阳琉璃翡翠";
const std::string kWords = "这句话只有一个人说过而且非常之长，绝对不会重复出现";
const std::string kReply = "坐席回复里也提到了这位顾客的独特情况编号七七四一";
const std::string kConversation = "conversation-of-zebra-4471";
const std::string kNeighbour = "邻居说的话应当原样保留，一个字也不能少";
const DatabaseOptions kPlain{.compression = "uncompressed"};

void add_events(const Database& database, std::string_view table,
                const std::vector<ingest::Row>& rows, FileRecord& file) {
  SubjectNumbers subjects = *SubjectNumbers::load(database);
  Result<EventLoad> events = EventLoad::begin(database, subjects, spec_of(table));
  for (const ingest::Row& row : rows) ASSERT_TRUE(events->add(row, file));
  ASSERT_TRUE(events->commit(file));
}

std::vector<ingest::Row> messages() {
  return {row_of({.id = "1", .text = kWords, .subject = "c:" + kId, .conversation = kConversation}),
          row_of({.id = "2",
                  .text = kReply,
                  .subject = "h:conversation:" + kConversation,
                  .conversation = kConversation,
                  .time = 1,
                  .speaker = 1}),
          row_of({.id = "3", .text = kWords + "！", .subject = "h:" + kHandle, .time = 2}),
          row_of({.id = "4", .text = kNeighbour, .subject = "c:neighbour", .time = 3})};
}

ingest::Row customer(const std::string& id, const std::string& name) {
  const ingest::TableSpec& table = spec_of("customers");
  ingest::Row row{.key = hash128(id), .subject = "c:" + id, .line = 2, .cells = {}};
  row.cells.resize(table.columns.size());
  row.cells[column_of(table, "customer")] = id;
  row.cells[column_of(table, "name")] = name;
  return row;
}

// Two people, one of them with two ids, and rows in every kind of table.
void fill(const fs::path& path) {
  const Result<Database> database = Database::open(path, kPlain);
  ASSERT_TRUE(database);
  FileRecord file = *file_record(*database, "m.csv", "messages");
  add_events(*database, "messages", messages(), file);
  FileRecord people = *file_record(*database, "c.csv", "customers");
  add_events(*database, "customers", {customer(kId, kName), customer("neighbour", "邻居")}, people);
  ASSERT_TRUE(write_links(*database, {{3, 1, "wechat " + kHandle, "i.csv:2"}}));
  ASSERT_TRUE(write_people(*database, {{3, 1}}));
  ASSERT_TRUE(build_conversations(*database));
  Result<StaleConversations> stale = StaleConversations::begin(*database, {"m", "c"});
  const Result<ConversationBatch> batch = stale->next();
  ASSERT_EQ(batch->conversations().size(), 3U);
  Result<Replacement> rows = Replacement::begin(*database);
  for (const StoredConversation& one : batch->conversations()) {
    ASSERT_TRUE(rows->add(ReadingRow{.conversation_no = one.conversation_no,
                                     .subject_no = one.subject_no,
                                     .detail = one.turns[0].text}));
    ASSERT_TRUE(rows->add(EvidenceRow{.conversation_no = one.conversation_no,
                                      .subject_no = one.subject_no,
                                      .construct = "emotion",
                                      .state = "joy",
                                      .micro_nats = 5,
                                      .event_no = one.turns[0].message_no,
                                      .span = Span{0, 6}}));
    ASSERT_TRUE(rows->add(
        ExpectationRow{.conversation_no = one.conversation_no, .subject_no = one.subject_no}));
  }
  ASSERT_TRUE(rows->commit());
  ASSERT_TRUE(database->connection().run(
      "INSERT INTO portraits BY NAME SELECT person, 'emotion' AS construct, 'joy' AS state, "
      "true AS said, 1 AS weight, 1 AS n, 1 AS episodes, DATE '2026-01-01' AS as_of, '1' AS card "
      "FROM subjects WHERE person = subject_no"));
  ASSERT_TRUE(database->connection().run(
      "INSERT INTO usage_features BY NAME SELECT person, 1 AS meter_no, 'good' AS state, 1 AS "
      "days, "
      "0 AS left_out, 0 AS missing, DATE '2026-01-01' AS as_of FROM portraits; "
      "INSERT INTO usage_alerts BY NAME SELECT person, 1 AS meter_no, DATE '2026-01-01' AS "
      "first_day, "
      "DATE '2026-01-31' AS last_day, 9 AS kwh, 1 AS usual, 1 AS low, 2 AS high, 3 AS earlier, "
      "DATE '2026-01-01' AS as_of FROM portraits"));
  ASSERT_TRUE(database->connection().run(
      "INSERT INTO churn_risks SELECT person, DATE '2026-01-01', 90, 0.5, true, '[]', 0.7, 40, 20 "
      "FROM subjects WHERE person = subject_no; "
      "INSERT INTO customer_values BY NAME SELECT person, DATE '2026-01-01' AS as_of, "
      "as_of AS first_day, as_of AS last_day, 1 AS purchases, 5 AS money, 1 AS recency_score, "
      "1 AS frequency_score, 1 AS money_score, 'lost' AS segment, 365 AS horizon_days "
      "FROM subjects WHERE person = subject_no"));
}

std::vector<std::string> secrets() { return {kId, kHandle, kName, kWords, kReply, kConversation}; }

std::int64_t count(const fs::path& path, const std::string& what) {
  const Result<Database> database = Database::open(path, {.read_only = true});
  return *database->connection().integer("SELECT " + what);
}

TEST(Erase, LeavesNoByteOfThePersonAndEveryByteOfTheOthers) {
  const TemporaryFolder folder;
  const fs::path path = folder / "a.db";
  fill(path);
  for (const std::string& secret : secrets()) {
    ASSERT_TRUE(contains_bytes(folder.path(), secret))
        << "or the search could not fail: " << secret;
  }
  const Result<EraseReceipt> receipt =
      erase_person(path, Sensitive<std::string>(kId), Instant{42}, kPlain);
  ASSERT_TRUE(receipt) << receipt.error().said.en;
  for (const std::string& secret : secrets()) {
    EXPECT_FALSE(contains_bytes(folder.path(), secret)) << secret;
  }
  EXPECT_TRUE(contains_bytes(folder.path(), kNeighbour));
  EXPECT_EQ(receipt->ids, 3) << "customer, handle, and the id for rows that name nobody";
  EXPECT_EQ(receipt->at, Instant{42});
  EXPECT_NE(receipt->digest_before, receipt->digest_after);
  std::string told;
  for (const EraseReceipt::Table& table : receipt->tables) {
    told += table.name + " " + std::to_string(table.rows) + "\n";
  }
  EXPECT_EQ(told,
            "churn_risks 3\nconversations 2\ncustomer_values 3\ncustomers 1\nevidence 2\n"
            "expectations 2\nlinks 1\nmessages 3\nportraits 2\nreadings 2\nstale_subjects 7\n"
            "subjects 3\nturns 3\nusage_alerts 2\nusage_features 2\n");
  for (const char* table :
       {"messages", "customers", "subjects", "conversations", "turns", "readings", "evidence",
        "expectations", "tally", "portraits", "usage_features", "usage_alerts"}) {
    EXPECT_EQ(count(path, std::string("COUNT(*) FROM ") + table), 1) << table;
  }
  for (const char* table : {"churn_risks", "customer_values"}) {
    EXPECT_EQ(count(path, std::string("COUNT(*) FROM ") + table), 0) << "fitted on the person too";
  }
  EXPECT_EQ(count(path, "COUNT(*) FROM erased"), 6);
}

TEST(Erase, MakesTheSameRowsBeRefusedWhenTheyComeAgain) {
  const TemporaryFolder folder;
  const fs::path path = folder / "a.db";
  fill(path);
  ASSERT_TRUE(erase_person(path, Sensitive<std::string>(kHandle), Instant{}, kPlain));
  const Result<Database> database = Database::open(path, kPlain);
  FileRecord file = *file_record(*database, "again.csv", "messages");
  add_events(*database, "messages", messages(), file);
  EXPECT_EQ(file.rows_in, 4);
  EXPECT_EQ(file.rows_rejected, 3) << "the agent's row, which names nobody, among them";
  EXPECT_EQ(file.rows_duplicate, 1);
  EXPECT_EQ(file.rows_kept, 0);
}

TEST(Erase, DropsFiguresOfJourneysOnlyWhereThePersonIsPartOfThem) {
  const TemporaryFolder folder;
  const fs::path path = folder / "a.db";
  fill(path);
  const auto put = [&](const std::string& subject) {
    const Result<Database> database = Database::open(path, kPlain);
    ASSERT_TRUE(database->connection().run(
        "DELETE FROM touchpoints; INSERT INTO touchpoints (row_no, subject_no, case_id, activity) "
        "SELECT 1, subject_no, '1', 'a' FROM subjects WHERE subject = '" +
        subject +
        "'; INSERT INTO journey_edges VALUES ('a', 'b', 1, 1, 0, 0, 0, 0, DATE '2026-03-01')"));
  };
  put("c:neighbour");
  ASSERT_TRUE(erase_person(path, Sensitive<std::string>(kId), Instant{}, kPlain));
  EXPECT_EQ(count(path, "COUNT(*) FROM journey_edges"), 1) << "these are not of this person";
  put("c:neighbour");
  ASSERT_TRUE(erase_person(path, Sensitive<std::string>("neighbour"), Instant{}, kPlain));
  EXPECT_EQ(count(path, "COUNT(*) FROM journey_edges"), 0);
  EXPECT_EQ(count(path, "COUNT(*) FROM touchpoints"), 0);
}

TEST(Erase, OfSomebodyUnknownChangesNothing) {
  const TemporaryFolder folder;
  const fs::path path = folder / "a.db";
  fill(path);
  const Result<EraseReceipt> receipt =
      erase_person(path, Sensitive<std::string>("nobody"), Instant{}, kPlain);
  ASSERT_FALSE(receipt);
  EXPECT_EQ(receipt.error().code, ErrorCode::kNotFound);
  EXPECT_EQ(receipt.error().message(Lang::kEn).find("nobody is known by this id"), 0U);
  EXPECT_EQ(count(path, "COUNT(*) FROM messages"), 4);
}

TEST(Export, WritesEveryViewInEveryFormat) {
  const TemporaryFolder folder;
  fill(folder / "a.db");
  const Result<Database> database = Database::open(folder / "a.db", {.read_only = true});
  for (const char* word : {"csv", "jsonl", "parquet"}) {
    const ExportFormat format = *export_format_from(word);
    const Result<std::vector<ExportedFile>> files =
        export_views(*database, folder / word, {.format = format});
    ASSERT_TRUE(files) << files.error().message(Lang::kEn);
    ASSERT_EQ(files->size(), exported_views().size());
    EXPECT_EQ((*files)[0].path.filename(), std::string("customers.") + word);
    EXPECT_EQ((*files)[0].rows, 2);
  }
  const std::string customers = *read_file(folder / "csv" / "customers.csv");
  EXPECT_EQ(customers.substr(0, customers.find('\n')),
            "customer,name,region,kind,level,ids,conversations,messages,channels,first_contact,"
            "last_contact,orders,amount,last_order,currency,other_currency_rows");
  EXPECT_NE(customers.find(kId + "," + kName + ",,,,2,2,3,,1970-01-01 08:00:00"), std::string::npos)
      << customers;
  const std::string evidence = *read_file(folder / "jsonl" / "evidence.jsonl");
  EXPECT_NE(evidence.find(R"("quote":"这句")"), std::string::npos) << evidence;
  EXPECT_FALSE(export_format_from("doc"));
}

}  // namespace
}  // namespace xinjing::store
