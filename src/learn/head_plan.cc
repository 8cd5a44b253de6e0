#include "learn/head_plan.h"

#include <sstream>

namespace xinjing::learn {
namespace {

using language::HeadKind;

std::vector<std::string> words(const char* text) {
  std::istringstream in(text);
  std::vector<std::string> list;
  for (std::string word; in >> word;) list.push_back(word);
  return list;
}

constexpr const char* kAspects = "PRI FUN REL SPD ATT CMP INF CNV ENV SEC PER DEL BRA AFT";

HeadPlan level(std::string name, const char* states) {
  return {.name = std::move(name),
          .kind = HeadKind::kLevel,
          .states = words(states),
          .judge = Judge::kWeightedKappa,
          .l2 = 1};
}

HeadPlan several(std::string name, const char* states, Judge judge, double l2) {
  return {.name = std::move(name),
          .kind = HeadKind::kSeveral,
          .states = words(states),
          .judge = judge,
          .l2 = l2};
}

HeadPlan one(std::string name, const char* states, double l2) {
  return {.name = std::move(name), .kind = HeadKind::kOne, .states = words(states), .l2 = l2};
}

HeadPlan hidden(HeadPlan plan, Judge judge) {
  plan.shown = false;
  plan.judge = judge;
  plan.rare_weight = judge == Judge::kNothing ? 0.25 : plan.rare_weight;
  return plan;
}

std::vector<HeadPlan> make_plans() {
  std::vector<HeadPlan> plans{
      one("emotion",
          "neutral joy gratitude anticipation surprise anxiety confusion disappointment grievance "
          "anger contempt",
          2),
      level("intensity", "1 2 3"),
      several("valence", "bad good", Judge::kMacroF1, 1),
      several("motive", "vent respect redress solve info praise suggest social", Judge::kMacroF1,
              1),
      one("need", "basic safety belong esteem self none", 1),
      hidden(several("aspect_code", kAspects, Judge::kMicroF1, 1), Judge::kMicroF1),
      hidden(one("aspect_polarity", "- 0 +", 1), Judge::kNothing),
      hidden(several("expectation_aspect", kAspects, Judge::kMicroF1, 1), Judge::kMicroF1),
      hidden(one("expectation_status", "open met unmet exceeded", 1), Judge::kNothing),
      several("expectation_kind", "explicit promised", Judge::kMicroF1, 1),
      one("stage", "need search evaluate buy use none", 1),
      one("orientation", "rational emotional mixed none", 1),
      several("driver", "practical lowprice convenience novelty prestige value social speculation",
              Judge::kMacroF1, 1),
      one("bond", "advocate loyal neutral waver leave", 1),
      level("escalation", "0 1 2"),
      level("urgency", "0 1 2"),
      several(
          "style",
          "decisive hesitant boastful talkative terse picky sarcastic polite aggressive logical "
          "suspicious repetitive humorous",
          Judge::kMacroF1, 1),
      one("temperament", "choleric sanguine phlegmatic melancholic none", 1),
      level("satisfaction", "-2 -1 0 1 2"),
      level("listening", "0 1 2"),
      level("empathy", "0 1 2"),
      level("solution", "0 1 2"),
      level("followup", "0 1 2"),
      several("deflects", "deflects", Judge::kMacroF1, 1),
  };
  plans[0].per_turn = plans[1].per_turn = plans[2].per_turn = true;
  for (HeadPlan& plan : plans) {
    if (plan.name == "emotion") plan.composed_weight = 0.12;  // many turns each
    if (plan.name == "valence") plan.rare_weight = 0;
    if (plan.name == "need") plan.rare_weight = 0.3, plan.shared = SharedScales();
    for (const char* name : {"motive", "orientation", "bond", "style", "temperament"}) {
      if (plan.name == name) plan.reads_personas = false;
    }
    // Real conversations at hand are nearly all of use: buying is learned from composed ones.
    if (plan.name == "stage" || plan.name == "driver") {
      plan.composed_weight = 1;
      plan.composed_judges = plan.keeps_held_out = true;
    }
    if (plan.name == "stage") {
      plan.shared = SharedScales{.own = 0.8F, .agent = 0, .shared = 1};
      plan.real_weight = 0.1;
      plan.is_sequence = true;
      // Composers' single conversations are read too well to say how sure one may be of strangers'.
      plan.composed_judges = false;
    }
    if (plan.name == "satisfaction") {
      plan.judge = Judge::kSpearman, plan.rare_weight = 0;
      plan.composed_weight = 0.04;  // learned from raters, of whom composed texts have none
    }
  }
  return plans;
}

}  // namespace

std::span<const HeadPlan> head_plans() {
  static const std::vector<HeadPlan> plans = make_plans();
  return plans;
}

std::span<const ProductPlan> product_plans() {
  static const std::vector<ProductPlan> plans{
      {"aspect", "", "aspect_code", "aspect_polarity"},
      {"expectation", ":", "expectation_aspect", "expectation_status"},
  };
  return plans;
}

}  // namespace xinjing::learn
