#include "base/format.h"
#include "evidence/catalog.h"

namespace xinjing::evidence::catalog {
namespace {

constexpr std::uint32_t kLeastNumbers = 4;
constexpr std::uint32_t kUnitsOfPlainTalk = 20;  // an account number alone is no argument

void detect(const Episode& episode, std::vector<Finding>& out) {
  std::uint32_t numbers = 0;
  std::uint32_t units = 0;
  std::uint32_t richest = 0;
  std::uint32_t most = 0;
  for (const std::uint32_t turn : episode.customer_turns) {
    const TurnSignals& signals = episode.signals[turn];
    numbers += signals.numbers;
    units += signals.units;
    if (signals.numbers > most) {
      most = signals.numbers;
      richest = turn;
    }
  }
  if (numbers < kLeastNumbers || units < kUnitsOfPlainTalk) return;
  const Span span = episode.signals[richest].number;
  out.push_back({.target = 0, .nats = 0.5, .turn = richest, .span = span});
  out.push_back({.target = 1, .nats = 0.15, .turn = richest, .span = span});
}

Said figure(const Episode& episode) {
  std::uint32_t numbers = 0;
  for (const std::uint32_t turn : episode.customer_turns) numbers += episode.signals[turn].numbers;
  return {fmt::format("{} numbers cited", numbers), fmt::format("列举了 {} 个数字", numbers)};
}

}  // namespace

const Entry& facts() {
  static const Entry entry{
      .name = "facts",
      .about = {"amounts, dates and other numbers cited", "列举金额、日期等数字"},
      .weights = Weights::kMeasured,
      .targets = {{"style", "logical"}, {"orientation", "rational"}},
      .detect = detect,
      .figure = figure};
  return entry;
}

}  // namespace xinjing::evidence::catalog
