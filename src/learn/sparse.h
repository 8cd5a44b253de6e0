#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace xinjing::learn {

/// Rows of few numbers among many columns, one after another.
struct SparseRows {
  std::vector<std::uint64_t> begin{0};
  std::vector<std::uint32_t> column;
  std::vector<float> value;

  std::size_t size() const { return begin.size() - 1; }
  void add(std::uint32_t at, float v) { column.push_back(at), value.push_back(v); }
  void end_row() { begin.push_back(column.size()); }
  std::span<const std::uint32_t> columns(std::size_t row) const {
    return std::span(column).subspan(begin[row], begin[row + 1] - begin[row]);
  }
  std::span<const float> values(std::size_t row) const {
    return std::span(value).subspan(begin[row], begin[row + 1] - begin[row]);
  }
};

}  // namespace xinjing::learn
