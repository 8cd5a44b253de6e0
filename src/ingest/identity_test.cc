#include "ingest/identity.h"

#include <gtest/gtest.h>

#include <random>

#include "ingest/table.h"

namespace xinjing::ingest {
namespace {

Claim claim(std::string subject, std::string kind, std::string value, std::int64_t line = 1) {
  return {std::move(subject), {std::move(kind), std::move(value)}, "f.csv", line};
}

TEST(Identity, LinksSubjectsWithTheSameHandleAndSaysWhy) {
  const Identities found =
      identities({claim("c:2", "phone", "13800000000", 7), claim("c:1", "phone", "13800000000"),
                  claim("h:weibo:lan", "weibo", "lan"), claim("c:1", "weibo", "lan", 9),
                  claim("c:3", "email", "x@example.com")});
  EXPECT_EQ(found.person.at("c:2"), "c:1");
  EXPECT_EQ(found.person.at("h:weibo:lan"), "c:1");
  EXPECT_EQ(found.person.at("c:3"), "c:3");
  ASSERT_EQ(found.links.size(), 2U);
  EXPECT_EQ(found.links[0].key.subject, "c:2");
  EXPECT_EQ(found.links[0].reason.en, "same telephone number");
  EXPECT_EQ(found.links[0].reason.zh, "电话号码相同");
  EXPECT_EQ(found.links[0].line, 7);
  EXPECT_EQ(found.links[1].reason.en, "same name on weibo");
}

TEST(Identity, SaysTheRowThatGivesABareHandleToItsOwner) {
  const Claim bare{"h:phone:13800000000", {"phone", "13800000000"}, "", 0};
  const Identities found = identities({bare, claim("c:1", "phone", "13800000000", 7)});
  ASSERT_EQ(found.links.size(), 1U);
  EXPECT_EQ(found.links[0].file, "f.csv");
  EXPECT_EQ(found.links[0].line, 7);
}

TEST(Handle, IsMaskedInOneWordAndOnce) {
  const auto shown = [](const char* kind, const char* value) {
    const Handle handle{kind, value};
    EXPECT_EQ(masked({kind, masked(handle)}), masked(handle));
    return masked(handle);
  };
  EXPECT_EQ(shown("phone", "13812345678"), "138****5678");
  EXPECT_EQ(shown("phone", "5678901"), "***8901");
  EXPECT_EQ(shown("email", "lan@example.com"), "l***@example.com");
  EXPECT_EQ(shown("account", "33010000123456"), "***3456");
  EXPECT_EQ(shown("wechat", "兰兰 小号"), "兰***");
  EXPECT_EQ(kind_label("phone").zh, "电话");
  EXPECT_EQ(kind_label("论坛").zh, "论坛");
}

TEST(Identity, LeavesAHandleOfTooManyCustomersAlone) {
  std::vector<Claim> claims;
  for (int i = 0; i < 6; ++i)
    claims.push_back(claim("c:" + std::to_string(i), "phone", "95500000"));
  const Identities found = identities(claims);
  EXPECT_TRUE(found.links.empty());
  EXPECT_EQ(found.shared, (std::vector<SharedHandle>{{{"phone", "95500000"}, 6}}));
  EXPECT_EQ(identities(claims, {.max_customers = 6}).links.size(), 5U);
}

TEST(Identity, IgnoresEmptyHandles) {
  EXPECT_TRUE(identities({claim("c:1", "phone", ""), claim("c:2", "phone", "")}).links.empty());
}

std::vector<Claim> random_claims(std::mt19937& random) {
  std::vector<Claim> claims;
  const int count = int(random() % 60);
  for (int i = 0; i < count; ++i) {
    const bool customer = random() % 3 != 0;
    claims.push_back(claim((customer ? "c:" : "h:web:") + std::to_string(random() % 25),
                           random() % 2 == 0 ? "phone" : "email", std::to_string(random() % 20),
                           std::int64_t(random() % 100)));
  }
  return claims;
}

/// The same by spreading the least name until nothing changes.
std::map<std::string, std::string> slow_person(const Identities& found) {
  std::map<std::string, std::string> person;
  for (const auto& [subject, root] : found.person) person[subject] = subject;
  for (bool again = true; again;) {
    again = false;
    for (const Link& link : found.links) {
      std::string& a = person[link.key.subject];
      std::string& b = person[link.key.anchor];
      if (a == b) continue;
      a = b = std::min(a, b);
      again = true;
    }
  }
  return person;
}

TEST(Identity, DoesNotDependOnTheOrderOfRowsAndEqualsItsSlowTwin) {
  std::mt19937 random(11);
  for (int round = 0; round < 300; ++round) {
    std::vector<Claim> claims = random_claims(random);
    const Identities one = identities(claims, {.max_customers = 3});
    std::shuffle(claims.begin(), claims.end(), random);
    const std::vector<Claim> again = claims;
    claims.insert(claims.end(), again.begin(), again.begin() + std::ptrdiff_t(again.size() / 2));
    ASSERT_EQ(one, identities(claims, {.max_customers = 3})) << "round " << round;
    ASSERT_EQ(one.person, slow_person(one)) << "round " << round;
  }
}

TEST(Identity, IsUndoneByBreakingLinksAndRestoredByTakingThatBack) {
  std::mt19937 random(12);
  for (int round = 0; round < 200; ++round) {
    const std::vector<Claim> claims = random_claims(random);
    const Identities whole = identities(claims);
    IdentityOptions options;
    for (const Link& link : whole.links) options.broken.insert(link.key);
    const Identities apart = identities(claims, options);
    for (const auto& [subject, person] : apart.person) ASSERT_EQ(subject, person) << round;
    ASSERT_TRUE(apart.links.empty());
    ASSERT_EQ(identities(claims), whole);
    if (whole.links.empty()) continue;
    const Link& one = whole.links[random() % whole.links.size()];
    const Identities less = identities(claims, {.broken = {one.key}});
    ASSERT_EQ(less.links.size() + 1, whole.links.size());
    ASSERT_EQ(less.person, slow_person(less));
  }
}

TEST(Claims, ComeFromIdentitiesCustomersAndBareHandles) {
  const auto text = [](const Row& row, std::string_view table) {
    std::string out;
    for (const Claim& one : claims_of(*find_table(table), row, "f.csv")) {
      out += one.subject + " has " + one.handle.kind + " " + one.handle.value + "; ";
    }
    return out;
  };
  Row row{.key = {}, .subject = "c:C1", .line = 3, .cells = {}};
  row.cells = {std::string("C1"), std::string("微博"), std::string("Lan"), {}};
  EXPECT_EQ(text(row, "identities"), "c:C1 has weibo lan; ");
  row.cells.assign(find_table("customers")->columns.size(), {});
  row.cells[2] = std::string("138 1234 5678");
  row.cells[3] = std::string("X@example.com");
  row.cells[4] = std::string("3301-1");
  EXPECT_EQ(text(row, "customers"),
            "c:C1 has phone 13812345678; c:C1 has email x@example.com; c:C1 has account 33011; ");
  row.cells.assign(find_table("messages")->columns.size(), {});
  EXPECT_EQ(text(row, "messages"), "");
  row.subject = "h:weibo:lan";
  EXPECT_EQ(text(row, "messages"), "h:weibo:lan has weibo lan; ");
  row.subject = "h:conversation:V1";
  EXPECT_EQ(text(row, "messages"), "");
}

TEST(Handle, IsNormalisedSoThatEqualPeopleHaveEqualOnes) {
  const Handle phone{"phone", "13812345678"};
  EXPECT_EQ(normal_handle("热线", "+86 138-1234-5678"), phone);
  EXPECT_EQ(normal_handle("wechat", "１３８１２３４５６７８"), phone);
  EXPECT_EQ(normal_handle("phone", "008613812345678"), phone);
  EXPECT_EQ(normal_handle("web", " A.B@Example.COM "), (Handle{"email", "a.b@example.com"}));
  EXPECT_EQ(normal_handle("微信", "WX_Lan"), (Handle{"wechat", "wx_lan"}));
  EXPECT_EQ(normal_handle("户号", "3301 0000-123456"), (Handle{"account", "33010000123456"}));
  EXPECT_EQ(normal_handle("电话", "0571-8765 4321").value, "057187654321");
  EXPECT_EQ(normal_handle("weibo", "8765432").kind, "weibo");
  EXPECT_EQ(normal_phone("abc"), "");
  EXPECT_EQ(normal_phone(""), "");
}

TEST(Channel, HasOneNameInBothLanguages) {
  EXPECT_EQ(channel_id("微信"), channel_id("WeChat"));
  EXPECT_EQ(channel_id("官方微博"), "weibo");
  EXPECT_EQ(channel_id("95598热线"), "phone");
  EXPECT_EQ(channel_id("Kiosk"), "kiosk");
}

}  // namespace
}  // namespace xinjing::ingest
