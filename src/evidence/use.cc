#include "evidence/use.h"

#include <algorithm>

#include "base/format.h"
#include "evidence/card.h"

namespace xinjing::evidence {

namespace {

/// Other words for a use than its id and label.
struct OtherName {
  std::string_view words;
  Use use;
};

constexpr OtherName kOtherNames[] = {{"服务", Use::kService},
                                     {"客服", Use::kService},
                                     {"customer service", Use::kService},
                                     {"回访", Use::kFollowUp},
                                     {"跟进", Use::kFollowUp},
                                     {"荐品", Use::kRecommendation},
                                     {"offers", Use::kRecommendation},
                                     {"分群", Use::kSegmentation},
                                     {"报表", Use::kSegmentation},
                                     {"报告", Use::kSegmentation},
                                     {"segments", Use::kSegmentation},
                                     {"reports", Use::kSegmentation},
                                     {"服务质量", Use::kQuality},
                                     {"质量", Use::kQuality},
                                     {"改进", Use::kQuality},
                                     {"service quality", Use::kQuality},
                                     {"辅导", Use::kCoaching},
                                     {"培训", Use::kCoaching},
                                     {"training", Use::kCoaching},
                                     {"报价", Use::kPrice},
                                     {"价格", Use::kPrice},
                                     {"pricing", Use::kPrice},
                                     {"优先级", Use::kPriority},
                                     {"排队", Use::kPriority},
                                     {"排序", Use::kPriority},
                                     {"queue", Use::kPriority},
                                     {"准入", Use::kEligibility},
                                     {"资格", Use::kEligibility},
                                     {"credit", Use::kEligibility},
                                     {"员工打分", Use::kStaffScoring},
                                     {"考核", Use::kStaffScoring},
                                     {"绩效", Use::kStaffScoring},
                                     {"appraisal", Use::kStaffScoring}};

/// Small letters, and '_' for what parts words.
std::string folded(std::string_view words) {
  std::string out(words);
  for (char& c : out) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    if (c == ' ' || c == '-') c = '_';
  }
  return out;
}

bool contains(const std::vector<Use>& uses, Use use) {
  return std::find(uses.begin(), uses.end(), use) != uses.end();
}

}  // namespace

std::optional<Use> use_from(std::string_view id) {
  const auto* const found = std::find(kUseIds.begin(), kUseIds.end(), id);
  if (found == kUseIds.end()) return std::nullopt;
  return static_cast<Use>(found - kUseIds.begin());
}

std::optional<Use> use_named(std::string_view words) {
  const std::string wanted = folded(words);
  for (std::size_t i = 0; i < kUseIds.size(); ++i) {
    const auto use = static_cast<Use>(i);
    const Said label = use_label(use);
    for (const std::string_view name :
         {kUseIds[i], std::string_view(label.en), std::string_view(label.zh)}) {
      if (folded(name) == wanted) return use;
    }
  }
  for (const OtherName& other : kOtherNames) {
    if (folded(other.words) == wanted) return other.use;
  }
  return std::nullopt;
}

Said use_label(Use use) {
  static const std::array<Said, kUseIds.size()> labels = {
      {{"serving this customer", "服务这位客户"},
       {"follow-up contact", "后续联系"},
       {"recommendation", "推荐"},
       {"segments and reports", "分群与报表"},
       {"finding faults of the service", "改进服务质量"},
       {"coaching staff", "员工辅导"},
       {"research", "研究"},
       {"setting a price", "定价"},
       {"a place in a queue", "排队优先级"},
       {"granting or refusing a service", "服务资格"},
       {"scoring staff", "员工评分"}}};
  return labels[static_cast<std::size_t>(use)];
}

Status allowed(const Card& card, Use use) {
  const Said label = use_label(use);
  const Said head{fmt::format("'{}' may not be used for {}", card.label.en, label.en),
                  fmt::format("“{}”不得用于{}", card.label.zh, label.zh)};
  if (contains(card.use.forbidden, use)) {
    return fail(ErrorCode::kRefused, {fmt::format("{}: {}", head.en, card.use.reason.en),
                                      fmt::format("{}：{}", head.zh, card.use.reason.zh)});
  }
  if (contains(card.use.allowed, use)) return {};
  return fail(ErrorCode::kRefused,
              {head.en + ": the card does not allow it", head.zh + "：卡片没有允许这一用途"});
}

Status allowed(const Card& card, std::string_view use) {
  if (const std::optional<Use> known = use_from(use)) return allowed(card, *known);
  return fail(ErrorCode::kRefused, {fmt::format("'{}' is not a known use", use),
                                    fmt::format("“{}”不是已知的用途", use)});
}

}  // namespace xinjing::evidence
