#include "report/report_page.h"

#include <gmock/gmock.h>

#include "base/json.h"

namespace xinjing::report {
namespace {

using testing::HasSubstr;
using testing::Not;

const std::string kHostile =
    R"({"lang":"zh","company":"<b>清澜</b>","period":{"from":"2026-01-01","to":"2026-02-01"},"headline":{"happened":[
{"id":"x","text":"</script><script>alert(1)</script>","why":"<!-- {{script}} {{data}} -->","sure":"fair","section":"trend",
"rows":[{"conversation":"T1","name":"\"><img src=x onerror=alert(2)>","date":"2026-01-02","who":"customer","text":"它说 </SCRIPT> & <b>"}]}]}})";

std::string data_of(const std::string& page) {
  const std::string open = "<script type=\"application/json\" id=\"report-data\">";
  const std::size_t begin = page.find(open) + open.size();
  return page.substr(begin, page.find("</script>", begin) - begin);
}

std::size_t count(const std::string& text, std::string_view what) {
  std::size_t n = 0;
  for (std::size_t at = text.find(what); at != std::string::npos; at = text.find(what, at + 1)) ++n;
  return n;
}

TEST(Page, KeepsHostileWordsAsWords) {
  const std::string page = html_page(kHostile, Lang::kZh);
  EXPECT_THAT(page, Not(HasSubstr("<script>alert")));
  EXPECT_THAT(page, Not(HasSubstr("<img src=x")));
  EXPECT_THAT(page, Not(HasSubstr("<b>清澜")));
  EXPECT_THAT(page, HasSubstr("<title>&lt;b&gt;清澜&lt;/b&gt;"));
}

TEST(Page, HoldsTheDataUnchanged) {
  const std::string page = html_page(kHostile, Lang::kZh);
  JsonParser own;
  JsonParser other;
  const auto before = own.parse(kHostile);
  const std::string held = data_of(page);
  const auto after = other.parse(held);
  ASSERT_TRUE(before && after);
  std::vector<std::string> texts;
  for (const auto& data : {*before, *after}) {
    data["headline"]["happened"].each([&](JsonValue claim) {
      texts.push_back(std::string(*claim["text"].string()) + std::string(*claim["why"].string()));
      claim["rows"].each([&](JsonValue row) {
        texts.back() += std::string(*row["text"].string()) + std::string(*row["name"].string());
      });
    });
  }
  ASSERT_EQ(texts.size(), 2u);
  EXPECT_EQ(texts[0], texts[1]);
}

TEST(Page, FillsEachPlaceOnceAndLooksAtNothingFilledIn) {
  const std::string page = html_page(kHostile, Lang::kZh);
  EXPECT_EQ(count(page, "{{script}}"),
            2u);  // the customer's words, in the data and without scripts
  EXPECT_EQ(count(page, "id=\"report-data\""), 1u);
}

TEST(Page, AllowsNoScriptButItsOwnAndNoRequest) {
  const std::string page = html_page(kHostile, Lang::kZh);
  const std::size_t policy = page.find("script-src 'nonce-");
  ASSERT_NE(policy, std::string::npos);
  const std::string nonce = page.substr(policy + 18, 32);
  EXPECT_THAT(page, HasSubstr("default-src 'none'"));
  EXPECT_THAT(page, HasSubstr("<script nonce=\"" + nonce + "\">"));
}

TEST(Page, IsReadableWithoutScripts) {
  const std::string page = html_page(kHostile, Lang::kZh);
  EXPECT_THAT(page, HasSubstr("<h2>发生了什么</h2>"));
  EXPECT_THAT(page, HasSubstr("它说 &lt;/SCRIPT&gt; &amp; &lt;b&gt;"));
  EXPECT_THAT(page, HasSubstr("没有足够的根据说出一条。"));
  const std::string english = html_page(R"({"lang":"en","headline":{}})", Lang::kEn);
  EXPECT_THAT(english, HasSubstr("Not enough ground to say anything."));
}

TEST(Page, StaysSmallAndNamesTheLibrariesInIt) {
  const std::string page = html_page("{}", Lang::kEn);
  EXPECT_LT(page.size(), 1000000u);
  EXPECT_THAT(page, HasSubstr("Apache ECharts"));
  EXPECT_THAT(page, HasSubstr("BSD 3-Clause License"));
}

}  // namespace
}  // namespace xinjing::report
