#include "cli/sample_judge.h"

#include <algorithm>
#include <optional>

#include "insight/feeling.h"
#include "insight/talk_table.h"

namespace xinjing::cli {
namespace {

using insight::Event;
using insight::Person;
using insight::ReportData;

constexpr std::size_t kShownPeople = 15;

bool has(const std::vector<std::string>& all, std::string_view one) {
  return std::find(all.begin(), all.end(), one) != all.end();
}

/// When and where a conversation was.
struct Place {
  Day day;
  std::string department, channel, kind;
};

class Judge {
 public:
  Judge(const ReportData& data, const SampleLabels& labels, Lang lang, SampleCheck& out)
      : x_data(data), x_labels(labels), x_zh(lang == Lang::kZh), x_out(out) {}

  Status load(const DuckConnection& connection);
  void events();
  void people();
  void promises();
  void curves();

 private:
  using Told = std::pair<Day, const TruthTalk*>;

  void burst(const Event& event);
  void change(const Event& event);
  void list(const char* name, const std::vector<Person>& people, auto holds);
  void wrong(const std::string& claim, const char* zh, const char* en) {
    x_out.wrong.push_back({claim, x_zh ? zh : en});
  }
  static bool in_scope(const Place& place, const Event& event) {
    return (event.department.empty() || event.department == place.department) &&
           (event.channel.empty() || event.channel == place.channel) &&
           (event.customer_kind.empty() || event.customer_kind == place.kind);
  }
  /// The labelled conversations of a customer, by day.
  std::vector<Told> told_by(const std::string& customer) const;

  const ReportData& x_data;
  const SampleLabels& x_labels;
  bool x_zh;
  SampleCheck& x_out;
  std::map<std::int64_t, Place> x_places;
  std::map<std::string, std::vector<std::int64_t>> x_numbers;  // by the name of a conversation
};

Status Judge::load(const DuckConnection& connection) {
  return insight::each_row(connection, R"(
SELECT t.conversation_no, t.day, t.department, t.channel, t.kind,
  COALESCE(c.conversation, c.conversation_no::VARCHAR)
FROM talk AS t
JOIN conversations AS c USING (conversation_no))",
                           {}, [&](const DuckRow& row) {
                             x_places[row.integer(0)] = {
                                 insight::day_at(row, 1), insight::text_at(row, 2),
                                 insight::text_at(row, 3), insight::text_at(row, 4)};
                             x_numbers[insight::text_at(row, 5)].push_back(row.integer(0));
                           });
}

/// Whether a labelled conversation is of what was counted; nothing where labels do not tell.
std::optional<bool> shows(const TruthTalk& talk, std::string_view what) {
  const std::size_t colon = what.find(':');
  const std::string_view kind = what.substr(0, colon);
  const std::string state(colon == std::string_view::npos ? "" : what.substr(colon + 1));
  const auto polarity = [&](auto right) {
    const auto found = talk.aspects.find(state);
    return found != talk.aspects.end() &&
           std::any_of(found->second.begin(), found->second.end(), right);
  };
  if (kind == "aspect") return talk.aspects.contains(state);
  if (kind == "bad" || kind == "complaint" || (kind == "unmet" && !state.empty())) {
    return polarity([](int sign) { return sign < 0; });
  }
  if (kind == "good" || kind == "praise") return polarity([](int sign) { return sign > 0; });
  if (kind == "motive") return has(talk.motives, state);
  if (kind == "emotion") return has(talk.emotions, state);
  if (kind == "bond") return talk.bond == state;
  if (what == "claims") return has(talk.motives, "redress");
  if (what == "mood:bad") return talk.satisfaction < 0;
  if (what == "mood:good") return talk.satisfaction > 0;
  return {};
}

/// The same of an event: all contacts are about one of its aspects.
std::optional<bool> about(const TruthTalk& talk, const Event& event) {
  if (event.what != "volume") return shows(talk, event.what);
  if (event.aspects.empty()) return {};
  return std::any_of(event.aspects.begin(), event.aspects.end(),
                     [&](const std::string& code) { return talk.aspects.contains(code); });
}

void Judge::burst(const Event& event) {
  constexpr double kMore = 1.2;
  const double length = double(event.to.number - event.from.number + 1);
  const double rest = std::max(1.0, double(x_data.to.number - x_data.from.number + 1) - length);
  const auto more = [&](auto holds) {
    double inside = 0, outside = 0;
    for (const auto& [number, talk] : x_labels.talks) {
      const auto place = x_places.find(number);
      if (place == x_places.end() || !in_scope(place->second, event) || !holds(*talk)) continue;
      const bool then = place->second.day >= event.from && place->second.day <= event.to;
      (then ? inside : outside) += 1;
    }
    return inside / length > kMore * outside / rest;
  };
  const bool told = std::any_of(x_labels.talks.begin(), x_labels.talks.end(), [&](const auto& one) {
    return about(*one.second, event).has_value();
  });
  if (told) {
    ++x_out.claims;
    if (!more([&](const TruthTalk& talk) { return about(talk, event).value_or(false); })) {
      wrong(event.id, "按标注，这段时间并没有更多", "by the labels there were not more");
    }
  }
  for (const Event::Failed& one : event.failed) {
    ++x_out.claims;
    const std::string what = "unmet:" + one.aspect;
    if (!more([&](const TruthTalk& talk) { return shows(talk, what).value_or(false); })) {
      wrong(event.id + " " + what, "按标注，这方面的不满并没有更多",
            "by the labels this was not minded more");
    }
  }
}

/// A change of a share: by the labels it must go the same way.
void Judge::change(const Event& event) {
  constexpr double kLeast = 20;
  double hits[2] = {0, 0}, of[2] = {0, 0};
  const std::int32_t third = (x_data.to.number - x_data.from.number) / 3;
  for (const auto& [number, talk] : x_labels.talks) {
    const auto place = x_places.find(number);
    const auto holds = shows(*talk, event.what);
    if (place == x_places.end() || !holds || !in_scope(place->second, event)) continue;
    const Day day = place->second.day;
    const bool trend = event.kind == "trend";
    const bool late = trend ? day.number > x_data.to.number - third : day >= event.from;
    const bool early = trend ? day.number < x_data.from.number + third : day < event.from;
    if (!late && !early) continue;
    of[late ? 1 : 0] += 1, hits[late ? 1 : 0] += *holds ? 1 : 0;
  }
  if (std::min(of[0], of[1]) < kLeast) return;  // labels do not tell, or too few do
  ++x_out.claims;
  const double moved = hits[1] / of[1] - hits[0] / of[0];
  if (event.up ? moved <= 0 : moved >= 0) {
    wrong(event.id, "按标注，份额没有这样变", "by the labels the share did not go that way");
  }
}

void Judge::events() {
  for (const Event& event : x_data.events) {
    if (event.what == "wait" || event.what == "faded") continue;
    event.kind == "burst" ? burst(event) : change(event);
  }
}

std::vector<Judge::Told> Judge::told_by(const std::string& customer) const {
  std::vector<Told> out;
  for (const auto& [number, talk] : x_labels.talks) {
    const auto place = x_places.find(number);
    if (talk->customer == customer && place != x_places.end()) {
      out.emplace_back(place->second.day, talk);
    }
  }
  std::stable_sort(out.begin(), out.end(),
                   [](const Told& a, const Told& b) { return a.first < b.first; });
  return out;
}

/// The latest bond that is not neutral; empty where there is none.
std::string latest_bond(const std::vector<std::pair<Day, const TruthTalk*>>& told) {
  std::string out;
  for (const auto& [day, talk] : told) {
    if (!talk->bond.empty() && talk->bond != "neutral") out = talk->bond;
  }
  return out;
}

void Judge::list(const char* name, const std::vector<Person>& people, auto holds) {
  for (std::size_t i = 0; i < std::min(kShownPeople, people.size()); ++i) {
    const auto told = told_by(people[i].customer);
    if (told.empty()) continue;
    ++x_out.claims;
    if (holds(told)) continue;
    wrong(fmt::format("{}: {} ({:.2f})", name, people[i].customer, people[i].p),
          "按标注，最近的状态不是这样", "by the labels the latest state is another");
  }
}

void Judge::people() {
  const auto leaves = [](const std::vector<Told>& told) {
    const std::string bond = latest_bond(told);
    return bond == "waver" || bond == "leave";
  };
  const auto loyal = [](const std::vector<Told>& told) {
    const std::string bond = latest_bond(told);
    return bond == "loyal" || bond == "advocate";
  };
  list("gone", x_data.gone, leaves);
  list("waver", x_data.waver, leaves);
  list("won_back", x_data.won_back, loyal);
  list("advocate", x_data.advocate, loyal);
  list("escalate", x_data.escalate, [](const std::vector<Told>& told) {
    bool threatens = false;  // and was not content since
    for (const auto& [day, talk] : told) {
      if (talk->escalation > 0) threatens = true;
      if (talk->escalation == 0 && talk->satisfaction >= 1) threatens = false;
    }
    return threatens;
  });
}

/// A promise is said to be kept or broken by words: some conversation of the customer from that day
/// on must be labelled so. Of what only rows show the labels of conversations say nothing.
void Judge::promises() {
  const auto judge = [&](const char* name, const std::vector<insight::PromiseRow>& rows,
                         auto holds) {
    for (const insight::PromiseRow& row : rows) {
      const auto told = told_by(row.customer);
      if (told.empty() || !row.outcome) continue;
      ++x_out.claims;
      const bool borne = std::any_of(told.begin(), told.end(), [&](const Told& one) {
        return one.first >= row.made && std::ranges::any_of(one.second->promises, holds);
      });
      if (borne) continue;
      wrong(fmt::format("promise {}: {} {}", name, row.customer, iso_date(row.made)),
            "按标注，此后没有一段对话是这个结局", "by the labels no later conversation ends so");
    }
  };
  judge("broken", x_data.promises.broken_rows,
        [](const std::string& fate) { return fate == "broken"; });
  judge("kept", x_data.promises.kept_rows,
        [](const std::string& fate) { return fate == "kept" || fate == "exceeded"; });
}

/// The low point, the end and the answers that turned a curve, by the labelled feeling of each
/// turn.
void Judge::curves() {
  for (const insight::Curve& curve : x_data.curves) {
    const auto found = x_numbers.find(curve.conversation);
    if (found == x_numbers.end()) continue;
    std::vector<std::int32_t> turns;
    for (const insight::CurvePoint& point : curve.points) {
      if (point.valence) turns.push_back(point.turn);
    }
    std::vector<double> felt;
    for (const std::int64_t number : found->second) {
      const auto talk = x_labels.talks.find(number);
      if (talk == x_labels.talks.end() || talk->second->emotions.size() != turns.size()) continue;
      felt.clear();
      for (const std::string& state : talk->second->emotions) {
        felt.push_back(insight::valence_of(state));
      }
    }
    if (felt.empty()) continue;  // cut otherwise than labelled
    const auto at = [&](std::int32_t turn) {
      return std::size_t(std::lower_bound(turns.begin(), turns.end(), turn) - turns.begin());
    };
    const std::string name = "curve " + curve.conversation;
    const double lowest = *std::min_element(felt.begin(), felt.end());
    constexpr double kNear = 0.3, kTurned = 0.5;
    x_out.claims += 2;
    if (felt[std::min(at(curve.peak), felt.size() - 1)] > lowest + kNear) {
      wrong(name, "按标注，最低点不在这里", "by the labels the low point is elsewhere");
    }
    const bool ends_so =
        curve.change > kTurned ? felt.back() >= lowest + kTurned : felt.back() <= insight::kUpset;
    if (!ends_so) wrong(name, "按标注，结尾不是这样", "by the labels it ends otherwise");
    for (const auto& [answer, up] :
         {std::pair{curve.calmed, true}, std::pair{curve.angered, false}}) {
      if (!answer) continue;
      const std::size_t next = at(*answer);  // the customer's turn that follows
      if (next == 0 || next >= felt.size()) continue;
      ++x_out.claims;
      if (up ? felt[next] > felt[next - 1] : felt[next] < felt[next - 1]) continue;
      wrong(name, "按标注，情绪没有在这一句之后转", "by the labels the feeling did not turn there");
    }
  }
}

}  // namespace

Status judge_claims(const DuckConnection& connection, const ReportData& data,
                    const SampleLabels& labels, Lang lang, SampleCheck& out) {
  Judge judge(data, labels, lang, out);
  if (Status read = judge.load(connection); !read) return read;
  judge.events();
  judge.people();
  judge.promises();
  judge.curves();
  return {};
}

}  // namespace xinjing::cli
