#include "evidence/use.h"

#include <algorithm>

#include "base/format.h"
#include "evidence/card.h"

namespace xinjing::evidence {

namespace {

bool contains(const std::vector<Use>& uses, Use use) {
  return std::find(uses.begin(), uses.end(), use) != uses.end();
}

}  // namespace

std::optional<Use> use_from(std::string_view id) {
  const auto* const found = std::find(kUseIds.begin(), kUseIds.end(), id);
  if (found == kUseIds.end()) return std::nullopt;
  return static_cast<Use>(found - kUseIds.begin());
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
       {"place in a queue", "排队优先级"},
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
