#include <gtest/gtest.h>

#include "base/file.h"
#include "base/format.h"
#include "ingest/mapping.h"
#include "ingest/table.h"

namespace xinjing::ingest {
namespace {

std::string files_page() {
  Result<std::string> page = read_file(XINJING_SOURCE_DIR "/docs/files.md");
  EXPECT_TRUE(bool(page));
  return page ? *page : std::string();
}

TEST(FilesPage, NamesEveryTableAndColumnInOrder) {
  const std::string page = files_page();
  std::size_t at = 0;
  for (const TableSpec& table : table_specs()) {
    at = page.find(fmt::format("### {} ", table.name), at);
    ASSERT_NE(at, std::string::npos) << table.name;
    for (const ColumnSpec& column : table.columns) {
      at = page.find(fmt::format("\n| `{}` |", column.name), at);
      ASSERT_NE(at, std::string::npos) << table.name << '.' << column.name;
      const std::string line = page.substr(at + 1, page.find('\n', at + 1) - at - 1);
      EXPECT_EQ(line.find("*required*") != std::string::npos, column.required) << line;
      EXPECT_EQ(line.find("masked") != std::string::npos, column.free_text) << line;
      EXPECT_EQ(line.find("personal") != std::string::npos, column.personal) << line;
    }
  }
}

TEST(FilesPage, ShowsAMappingFileThatIsRead) {
  const std::string page = files_page();
  const std::size_t begin = page.find("```toml\n") + 8;
  const Result<Mapping> mapping =
      Mapping::parse(page.substr(begin, page.find("```\n", begin) - begin), "files.md");
  ASSERT_TRUE(bool(mapping)) << mapping.error().message(Lang::kEn);
  EXPECT_EQ(mapping->files.size(), 3U);
  EXPECT_EQ(mapping->files[0].columns.at("诉求"), "text");
  EXPECT_TRUE(mapping->files[2].skip);
}

}  // namespace
}  // namespace xinjing::ingest
