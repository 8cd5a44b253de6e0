#include "behaviour/history.h"

#include <algorithm>

namespace xinjing::behaviour {
namespace {

constexpr int kLapsedDays = 180;
constexpr double kLapsedGaps = 3;
constexpr std::int64_t kFrequentOrders = 4;
constexpr double kFrequentGapDays = 92;

void merge_counts(std::map<std::string, std::int64_t>& into,
                  const std::map<std::string, std::int64_t>& from) {
  for (const auto& [name, n] : from) into[name] += n;
}

double mean_gap_days(const History& history) {
  if (history.orders < 2) return 0;
  return double(history.bought.last.number - history.bought.first.number) /
         double(history.orders - 1);
}

}  // namespace

void DayRange::add(Day day) {
  first = std::min(first, day);
  last = std::max(last, day);
}

void DayRange::merge(const DayRange& from) {
  first = std::min(first, from.first);
  last = std::max(last, from.last);
}

void History::merge(const History& from) {
  orders_known = orders_known || from.orders_known;
  orders += from.orders;
  returns += from.returns;
  merge_counts(spent, from.spent);
  bought.merge(from.bought);
  conversations += from.conversations;
  messages += from.messages;
  merge_counts(channels, from.channels);
  contacted.merge(from.contacted);
  merge_counts(acts, from.acts);
  acted.merge(from.acted);
}

RecencyFrequencyMoney rfm(const History& history, Day as_of) {
  RecencyFrequencyMoney out{
      .recency_days = {}, .frequency = history.orders, .money = history.spent};
  if (!history.bought.empty()) out.recency_days = as_of.number - history.bought.last.number;
  return out;
}

FrequencyClass frequency_class(const History& history, Day as_of) {
  if (history.orders == 0) return FrequencyClass::kPotential;
  const double gap = mean_gap_days(history);
  const int quiet = as_of.number - history.bought.last.number;
  if (quiet > kLapsedDays && quiet > kLapsedGaps * gap) return FrequencyClass::kLapsed;
  const bool often = history.orders >= kFrequentOrders && gap <= kFrequentGapDays;
  return often ? FrequencyClass::kFrequent : FrequencyClass::kOccasional;
}

std::string_view frequency_id(FrequencyClass value) {
  constexpr std::string_view kIds[] = {"frequent", "occasional", "potential", "lapsed"};
  return kIds[static_cast<std::size_t>(value)];
}

}  // namespace xinjing::behaviour
