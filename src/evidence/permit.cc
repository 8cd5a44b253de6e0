#include "evidence/permit.h"

#include <algorithm>

#include "base/format.h"

namespace xinjing::evidence {
namespace {

/// Uses that no card may allow (card_reader.cc), whatever is asked for.
bool never_allowed(Use use) {
  return use == Use::kPrice || use == Use::kEligibility || use == Use::kStaffScoring;
}

Said nothing_left(Use use, const Withheld& first) {
  const Said label = use_label(use);
  if (never_allowed(use)) {
    return {fmt::format("nothing of this may be used for {}: what is inferred about people never "
                        "sets a price, decides who gets a service, or scores staff",
                        label.en),
            fmt::format("这些内容都不得用于{}：对人的推断绝不用来定价、决定服务资格或给员工打分",
                        label.zh)};
  }
  return {
      fmt::format("nothing of this may be used for {}; of '{}', for one: {}", label.en,
                  first.label.en, first.reason.en),
      fmt::format("这些内容都不得用于{}；例如“{}”：{}", label.zh, first.label.zh, first.reason.zh)};
}

std::vector<std::string_view> ids_of(const Catalogue& cards) {
  std::vector<std::string_view> ids;
  for (const Card& card : cards.cards()) ids.emplace_back(card.id);
  return ids;
}

}  // namespace

Permit::Permit(const Catalogue& cards, Use use) : x_cards(cards), x_use(use) {
  for (const Card& card : cards.cards()) x_allowed.push_back(bool(allowed(card, use)));
}

bool Permit::allows(std::string_view construct) const {
  const auto number = x_cards.number(construct);
  return number && x_allowed[*number];
}

bool Permit::allows_all(std::initializer_list<std::string_view> constructs) const {
  return std::all_of(constructs.begin(), constructs.end(),
                     [&](std::string_view one) { return allows(one); });
}

bool Permit::allows_some(std::span<const std::string_view> constructs) const {
  return std::any_of(constructs.begin(), constructs.end(),
                     [&](std::string_view one) { return allows(one); });
}

std::vector<Withheld> Permit::withheld(std::span<const std::string_view> constructs) const {
  std::vector<Withheld> out;
  for (const std::string_view id : constructs) {
    const Card* const card = x_cards.find(id);
    if (card == nullptr || allows(id)) continue;
    out.push_back({card->id, card->label, reason_against(*card, x_use)});
  }
  return out;
}

std::vector<Withheld> Permit::withheld() const { return withheld(ids_of(x_cards)); }

Status Permit::leaves_any() const { return leaves_any(ids_of(x_cards)); }

Status Permit::leaves_any(std::span<const std::string_view> constructs) const {
  if (allows_some(constructs)) return {};
  const std::vector<Withheld> all = withheld(constructs);
  if (all.empty()) return {};  // nothing was asked for that a card describes
  if (all.size() == 1) return allowed(*x_cards.find(all.front().construct), x_use);
  return fail(ErrorCode::kRefused, nothing_left(x_use, all.front()));
}

Said reason_against(const Card& card, Use use) {
  const std::vector<Use>& forbidden = card.use.forbidden;
  if (std::find(forbidden.begin(), forbidden.end(), use) != forbidden.end()) {
    return card.use.reason;
  }
  return {"the card does not list this use", "卡片没有列出这一用途"};
}

void write_withheld(Use use, const std::vector<Withheld>& withheld, Lang lang, JsonWriter& json) {
  json.field("use", use_id(use)).key("withheld").begin_array();
  for (const Withheld& one : withheld) {
    json.begin_object().field("construct", one.construct);
    json.field("reason", one.reason.in(lang)).end_object();
  }
  json.end_array();
}

}  // namespace xinjing::evidence
