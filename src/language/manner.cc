#include "language/manner.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <numeric>

#include "base/format.h"
#include "base/tsv.h"
#include "base/utf8.h"

namespace xinjing::language {
namespace {

constexpr std::string_view kHeader = "feature\tmean\tscale\tweights";

constexpr std::array<std::string_view, 11> kShapes = {
    "mean length",  "spread of length", "longest",         "shortest", "share of talk", "questions",
    "exclamations", "digits",           "dots and dashes", "commas",   "without marks"};
constexpr std::array<std::string_view, 5> kEpisodeHeads = {"style", "orientation", "temperament",
                                                           "bond", "motive"};

float log_of(double value) { return static_cast<float>(std::log1p(value)); }

/// What is counted in the customer's words.
struct Marks {
  std::size_t characters = 0, questions = 0, exclamations = 0, digits = 0, dots = 0, commas = 0;

  void add(std::string_view text) {
    bool dot = false;
    while (!text.empty()) {
      const CodePoint c = decode_utf8(text);
      text.remove_prefix(c.bytes);
      ++characters;
      questions += c.value == U'?' || c.value == U'？' || c.value == U'吗' ? 1 : 0;
      exclamations += c.value == U'!' || c.value == U'！' ? 1 : 0;
      digits += c.value >= U'0' && c.value <= U'9' ? 1 : 0;
      dots += c.value == U'…' || c.value == U'—' || (c.value == U'.' && dot) ? 1 : 0;
      commas += c.value == U',' || c.value == U'，' ? 1 : 0;
      dot = c.value == U'.';
    }
  }
};

bool has_marks(std::string_view text) {
  while (!text.empty()) {
    const CodePoint c = decode_utf8(text);
    text.remove_prefix(c.bytes);
    if (std::u32string_view(U",.!?，。！？").find(c.value) != std::u32string_view::npos)
      return true;
  }
  return false;
}

void add_shapes(const Conversation& conversation, std::vector<float>& out) {
  Marks marks;
  std::vector<double> lengths;
  std::size_t agents = 0;
  std::size_t bare = 0;
  for (const Turn& turn : conversation.turns) {
    if (turn.speaker != ingest::Speaker::kCustomer) {
      agents += utf8_length(turn.text);
      continue;
    }
    marks.add(turn.text);
    lengths.push_back(static_cast<double>(utf8_length(turn.text)));
    bare += has_marks(turn.text) ? 0 : 1;
  }
  if (lengths.empty()) lengths.push_back(0);
  const auto n = static_cast<double>(lengths.size());
  const double mean = std::accumulate(lengths.begin(), lengths.end(), 0.0) / n;
  double squares = 0;
  for (const double length : lengths) squares += (length - mean) * (length - mean);
  const auto all = static_cast<double>(marks.characters);
  const auto each = [&](std::size_t count) {
    return static_cast<float>(10.0 * static_cast<double>(count) / (all + 1));
  };
  out.push_back(log_of(mean));
  out.push_back(log_of(std::sqrt(squares / n)));
  out.push_back(log_of(*std::max_element(lengths.begin(), lengths.end())));
  out.push_back(log_of(*std::min_element(lengths.begin(), lengths.end())));
  out.push_back(static_cast<float>(all / (all + static_cast<double>(agents) + 1)));
  for (const std::size_t count :
       {marks.questions, marks.exclamations, marks.digits, marks.dots, marks.commas}) {
    out.push_back(each(count));
  }
  out.push_back(static_cast<float>(static_cast<double>(bare) / n));
}

std::optional<float> number_of(std::string_view text) {
  float value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size() || !std::isfinite(value)) return {};
  return value;
}

}  // namespace

std::vector<std::string> manner_features(std::span<const Head> heads) {
  std::vector<std::string> names(kShapes.begin(), kShapes.end());
  for (const std::string_view name : kEpisodeHeads) {
    const Head* head = find_head(heads, name);
    if (head == nullptr) continue;
    for (const std::string& state : head->states)
      names.push_back(fmt::format("{}:{}", name, state));
  }
  if (const Head* emotion = find_head(heads, "emotion")) {
    for (const std::string& state : emotion->states) names.push_back("emotion:" + state);
  }
  return names;
}

void manner_of(const Conversation& conversation, const Reading& reading,
               std::span<const Head> heads, std::vector<float>& out) {
  out.clear();
  add_shapes(conversation, out);
  constexpr float kLeast = 1e-3F;
  constexpr float kLogit = 0.25F;  // log-odds beside probabilities
  for (const std::string_view name : kEpisodeHeads) {
    const Head* head = find_head(heads, name);
    if (head == nullptr) continue;
    for (const float p : reading.episode(*head)) {
      const float sure = std::clamp(p, kLeast, 1 - kLeast);
      out.push_back(name == "style" ? kLogit * std::log(sure / (1 - sure)) : p);
    }
  }
  const Head* emotion = find_head(heads, "emotion");
  if (emotion == nullptr) return;
  const std::size_t outputs = turn_outputs(heads);
  const std::size_t turns = reading.turn_p.size() / outputs;
  const std::size_t first = out.size();
  out.resize(first + emotion->states.size());
  for (std::size_t t = 0; t < turns; ++t) {
    const auto p = reading.turn(*emotion, t, outputs);
    for (std::size_t k = 0; k < p.size(); ++k) {
      out[first + k] += p[k] / static_cast<float>(turns);
    }
  }
}

Result<MannerModel> MannerModel::parse(std::string_view text, std::string_view name) {
  MannerModel model;
  const Status read = TsvReader(text, name, kHeader).each([&](const TsvRow& row) -> Status {
    const auto cells = split(row.cells[3], '|');
    if (model.x_states.empty()) {
      if (row.cells[0] != "states") {
        return row.refuse(row.cells[0], {"the first row names the states", "第一行应列出状态"});
      }
      for (const std::string_view state : cells) model.x_states.emplace_back(state);
      return {};
    }
    Feature feature{.name = std::string(row.cells[0]), .weights = {}};
    if (cells.size() != model.x_states.size()) {
      return row.refuse(row.cells[3],
                        {"a weight for each state, joined by |", "每个状态一个权重，以 | 分隔"});
    }
    const auto mean = number_of(row.cells[1]);
    const auto scale = number_of(row.cells[2]);
    if (!mean || !scale || *scale <= 0) {
      return row.refuse(row.cells[1], {"mean and scale are numbers, the scale above 0",
                                       "均值与尺度应为数，尺度大于 0"});
    }
    feature.mean = *mean, feature.scale = *scale;
    for (const std::string_view cell : cells) {
      const auto weight = number_of(cell);
      if (!weight) return row.refuse(cell, {"no number", "不是数"});
      feature.weights.push_back(*weight);
    }
    if (feature.name == "bias") {
      model.x_bias = std::move(feature.weights);
    } else {
      model.x_features.push_back(std::move(feature));
    }
    return {};
  });
  if (!read) return read.failure();
  return model;
}

std::string MannerModel::text() const {
  const auto joined = [](const std::vector<float>& weights) {
    std::string out;
    for (const float w : weights) out += fmt::format("{}{:.4f}", out.empty() ? "" : "|", w);
    return out;
  };
  std::string out = std::string(kHeader) + '\n';
  out += fmt::format("states\t0\t1\t{}\n", fmt::join(x_states, "|"));
  out += fmt::format("bias\t0\t1\t{}\n", joined(x_bias));
  for (const Feature& feature : x_features) {
    out += fmt::format("{}\t{:.5f}\t{:.5f}\t{}\n", feature.name, feature.mean, feature.scale,
                       joined(feature.weights));
  }
  return out;
}

bool MannerModel::fits(std::span<const Head> heads) const {
  const std::vector<std::string> names = manner_features(heads);
  return x_bias.size() == x_states.size() &&
         std::equal(names.begin(), names.end(), x_features.begin(), x_features.end(),
                    [](const std::string& name, const Feature& f) { return name == f.name; });
}

std::vector<float> MannerModel::nats_of(std::span<const float> features) const {
  std::vector<float> nats = x_bias;
  for (std::size_t f = 0; f < x_features.size(); ++f) {
    const float value = (features[f] - x_features[f].mean) / x_features[f].scale;
    for (std::size_t k = 0; k < nats.size(); ++k) nats[k] += value * x_features[f].weights[k];
  }
  const float mean = std::accumulate(nats.begin(), nats.end(), 0.0F) /
                     static_cast<float>(std::max<std::size_t>(1, nats.size()));
  for (float& n : nats) n = (n - mean) / kConversations;
  return nats;
}

}  // namespace xinjing::language
