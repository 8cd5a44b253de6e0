#include "cli/read_stream.h"

#include <gtest/gtest.h>
#include <poll.h>
#include <unistd.h>

#include <cstdio>
#include <memory>
#include <thread>

#include "cli/line_batches.h"
#include "language/toy_model.h"

namespace xinjing::cli {
namespace {

using language::Space;
using File = std::unique_ptr<std::FILE, int (*)(std::FILE*)>;

File temporary(std::string_view contents) {
  File file(std::tmpfile(), &std::fclose);
  std::fwrite(contents.data(), 1, contents.size(), file.get());
  std::rewind(file.get());
  return file;
}

std::string contents_of(std::FILE* file) {
  std::rewind(file);
  std::string all;
  for (int c = std::fgetc(file); c != EOF; c = std::fgetc(file))
    all.push_back(static_cast<char>(c));
  return all;
}

std::unique_ptr<ReadingModels> toy_models() {
  auto models = std::make_unique<ReadingModels>();
  models->zh.emplace(
      language::toy_parts({{"气死", Space::kOwn, {0, -20, 100}},
                           {"气死", Space::kCustomer, {120, -20}},
                           {"太贵", Space::kCustomer, {10, 0, 120, 0, 60, 0, -30}}}));
  models->finish();
  return models;
}

struct Answer {
  std::string out;
  std::string err;
  ReadCount count;
};

Answer answer(std::string_view input, std::size_t threads = 2) {
  const auto models = toy_models();
  const File in = temporary(input);
  const File out = temporary("");
  const File err = temporary("");
  Context context;
  context.out = out.get();
  context.err = err.get();
  const auto count = read_stream(context, *models, in.get(), "in", std::nullopt, threads);
  EXPECT_TRUE(count);
  return {contents_of(out.get()), contents_of(err.get()), *count};
}

// By hand: 22 grams, so a scale of 1 / sqrt(62); 气死 gives anger 0.127 x 100 / 8 = 1.59 nats.
TEST(ReadStream, WritesTheContract) {
  const Answer got = answer(
      R"({"id":"c1","turns":[{"speaker":"customer","text":"气死我了，太贵"},{"speaker":"agent","text":"好"}]})");
  EXPECT_EQ(
      got.out,
      R"({"id":"c1","turns":[{"speaker":"customer","emotion":{"state":"anger","p":0.739,"dist":{"neutral":0.151,"joy":0.11,"anger":0.739}},"sentiment":-0.629,)"
      R"("evidence":[{"construct":"motive","state":"vent","begin":0,"end":6,"quote":"气死","nats":1.905},{"construct":"aspect","state":"PRI-","begin":15,"end":21,"quote":"太贵","nats":1.905},)"
      R"({"construct":"emotion","state":"anger","begin":0,"end":6,"quote":"气死","nats":1.721}]},{"speaker":"agent","evidence":[]}],)"
      R"("episode":{"sentiment":-0.629,"motive":{"vent":0.743,"praise":0.211},"aspect":[{"code":"PRI","polarity":-1,"p":0.438,"quote":"太贵"}],)"
      R"("escalation":{"level":1,"p":0.333,"dist":{"0":0.333,"1":0.333,"2":0.333}},"agent":{}},"lang":"zh","model":"toy"})"
      "\n");
}

TEST(ReadStream, AnswersBadLinesAndGoesOn) {
  const Answer got = answer(
      "{\"id\":1,\"text\":\"好\"}\nnot "
      "json\n\n{\"id\":\"x\",\"turns\":[{\"speaker\":\"nobody\",\"text\":\"a\"}]}\n"
      "{\"id\":2}\n{\"id\":3,\"text\":\"好\"}");
  EXPECT_EQ(got.count.lines, 5U);
  EXPECT_EQ(got.count.errors, 3U);
  EXPECT_NE(got.out.find("{\"id\":\"x\",\"error\":\"turn 1 needs a speaker"), std::string::npos);
  EXPECT_NE(got.out.find("{\"id\":2,\"error\":"), std::string::npos);
  EXPECT_NE(got.err.find("in:2: not valid JSON"), std::string::npos);
  EXPECT_NE(got.err.find("in:4: turn 1"), std::string::npos);
  EXPECT_NE(answer("{\"id\":\"c9\",\"text\":\"cut").out.find("{\"id\":\"c9\",\"error\""),
            std::string::npos);
  EXPECT_LT(got.out.find("{\"id\":1,"), got.out.find("{\"id\":3,"));
}

TEST(ReadStream, GivesTheSameOnOneThreadAndOnMany) {
  std::string input;
  for (int i = 0; i < 500; ++i) {
    input += fmt::format("{{\"id\":{},\"text\":\"第{}次了，{}\"}}\n", i, i,
                         i % 3 == 0 ? "气死我了" : "太贵");
  }
  const Answer one = answer(input, 1);
  EXPECT_EQ(one.out, answer(input, 5).out);
  EXPECT_EQ(std::count(one.out.begin(), one.out.end(), '\n'), 500);
}

/// `xinjing read` between two pipes.
class Dialogue {
 public:
  Dialogue() : x_models(toy_models()) {
    EXPECT_EQ(::pipe(x_in), 0);
    EXPECT_EQ(::pipe(x_out), 0);
    x_thread = std::thread([this] {
      const File in(::fdopen(x_in[0], "rb"), &std::fclose);
      const File out(::fdopen(x_out[1], "wb"), &std::fclose);
      const File err = temporary("");
      Context context;
      context.out = out.get();
      context.err = err.get();
      EXPECT_TRUE(read_stream(context, *x_models, in.get(), "in", std::nullopt, 2));
    });
  }
  ~Dialogue() {
    end_input();
    x_thread.join();
    ::close(x_out[0]);
  }
  Dialogue(const Dialogue&) = delete;
  Dialogue& operator=(const Dialogue&) = delete;

  void say(std::string_view bytes) const {
    ASSERT_EQ(::write(x_in[1], bytes.data(), bytes.size()), ssize_t(bytes.size()));
  }
  void end_input() {
    if (x_in[1] >= 0) ::close(x_in[1]);
    x_in[1] = -1;
  }
  /// The next line of the answer; what there is of it at the end, or when none comes in a minute.
  std::string hear() const {
    constexpr int kMinute = 60'000;
    std::string line;
    char c = 0;
    pollfd out{.fd = x_out[0], .events = POLLIN, .revents = 0};
    while (::poll(&out, 1, kMinute) == 1 && ::read(x_out[0], &c, 1) == 1 && c != '\n') line += c;
    return line;
  }

 private:
  std::unique_ptr<ReadingModels> x_models;
  int x_in[2] = {-1, -1};
  int x_out[2] = {-1, -1};
  std::thread x_thread;
};

TEST(ReadStream, AnswersALineOfAnOpenPipeAtOnce) {
  Dialogue dialogue;
  dialogue.say("{\"id\":1,\"text\":\"好\"}\n");
  ASSERT_TRUE(dialogue.hear().starts_with("{\"id\":1,\"turns\""));
  dialogue.say("\n{\"id\":2,\"text\":\"太贵\"}\n{\"id\":3,\"text\":");  // two and a half lines
  ASSERT_TRUE(dialogue.hear().starts_with("{\"id\":2,\"turns\""));
  dialogue.say("\"好\"}\n");
  ASSERT_TRUE(dialogue.hear().starts_with("{\"id\":3,\"turns\""));
  dialogue.say("{\"id\":4,\"text\":\"好\"}");
  dialogue.end_input();
  EXPECT_TRUE(dialogue.hear().starts_with("{\"id\":4,\"turns\""));
  EXPECT_EQ(dialogue.hear(), "");
}

TEST(LineBatches, KeepLinesWholeAcrossBatches) {
  std::string input = "\xef\xbb\xbf";
  const std::string longest(LineBatches::kBatchBytes * 2 + 17, 'x');
  input += "first\r\n\n  \n" + longest + "\nlast";
  const File in = temporary(input);
  LineBatches batches(in.get(), "in");
  std::vector<std::pair<std::uint64_t, std::string>> lines;
  for (;;) {
    const auto some = batches.next();
    ASSERT_TRUE(some);
    if (some->empty()) break;
    for (const auto& line : *some) lines.emplace_back(line.number, line.text);
  }
  ASSERT_EQ(lines.size(), 3U);
  EXPECT_EQ(lines[0], (std::pair<std::uint64_t, std::string>{1, "first"}));
  EXPECT_EQ(lines[1], (std::pair<std::uint64_t, std::string>{4, longest}));
  EXPECT_EQ(lines[2], (std::pair<std::uint64_t, std::string>{5, "last"}));
}

TEST(LineBatches, SkipALineThatIsTooLong) {
  std::string input(LineBatches::kLongestLine + LineBatches::kBatchBytes, 'y');
  input.append("\nnext\n");
  const File in = temporary(input);
  LineBatches batches(in.get(), "in");
  std::vector<std::string> seen;
  for (;;) {
    const auto some = batches.next();
    ASSERT_TRUE(some);
    if (some->empty()) break;
    for (const auto& line : *some) seen.emplace_back(line.too_long ? "too long" : line.text);
  }
  EXPECT_EQ(seen, (std::vector<std::string>{"too long", "next"}));
}

}  // namespace
}  // namespace xinjing::cli
