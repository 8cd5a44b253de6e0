#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/day.h"
#include "base/duckdb.h"
#include "behaviour/recommend_trial.h"
#include "behaviour/recommendation.h"
#include "store/database.h"

namespace xinjing::behaviour {

/// What counts as one product.
enum class ProductLevel : std::uint8_t { kProduct, kCategory };

/// What is known of a product beside who bought it.
struct ProductFacts {
  std::string key;                     // code, else name
  std::string name;                    // most usual; may be empty
  std::optional<double> price_rank{};  // share of its category (or of all) that costs less
  Day first_sold{};
};

/// A company's order lines with people and products numbered, and what was left out.
struct CompanyPurchases {
  std::vector<std::int64_t> persons;  // subjects.person, by number; sorted by their id
  std::vector<std::string> ids;       // as in v_customers, parallel
  std::vector<ProductFacts> products;
  std::vector<PurchaseLine> lines;
  Day until{};  // the day after the last order
  std::int64_t days = 0;

  std::int64_t rows = 0;              // order lines in all
  std::int64_t without_customer = 0;  // nobody knows whose
  std::int64_t without_product = 0;   // no code, no name; or no category
  std::int64_t cancelled = 0;         // by their status
  std::int64_t zero = 0;              // quantity 0
  std::int64_t returns = 0;           // negative: they take back what was bought
  std::int64_t clock = 0;             // days far from all others

  const std::string& label(std::int32_t product) const {
    const ProductFacts& one = products[std::size_t(product)];
    return one.name.empty() ? one.key : one.name;
  }
  std::optional<std::int32_t> number_of(std::int64_t person) const;
};

/// Order lines up to the day `as_of` (all where none is given), each person, product and day once
/// for what was bought and once for what was brought back. Cost: about 1 s for a million lines.
Result<CompanyPurchases> load_purchases(const DuckConnection& connection, ProductLevel level,
                                        std::optional<Day> as_of);

/// Everything needed to recommend: what won in the company's own past, and the model of its last
/// day.
struct RecommendStudy {
  CompanyPurchases company;
  Baskets baskets;
  TrialResult trial;
  TrialOptions options;
  double returned_unbought = 0;
  std::int64_t people_cut = 0;  // of whom only the latest products count for `together`

  bool judged() const { return trial.trial.has_value(); }
  /// Somebody of whom no order is known: what most buy.
  std::int32_t newcomer() const { return std::int32_t(company.persons.size()); }
  Method method(Among among) const;
  BlendWeights weights() const;
};

constexpr std::int32_t kFewestProducts = 5;
constexpr std::int32_t kFewestPeople = 10;
constexpr std::int64_t kMostPeopleForFactors = 100'000;

/// Judges the methods on the company's past and keeps what is needed to recommend. `window_days` 0:
/// by the length of the history. Without enough history `trial` says why, and defaults hold.
RecommendStudy study_purchases(CompanyPurchases company, int window_days, int k);

/// The rows for one person by number. `model` is that of `study.baskets`.
std::vector<RecommendationRow> rows_for(const RecommendStudy& study, const Recommender& model,
                                        std::int32_t person, Among among, int top,
                                        Recommender::Scratch& scratch);

/// The model that recommends: of all that is known at the last day.
Recommender recommender_of(const RecommendStudy& study);

/// Writes the table `recommendations`, five products for everybody who ever ordered, if orders or
/// people have changed since it was written. Nothing where there are no products. Cost: about 3 s
/// for a million lines.
Status write_recommendations(store::Database& database, Day as_of);

/// What the table holds for one person; nothing where it holds nothing.
Result<std::vector<RecommendationRow>> load_recommendations(const DuckConnection& connection,
                                                            std::int64_t person);

}  // namespace xinjing::behaviour
