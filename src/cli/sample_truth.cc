#include "cli/sample_truth.h"

#include "base/file.h"
#include "base/json.h"

namespace xinjing::cli {
namespace {

namespace fs = std::filesystem;

std::string text_of(JsonValue value, std::string_view name) {
  return std::string(value[name].string().value_or(""));
}

std::vector<std::string> texts_of(JsonValue value, std::string_view name) {
  std::vector<std::string> out;
  value[name].each([&](JsonValue one) {
    if (const auto text = one.string()) out.emplace_back(*text);
  });
  return out;
}

std::optional<Day> day_of_text(std::string_view text) {
  if (text.size() != 10) return {};
  const auto digits = [&](std::size_t from, std::size_t n) {
    int value = 0;
    for (const char c : text.substr(from, n)) value = value * 10 + (c - '0');
    return value;
  };
  return day_from_date(digits(0, 4), digits(5, 2), digits(8, 2));
}

TruthPoint point_of(JsonValue value) {
  TruthPoint out;
  const std::pair<const char*, std::string*> kFields[] = {{"id", &out.id},
                                                          {"kind", &out.kind},
                                                          {"direction", &out.direction},
                                                          {"department", &out.department},
                                                          {"channel", &out.channel},
                                                          {"customerKind", &out.customer_kind},
                                                          {"people", &out.people},
                                                          {"state", &out.state},
                                                          {"measure", &out.measure},
                                                          {"construct", &out.construct}};
  for (const auto& [name, field] : kFields) *field = text_of(value, name);
  out.text = {text_of(value, "en"), text_of(value, "zh")};
  out.from = day_of_text(text_of(value, "from")), out.to = day_of_text(text_of(value, "to"));
  out.aspects = texts_of(value, "aspects"), out.states = texts_of(value, "states");
  out.words = texts_of(value, "words"), out.customers = texts_of(value, "customers");
  out.least = value["least"].integer().value_or(1);
  out.polarity = static_cast<int>(value["polarity"].integer().value_or(0));
  return out;
}

TruthTalk talk_of(JsonValue value) {
  TruthTalk out;
  out.customer = text_of(value, "customer"), out.need = text_of(value, "need");
  out.stage = text_of(value, "stage"), out.bond = text_of(value, "bond");
  out.promises = texts_of(value, "promise");
  if (const std::string one = text_of(value, "promise"); !one.empty()) out.promises = {one};
  out.motives = texts_of(value, "motive"), out.emotions = texts_of(value, "emotion");
  const auto messages = texts_of(value, "messages");
  if (!messages.empty()) out.first_message = messages.front();
  value["aspect"].each([&](JsonValue pair) {
    std::string code;
    int polarity = 0;
    pair.each([&](JsonValue part) {
      if (const auto text = part.string()) code = *text;
      if (const auto number = part.integer()) polarity = static_cast<int>(*number);
    });
    out.aspects[code].insert(polarity);
  });
  out.escalation = static_cast<int>(value["escalation"].integer().value_or(0));
  out.satisfaction = value["satisfaction"].number().value_or(0);
  return out;
}

}  // namespace

Result<Truth> read_truth(const fs::path& folder) {
  std::error_code ignored;
  const fs::path inner = folder / "truth";
  const fs::path place = fs::exists(inner / "truth.json", ignored) ? inner : folder;
  const Result<std::string> story = read_file(place / "truth.json");
  if (!story) return story.failure();
  JsonParser parser;
  const auto document = parser.parse(*story);
  if (!document) {
    return fail(ErrorCode::kBadInput, document.error().said, (place / "truth.json").string());
  }
  Truth truth;
  (*document)["story"].each([&](JsonValue one) { truth.points.push_back(point_of(one)); });
  const Result<std::string> talks = read_file(place / "truth.jsonl");
  if (!talks) return talks.failure();
  std::size_t line = 0;
  for (std::size_t at = 0; at < talks->size();) {
    const std::size_t end = std::min(talks->find('\n', at), talks->size());
    ++line;
    const auto row = parser.parse(std::string_view(*talks).substr(at, end - at));
    if (!row) {
      return fail(ErrorCode::kBadInput, row.error().said,
                  fmt::format("{}:{}:1", (place / "truth.jsonl").string(), line));
    }
    truth.talks.push_back(talk_of(*row));
    at = end + 1;
  }
  return truth;
}

}  // namespace xinjing::cli
