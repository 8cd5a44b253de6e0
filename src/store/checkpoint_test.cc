#include "store/checkpoint.h"

#include <gtest/gtest.h>

#include <map>

#include "base/file.h"
#include "base/format.h"
#include "store/database.h"
#include "store/test_support.h"

namespace xinjing::store {
namespace {

namespace fs = std::filesystem;

TEST(CheckpointImage, IsReadBackAsItWasWrittenAndNotAtAllWhenCut) {
  const CheckpointImage image{.headers = "ab", .blocks = {{4096, "xyz"}, {1ULL << 40, ""}}};
  const std::string bytes = image.written();
  const auto back = CheckpointImage::parse(bytes);
  ASSERT_TRUE(back);
  EXPECT_EQ(back->written(), bytes);
  EXPECT_EQ(back->blocks[1].offset, 1ULL << 40);
  for (std::size_t cut = 0; cut < bytes.size(); ++cut) {
    EXPECT_FALSE(CheckpointImage::parse(bytes.substr(0, cut))) << cut;
  }
  std::string changed = bytes;
  changed[20] = char(changed[20] + 1);
  EXPECT_FALSE(CheckpointImage::parse(changed));
}

// A database at three moments: before a checkpoint, with the image beside it, and after it.
struct Moments {
  std::string before, log, image, after;
};

Status say(const Database& database, int from, int to) {
  for (int i = from; i < to; ++i) {
    Status said =
        database.connection().run("INSERT INTO subjects VALUES (?, ?, ?)",
                                  {std::int64_t(i), std::string_view("c:x"), std::int64_t(i)});
    if (!said) return said;
  }
  return {};
}

Moments moments(const fs::path& path) {
  const Result<Database> database = Database::open(path);
  EXPECT_TRUE(database);
  EXPECT_TRUE(say(*database, 0, 20));
  EXPECT_TRUE(database->checkpoint());
  EXPECT_FALSE(fs::exists(checkpoint_image_path(path)));
  EXPECT_TRUE(say(*database, 20, 40));
  Moments out;
  EXPECT_TRUE(save_checkpoint_image(database->connection(), path));
  out.before = *read_file(path);
  out.log = *read_file(path.string() + ".wal");
  out.image = *read_file(checkpoint_image_path(path));
  EXPECT_TRUE(database->connection().run("CHECKPOINT"));
  out.after = *read_file(path);
  return out;
}

std::string count(const fs::path& path) {
  const Result<Database> database = Database::open(path);
  if (!database) return database.error().message(Lang::kEn);
  return std::to_string(*database->connection().integer("SELECT COUNT(*) FROM subjects"));
}

void write(const fs::path& path, const std::string& file, const std::string& log,
           const std::string& image) {
  ASSERT_TRUE(write_file(path, file));
  ASSERT_TRUE(write_file(path.string() + ".wal", log));
  ASSERT_TRUE(write_file(checkpoint_image_path(path), image));
}

// The old file after the engine wrote new bytes into some of its pages.
std::string torn(const Moments& at, std::size_t begin, std::size_t end) {
  std::string out = at.before;
  out.replace(begin, end - begin, at.after, begin, end - begin);
  return out;
}

TEST(Checkpoint, IsTakenBackWhereverItsWritesWereStopped) {
  const TemporaryFolder folder;
  const Moments at = moments(folder / "a.db");
  const auto image = CheckpointImage::parse(at.image);
  ASSERT_TRUE(image);
  int spoilt = 0;
  for (const CheckpointImage::Block& block : image->blocks) {
    EXPECT_EQ(at.before.compare(block.offset, block.bytes.size(), block.bytes), 0);
    for (const std::size_t pages : {1, 2, 3, 63}) {
      const std::string file = torn(at, block.offset, block.offset + pages * 4096);
      if (file == at.before) continue;
      write(folder / "torn.db", file, at.log, "no image");
      if (count(folder / "torn.db") != "40") ++spoilt;
      write(folder / "torn.db", file, at.log, at.image);
      EXPECT_EQ(count(folder / "torn.db"), "40") << block.offset << " " << pages;
      EXPECT_FALSE(fs::exists(checkpoint_image_path(folder / "torn.db")));
    }
  }
  EXPECT_GT(spoilt, 0) << "the engine does not write in place any more: no image is needed";
}

TEST(Checkpoint, OverwritesNothingElseInPlace) {
  const TemporaryFolder folder;
  const Moments at = moments(folder / "a.db");
  const auto image = CheckpointImage::parse(at.image);
  ASSERT_TRUE(image);
  std::string back = at.after.substr(0, at.before.size());
  back.replace(4096, image->headers.size(), image->headers);
  for (const CheckpointImage::Block& block : image->blocks) {
    back.replace(block.offset, block.bytes.size(), block.bytes);
  }
  write(folder / "back.db", back, at.log, "no image");
  EXPECT_EQ(count(folder / "back.db"), "40");
}

TEST(Checkpoint, ThatIsDoneIsNotTakenBack) {
  const TemporaryFolder folder;
  const Moments at = moments(folder / "a.db");
  ASSERT_TRUE(write_file(folder / "done.db", at.after));
  ASSERT_TRUE(write_file(checkpoint_image_path(folder / "done.db"), at.image));
  EXPECT_EQ(count(folder / "done.db"), "40");
}

TEST(Checkpoint, LeavesNoImageOfADatabaseThatIsGone) {
  const TemporaryFolder folder;
  const Moments at = moments(folder / "a.db");
  ASSERT_TRUE(write_file(checkpoint_image_path(folder / "new.db"), at.image));
  EXPECT_EQ(count(folder / "new.db"), "0");
  EXPECT_FALSE(fs::exists(checkpoint_image_path(folder / "new.db")));
}

}  // namespace
}  // namespace xinjing::store
