#include "language/request.h"

#include "base/format.h"
#include "base/json_writer.h"

namespace xinjing::language {
namespace {

constexpr int kDaySeconds = 86'400;

Failure bad(std::string en, std::string zh) {
  return fail(ErrorCode::kBadInput, {std::move(en), std::move(zh)});
}

std::optional<ingest::Speaker> speaker_named(std::string_view name) {
  for (const auto speaker :
       {ingest::Speaker::kCustomer, ingest::Speaker::kAgent, ingest::Speaker::kBot}) {
    if (name == ingest::speaker_id(speaker)) return speaker;
  }
  return std::nullopt;
}

Status add_turn(JsonValue turn, std::size_t number, Request& into) {
  const auto speaker = speaker_named(turn["speaker"].string().value_or(""));
  if (!speaker) {
    return bad(fmt::format("turn {} needs a speaker: customer, agent or bot", number),
               fmt::format("第 {} 轮缺少说话人：customer、agent 或 bot", number));
  }
  const auto text = turn["text"].string();
  if (!text && turn["text"].present()) {
    return bad(fmt::format("the text of turn {} must be a string", number),
               fmt::format("第 {} 轮的文本应是字符串", number));
  }
  if (!text) {
    return bad(fmt::format("turn {} has no text", number), fmt::format("第 {} 轮没有文本", number));
  }
  std::optional<Instant> time;
  if (turn["time"].present()) {
    time = parse_iso_time(turn["time"].string().value_or(""));
    if (!time) {
      return bad(fmt::format("the time of turn {} is not an ISO time", number),
                 fmt::format("第 {} 轮的时间不是 ISO 时间", number));
    }
  }
  into.turns.push_back({*speaker, *text, time});
  return {};
}

/// Reads digits and marks from the front.
class Scanner {
 public:
  explicit Scanner(std::string_view text) : x_text(text) {}

  std::optional<int> digits(std::size_t count) {
    if (x_text.size() < count) return std::nullopt;
    int value = 0;
    for (std::size_t i = 0; i < count; ++i) {
      if (x_text[i] < '0' || x_text[i] > '9') return std::nullopt;
      value = value * 10 + (x_text[i] - '0');
    }
    x_text.remove_prefix(count);
    return value;
  }
  bool mark(std::string_view any) {
    if (x_text.empty() || any.find(x_text[0]) == std::string_view::npos) return false;
    x_last = x_text[0];
    x_text.remove_prefix(1);
    return true;
  }
  char last() const { return x_last; }
  bool at_end() const { return x_text.empty(); }

 private:
  std::string_view x_text;
  char x_last = 0;
};

/// Looks for the member "id" of the outermost object in a line that need not be sound JSON further
/// on: strings and brackets are all it knows. Stops where they end.
class IdFinder {
 public:
  explicit IdFinder(std::string_view line) : x_line(line) {}

  /// The bytes of a whole string or scalar; empty: none.
  std::string_view find() {
    int depth = 0;
    while (x_at < x_line.size()) {
      const char c = x_line[x_at];
      if (c == '"') {
        const std::string_view word = string();
        if (depth == 1 && word == "\"id\"" && colon()) return value();
        continue;
      }
      if (c == '{' || c == '[') ++depth;
      if (c == '}' || c == ']') --depth;
      ++x_at;
    }
    return {};
  }

 private:
  /// With both quotation marks; empty where the second is missing.
  std::string_view string() {
    const std::size_t begin = x_at++;
    for (; x_at < x_line.size(); ++x_at) {
      if (x_line[x_at] == '\\') {
        ++x_at;
      } else if (x_line[x_at] == '"') {
        return x_line.substr(begin, ++x_at - begin);
      }
    }
    return {};
  }
  void skip_blanks() {
    while (x_at < x_line.size() && (x_line[x_at] == ' ' || x_line[x_at] == '\t')) ++x_at;
  }
  bool colon() {
    skip_blanks();
    const bool here = x_at < x_line.size() && x_line[x_at] == ':';
    if (here) ++x_at;
    return here;
  }
  std::string_view value() {
    skip_blanks();
    if (x_at < x_line.size() && x_line[x_at] == '"') return string();
    // Without what ends it a number may be cut in two.
    const std::size_t end = x_line.find_first_of(" \t,}", x_at);
    return end == std::string_view::npos ? std::string_view() : x_line.substr(x_at, end - x_at);
  }

  std::string_view x_line;
  std::size_t x_at = 0;
};

/// Minutes east of Greenwich.
std::optional<int> parse_zone(Scanner& in) {
  if (in.at_end() || in.mark("Zz")) return 0;
  if (!in.mark("+-")) return std::nullopt;
  const int sign = in.last() == '-' ? -1 : 1;
  const auto hours = in.digits(2);
  in.mark(":");
  const auto minutes = in.at_end() ? std::optional(0) : in.digits(2);
  if (!hours || !minutes || *hours > 14 || *minutes > 59) return std::nullopt;
  return sign * (*hours * 60 + *minutes);
}

}  // namespace

std::optional<Instant> parse_iso_time(std::string_view text) {
  Scanner in(text);
  const auto year = in.digits(4);
  if (!year || !in.mark("-")) return std::nullopt;
  const auto month = in.digits(2);
  if (!month || !in.mark("-")) return std::nullopt;
  const auto day_number = in.digits(2);
  const auto day = day_number ? day_from_date(*year, *month, *day_number) : std::nullopt;
  if (!day) return std::nullopt;
  if (in.at_end()) return instant_at(*day, 0, 0);
  if (!in.mark("T ")) return std::nullopt;
  const auto hour = in.digits(2);
  if (!hour || !in.mark(":")) return std::nullopt;
  const auto minute = in.digits(2);
  const auto second = in.mark(":") ? in.digits(2) : std::optional(0);
  if (in.mark(".,")) {
    while (in.digits(1)) continue;
  }
  const auto zone = parse_zone(in);
  if (!minute || !second || !zone || !in.at_end()) return std::nullopt;
  const int seconds = *hour * 3600 + *minute * 60 + *second;
  if (*minute > 59 || *second > 60 || seconds > kDaySeconds) return std::nullopt;
  return instant_at(*day, seconds, *zone);
}

std::string legible_id(std::string_view line, JsonParser& parser) {
  IdFinder finder(line);
  const std::string_view id = finder.find();
  if (id.empty()) return "null";
  // Only what is sound JSON by itself may stand in an answer.
  const auto alone = parser.parse(fmt::format("{{\"id\":{}}}", id));
  return alone ? id_of_request(*alone) : "null";
}

std::string id_of_request(JsonValue line) {
  std::string out;
  const JsonValue id = line["id"];
  if (const auto text = id.string()) {
    JsonWriter(out).string(*text);
  } else {
    out = id.scalar().value_or("null");
  }
  return out;
}

Status parse_request(JsonValue line, Request& into) {
  into.turns.clear();
  into.lang.reset();
  if (!line.is_object()) return bad("the line is not a JSON object", "这一行不是 JSON 对象");
  into.id_json = id_of_request(line);
  if (const auto lang = line["lang"].string()) {
    if (*lang == "zh") into.lang = Lang::kZh;
    if (*lang == "en") into.lang = Lang::kEn;
  }
  const JsonValue turns = line["turns"];
  if (turns.present() && !turns.is_array()) {
    return bad("\"turns\" must be a list", "“turns” 应是列表");
  }
  if (!turns.present()) {
    const auto text = line["text"].string();
    if (!text && line["text"].present()) {
      return bad("\"text\" must be a string", "“text” 应是字符串");
    }
    if (!text) {
      return bad("there is neither \"turns\" nor \"text\"", "既没有 “turns” 也没有 “text”");
    }
    into.turns.push_back({ingest::Speaker::kCustomer, *text, std::nullopt});
    return {};
  }
  Status status;
  std::size_t number = 0;
  turns.each([&](JsonValue turn) {
    ++number;
    if (status) status = add_turn(turn, number, into);
  });
  return status;
}

}  // namespace xinjing::language
