#include "base/hidden_chain.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace xinjing {
namespace {

using Row = std::vector<double>;

void normalise(Row& row) {
  const double sum = std::accumulate(row.begin(), row.end(), 0.0);
  for (double& p : row) p = sum > 0 ? p / sum : 1.0 / double(row.size());
}

Row likelihoods(const Row& logs) {
  const double most = *std::max_element(logs.begin(), logs.end());
  Row out;
  for (const double l : logs) out.push_back(std::exp(l - most));
  return out;
}

Row ahead(const HiddenChain& chain, const Row& now) {
  Row out(now.size());
  for (std::size_t from = 0; from < now.size(); ++from) {
    for (std::size_t to = 0; to < now.size(); ++to) out[to] += now[from] * chain.next[from][to];
  }
  return out;
}

/// How probable what follows is from each state.
Row back(const HiddenChain& chain, const Row& seen, const Row& later) {
  Row out(later.size());
  for (std::size_t from = 0; from < out.size(); ++from) {
    for (std::size_t to = 0; to < out.size(); ++to) {
      out[from] += chain.next[from][to] * seen[to] * later[to];
    }
  }
  normalise(out);
  return out;
}

}  // namespace

std::vector<Row> smoothed(const HiddenChain& chain, std::span<const Row> log_likelihoods) {
  std::vector<Row> seen;
  std::vector<Row> out;
  for (const Row& logs : log_likelihoods) {
    seen.push_back(likelihoods(logs));
    Row now = out.empty() ? chain.start : ahead(chain, out.back());
    for (std::size_t s = 0; s < now.size(); ++s) now[s] *= seen.back()[s];
    normalise(now);
    out.push_back(std::move(now));
  }
  Row later(chain.start.size(), 1.0);
  for (std::size_t t = out.size(); t-- > 0;) {
    for (std::size_t s = 0; s < later.size(); ++s) out[t][s] *= later[s];
    normalise(out[t]);
    later = back(chain, seen[t], later);
  }
  return out;
}

}  // namespace xinjing
