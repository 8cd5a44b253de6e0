#include "learn/continuation.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "base/hash.h"
#include "language/toy_model.h"

namespace xinjing::learn {
namespace {

using language::Space;

/// Reads motives by three words only; the company's customers mean them otherwise.
language::TextModel toy() {
  return language::TextModel(language::toy_parts({
      {"气死", Space::kCustomer, {120, -20}},
      {"太贵", Space::kCustomer, {10, 0}},
      {"谢谢", Space::kCustomer, {-20, 120}},
  }));
}

/// The states of the toy's motive: vent, praise.
Labelled example(const std::string& text, bool vent, bool praise, int number) {
  Labelled one{.id = std::to_string(number), .group = std::to_string(number), .set = "own"};
  one.turns.push_back({.text = text});
  one.targets["motive"] = {{vent ? 1.0F : 0.0F, praise ? 1.0F : 0.0F}, 1};
  return one;
}

/// Customers of this company say 太贵 when they vent, and 谢谢 as a mere formula.
std::vector<Labelled> own_labels(std::size_t count) {
  std::vector<Labelled> out;
  for (std::size_t i = 0; i < count; ++i) {
    const bool vents = i % 2 == 0;
    const std::string text =
        (vents ? "太贵，第" : "谢谢，第") + std::to_string(mix64(i) % 1000) + "次了";
    out.push_back(example(text, vents, false, static_cast<int>(i)));
  }
  return out;
}

const HeadChange& change_of(const Continuation& learned, const std::string& head) {
  const auto found = std::find_if(learned.changes.begin(), learned.changes.end(),
                                  [&](const HeadChange& c) { return c.head == head; });
  EXPECT_NE(found, learned.changes.end());
  return *found;
}

std::vector<float> motive_of(const language::TextModel& model, const std::string& text) {
  const language::Reader reader(&model, nullptr);
  language::ReadScratch scratch;
  const language::Turn turn{.speaker = ingest::Speaker::kCustomer, .text = text, .time = {}};
  const auto reading = reader.read({.id = {}, .turns = {&turn, 1}, .lang = Lang::kZh}, scratch);
  const auto p = reading.episode(*model.find_head("motive"));
  return {p.begin(), p.end()};
}

float vent_of(const language::TextModel& model, const std::string& text) {
  return motive_of(model, text)[0];
}

TEST(Continuation, LearnsWhatACompanysCustomersMean) {
  const language::TextModel base = toy();
  const std::vector<Labelled> labels = own_labels(120);
  const Continuation learned = continue_training(base, {}, labels, {.folds = 3, .threads = 2}, {});
  const HeadChange& motive = change_of(learned, "motive");
  EXPECT_EQ(motive.labelled, 120U);
  EXPECT_TRUE(motive.changed);
  EXPECT_LT(motive.loss_after, motive.loss_before);
  EXPECT_GT(motive.after, motive.before);
  EXPECT_GE(motive.difference.high, motive.difference.low);
  const language::TextModel after(learned.parts);
  EXPECT_GT(vent_of(after, "太贵，第7次了"), 0.6F);
  EXPECT_GT(vent_of(after, "太贵，第7次了"), vent_of(base, "太贵，第7次了") + 0.2F);
  EXPECT_LT(vent_of(after, "谢谢，第7次了"), 0.4F);
  EXPECT_EQ(after.name().substr(0, base.name().size()), base.name());
  EXPECT_NE(after.name(), base.name());
}

TEST(Continuation, IsTheSameOnAnyNumberOfThreads) {
  const language::TextModel base = toy();
  const std::vector<Labelled> labels = own_labels(80);
  const auto one = continue_training(base, {}, labels, {.folds = 3, .threads = 1}, {});
  const auto two = continue_training(base, {}, labels, {.folds = 3, .threads = 2}, {});
  EXPECT_EQ(language::model_bytes(one.parts), language::model_bytes(two.parts));
}

TEST(Continuation, ChangesNothingByFewLabels) {
  const language::TextModel base = toy();
  const Continuation learned = continue_training(base, {}, own_labels(10), {.folds = 3}, {});
  EXPECT_FALSE(change_of(learned, "motive").enough);
  EXPECT_FALSE(change_of(learned, "motive").changed);
  EXPECT_EQ(learned.conversations, 10U);
  EXPECT_EQ(language::model_bytes(learned.parts), language::model_bytes(base.parts()));
}

TEST(Continuation, ChangesNothingByLabelsThatTheModelExpected) {
  const language::TextModel base = toy();
  std::vector<Labelled> labels = own_labels(200);
  std::uint64_t lot = 41;
  for (Labelled& label : labels) {  // drawn as often as the model says, whatever else the words
    for (std::size_t k = 0; k < 2; ++k) {
      const double p = double{motive_of(base, label.turns[0].text)[k]};
      const double drawn = static_cast<double>(mix64(lot++) >> 11U) * 0x1p-53;
      label.targets["motive"].shares[k] = drawn < p ? 1.0F : 0.0F;
    }
  }
  const Continuation learned = continue_training(base, {}, labels, {.folds = 3}, {});
  EXPECT_TRUE(change_of(learned, "motive").enough);
  EXPECT_FALSE(change_of(learned, "motive").changed);
  EXPECT_EQ(language::model_bytes(learned.parts), language::model_bytes(base.parts()));
}

TEST(Continuation, KeepsGroupsTogether) {
  // Every text stands in both halves of a pair with the opposite label: nothing can be learned of
  // one by the other if they are held out together, and nothing must be.
  const language::TextModel base = toy();
  std::vector<Labelled> labels;
  for (int i = 0; i < 60; ++i) {
    const std::string text = "第" + std::to_string(mix64(std::uint64_t(i)) % 100'000) + "单";
    for (const bool vents : {true, false}) {
      labels.push_back(example(text, vents, false, 2 * i + (vents ? 1 : 0)));
      labels.back().group = std::to_string(i);
    }
  }
  const Continuation learned = continue_training(base, {}, labels, {.folds = 3}, {});
  const HeadChange& motive = change_of(learned, "motive");
  EXPECT_EQ(motive.labelled, 120U);
  // Half of them vent whatever the words: at best the share is learned, ln 2 for each state of two.
  EXPECT_GT(motive.loss_after, 0.34);
}

}  // namespace
}  // namespace xinjing::learn
