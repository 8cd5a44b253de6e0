#pragma once

#include <cstddef>
#include <functional>

namespace xinjing {

/// Cores this process may use.
std::size_t core_count();

/// Runs `work(index, worker)` for every index below `count` on `threads` threads (0: all cores).
/// `worker` < threads is for per-thread scratch space. Indices are taken in ascending order, one
/// at a time, so make each a batch. `work` must not throw. Returns when all are done.
void parallel_for(std::size_t count, std::size_t threads,
                  const std::function<void(std::size_t index, std::size_t worker)>& work);

}  // namespace xinjing
