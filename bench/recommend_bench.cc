// The models behind `xinjing recommend` on lines "person product day" (whole numbers, tab between),
// for bench/recommend_peers.py: how long they take, what they reach, and whom they recommend what.
//
// recommend_bench LINES.tsv WINDOW_DAYS [OUT_FOLDER]
// The last day of the lines ends the test window. OUT_FOLDER receives the ten products of everybody
// who bought in the window ("person product ...") by the blend, and the weights of neighbours.
#include <chrono>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <string>

#include "base/format.h"
#include "behaviour/recommend_trial.h"

namespace xinjing::behaviour {
namespace {

class Watch {
 public:
  double seconds() const {
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - x_begin).count();
  }

 private:
  std::chrono::steady_clock::time_point x_begin = std::chrono::steady_clock::now();
};

struct Read {
  std::vector<PurchaseLine> lines;
  std::int32_t persons = 0, products = 0;
  Day end{INT32_MIN};
};

Read read_lines(const char* path) {
  Read out;
  std::ifstream in(path);
  PurchaseLine line;
  while (in >> line.person >> line.product >> line.day.number) {
    out.lines.push_back(line);
    out.persons = std::max(out.persons, line.person + 1);
    out.products = std::max(out.products, line.product + 1);
    out.end = std::max(out.end, Day{line.day.number + 1});
  }
  return out;
}

void print_task(const TaskFigures& task, const char* name) {
  for (const MethodFigures& one : task.methods) {
    fmt::print(
        "figures {} {} all {} {:.4f} {:.4f} {:.4f} {:.4f} {} validation {:.4f} warm {} {:.4f} cold "
        "{} {:.4f}\n",
        name, method_id(one.method), one.all.hit.n, one.all.hit.mean(), one.all.recall.mean(),
        one.all.ndcg.mean(), one.all.mrr.mean(), one.products, one.validation, one.warm.ndcg.n,
        one.warm.ndcg.mean(), one.cold.ndcg.n, one.cold.ndcg.mean());
  }
  fmt::print("chosen {} {}\n", name, method_id(task.chosen));
}

void write_ranked(const Recommender& model, const Baskets& test, Method method, Among among,
                  const BlendWeights& weights, const std::filesystem::path& path) {
  std::ofstream out(path);
  auto scratch = model.scratch();
  for (std::int32_t person = 0; person < test.persons(); ++person) {
    if (test.of(person).empty()) continue;
    out << person;
    for (const auto& one : model.rank(method, person, among, 10, weights, scratch)) {
      out << '\t' << one.product;
    }
    out << '\n';
  }
}

/// "product weight weight ..." for every product, strongest first.
void write_neighbours(const Neighbours& all, const std::filesystem::path& path) {
  std::ofstream out(path.string() + ".weights");
  for (std::int32_t product = 0; product < all.products(); ++product) {
    out << product;
    for (const Neighbour& one : all.of(product)) out << fmt::format("\t{:.7g}", one.weight);
    out << '\n';
  }
}

int run(int count, char** words) {
  if (count < 3) {
    fmt::print(stderr, "recommend_bench LINES.tsv WINDOW_DAYS [OUT_FOLDER]\n");
    return 2;
  }
  const Read read = read_lines(words[1]);
  const int window = std::stoi(words[2]);
  const Purchases purchases(read.lines, read.persons, read.products);
  TrialOptions options{.recommend = {.window_days = window}};
  options.most_people = 1'000'000;
  Watch watch;
  const TrialResult result = run_trial(purchases, read.end, options);
  fmt::print("seconds trial {:.3f}\n", watch.seconds());
  if (!result.trial) {
    fmt::print("too few\n");
    return 0;
  }
  print_task(result.trial->any, "any");
  print_task(result.trial->fresh, "new");
  for (const Features& f : {result.trial->weights.before, result.trial->weights.fresh}) {
    fmt::print("weights {:.2f}\n", fmt::join(f, " "));
  }
  const Day from = result.trial->test_from;
  const Baskets history = purchases.between({INT32_MIN}, from);
  const Baskets test = purchases.between(from, read.end);
  NeighbourOptions plain{.products_a_person = 1'000'000};
  for (const auto& [name, likeness] :
       {std::pair{"cosine", Likeness::kCosine}, std::pair{"bm25", Likeness::kBm25}}) {
    plain.likeness = likeness;
    watch = {};
    const Neighbours all = together(history, plain);
    fmt::print("seconds {} {:.4f}\n", name, watch.seconds());
    if (count > 3) write_neighbours(all, std::filesystem::path(words[3]) / name);
  }
  watch = {};
  const Factors factors(history, options.recommend.factors);
  fmt::print("seconds als {:.4f}\n", watch.seconds());
  fmt::print("loss {:.3f}\n", factors.loss(history));
  watch = {};
  const Recommender model(history, {from.number - 1}, TrialOptions{}.recommend);
  auto scratch = model.scratch();
  std::int64_t told = 0;
  fmt::print("seconds fit {:.4f}\n", watch.seconds());
  watch = {};
  for (std::int32_t person = 0; person < history.persons(); ++person) {
    told += std::int64_t(
        model.rank(Method::kBlend, person, Among::kAny, 10, result.trial->weights, scratch).size());
  }
  fmt::print("seconds rank {:.4f} people {} products {}\n", watch.seconds(), history.persons(),
             told);
  if (count > 3) {
    for (const Among among : {Among::kAny, Among::kNew}) {
      write_ranked(model, test, Method::kBlend, among, result.trial->weights,
                   std::filesystem::path(words[3]) /
                       fmt::format("blend_{}.tsv", among == Among::kAny ? "any" : "new"));
    }
  }
  return 0;
}

}  // namespace
}  // namespace xinjing::behaviour

int main(int count, char** words) { return xinjing::behaviour::run(count, words); }
