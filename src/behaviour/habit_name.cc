#include "behaviour/habit_name.h"

#include <algorithm>
#include <array>

#include "base/format.h"

namespace xinjing::behaviour {
namespace {

double share(std::span<const double> curve, std::size_t from, std::size_t to) {
  double sum = 0;
  for (std::size_t h = from; h < to; ++h) sum += curve[h];
  return sum;
}

struct Words {
  std::string_view id, en, zh;
};
constexpr Words kWords[] = {{"night", "at night", "夜间用电"},
                            {"flat", "even over the day", "全天平稳"},
                            {"morning_evening", "morning and evening peaks", "早晚双峰"},
                            {"evening", "evening peak", "晚高峰"},
                            {"daytime", "in the daytime", "白天用电"},
                            {"morning", "morning peak", "早高峰"}};

HabitName named(std::string_view id, std::size_t hour) {
  const Said words = habit_words(id);
  return {
      std::string(id),
      {fmt::format("{}, {:02}:00", words.en, hour), fmt::format("{}（{:02}:00）", words.zh, hour)}};
}

}  // namespace

HabitName habit_name(std::span<const double> curve) {
  std::array<double, 24> pairs{};
  for (std::size_t h = 0; h < 24; ++h) pairs[h] = (curve[h] + curve[(h + 1) % 24]) / 2;
  const auto top = std::size_t(std::ranges::max_element(pairs) - pairs.begin());
  const double high = pairs[top] * 24;  // by the mean hour
  const std::size_t hour = curve[top] >= curve[(top + 1) % 24] ? top : (top + 1) % 24;
  if (share(curve, 0, 6) + share(curve, 22, 24) >= 0.45 ||
      ((top >= 22 || top < 5) && high >= 1.6)) {
    return named("night", hour);
  }
  if (high < 1.6) return named("flat", hour);
  const double morning = *std::max_element(pairs.begin() + 5, pairs.begin() + 10) * 24;
  const double noon = *std::min_element(pairs.begin() + 10, pairs.begin() + 16) * 24;
  const double evening = *std::max_element(pairs.begin() + 16, pairs.begin() + 22) * 24;
  const double lower = std::min(morning, evening);
  if (lower >= 1.1 && lower >= noon * 1.3) {
    return named("morning_evening", hour);
  }
  if (top >= 16) return named("evening", hour);
  if (top >= 9) return named("daytime", hour);
  return named("morning", hour);
}

Said habit_words(std::string_view id) {
  const auto* const found = std::ranges::find(kWords, id, &Words::id);
  if (found == std::end(kWords)) return {};
  return {std::string(found->en), std::string(found->zh)};
}

}  // namespace xinjing::behaviour
