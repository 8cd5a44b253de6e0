#include "language/text_model.h"

#include <gtest/gtest.h>

#include "base/hash.h"
#include "language/toy_model.h"

namespace xinjing::language {
namespace {

ModelParts some_parts() {
  return toy_parts({{"气死", Space::kOwn, {0, -20, 100}},
                    {"气死", Space::kCustomer, {90}},
                    {"谢谢", Space::kOwn, {0, 80, -10}},
                    {"抱歉", Space::kAgent, {3, 4}}});
}

TEST(TextModel, ComesBackFromItsBytes) {
  const ModelParts parts = some_parts();
  const std::string bytes = model_bytes(parts);
  const Result<TextModel> model = TextModel::parse(bytes);
  ASSERT_TRUE(model);
  EXPECT_EQ(model->name(), "toy");
  EXPECT_EQ(model->parts().keys, parts.keys);
  EXPECT_EQ(model_bytes(model->parts()), bytes);
}

TEST(TextModel, ShowsProductsAndHidesTheirParts) {
  const TextModel model(some_parts());
  EXPECT_EQ(model.find_head("code"), nullptr);
  const Head* aspect = model.find_head("aspect");
  ASSERT_NE(aspect, nullptr);
  EXPECT_EQ(aspect->states,
            (std::vector<std::string>{"PRI-", "PRI0", "PRI+", "SPD-", "SPD0", "SPD+"}));
  EXPECT_EQ(model.turn_outputs(), 3U);
  EXPECT_EQ(model.episode_outputs(), 2U + 6U + 3U);
}

TEST(TextModel, RefusesDamageWithOneSentence) {
  const std::string good = model_bytes(some_parts());
  EXPECT_FALSE(TextModel::parse(""));
  EXPECT_FALSE(TextModel::parse("XINJINGM"));
  for (std::size_t i = 0; i < good.size(); i += 7) {
    std::string bad = good;
    bad[i] = static_cast<char>(bad[i] ^ 0x55);
    const Result<TextModel> model = TextModel::parse(bad);
    ASSERT_FALSE(model) << i;
    EXPECT_EQ(model.error().code, ErrorCode::kCorrupt);
    EXPECT_FALSE(model.error().said.zh.empty());
  }
  for (std::size_t size = 0; size < good.size(); size += 11) {
    EXPECT_FALSE(TextModel::parse(good.substr(0, size))) << size;
  }
}

/// Puts a right checksum on altered contents, as a malicious file would have.
std::string with_checksum(std::string bytes) {
  const std::uint64_t sum = hash64(std::string_view(bytes).substr(20));
  std::memcpy(bytes.data() + 12, &sum, sizeof sum);
  return bytes;
}

TEST(TextModel, RefusesContradictionsUnderARightChecksum) {
  const std::string good = model_bytes(some_parts());
  ASSERT_TRUE(TextModel::parse(with_checksum(good)));
  std::size_t refused = 0;
  for (std::size_t i = 20; i < good.size(); ++i) {
    std::string bad = good;
    bad[i] = static_cast<char>(0xff);
    refused += TextModel::parse(with_checksum(bad)) ? 0 : 1;  // must not crash either way
  }
  EXPECT_GT(refused, 100U);
  ModelParts parts = some_parts();
  parts.heads[0].head.first = 9;
  EXPECT_FALSE(TextModel::parse(model_bytes(parts)));
  parts = some_parts();
  parts.products[0].second = 0;
  EXPECT_FALSE(TextModel::parse(model_bytes(parts)));
  parts = some_parts();
  parts.turn.bias[0] = std::numeric_limits<float>::quiet_NaN();
  EXPECT_FALSE(TextModel::parse(model_bytes(parts)));
}

TEST(Vocabulary, FindsWhatItHoldsAndNothingElse) {
  std::vector<std::uint64_t> keys;
  LineVector<Vocabulary::Rows> rows(1000);
  for (std::uint32_t i = 0; i < rows.size(); ++i) {
    keys.push_back(mix64(i));
    rows[i].row.fill(i);
  }
  const Vocabulary vocabulary(keys, rows);
  for (std::uint32_t i = 0; i < rows.size(); ++i) {
    ASSERT_NE(vocabulary.find(mix64(i)), nullptr);
    EXPECT_EQ(vocabulary.find(mix64(i))->row[0], i);
    EXPECT_EQ(vocabulary.find(mix64(i + 100'000)), nullptr);
  }
  EXPECT_EQ(Vocabulary().find(7), nullptr);
}

}  // namespace
}  // namespace xinjing::language
