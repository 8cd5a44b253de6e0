#include "language/density.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <random>

namespace xinjing::language {
namespace {

constexpr std::size_t kWidth = 32;
constexpr std::size_t kChars = 20;

/// Rows over a turn of kChars characters.
class Rows {
 public:
  explicit Rows(std::mt19937& random, std::size_t count) : x_weights(count * kWidth) {
    for (auto& w : x_weights) w = static_cast<std::int8_t>(static_cast<int>(random() % 255) - 127);
    for (std::size_t i = 0; i < count; ++i) {
      const auto begin = static_cast<std::uint32_t>(random() % kChars);
      const auto end = static_cast<std::uint32_t>(begin + 1 + random() % (kChars - begin));
      const auto shift = static_cast<std::int16_t>(random() % 3);
      const float each = static_cast<float>(1 << shift) / static_cast<float>(end - begin);
      x_rows.push_back({x_weights.data() + i * kWidth, {begin, end}, shift, each});
    }
  }
  std::span<const RowHit> rows() const { return x_rows; }

 private:
  std::vector<std::int8_t> x_weights;
  std::vector<RowHit> x_rows;
};

/// One statement alone; `part` gives what a row's weights from its first column on mean.
template <typename Part>
std::vector<float> spread_alone(std::span<const RowHit> rows, std::uint32_t first, Part&& part) {
  std::vector<float> density(kChars + 1);
  for (const RowHit& row : rows) {
    const float each = part(row.weights + first) * row.each;
    density[row.chars.begin] += each;
    density[row.chars.end] -= each;
  }
  return density;
}

/// The sum of products in whole steps of 1/32767 of the largest factor.
float in_steps(std::span<const float> factors, const std::int8_t* weights) {
  float largest = 0;
  for (const float factor : factors) largest = std::max(largest, std::abs(factor));
  const float step = largest / 32767;
  std::int32_t sum = 0;
  for (std::size_t k = 0; k < factors.size(); ++k) {
    const float half = factors[k] < 0 ? -0.5F : 0.5F;
    sum += static_cast<std::int32_t>(factors[k] / step + half) * weights[k];
  }
  return step * static_cast<float>(sum);
}

float exactly(std::span<const float> factors, const std::int8_t* weights) {
  float sum = 0;
  for (std::size_t k = 0; k < factors.size(); ++k) {
    sum += factors[k] * static_cast<float>(weights[k]);
  }
  return sum;
}

std::vector<float> random_factors(std::mt19937& random, std::size_t count) {
  std::uniform_real_distribution<float> any(-1, 1);
  std::vector<float> factors(count);
  for (float& f : factors) f = any(random);
  return factors;
}

TEST(Density, OfFourProductsIsToTheBitThatOfEachAlone) {
  std::mt19937 random(11);
  for (int round = 0; round < 300; ++round) {
    const Rows rows(random, random() % 40);
    const std::size_t statements = 1 + random() % kLanes;
    std::vector<std::uint32_t> first(statements);
    std::vector<std::vector<float>> factors(statements);
    std::size_t most = 0;
    for (std::size_t lane = 0; lane < statements; ++lane) {
      first[lane] = static_cast<std::uint32_t>(random() % 16);
      factors[lane] = random_factors(random, 2 + random() % (round % 3 == 0 ? 15 : 5));
      most = std::max(most, ProductLanes::runs_of(first[lane], factors[lane].size()));
    }
    ProductLanes lanes;
    lanes.reset(statements, most);
    for (std::size_t lane = 0; lane < statements; ++lane) {
      lanes.set(lane, first[lane], factors[lane]);
    }
    std::vector<Float4> density(kChars + 1);
    spread(rows.rows(), lanes, density);
    for (std::size_t lane = 0; lane < statements; ++lane) {
      const auto alone = spread_alone(rows.rows(), first[lane], [&](const std::int8_t* weights) {
        return in_steps(factors[lane], weights);
      });
      for (std::size_t i = 0; i <= kChars; ++i) ASSERT_EQ(density[i][lane], alone[i]);
      for (const RowHit& row : rows.rows()) {
        const std::int8_t* const weights = row.weights + first[lane];
        ASSERT_NEAR(in_steps(factors[lane], weights), exactly(factors[lane], weights), 0.05);
      }
    }
  }
}

TEST(Density, OfFourColumnsIsToTheBitThatOfEachAlone) {
  std::mt19937 random(12);
  for (int round = 0; round < 100; ++round) {
    const Rows rows(random, random() % 40);
    const auto factors = random_factors(random, kLanes);
    ColumnLanes lanes;
    for (std::size_t lane = 0; lane < kLanes; ++lane) {
      lanes.column[lane] = static_cast<std::uint32_t>(random() % kWidth);
      lanes.factor[lane] = factors[lane];
    }
    std::vector<Float4> density(kChars + 1);
    spread(rows.rows(), lanes, density);
    for (std::size_t lane = 0; lane < kLanes; ++lane) {
      const auto alone =
          spread_alone(rows.rows(), lanes.column[lane], [&](const std::int8_t* weights) {
            return exactly(std::span(&factors[lane], 1), weights);
          });
      for (std::size_t i = 0; i <= kChars; ++i) ASSERT_EQ(density[i][lane], alone[i]);
    }
  }
}

TEST(Density, FindsTheLargestOfAllSums) {
  std::mt19937 random(13);
  for (int round = 0; round < 500; ++round) {
    const std::size_t size = random() % 12;
    std::vector<Float4> density(size);
    for (Float4& d : density) {  // eighths, so that sums are exact in any order
      for (std::size_t lane = 0; lane < kLanes; ++lane) {
        d[lane] = static_cast<float>(static_cast<int>(random() % 33) - 18) / 8;
      }
    }
    const std::size_t begin = size == 0 ? 0 : random() % size;
    const auto found = largest_sums(density, begin, size);
    for (std::size_t lane = 0; lane < kLanes; ++lane) {
      float best = 0;
      for (std::size_t from = begin; from < size; ++from) {
        float sum = 0;
        for (std::size_t to = from; to < size; ++to)
          best = std::max(best, sum += density[to][lane]);
      }
      ASSERT_EQ(found[lane].sum, best);
      float sum = 0;
      for (std::size_t i = found[lane].begin; i < found[lane].end; ++i) sum += density[i][lane];
      if (best > 0) {
        ASSERT_EQ(sum, best);
      }
    }
  }
}

}  // namespace
}  // namespace xinjing::language
