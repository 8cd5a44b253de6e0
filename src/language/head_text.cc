#include "language/head_text.h"

#include <algorithm>
#include <array>
#include <cstring>

#include "base/json_writer.h"

namespace xinjing::language {
namespace {

constexpr int kDecimals = 3;
constexpr std::size_t kSteps = 1000;
constexpr std::size_t kBlock = 16;  // copied at once, needed or not

/// A probability in thousandths as JSON: "0.81".
struct ShortNumber {
  std::array<char, 7> text{};
  std::uint8_t size = 0;
};
static_assert(sizeof(ShortNumber) == 8);

constexpr std::array<ShortNumber, kSteps + 1> kShortNumbers = [] {
  std::array<ShortNumber, kSteps + 1> all{};
  for (std::size_t i = 0; i <= kSteps; ++i) {
    const auto digit = [i](std::size_t by) { return static_cast<char>('0' + i / by % 10); };
    all[i].text = {digit(kSteps), '.', digit(100), digit(10), digit(1)};
    all[i].size = i % kSteps == 0 ? 1 : i % 100 == 0 ? 3 : i % 10 == 0 ? 4 : 5;
  }
  return all;
}();

std::string json_string(std::string_view text) {
  std::string out;
  JsonWriter(out).string(text);
  return out;
}

char* copy_name(std::string_view padded, std::size_t size, char* to) {
  std::memcpy(to, padded.data(), kBlock);
  if (size > kBlock) std::memcpy(to + kBlock, padded.data() + kBlock, size - kBlock);
  return to + size;
}

char* copy_number(float p, char* to) {
  // Exact: a float times 2,000 fits a double.
  const std::size_t step = (static_cast<std::size_t>(double{p} * (2 * kSteps)) + 1) / 2;
  std::memcpy(to, &kShortNumbers[step], sizeof(ShortNumber));
  return to + kShortNumbers[step].size;
}

}  // namespace

DistText::DistText(const Head& head) {
  for (const std::string& state : head.states) {
    x_names += json_string(state) + ':';
    x_ends.push_back(x_names.size());
  }
  x_names.append(kBlock, ' ');
}

void DistText::append(std::span<const float> p, JsonWriter& json) const {
  // Room for braces, commas, numbers, and a whole block at the end.
  const std::size_t most = x_names.size() + (p.size() + 1) * (sizeof(ShortNumber) + 1);
  // A broken model may have made anything.
  if (most > JsonWriter::kRoom ||
      !std::all_of(p.begin(), p.end(), [](float v) { return v >= 0 && v <= 1; })) {
    return append_slowly(p, json);
  }
  char* to = json.place(most);
  *to++ = '{';
  std::size_t begin = 0;
  for (std::size_t k = 0; k < p.size(); ++k) {
    if (k > 0) *to++ = ',';
    to = copy_name(std::string_view(x_names).substr(begin), x_ends[k] - begin, to);
    to = copy_number(p[k], to);
    begin = x_ends[k];
  }
  *to++ = '}';
  json.placed(to);
}

void DistText::append_slowly(std::span<const float> p, JsonWriter& json) const {
  std::size_t begin = 0;
  json.begin_object();
  for (std::size_t k = 0; k < p.size(); begin = x_ends[k++]) {
    json.piece(std::string_view(x_names).substr(begin, x_ends[k] - begin));
    json.number(double{p[k]}, kDecimals);
  }
  json.end_object();
}

void append_probability(float p, JsonWriter& json) {
  if (!(p >= 0 && p <= 1)) {
    json.number(double{p}, kDecimals);
    return;
  }
  json.placed(copy_number(p, json.place(sizeof(ShortNumber))));
}

HeadText::HeadText(const Head& head) : key(json_string(head.name) + ':'), dist(head) {
  for (std::size_t k = 0; k < head.states.size(); ++k) {
    const std::string state = json_string(head.states[k]);
    const bool level = head.kind == HeadKind::kLevel;
    said.push_back(level ? "{\"level\":" + std::to_string(k) + ",\"p\":"
                         : "{\"state\":" + state + ",\"p\":");
    ground.push_back("{\"construct\":" + json_string(head.name) + ",\"state\":" + state +
                     ",\"begin\":");
  }
}

}  // namespace xinjing::language
