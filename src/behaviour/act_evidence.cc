#include "behaviour/act_evidence.h"

#include <algorithm>
#include <map>
#include <unordered_map>
#include <unordered_set>

namespace xinjing::behaviour {
namespace {

using evidence::Act;
using evidence::MicroNats;

constexpr std::int32_t kSeveralGoods = 3;
constexpr double kQuickHours = 0.25;
constexpr std::size_t kFirstLines = 5;

void add(std::vector<ActSeen>& out, Act act, bool hit, const Line& line) {
  out.push_back({.act = act, .hit = hit, .in_events = false, .row = line.row, .day = line.day});
}

void see_orders(std::span<const Line> lines, std::vector<ActSeen>& out) {
  std::size_t kept = 0;
  for (const Order& order : orders_of(lines)) {
    const Line& line = *order.first;
    add(out, Act::kReturned, order.returned, line);
    if (order.all_returned) continue;
    if (kept++ > 0) add(out, Act::kRepeated, true, line);
    if (order.discount_known) add(out, Act::kDiscounted, order.discounted, line);
    if (line.minute >= 0) add(out, Act::kNight, at_night(line.minute), line);
    if (!line.compared) continue;
    const bool several = *line.compared >= kSeveralGoods;
    add(out, Act::kCompared, several, line);
    if (line.hours) add(out, Act::kQuick, !several && *line.hours <= kQuickHours, line);
  }
}

void see_lines(std::span<const Line> lines, std::vector<ActSeen>& out) {
  std::unordered_map<std::uint32_t, std::uint32_t> last;
  std::unordered_set<std::uint32_t> known;
  std::size_t seen = 0;
  for (const Line& line : lines) {
    if (line.returned) continue;
    if (line.brand != 0) {
      const auto [at, fresh] = last.try_emplace(line.category, line.brand);
      if (!fresh) add(out, Act::kSameBrand, at->second == line.brand, line);
      at->second = line.brand;
    }
    if (line.product == 0) continue;
    const bool is_new = known.insert(line.product).second;
    if (seen++ >= kFirstLines) add(out, Act::kNewProduct, is_new, line);
  }
}

/// Brings a sum within a cap, each row by the same part of itself, whole numbers.
void bring_within(std::span<ActEvidence*> rows, MicroNats cap) {
  MicroNats sum = 0;
  for (const ActEvidence* row : rows) sum += row->micro_nats;
  const MicroNats size = sum < 0 ? -sum : sum;
  if (size <= cap) return;
  for (ActEvidence* row : rows) row->micro_nats = row->micro_nats * cap / size;
}

/// One act's evidence for one state. `seen`: the chances, by time.
void weigh(std::vector<ActSeen> seen, const evidence::ActWeight& weight,
           std::vector<ActEvidence>& out) {
  if (seen.size() < std::size_t(weight.least)) return;
  if (seen.size() > kActsThatCount) {
    seen.erase(seen.begin(), seen.end() - std::ptrdiff_t(kActsThatCount));
  }
  const std::size_t begin = out.size();
  std::int64_t misses = 0;
  const ActSeen* missed = nullptr;
  for (const ActSeen& one : seen) {
    if (!one.hit) {
      ++misses, missed = &one;
      continue;
    }
    out.push_back({weight.construct, weight.state, one, weight.hit, weight.hit > 0 ? 1 : 0});
  }
  if (misses > 0 && weight.miss != 0) {
    out.push_back({weight.construct, weight.state, *missed, misses * weight.miss, 0});
  }
  std::vector<ActEvidence*> rows;
  for (std::size_t i = begin; i < out.size(); ++i) rows.push_back(&out[i]);
  bring_within(rows, weight.cap);
}

/// The card's cap over all acts, and one exposure for each construct.
void settle(std::vector<ActEvidence>& out, const evidence::Catalogue& cards) {
  std::map<std::pair<std::uint16_t, std::uint16_t>, std::vector<ActEvidence*>> by_state;
  std::map<std::uint16_t, const ActEvidence*> latest;
  for (ActEvidence& row : out) {
    by_state[{row.construct, row.state}].push_back(&row);
    const ActEvidence*& last = latest[row.construct];
    if (last == nullptr || last->seen.day < row.seen.day) last = &row;
  }
  for (auto& [key, rows] : by_state) {
    bring_within(rows, MicroNats(cards[key.first].cap_nats * evidence::kMicroNatsPerNat));
  }
  std::vector<ActEvidence> exposures;
  for (const auto& [construct, row] : latest) {
    exposures.push_back({construct, evidence::kExposure, row->seen, 0, 1});
  }
  out.insert(out.end(), exposures.begin(), exposures.end());
}

}  // namespace

std::vector<ActSeen> acts_in(std::span<const Line> lines) {
  std::vector<ActSeen> out;
  see_orders(lines, out);
  see_lines(lines, out);
  return out;
}

std::vector<ActEvidence> weigh_acts(std::span<const ActSeen> acts, std::span<const CuedAct> cued,
                                    std::span<const evidence::ActWeight> weights,
                                    const evidence::Catalogue& cards) {
  std::array<std::vector<ActSeen>, evidence::kActIds.size()> by_act;
  for (const ActSeen& one : acts) by_act[static_cast<std::size_t>(one.act)].push_back(one);
  std::map<std::size_t, std::vector<ActSeen>> by_weight;
  for (const CuedAct& one : cued) by_weight[one.weight].push_back(one.seen);
  std::vector<ActEvidence> out;
  for (std::size_t w = 0; w < weights.size(); ++w) {
    if (evidence::has_cue(weights[w].act)) {
      const auto found = by_weight.find(w);
      if (found != by_weight.end()) weigh(std::move(found->second), weights[w], out);
    } else {
      weigh(by_act[static_cast<std::size_t>(weights[w].act)], weights[w], out);
    }
  }
  settle(out, cards);
  return out;
}

}  // namespace xinjing::behaviour
