#include "base/file.h"

#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <filesystem>
#include <string>

#include "base/temporary_folder.h"

namespace xinjing {
namespace {

namespace fs = std::filesystem;

class Files : public testing::Test {
 protected:
  const TemporaryFolder x_folder;
};

TEST_F(Files, AreReadAsTheyWereWritten) {
  const std::string bytes("客户\0agent\n", 14);
  ASSERT_TRUE(write_file(x_folder / "a", bytes));
  ASSERT_TRUE(write_file(x_folder / "a", bytes + bytes));
  EXPECT_EQ(*read_file(x_folder / "a"), bytes + bytes);
  EXPECT_EQ(std::distance(fs::directory_iterator(x_folder.path()), {}), 1)
      << "nothing is left beside it";
}

TEST_F(Files, ThatAreEmptyHaveNoBytes) {
  ASSERT_TRUE(write_file(x_folder / "a", ""));
  EXPECT_TRUE(MappedFile::open(x_folder / "a")->bytes().empty());
}

TEST_F(Files, LongerThanAllowedAreRefused) {
  ASSERT_TRUE(write_file(x_folder / "a", "12345"));
  EXPECT_TRUE(read_file(x_folder / "a", 5));
  EXPECT_EQ(read_file(x_folder / "a", 4).error().code, ErrorCode::kBadInput);
}

TEST_F(Files, ThatAreMissingAreNotFound) {
  EXPECT_EQ(read_file(x_folder / "a").error().code, ErrorCode::kNotFound);
}

TEST_F(Files, PipesAndFoldersAreRefusedWithoutWaiting) {
  ASSERT_EQ(::mkfifo((x_folder / "pipe").c_str(), 0600), 0);
  EXPECT_EQ(MappedFile::open(x_folder / "pipe").error().code, ErrorCode::kBadInput);
  EXPECT_FALSE(MappedFile::open(x_folder.path()));
}

}  // namespace
}  // namespace xinjing
