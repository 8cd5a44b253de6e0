#include "evidence/act.h"

#include <string>

namespace xinjing::evidence {

std::optional<Act> act_from(std::string_view id) {
  for (std::size_t i = 0; i < kActIds.size(); ++i) {
    if (kActIds[i] == id) return static_cast<Act>(i);
  }
  return {};
}

Said act_label(Act act) {
  switch (act) {
    case Act::kDiscounted:
      return {"bought at a discount", "打折时买"};
    case Act::kNight:
      return {"ordered at night", "夜里下单"};
    case Act::kCompared:
      return {"looked at several goods before ordering", "看过几样才下单"};
    case Act::kQuick:
      return {"ordered within minutes of the first look", "看后几分钟就下单"};
    case Act::kReturned:
      return {"sent back", "退了货"};
    case Act::kRepeated:
      return {"came back to buy", "回来再买"};
    case Act::kSameBrand:
      return {"the same brand again", "又买同一个牌子"};
    case Act::kNewProduct:
      return {"something never bought before", "没买过的东西"};
    case Act::kBought:
      return {"bought", "买了"};
    case Act::kLooked:
      return {"looked at", "查看"};
  }
  return {};
}

Said act_label(std::string_view id) {
  if (id.starts_with(kNot)) {
    const Said label = act_label(id.substr(kNot.size()));
    return {"not: " + label.en, "没有：" + label.zh};
  }
  const std::optional<Act> act = act_from(id);
  return act ? act_label(*act) : Said{std::string(id), std::string(id)};
}

}  // namespace xinjing::evidence
