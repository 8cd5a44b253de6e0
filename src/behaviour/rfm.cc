#include "behaviour/rfm.h"

#include <algorithm>

#include "base/check.h"

namespace xinjing::behaviour {
namespace {

constexpr double kUnit = 10'000;

struct Words {
  std::string_view id;
  Phrase label, words;
};

constexpr Words kWords[kSegments] = {
    {"champion",
     {"champions", "核心客户"},
     {"bought lately, often and for much", "最近买过，买得勤、花得多"}},
    {"loyal", {"loyal", "忠诚客户"}, {"buy regularly", "经常购买"}},
    {"potential",
     {"may become loyal", "潜力客户"},
     {"bought lately, more than once", "最近买过，不止一次"}},
    {"new", {"new", "新客户"}, {"bought just now for the first time", "刚刚首次购买"}},
    {"promising",
     {"promising", "有望客户"},
     {"bought lately, little so far", "近期买过，买得还少"}},
    {"needs_attention",
     {"need attention", "需关注"},
     {"middling in everything", "各方面居中，容易流失"}},
    {"fading", {"fading", "渐淡"}, {"little, and not lately", "买得少，有一阵没来"}},
    {"at_risk", {"at risk", "流失风险"}, {"bought well, but long ago", "买得不少，但很久没来"}},
    {"cannot_lose",
     {"not to be lost", "重点挽回"},
     {"among the best once, gone very long", "曾是最好的客户，久未光顾"}},
    {"hibernating", {"hibernating", "沉睡"}, {"little, and long ago", "买得少，很久没来"}},
    {"lost", {"lost", "已流失"}, {"least of all, and longest ago", "买得最少，最久没来"}}};

const Words& words_of(Segment segment) { return kWords[static_cast<std::size_t>(segment)]; }

double recency_of(const Buyer& buyer, Day as_of) { return as_of.number - buyer.last.number; }

int reached(double value, const Cuts& cuts) {
  return int(std::count_if(cuts.begin(), cuts.end(), [&](double cut) { return value >= cut; }));
}

/// The values at 20, 40, 60 and 80 % of the sorted ones; each cut is the least value that stands
/// above its fifth, so that what equals the fifth's end stays below.
Cuts fifths(std::vector<double> values) {
  std::sort(values.begin(), values.end());
  Cuts out{};
  for (std::size_t i = 0; i < out.size(); ++i) {
    const std::size_t at = (i + 1) * values.size() / 5;
    const double end = values[std::min(values.size() - 1, at == 0 ? 0 : at - 1)];
    const auto above = std::upper_bound(values.begin(), values.end(), end);
    out[i] = above == values.end() ? values.back() + 1 : *above;
  }
  return out;
}

}  // namespace

std::string_view segment_id(Segment segment) { return words_of(segment).id; }
Said segment_label(Segment segment) { return words_of(segment).label.said(); }
Said segment_words(Segment segment) { return words_of(segment).words.said(); }

RfmCuts quantile_cuts(std::span<const Buyer> buyers, Day as_of) {
  XINJING_CHECK(!buyers.empty());
  std::vector<double> recency, frequency, money;
  for (const Buyer& one : buyers) {
    recency.push_back(recency_of(one, as_of));
    frequency.push_back(double(one.purchases));
    money.push_back(double(one.net()) / kUnit);
  }
  return {fifths(std::move(recency)), fifths(std::move(frequency)), fifths(std::move(money))};
}

RfmScore rfm_score(const Buyer& buyer, Day as_of, const RfmCuts& cuts) {
  return {.recency = 5 - reached(recency_of(buyer, as_of), cuts.recency),
          .frequency = 1 + reached(double(buyer.purchases), cuts.frequency),
          .money = 1 + reached(double(buyer.net()) / kUnit, cuts.money)};
}

Segment segment_of(const RfmScore& score) {
  using enum Segment;
  // Rows: recency 1 to 5; columns: the mean of frequency and money, 1 to 5, halves down.
  constexpr Segment kGrid[5][5] = {{kLost, kHibernating, kAtRisk, kCannotLose, kCannotLose},
                                   {kHibernating, kHibernating, kAtRisk, kAtRisk, kCannotLose},
                                   {kFading, kFading, kNeedsAttention, kLoyal, kLoyal},
                                   {kPromising, kPotential, kPotential, kLoyal, kLoyal},
                                   {kNew, kPotential, kPotential, kChampion, kChampion}};
  const int worth = (score.frequency + score.money) / 2;
  return kGrid[score.recency - 1][worth - 1];
}

RfmTable rfm_table(std::span<const Buyer> buyers, Day as_of, const RfmCuts& cuts) {
  RfmTable out;
  for (const Buyer& one : buyers) {
    const RfmScore score = rfm_score(one, as_of, cuts);
    RfmTable::Part& part = out.segments[static_cast<std::size_t>(segment_of(score))];
    ++part.customers, part.money += one.net();
    part.recency += recency_of(one, as_of), part.purchases += double(one.purchases);
    ++out.grid[std::size_t(score.recency - 1)][std::size_t(score.frequency - 1)];
    ++out.customers, out.money += one.net();
  }
  for (RfmTable::Part& part : out.segments) {
    if (part.customers == 0) continue;
    part.recency /= double(part.customers), part.purchases /= double(part.customers);
  }
  return out;
}

}  // namespace xinjing::behaviour
