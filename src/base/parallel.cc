#include "base/parallel.h"

#include <sched.h>

#include <atomic>
#include <thread>
#include <vector>

namespace xinjing {

std::size_t core_count() {
  cpu_set_t allowed;
  if (::sched_getaffinity(0, sizeof allowed, &allowed) == 0) {
    return std::size_t(std::max(1, CPU_COUNT(&allowed)));
  }
  return std::max(1U, std::thread::hardware_concurrency());
}

void parallel_for(std::size_t count, std::size_t threads,
                  const std::function<void(std::size_t, std::size_t)>& work) {
  if (threads == 0) threads = core_count();
  threads = std::min(threads, count);
  std::atomic<std::size_t> next{0};
  const auto run = [&](std::size_t worker) {
    for (std::size_t i = next++; i < count; i = next++) work(i, worker);
  };
  std::vector<std::jthread> others;
  for (std::size_t worker = 1; worker < threads; ++worker) others.emplace_back(run, worker);
  if (threads > 0) run(0);
}

}  // namespace xinjing
