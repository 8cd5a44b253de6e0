#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "behaviour/factors.h"
#include "behaviour/neighbours.h"
#include "behaviour/purchases.h"
#include "behaviour/repurchase.h"

namespace xinjing::behaviour {

/// Ways to rank products for somebody.
enum class Method : std::uint8_t {
  kRandom,    // any product: the floor
  kPopular,   // bought by most people lately
  kOften,     // what they bought most often themselves
  kAgain,     // what they probably need again within the window (Repurchase)
  kTogether,  // what people who bought the same bought too (item-item)
  kNext,      // what follows their last basket (Markov)
  kFactors,   // implicit feedback by alternating least squares
  kBlend      // all of them in two logistic regressions
};
inline constexpr std::array<std::string_view, 8> kMethodIds = {
    "random", "popular", "often", "again", "together", "next", "factors", "blend"};
constexpr std::string_view method_id(Method method) {
  return kMethodIds[static_cast<std::size_t>(method)];
}

/// Which products may be recommended to somebody.
enum class Among : std::uint8_t { kAny, kNew };  // kNew: only what they never bought

/// Why a product is recommended, with the numbers that a sentence about it tells.
enum class Why : std::uint8_t { kDue, kAgain, kTogether, kNext, kSeason, kPopular };
inline constexpr std::array<std::string_view, 6> kWhyIds = {"due",  "again",  "together",
                                                            "next", "season", "popular"};
constexpr std::string_view why_id(Why why) { return kWhyIds[static_cast<std::size_t>(why)]; }

struct Reason {
  Why why = Why::kPopular;
  std::int32_t other = -1;  // together, next: the product that it goes with
  std::int64_t count = 0;   // due, again: times bought; together: people who bought both; next:
                            // baskets it followed in; popular: people who bought it lately
  std::int64_t of = 0;      // again: baskets; together: people who bought the other; next: baskets
                            // with the other that were followed; popular: people who bought lately
  double gap_days = 0;      // due: the usual time between two purchases
  std::int64_t own_gaps = 0;  // due: of this person; where few, others' count as well
  int elapsed_days = 0;       // due, again: since the last purchase
  double season = 1;          // season: how many times as often as at other times
};

struct Recommendation {
  std::int32_t product = 0;
  double score = 0;  // of the blend: probability of buying it if they buy anything in the window
  Reason reason;
};

constexpr std::size_t kFeatures = 11;
using Features = std::array<double, kFeatures>;

/// What the blend weighs: one regression for products bought before and one for new ones.
struct BlendWeights {
  Features before{};
  Features fresh{};
  bool fitted = false;  // in the company's own data; else the default
};
/// For companies with too little history to fit: fitted on two public data sets, rounded.
BlendWeights default_weights();

struct RecommendOptions {
  int window_days = 28;  // how far ahead
  int candidates = 50;   // from each source
  NeighbourOptions neighbours{.shrink = 5, .people_at_least = 2};
  FactorOptions factors{};
  bool use_factors = true;
};

/// All that is known at a day, ready to rank for anybody. Immutable after construction, so any
/// number of threads may rank, each with a Scratch of its own.
/// Cost: `together` and `following`, and the factors if used; ranking about 20 us a person.
class Recommender {
 public:
  /// REQUIRES: `baskets` outlive it and end before or on `as_of`.
  Recommender(const Baskets& baskets, Day as_of, const RecommendOptions& options);

  /// A product with what speaks for it.
  struct Candidate {
    std::int32_t product = 0;
    bool before = false;
    Features features{};
    Need need{};
    int times = 0;
    float together = 0, next = 0;
    std::int32_t together_with = -1, next_after = -1;
  };
  /// Room for one thread.
  struct Scratch {
    struct Heap {
      std::vector<float> sum, best;
      std::vector<std::int32_t> with, touched;
    };
    Heap together, next;
    std::vector<std::uint8_t> seen;
    std::vector<Candidate> candidates;
  };
  Scratch scratch() const;

  /// The best `top` products, best first; fewer where a method knows fewer. Ties by number.
  std::vector<Recommendation> rank(Method method, std::int32_t person, Among among, int top,
                                   const BlendWeights& weights, Scratch& scratch) const;
  /// Fills in why, for products that a single method ranked; the blend's have it.
  void explain(std::int32_t person, std::vector<Recommendation>& ranked, Scratch& scratch) const;
  /// What the blend chooses from, in `scratch.candidates`, with what it weighs.
  void find_candidates(std::int32_t person, Scratch& scratch) const;

  const Baskets& baskets() const { return x_baskets; }
  const RecommendOptions& options() const { return x_options; }
  const Repurchase& repurchase() const { return x_repurchase; }
  bool seasons_known() const { return x_seasons.known(); }
  /// People who bought it lately, and who bought anything lately.
  std::int64_t lately(std::int32_t product) const { return x_lately[std::size_t(product)]; }
  std::int64_t people_lately() const { return x_people_lately; }
  /// 0 is what most people bought lately; the share of products that are bought more.
  double popularity_rank(std::int32_t product) const;

 private:
  using Scored = std::vector<std::pair<double, std::int32_t>>;
  void count_popular();
  void add_neighbours(std::span<const std::int32_t> of, const Neighbours& from,
                      Scratch::Heap& to) const;
  void add_own(std::int32_t person, Scratch& scratch) const;
  void add_new(std::int32_t person, Scratch& scratch) const;
  void list_candidates(std::int32_t person, Scratch& scratch) const;
  void fill_features(std::int32_t person, Scratch& scratch) const;
  Scored scores(Method method, std::int32_t person, Among among, Scratch& scratch) const;
  void score_random(std::int32_t person, int top, Scored& out) const;
  Reason reason_of(const Candidate& candidate, std::int64_t baskets) const;
  std::vector<Recommendation> blended(std::int32_t person, Among among, int top,
                                      const BlendWeights& weights, Scratch& scratch) const;

  const Baskets& x_baskets;
  Day x_as_of;
  RecommendOptions x_options;
  Neighbours x_together, x_next;
  Repurchase x_repurchase;
  BasketSeasons x_seasons;
  Factors x_factors;
  std::vector<std::int64_t> x_lately;  // people, by product
  std::vector<float> x_log_lately, x_log_ever;
  std::vector<std::int32_t> x_by_popularity;
  std::vector<std::int32_t> x_popularity_place;
  std::int64_t x_people_lately = 0;
  int x_month = 1;
};

/// Logistic regression by Newton's method, drawn to `prior` by a ridge of 1 on every weight but the
/// first. `rows` and `labels` are parallel; with fewer than ten of a kind only the constant is
/// fitted.
Features fit_logistic(std::span<const Features> rows, std::span<const std::uint8_t> labels,
                      const Features& prior);

/// The probability that weights give.
double logistic(const Features& weights, const Features& features);

}  // namespace xinjing::behaviour
