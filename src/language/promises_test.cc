#include "language/promises.h"

#include <gtest/gtest.h>

#include "base/file.h"
#include "base/format.h"

namespace xinjing::language {
namespace {

PromiseLexicon shipped() {
  PromiseLexicon lexicon;
  for (const Lang lang : {Lang::kZh, Lang::kEn}) {
    const std::string name = fmt::format("promises.{}.tsv", lang_id(lang));
    const Status added =
        lexicon.add(*read_file(XINJING_SOURCE_DIR "/lexicons/" + name), name, lang);
    EXPECT_TRUE(added) << added.error().message(Lang::kEn);
  }
  lexicon.build();
  return lexicon;
}

struct Read {
  std::vector<PromiseWords> promises;
  std::vector<OutcomeWords> outcomes;
};

Read read(std::string_view text, ingest::Speaker speaker) {
  static const PromiseLexicon lexicon = shipped();
  static const WorkCalendar calendar;
  PromiseReader reader(lexicon, calendar);
  Normalised normal;
  normalise(text, normal);
  Read out;
  const Moment said{*day_from_date(2026, 3, 5), 10 * 60};
  reader.read(text, normal, speaker, said, out.promises, out.outcomes);
  return out;
}

TEST(PromiseReader, FindsACommitmentWithItsTime) {
  const Read zh = read("您好，差价300元会在24小时内退到您的账户。", ingest::Speaker::kAgent);
  ASSERT_EQ(zh.promises.size(), 1U);
  EXPECT_EQ(iso_date(zh.promises[0].due->day), "2026-03-06");
  EXPECT_EQ(zh.promises[0].due->minute, 10 * 60);
  EXPECT_EQ(zh.promises[0].amount, (Amount{"300", "CNY"}));
  const Read en = read("Thanks. We'll send the form to you by Friday.", ingest::Speaker::kAgent);
  ASSERT_EQ(en.promises.size(), 1U);
  EXPECT_EQ(iso_date(en.promises[0].due->day), "2026-03-06");
}

TEST(PromiseReader, TakesATimeOfArrivalForAWord) {
  for (const char* text :
       {"您放心，六点肯定通！", "冰块十一点半前到，小张送", "十一点十分我打给您"}) {
    const Read read_now = read(text, ingest::Speaker::kAgent);
    ASSERT_EQ(read_now.promises.size(), 1U) << text;
    ASSERT_TRUE(read_now.promises[0].due) << text;
    EXPECT_EQ(iso_date(read_now.promises[0].due->day), "2026-03-05") << text;
  }
  EXPECT_TRUE(read("我们九点开门", ingest::Speaker::kAgent).promises.empty());
}

TEST(PromiseReader, PassesOverWhatOnlyLooksLikeOne) {
  for (const char* text :
       {"请您稍等，马上为您查询", "支持七天无理由退款", "要不要给您退款？", "已经给您退款了",
        "如果检测有问题，会免费给您换新", "您先在APP里申请退款", "祝您生活愉快，再见",
        "小美一定积极协助为您处理", "我司将不断完善短信系统", "您可随时与我们联系处理",
        "登录官网提交要求，将手机寄回售后中心检测", "所有用户均可在三天内申请退款",
        "Little Wo will be sincerely at your service", "We will strive to fix it for you",
        "Would you like us to send it to you?", "You can return it within 7 days",
        "I've sent it to you already"}) {
    EXPECT_TRUE(read(text, ingest::Speaker::kAgent).promises.empty()) << text;
  }
}

TEST(PromiseReader, TakesTheCustomersWordForIt) {
  const Read told = read("10号你们客服说三天内给我退款", ingest::Speaker::kCustomer);
  ASSERT_EQ(told.promises.size(), 1U);
  EXPECT_TRUE(told.promises[0].told);
  EXPECT_EQ(iso_date(told.promises[0].due->day), "2026-02-13") << "from the day they said it";
  for (const char* own : {"我会给你们差评", "我说的是从4g转到wifi时会出现搜索信号",
                          "They told me so. Will you compensate me?"}) {
    EXPECT_TRUE(read(own, ingest::Speaker::kCustomer).promises.empty()) << own;
  }
}

TEST(PromiseReader, HearsWhatBecameOfIt) {
  const auto outcome = [](std::string_view text) {
    const Read said = read(text, ingest::Speaker::kCustomer);
    return said.outcomes.empty() ? "none" : std::string(outcome_id(said.outcomes[0].outcome));
  };
  EXPECT_EQ(outcome("钱收到了"), "met");
  EXPECT_EQ(outcome("说好的回电，到今天都没有"), "unmet");
  EXPECT_EQ(outcome("不用了，取消吧"), "withdrawn");
  EXPECT_EQ(outcome("退款什么时候到？"), "none");
  EXPECT_EQ(outcome("五号也过了"), "unmet");
  EXPECT_EQ(outcome("六点都过了，灯呢"), "unmet");
  EXPECT_EQ(outcome("你保证的那个六点是哪天的六点"), "unmet");
  EXPECT_EQ(outcome("我不问什么时候退了"), "none");
  EXPECT_EQ(outcome("两天？这么快"), "none") << "of the promise itself";
}

TEST(PromiseReader, TakesNoRequestNorOnesOwnActForAnOutcome) {
  for (const char* text :
       {"请您尽快给我答复", "那我收到手机后再联系你们吧", "先换了她再说", "没有了",
        "我已经联系到了", "号码私信给你了", "我还没查到", "等你6点给我答复", "你帮我处理一下",
        "他们会在一周处理完", "I have sent private message to you", "I've updated the system",
        "Please let me know your answer soon",
        "What made me angry is that you said I didn't send it"}) {
    const Read said = read(text, ingest::Speaker::kCustomer);
    EXPECT_TRUE(said.outcomes.empty())
        << text << ": "
        << outcome_id(said.outcomes.empty() ? Outcome::kMet : said.outcomes[0].outcome);
  }
  for (const char* text : {"我收到短信了", "到现在没人联系我",
                           "I haven't received any call till now", "I received your call"}) {
    EXPECT_EQ(read(text, ingest::Speaker::kCustomer).outcomes.size(), 1U) << text;
  }
  EXPECT_TRUE(read("请您收到短信后参与评价", ingest::Speaker::kAgent).outcomes.empty());
  EXPECT_EQ(read("短信已经发送到您的手机上了", ingest::Speaker::kAgent).outcomes.size(), 1U);
}

TEST(PromiseReader, NamesTheActsThatTheOutcomeIsOf) {
  const PromiseLexicon lexicon = shipped();
  const auto acts = [&](std::string_view text) {
    const Read said = read(text, ingest::Speaker::kCustomer);
    return said.outcomes.empty() ? "none" : lexicon.names_of(said.outcomes[0].acts);
  };
  EXPECT_EQ(acts("退款的电话没人回电"), "callback+reply")
      << "what is named beside it is another matter";
  const Read nobody = read("Nobody told me I needed to sign in", ingest::Speaker::kCustomer);
  ASSERT_EQ(nobody.outcomes.size(), 1U);
  EXPECT_FALSE(nobody.outcomes[0].recalls);
}

TEST(PromiseLexicon, RefusesWithThePlace) {
  const std::string header = "role\tact\twords\tnote\n";
  for (const auto& [text, place] : std::vector<std::pair<std::string, std::string>>{
           {"role\tword\n", "x.tsv:1:1"},
           {header + "commit\t\t会\n", "x.tsv:2:1"},
           {header + "perhaps\t\t会\tn\n", "x.tsv:2:1"},
           {header + "act\t\t退\tn\n", "x.tsv:2:1"},
           {header + "act\trefund\t退\tn\n", "x.tsv:2:5"},
           {header + "commit\t\t会||将\tn\n", "x.tsv:2:13"},
           {header + "commit\t\tＷｉｌｌ\tn\n", "x.tsv:2:9"}}) {
    PromiseLexicon lexicon;
    const Status added = lexicon.add(text, "x.tsv");
    ASSERT_FALSE(added) << text;
    EXPECT_EQ(added.error().place, place) << text;
  }
}

TEST(PromiseReader, ReadsBothHalvesOfATextInTwoLanguages) {
  const std::string_view text =
      "非常抱歉给您带来不便，we will call you back by Friday 退款三个工作日内一定退给您";
  const Read found = read(text, ingest::Speaker::kAgent);
  ASSERT_EQ(found.promises.size(), 2U);
  EXPECT_EQ(slice(text, found.promises[0].span), "we will call you back by Friday");
  ASSERT_TRUE(found.promises[0].due);
  EXPECT_EQ(iso_date(found.promises[0].due->day), "2026-03-06");
  EXPECT_EQ(slice(text, found.promises[1].span), "退款三个工作日内一定退给您");
  ASSERT_TRUE(found.promises[1].due);
}

}  // namespace
}  // namespace xinjing::language
