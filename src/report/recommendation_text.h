#pragma once

#include <set>
#include <string>

#include "base/lang.h"
#include "behaviour/recommend_trial.h"
#include "behaviour/recommendation.h"

namespace xinjing::report {

/// Why a product is recommended: "those who bought A also bought it: 31 of 120".
Said reason_in_words(const behaviour::RecommendationRow& row);

/// What a product has for somebody with these drivers (states of the construct `driver`): "low
/// price: cheaper than most". Empty where nothing fits.
Said fit_in_words(const behaviour::RecommendationRow& row, const std::set<std::string>& drivers);

/// The name of a method.
Said method_in_words(behaviour::Method method);

/// What each method reached in the test window: a table for each task, with 95 % intervals and
/// bars, and cold and warm customers apart. At most 100 columns.
std::string trial_text(const behaviour::Trial& trial, int k, Lang lang);

/// The same as JSON, one object a line: task, method, customers (all, warm, cold) and figures.
std::string trial_json(const behaviour::Trial& trial, int k);

/// A recommendation as one JSON object; `fit` as from fit_in_words.
std::string recommendation_json(const behaviour::RecommendationRow& row,
                                const std::string& customer, const Said& fit);

}  // namespace xinjing::report
