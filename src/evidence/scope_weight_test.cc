#include "evidence/scope_weight.h"

#include <gtest/gtest.h>

namespace xinjing::evidence {
namespace {

using language::Scope;
using language::ScopeKind;

Scope with(std::initializer_list<std::pair<ScopeKind, std::string_view>> values) {
  Scope scope;
  for (const auto& [kind, id] : values) {
    const auto ids = language::scope_values(kind);
    scope.values[static_cast<std::size_t>(kind)] =
        static_cast<std::uint8_t>(std::find(ids.begin(), ids.end(), id) - ids.begin());
  }
  return scope;
}

TEST(ScopeWeight, IsWholeWhereNothingIsSaid) { EXPECT_EQ(scope_weight(Scope{}), 1); }

TEST(ScopeWeight, IsNothingForWhatIsDenied) {
  EXPECT_EQ(scope_weight(with({{ScopeKind::kNegation, "yes"}, {ScopeKind::kDegree, "strong"}})), 0);
  EXPECT_GT(scope_weight(with({{ScopeKind::kNegation, "double"}})), 0.5);
}

TEST(ScopeWeight, IsLessForWhatIsSupposedAskedOrTold) {
  const double plain = scope_weight(Scope{});
  for (const auto& [kind, id] :
       std::vector<std::pair<ScopeKind, std::string_view>>{{ScopeKind::kCondition, "if"},
                                                           {ScopeKind::kCondition, "wish"},
                                                           {ScopeKind::kQuestion, "asked"},
                                                           {ScopeKind::kReport, "reported"},
                                                           {ScopeKind::kActor, "rival"},
                                                           {ScopeKind::kContrast, "conceded"}}) {
    const double weight = scope_weight(with({{kind, id}}));
    EXPECT_LT(weight, plain) << id;
    EXPECT_GT(weight, 0) << id;
  }
  EXPECT_EQ(scope_weight(with({{ScopeKind::kQuestion, "rhetorical"}})), plain);
}

TEST(ScopeWeight, IsBounded) {
  EXPECT_LE(
      scope_weight(with({{ScopeKind::kDegree, "strong"}, {ScopeKind::kContrast, "stressed"}})),
      1.5);
}

}  // namespace
}  // namespace xinjing::evidence
