#include "language/head_text.h"

#include <gtest/gtest.h>

#include <random>

#include "base/json_writer.h"

namespace xinjing::language {
namespace {

Head head_of(std::vector<std::string> states, HeadKind kind = HeadKind::kOne) {
  return {.name = "stage", .kind = kind, .states = std::move(states)};
}

std::string key_by_key(const Head& head, std::span<const float> p) {
  std::string out;
  JsonWriter json(out);
  json.begin_object();
  for (std::size_t k = 0; k < p.size(); ++k) json.field(head.states[k], double{p[k]}, 3);
  json.end_object();
  return out;
}

std::string at_once(const Head& head, std::span<const float> p) {
  std::string out = "before";
  {
    JsonWriter json(out);
    DistText(head).append(p, json);
  }
  return out.substr(6);
}

TEST(DistText, WritesWhatTheJsonWriterWritesForEveryThousandth) {
  const Head head = head_of({"use"});
  for (int half_steps = 0; half_steps <= 2000; ++half_steps) {
    const float p[] = {static_cast<float>(half_steps) / 2000};
    ASSERT_EQ(at_once(head, p), key_by_key(head, p)) << p[0];
  }
}

TEST(AppendProbability, WritesWhatTheJsonWriterWrites) {
  for (int half_steps = -4; half_steps <= 2004; ++half_steps) {
    const float p = static_cast<float>(half_steps) / 2000;
    std::string quick;
    {
      JsonWriter json(quick);
      append_probability(p, json);
    }
    std::string plain;
    JsonWriter(plain).number(double{p}, 3);
    ASSERT_EQ(quick, plain) << p;
  }
}

TEST(DistText, WritesLongAndStrangeNames) {
  std::mt19937 random(5);
  std::uniform_real_distribution<float> any(0, 1);
  const Head head =
      head_of({"a", "a name of more than sixteen bytes", "quote \" and \\", "怒", ""});
  for (int round = 0; round < 200; ++round) {
    std::vector<float> p(head.states.size());
    for (float& v : p) v = any(random);
    ASSERT_EQ(at_once(head, p), key_by_key(head, p));
  }
}

TEST(DistText, WritesWhatNoProbabilityIs) {
  const Head head = head_of({"a", "b", "c"});
  for (const float bad : {-0.5F, 1.5F, 1e30F, std::numeric_limits<float>::quiet_NaN(),
                          std::numeric_limits<float>::infinity()}) {
    const float p[] = {0.25F, bad, 1};
    EXPECT_EQ(at_once(head, p), key_by_key(head, p));
  }
  EXPECT_EQ(at_once(head_of({}), {}), "{}");
}

TEST(HeadText, EndsItsPiecesWhereAValueFollows) {
  const HeadText one(head_of({"use", "\""}));
  EXPECT_EQ(one.key, "\"stage\":");
  EXPECT_EQ(one.said[1], "{\"state\":\"\\\"\",\"p\":");
  EXPECT_EQ(one.ground[0], "{\"construct\":\"stage\",\"state\":\"use\",\"begin\":");
  EXPECT_EQ(HeadText(head_of({"-2", "-1"}, HeadKind::kLevel)).said[1], "{\"level\":1,\"p\":");
}

}  // namespace
}  // namespace xinjing::language
