#include "learn/manner_fit.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <set>

#include "base/file.h"
#include "base/format.h"
#include "base/json.h"
#include "learn/linear_fit.h"

namespace xinjing::learn {
namespace {

// The least log loss where each industry is left out in turn (1/3, 1, 3, 10 and 30 were tried).
constexpr double kPenalty = 1;
constexpr int kIterations = 200;
constexpr double kTolerance = 1e-5;

std::vector<std::string> types_of(std::span<const MannerExample> examples) {
  std::set<std::string> types;
  for (const MannerExample& one : examples) types.insert(one.type);
  return {types.begin(), types.end()};
}

struct Standard {
  std::vector<float> mean, scale;
  explicit Standard(std::span<const MannerExample> examples) {
    const std::size_t features = examples.front().features.size();
    const auto n = static_cast<double>(examples.size());
    for (std::size_t f = 0; f < features; ++f) {
      double sum = 0, squares = 0;
      for (const MannerExample& one : examples) sum += double{one.features[f]};
      const double centre = sum / n;
      for (const MannerExample& one : examples) {
        squares += (double{one.features[f]} - centre) * (double{one.features[f]} - centre);
      }
      constexpr double kLeast = 1e-3;
      mean.push_back(static_cast<float>(centre));
      scale.push_back(static_cast<float>(std::max(kLeast, std::sqrt(squares / n))));
    }
  }
};

void add_customer(JsonValue line, const language::Reader& reader, Lang lang,
                  language::ReadScratch& scratch, std::vector<MannerExample>& out) {
  const auto type = line["labels"]["buyer_type"].string();
  const auto id = line["customer"].string();
  if (!type || !id) return;
  MannerExample example{.group = std::string(id->substr(0, id->rfind('-'))),
                        .type = std::string(*type),
                        .features = {}};
  std::size_t episodes = 0;
  std::vector<float> features;
  line["episodes"].each([&](JsonValue episode) {
    std::vector<std::string> texts;
    std::vector<language::Turn> turns;
    episode["turns"].each([&](JsonValue turn) {
      texts.emplace_back(turn["text"].string().value_or(""));
      const bool customer = turn["speaker"].string().value_or("") == "customer";
      turns.push_back({customer ? ingest::Speaker::kCustomer : ingest::Speaker::kAgent, {}, {}});
    });
    for (std::size_t t = 0; t < turns.size(); ++t) turns[t].text = texts[t];
    const language::Conversation conversation{.id = {}, .turns = turns, .lang = lang};
    manner_of(conversation, reader.read(conversation, scratch), reader.model(lang).heads(),
              features);
    example.features.resize(features.size());
    for (std::size_t f = 0; f < features.size(); ++f) example.features[f] += features[f];
    ++episodes;
  });
  if (episodes == 0) return;
  for (float& f : example.features) f /= static_cast<float>(episodes);
  out.push_back(std::move(example));
}

}  // namespace

Result<std::vector<MannerExample>> read_manner(const std::vector<std::filesystem::path>& files,
                                               const language::Reader& reader, Lang lang) {
  std::vector<MannerExample> out;
  language::ReadScratch scratch;
  JsonParser parser;
  for (const std::filesystem::path& file : files) {
    std::error_code error;
    if (!std::filesystem::exists(file, error)) continue;
    const Result<std::string> text = read_file(file);
    if (!text) return text.failure();
    std::size_t number = 0;
    for (std::size_t begin = 0; begin < text->size();) {
      const std::size_t end = std::min(text->find('\n', begin), text->size());
      const std::string_view line = std::string_view(*text).substr(begin, end - begin);
      begin = end + 1;
      ++number;
      if (line.empty()) continue;
      const auto json = parser.parse(line);
      if (!json) {
        return fail(ErrorCode::kBadInput, {"not a JSON object", "不是 JSON 对象"},
                    fmt::format("{}:{}", file.string(), number));
      }
      add_customer(*json, reader, lang, scratch, out);
    }
  }
  return out;
}

language::MannerModel fit_manner(std::span<const MannerExample> examples,
                                 std::vector<std::string> names) {
  const Standard standard(examples);
  std::vector<std::string> types = types_of(examples);
  const std::size_t features = standard.mean.size();
  SparseRows x;
  FitTask task{.x = &x,
               .features = static_cast<std::uint32_t>(features),
               .outputs = static_cast<std::uint32_t>(types.size()),
               .l2 = kPenalty,
               .iterations = kIterations,
               .tolerance = kTolerance};
  std::vector<std::uint32_t> rows(examples.size());
  std::iota(rows.begin(), rows.end(), 0U);
  task.rows = rows;
  task.target.assign(examples.size() * types.size(), 0);
  task.weight.assign(examples.size(), 1);
  for (std::size_t i = 0; i < examples.size(); ++i) {
    for (std::uint32_t f = 0; f < features; ++f) {
      x.add(f, (examples[i].features[f] - standard.mean[f]) / standard.scale[f]);
    }
    x.end_row();
    const auto type = std::find(types.begin(), types.end(), examples[i].type) - types.begin();
    task.target[i * types.size() + static_cast<std::size_t>(type)] = 1;
  }
  const LinearFit fit = fit_linear(task);
  std::vector<language::MannerModel::Feature> out;
  for (std::size_t f = 0; f < features; ++f) {
    const auto* const from = fit.weights.data() + f * types.size();
    out.push_back({.name = f < names.size() ? names[f] : std::to_string(f),
                   .mean = standard.mean[f],
                   .scale = standard.scale[f],
                   .weights = std::vector<float>(from, from + types.size())});
  }
  return {std::move(types), fit.bias, std::move(out)};
}

MannerVerdict judge_manner(std::span<const MannerExample> examples) {
  struct Answer {
    float sure;
    bool right;
  };
  std::vector<Answer> answers;
  std::set<std::string> groups;
  for (const MannerExample& one : examples) groups.insert(one.group);
  for (const std::string& group : groups) {
    std::vector<MannerExample> others;
    for (const MannerExample& one : examples) {
      if (one.group != group) others.push_back(one);
    }
    if (others.empty()) continue;
    const language::MannerModel model = fit_manner(others, {});
    for (const MannerExample& one : examples) {
      if (one.group != group) continue;
      const std::vector<float> nats = model.nats_of(one.features);
      const auto best = std::max_element(nats.begin(), nats.end()) - nats.begin();
      float sum = 0;
      for (const float n : nats) {
        sum += std::exp(language::MannerModel::kConversations *
                        (n - nats[static_cast<std::size_t>(best)]));
      }
      answers.push_back({1 / sum, model.states()[static_cast<std::size_t>(best)] == one.type});
    }
  }
  std::stable_sort(answers.begin(), answers.end(),
                   [](const Answer& a, const Answer& b) { return a.sure > b.sure; });
  const auto share = [&](std::size_t of) {
    const auto right =
        std::count_if(answers.begin(), answers.begin() + static_cast<std::ptrdiff_t>(of),
                      [](const Answer& a) { return a.right; });
    return of == 0 ? 0.0 : static_cast<double>(right) / static_cast<double>(of);
  };
  return {answers.size(), share(answers.size()), share(answers.size() / 2)};
}

}  // namespace xinjing::learn
