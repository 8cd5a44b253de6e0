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
  if (!turns.is_array()) {
    const auto text = line["text"].string();
    if (!text)
      return bad("there is neither \"turns\" nor \"text\"", "既没有 “turns” 也没有 “text”");
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
