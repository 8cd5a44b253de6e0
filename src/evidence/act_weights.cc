#include "evidence/act_weights.h"

#include <charconv>
#include <cmath>

#include "base/format.h"
#include "base/tsv.h"

namespace xinjing::evidence {
namespace {

constexpr std::string_view kHeader = "state\tact\tcue\thit\tmiss\tleast\tcap\tnote";
constexpr double kMost = 3;

Result<MicroNats> nats_of(const TsvRow& row, std::string_view cell, double low, double high) {
  double value = 0;
  const auto [end, error] = std::from_chars(cell.data(), cell.data() + cell.size(), value);
  const bool whole = error == std::errc{} && end == cell.data() + cell.size();
  if (whole && value >= low && value <= high) {
    return MicroNats{std::llround(value * kMicroNatsPerNat)};
  }
  return row.refuse(cell, {fmt::format("a number from {} to {} belongs here", low, high),
                           fmt::format("应为 {} 到 {} 的数", low, high)});
}

Result<int> least_of(const TsvRow& row, std::string_view cell) {
  int value = 0;
  const auto [end, error] = std::from_chars(cell.data(), cell.data() + cell.size(), value);
  const bool whole = error == std::errc{} && end == cell.data() + cell.size();
  if (whole && value >= 1 && value <= 100) return value;
  return row.refuse(cell, {"a whole number from 1 to 100 belongs here", "应为 1 到 100 的整数"});
}

Status read_cues(const TsvRow& row, ActWeight& out) {
  const std::string_view cell = row.cells[2];
  if (!has_cue(out.act)) {
    if (cell == "-") return {};
    return row.refuse(cell, {"this act has no cue: write -", "这种行为没有线索词，写 -"});
  }
  for (const std::string_view cue : split(cell, '|')) {
    if (cue.size() < 2 || cue == "-") {
      return row.refuse(cell, {"cues joined by | belong here", "应为以 | 相连的线索词"});
    }
    out.cues.emplace_back(cue);
  }
  return {};
}

Status read_weights(const TsvRow& row, ActWeight& out) {
  const Result<MicroNats> hit = nats_of(row, row.cells[3], -kMost, kMost);
  if (!hit) return hit.failure();
  const Result<MicroNats> miss = nats_of(row, row.cells[4], -kMost, kMost);
  if (!miss) return miss.failure();
  if (*hit == 0) {
    return row.refuse(row.cells[3], {"a hit that weighs nothing", "分量为 0 的行"});
  }
  if (has_cue(out.act) && *miss != 0) {
    return row.refuse(row.cells[4], {"an act with cues has no misses", "有线索词的行为没有落空"});
  }
  const Result<int> least = least_of(row, row.cells[5]);
  if (!least) return least.failure();
  const Result<MicroNats> cap = nats_of(row, row.cells[6], 0.2, kMost);
  if (!cap) return cap.failure();
  const std::string_view note = row.cells[7];
  out.fitted = note.starts_with("fitted");
  if (!out.fitted && !note.starts_with("guessed")) {
    return row.refuse(note,
                      {"a note begins with guessed or fitted", "备注应以 guessed 或 fitted 开头"});
  }
  out.hit = *hit, out.miss = *miss, out.least = *least, out.cap = *cap;
  return {};
}

}  // namespace

Result<std::vector<ActWeight>> parse_acts(std::string_view text, std::string_view name,
                                          std::uint16_t construct, const Card& card) {
  std::vector<ActWeight> out;
  std::string before;
  const Status read = TsvReader(text, name, kHeader).each([&](const TsvRow& row) -> Status {
    const auto state = card.find_state(row.cells[0]);
    if (!state) {
      return row.refuse(row.cells[0], {"the card has no such state", "卡片没有这个状态"});
    }
    const auto act = act_from(row.cells[1]);
    if (!act) return row.refuse(row.cells[1], {"there is no such act", "没有这种行为"});
    ActWeight one{.construct = construct, .state = *state, .act = *act};
    std::string key = fmt::format("{}\t{}\t{}", row.cells[0], row.cells[1], row.cells[2]);
    if (key <= before) {
      return row.refuse(row.cells[0], {"rows are sorted by state, act and cue, none twice",
                                       "行应按状态、行为、线索词排序，且不重复"});
    }
    before = std::move(key);
    if (Status cues = read_cues(row, one); !cues) return cues;
    if (Status weights = read_weights(row, one); !weights) return weights;
    out.push_back(std::move(one));
    return {};
  });
  if (!read) return read.failure();
  return out;
}

}  // namespace xinjing::evidence
