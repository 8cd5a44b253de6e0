#include "cli/sample_check.h"

#include <algorithm>
#include <set>

#include "cli/sample_judge.h"
#include "cli/sample_truth.h"
#include "insight/talk_table.h"
#include "learn/metric.h"

namespace xinjing::cli {
namespace {

using insight::Event;
using insight::Person;
using insight::ReportData;

constexpr std::size_t kShownPeople = 15;
constexpr int kSlackDays = 10;  // an event may begin or end so much off and still be the one

bool has(const std::vector<std::string>& all, std::string_view one) {
  return std::find(all.begin(), all.end(), one) != all.end();
}

/// One name for a channel, whatever the file calls it.
std::string_view channel_id(std::string_view name) {
  constexpr std::pair<std::string_view, std::string_view> kNames[] = {
      {"热线", "hotline"}, {"电话", "hotline"}, {"微信", "wechat"}, {"微博", "weibo"},
      {"邮件", "email"},   {"营业厅", "hall"},  {"商城", "shop"}};
  for (const auto& [zh, id] : kNames) {
    if (name == zh) return id;
  }
  return name;
}

bool same_channel(std::string_view a, std::string_view b) { return channel_id(a) == channel_id(b); }

Result<SampleLabels> labels_of(const DuckConnection& connection, const Truth& truth) {
  std::map<std::string, const TruthTalk*> by_message;
  for (const TruthTalk& talk : truth.talks) by_message[talk.first_message] = &talk;
  SampleLabels out;
  Status read = insight::each_row(
      connection,
      "SELECT m.message_id, t.conversation_no FROM messages AS m JOIN turns AS t ON t.message_no = "
      "m.row_no WHERE m.message_id IS NOT NULL",
      {}, [&](const DuckRow& row) {
        const auto found = by_message.find(std::string(row.text(0)));
        if (found != by_message.end()) out.talks[row.integer(1)] = found->second;
      });
  if (!read) return read.failure();
  return out;
}

/// Does the report tell the points of the story?
class Matcher {
 public:
  Matcher(const ReportData& data, Lang lang) : x_data(data), x_lang(lang) {}

  StoryPoint match(const TruthPoint& point) const {
    StoryPoint out{.id = point.id, .text = point.text.in(x_lang), .by = {}};
    out.by = !point.people.empty() || point.kind == "person" ? by_people(point)
             : point.kind == "promises"                      ? by_promises(point)
                                                             : by_event(point);
    out.found = !out.by.empty();
    return out;
  }

 private:
  const std::vector<Person>* list(std::string_view name) const {
    return name == "gone"         ? &x_data.gone
           : name == "waver"      ? &x_data.waver
           : name == "escalate"   ? &x_data.escalate
           : name == "vulnerable" ? &x_data.vulnerable
           : name == "advocate"   ? &x_data.advocate
           : name == "won_back"   ? &x_data.won_back
                                  : nullptr;
  }
  static std::size_t place_in(const std::vector<Person>& people, std::string_view customer) {
    std::size_t i = 0;
    while (i < people.size() && people[i].customer != customer) ++i;
    return i;
  }

  std::string by_people(const TruthPoint& point) const {
    if (point.people == "waver") return by_lists(point, {"waver", "gone"});  // or has left since
    if (point.state != "loyal") return by_list(point, point.people);
    const std::string back = by_list(point, "won_back");  // loyal again
    return back.empty() ? by_list(point, "advocate") : back;
  }
  std::string by_list(const TruthPoint& point, const std::string& name) const {
    const auto* people = list(name);
    if (people == nullptr) return {};
    std::string names;
    std::int64_t n = 0;
    for (const std::string& customer : point.customers) {
      if (place_in(*people, customer) >= std::min(kShownPeople, people->size())) continue;
      names += (n == 0 ? "" : " ") + customer, ++n;
    }
    return n >= point.least ? name + ": " + names : "";
  }

  /// The same of two lists together.
  std::string by_lists(const TruthPoint& point, std::initializer_list<const char*> names) const {
    TruthPoint one = point;
    one.least = 1;
    std::string out;
    std::int64_t n = 0;
    for (const char* name : names) {
      const std::string found = by_list(one, name);
      if (found.empty()) continue;
      out += (out.empty() ? "" : ", ") + found;
      n += std::count(found.begin(), found.end(), ' ');
    }
    return n >= point.least ? out : "";
  }

  std::string by_promises(const TruthPoint& point) const {
    const insight::Promises& all = x_data.promises;
    if (point.measure == "effect") {
      return all.kept_effect.n > 0 && all.kept_effect.change.value > all.broken_effect.change.value
                 ? "promises.effect"
                 : "";
    }
    const auto& rows = point.state == "broken" ? all.broken_rows : all.kept_rows;
    std::set<std::string> customers;
    for (const insight::PromiseRow& row : rows) {
      const bool then = !point.from || (row.made >= Day{point.from->number - kSlackDays} &&
                                        row.made <= Day{point.to->number + kSlackDays});
      if (then && has(point.customers, row.customer)) customers.insert(row.customer);
    }
    if (std::int64_t(customers.size()) < point.least) return {};
    return fmt::format("promises.{}: {}", point.state, fmt::join(customers, " "));
  }

  static bool in_time(const TruthPoint& point, const Event& event) {
    if (!point.from || !point.to) return true;
    if (event.kind == "shift") {
      return event.from.number >= point.from->number - 3 * kSlackDays &&
             event.from.number <= point.to->number;
    }
    // What lasts much shorter than the point tells of something else.
    if (event.kind == "burst" &&
        6 * (event.to.number - event.from.number + 1) < point.to->number - point.from->number + 1) {
      return false;
    }
    return event.from.number <= point.to->number + kSlackDays &&
           event.to.number >= point.from->number - kSlackDays;
  }

  /// Whether an event speaks of the scope of a point.
  static bool in_scope(const TruthPoint& point, const Event& event) {
    const auto also = [&](const std::string& kind, const std::string& name) {
      return std::any_of(event.also.begin(), event.also.end(), [&](const std::string& one) {
        return one.starts_with(kind + ":") &&
               (kind == "channel" ? same_channel(one.substr(kind.size() + 1), name)
                                  : one.substr(kind.size() + 1) == name);
      });
    };
    if (!point.department.empty() && event.department != point.department &&
        !also("department", point.department)) {
      return false;
    }
    if (!point.channel.empty() && !same_channel(event.channel, point.channel) &&
        !also("channel", point.channel)) {
      return false;
    }
    return point.customer_kind.empty() || event.customer_kind == point.customer_kind ||
           also("kind", point.customer_kind);
  }

  static bool of_matter(const TruthPoint& point, const Event& event) {
    if (!point.aspects.empty()) {
      const bool praise = event.praise || (event.what == "feeling" && event.up);
      if (point.polarity > 0 && !praise) return false;
      const auto wanted = [&](const std::string& one) { return has(point.aspects, one); };
      if (point.polarity < 0) {
        // Praise is no discontent, whatever it is of.
        if (praise) return false;
        if (event.what == "feeling") return true;
        const bool failed =
            std::any_of(event.failed.begin(), event.failed.end(),
                        [&](const Event::Failed& one) { return wanted(one.aspect); });
        if (failed) return true;
      }
      return std::any_of(event.aspects.begin(), event.aspects.end(), wanted);
    }
    if (!point.states.empty()) {
      return std::any_of(point.states.begin(), point.states.end(), [&](const std::string& state) {
        const std::string what = point.construct + ":" + state;
        return event.what == what || has(event.also, what) ||
               (what == "motive:redress" &&
                (event.what == "claims" || has(event.also, "claims"))) ||
               (point.construct == "bond" && event.what == "leaving");
      });
    }
    if (point.measure == "wait") return event.what == "wait";
    if (point.measure == "satisfaction") return event.what == "feeling" || event.what == "rating";
    if (point.measure == "broken") return event.what.starts_with("unmet") || event.what == "broken";
    return point.measure == "conversations" && has(event.also, "volume");
  }

  std::string by_event(const TruthPoint& point) const {
    for (const Event& event : x_data.events) {
      const bool burst = event.kind == "burst";
      if ((point.kind == "burst") != burst && point.kind != "leak") continue;
      if (event.up != (point.direction != "down") &&
          !(event.what == "feeling" && point.polarity < 0 && point.direction == "down")) {
        continue;
      }
      if (in_time(point, event) && in_scope(point, event) && of_matter(point, event)) {
        return event.id;
      }
    }
    return {};
  }

  const ReportData& x_data;
  Lang x_lang;
};

/// How well each construct was read, beside the labels.
class Readings {
 public:
  explicit Readings(const SampleLabels& labels) : x_labels(labels) {}
  Status load(const DuckConnection& connection);
  void score(SampleCheck& out) const;

 private:
  void one_of(SampleCheck& out, const char* construct, std::string TruthTalk::*label) const;
  void several(SampleCheck& out, const char* construct,
               const std::function<std::set<std::string>(const TruthTalk&)>& label) const;
  void emotions(SampleCheck& out) const;
  void satisfaction(SampleCheck& out) const;

  const SampleLabels& x_labels;
  std::map<std::int64_t, std::map<std::string, std::set<std::string>>> x_said;
  std::map<std::int64_t, std::vector<std::string>> x_emotions;
  std::map<std::int64_t, double> x_satisfaction;
};

Status Readings::load(const DuckConnection& connection) {
  Status done = insight::each_row(
      connection, R"(
SELECT conversation_no, construct, state
FROM evidence
WHERE construct IN ('motive', 'need', 'stage', 'bond', 'aspect', 'escalation') AND state <> '*'
  AND n > 0 AND conversation_no IS NOT NULL)",
      {}, [&](const DuckRow& row) {
        x_said[row.integer(0)][insight::text_at(row, 1)].insert(insight::text_at(row, 2));
      });
  if (!done) return done;
  done = insight::each_row(
      connection, "SELECT conversation_no, state FROM feeling ORDER BY conversation_no, turn_no",
      {},
      [&](const DuckRow& row) { x_emotions[row.integer(0)].push_back(insight::text_at(row, 1)); });
  if (!done) return done;
  return insight::each_row(
      connection, "SELECT conversation_no, satisfaction FROM talk WHERE satisfaction IS NOT NULL",
      {}, [&](const DuckRow& row) { x_satisfaction[row.integer(0)] = row.number(1); });
}

/// Pairs of numbers of a list of conversations, a measure of them, and its interval.
ReadingScore scored(const char* construct, const char* measure,
                    const std::vector<std::pair<std::vector<int>, std::vector<int>>>& talks,
                    const std::function<double(std::span<const int>, std::span<const int>)>& of) {
  const auto value = [&](std::span<const std::uint32_t> drawn) {
    std::vector<int> gold, said;
    for (const std::uint32_t i : drawn) {
      gold.insert(gold.end(), talks[i].first.begin(), talks[i].first.end());
      said.insert(said.end(), talks[i].second.begin(), talks[i].second.end());
    }
    return of(gold, said);
  };
  std::vector<std::uint32_t> all(talks.size());
  std::size_t n = 0;
  for (std::uint32_t i = 0; i < talks.size(); ++i) all[i] = i, n += talks[i].first.size();
  const learn::Interval interval = learn::bootstrap(talks.size(), value, 20261130, 200);
  return {construct, measure, n, value(all), interval.low, interval.high};
}

class Numbers {
 public:
  int of(const std::string& state) {
    return x_all.emplace(state, static_cast<int>(x_all.size())).first->second;
  }

 private:
  std::map<std::string, int> x_all;
};

void Readings::one_of(SampleCheck& out, const char* construct,
                      std::string TruthTalk::*label) const {
  Numbers numbers;
  std::vector<std::pair<std::vector<int>, std::vector<int>>> talks;
  for (const auto& [number, talk] : x_labels.talks) {
    const auto said = x_said.find(number);
    if ((talk->*label).empty() || said == x_said.end()) continue;
    const auto states = said->second.find(construct);
    if (states == said->second.end()) continue;
    talks.push_back({{numbers.of(talk->*label)}, {numbers.of(*states->second.begin())}});
  }
  if (!talks.empty()) out.readings.push_back(scored(construct, "kappa", talks, learn::kappa));
}

double micro_f1(std::span<const int> gold, std::span<const int> said) {
  learn::Hits hits;
  for (std::size_t i = 0; i < gold.size(); ++i) hits.count(gold[i] != 0, said[i] != 0);
  return hits.f1();
}

void Readings::several(SampleCheck& out, const char* construct,
                       const std::function<std::set<std::string>(const TruthTalk&)>& label) const {
  std::set<std::string> states;
  for (const auto& [number, talk] : x_labels.talks) {
    for (const std::string& state : label(*talk)) states.insert(state);
  }
  std::vector<std::pair<std::vector<int>, std::vector<int>>> talks;
  for (const auto& [number, talk] : x_labels.talks) {
    const auto found = x_said.find(number);
    if (found == x_said.end()) continue;
    const auto said = found->second.find(construct);
    const std::set<std::string> gold = label(*talk);
    std::pair<std::vector<int>, std::vector<int>> pair;
    for (const std::string& state : states) {
      pair.first.push_back(gold.contains(state) ? 1 : 0);
      pair.second.push_back(said != found->second.end() && said->second.contains(state) ? 1 : 0);
    }
    talks.push_back(std::move(pair));
  }
  if (!talks.empty()) out.readings.push_back(scored(construct, "micro F1", talks, micro_f1));
}

void Readings::emotions(SampleCheck& out) const {
  Numbers numbers;
  std::vector<std::pair<std::vector<int>, std::vector<int>>> talks, valences;
  const auto sign = [](const std::string& state) {
    if (state == "joy" || state == "gratitude") return 1;
    return state == "neutral" || state == "anticipation" || state == "surprise" ? 0 : -1;
  };
  for (const auto& [number, talk] : x_labels.talks) {
    const auto said = x_emotions.find(number);
    if (said == x_emotions.end() || said->second.size() != talk->emotions.size()) continue;
    std::pair<std::vector<int>, std::vector<int>> pair, valence;
    for (std::size_t i = 0; i < talk->emotions.size(); ++i) {
      pair.first.push_back(numbers.of(talk->emotions[i]));
      pair.second.push_back(numbers.of(said->second[i]));
      valence.first.push_back(sign(talk->emotions[i])),
          valence.second.push_back(sign(said->second[i]));
    }
    talks.push_back(std::move(pair)), valences.push_back(std::move(valence));
  }
  if (talks.empty()) return;
  out.readings.push_back(scored("emotion", "kappa", talks, learn::kappa));
  out.readings.push_back(scored("valence", "kappa", valences, learn::kappa));
}

void Readings::satisfaction(SampleCheck& out) const {
  constexpr double kSteps = 1000;
  std::vector<std::pair<std::vector<int>, std::vector<int>>> talks;
  for (const auto& [number, talk] : x_labels.talks) {
    const auto said = x_satisfaction.find(number);
    if (said == x_satisfaction.end()) continue;
    talks.push_back({{int(kSteps * talk->satisfaction)}, {int(kSteps * said->second)}});
  }
  const auto rank = [](std::span<const int> gold, std::span<const int> said) {
    const std::vector<double> a(gold.begin(), gold.end()), b(said.begin(), said.end());
    return learn::spearman(a, b);
  };
  if (!talks.empty()) out.readings.push_back(scored("satisfaction", "Spearman", talks, rank));
}

void Readings::score(SampleCheck& out) const {
  emotions(out);
  several(out, "motive", [](const TruthTalk& talk) {
    return std::set<std::string>(talk.motives.begin(), talk.motives.end());
  });
  several(out, "aspect", [](const TruthTalk& talk) {
    std::set<std::string> codes;
    for (const auto& [code, polarities] : talk.aspects) codes.insert(code);
    return codes;
  });
  one_of(out, "need", &TruthTalk::need);
  one_of(out, "stage", &TruthTalk::stage);
  one_of(out, "bond", &TruthTalk::bond);
  satisfaction(out);
}

}  // namespace

Result<SampleCheck> check_sample(const Company& company, const ReportData& data,
                                 const std::filesystem::path& folder, Lang lang) {
  const Result<Truth> truth = read_truth(folder);
  if (!truth) return truth.failure();
  const auto labels = labels_of(company.connection(), *truth);
  if (!labels) return labels.failure();
  SampleCheck out;
  const Matcher matcher(data, lang);
  for (const TruthPoint& point : truth->points) out.points.push_back(matcher.match(point));
  Status done = judge_claims(company.connection(), data, *labels, lang, out);
  Readings readings(*labels);
  if (done) done = readings.load(company.connection());
  if (!done) return done.failure();
  readings.score(out);
  return out;
}

std::string sample_check_text(const SampleCheck& check, Lang lang) {
  const bool zh = lang == Lang::kZh;
  const auto found = std::count_if(check.points.begin(), check.points.end(),
                                   [](const StoryPoint& point) { return point.found; });
  std::string out =
      zh ? fmt::format(
               "故事要点：{} 个，报告说出 {} 个（{:.0f}%）\n", check.points.size(), found,
               100.0 * double(found) / double(std::max<std::size_t>(1, check.points.size())))
         : fmt::format(
               "Points of the story: {}, told by the report: {} ({:.0f}%)\n", check.points.size(),
               found,
               100.0 * double(found) / double(std::max<std::size_t>(1, check.points.size())));
  for (const StoryPoint& point : check.points) {
    out += fmt::format("  {} {:<20} {}{}\n", point.found ? "+" : "-", point.id, point.text,
                       point.found ? "  <- " + point.by : "");
  }
  out += zh ? fmt::format("\n可由标注核对的说法：{} 条，其中不成立 {} 条\n", check.claims,
                          check.wrong.size())
            : fmt::format("\nClaims that the labels can judge: {}, not borne out: {}\n",
                          check.claims, check.wrong.size());
  for (const WrongClaim& one : check.wrong) {
    out += fmt::format("  ! {}  {}\n", one.claim, one.why);
  }
  out += zh ? "\n阅读与标注相比（95% 区间，按对话重抽）\n"
            : "\nReadings beside the labels (95 % intervals, whole conversations redrawn)\n";
  for (const ReadingScore& one : check.readings) {
    out += fmt::format("  {:<14} {:<10} {:.3f}  {:.3f} - {:.3f}  n {}\n", one.construct,
                       one.measure, one.value, one.low, one.high, one.n);
  }
  return out;
}

}  // namespace xinjing::cli
