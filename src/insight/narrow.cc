#include "insight/narrow.h"

#include <algorithm>
#include <limits>

namespace xinjing::insight {
namespace {

using evidence::Permit;

constexpr double kUnknown = std::numeric_limits<double>::quiet_NaN();
constexpr Interval kNoInterval{.value = kUnknown, .low = kUnknown, .high = kUnknown};
constexpr std::string_view kConduct[] = {"listening", "empathy", "solution", "followup",
                                         "deflects"};

/// The construct of what an event counted: "emotion:anger", "unmet:PRI"; empty for a place
/// ("channel:weibo") and for what is no inference.
std::string_view construct_of(std::string_view what) {
  constexpr std::pair<std::string_view, std::string_view> kKinds[] = {
      {"aspect", "aspect"},     {"bad", "aspect"},          {"good", "aspect"},
      {"praise", "aspect"},     {"unmet", "expectation"},   {"motive", "motive"},
      {"bond", "bond"},         {"emotion", "emotion"},     {"mood", "sentiment"},
      {"claims", "motive"},     {"leaving", "bond"},        {"faded", "aspect"},
      {"feeling", "sentiment"}, {"rating", "satisfaction"}, {"volume", "aspect"}};
  const std::string_view kind = what.substr(0, what.find(':'));
  for (const auto& [name, construct] : kKinds) {
    if (name == kind) return construct;
  }
  return {};
}

class Narrowing {
 public:
  Narrowing(ReportData& data, const Permit& permit) : x_data(data), x_permit(permit) {}

  void figures();
  void events();
  void states();
  void people();
  void conduct();
  void acts();
  void messages();

 private:
  bool may(std::initializer_list<std::string_view> constructs) const {
    return x_permit.allows_all(constructs);
  }
  bool may_conduct() const {
    return std::all_of(std::begin(kConduct), std::end(kConduct),
                       [&](std::string_view one) { return x_permit.allows(one); });
  }
  /// Empties a list that rests on constructs of which one is not allowed.
  template <typename List>
  void keep(List& list, std::initializer_list<std::string_view> constructs) const {
    if (!may(constructs)) list.clear();
  }
  bool keeps(Event& event) const;
  void group(const char* name, std::vector<Person>& list,
             std::initializer_list<std::string_view> constructs);

  ReportData& x_data;
  const Permit& x_permit;
};

void Narrowing::figures() {
  keep(x_data.satisfaction_words, {"satisfaction"});
  keep(x_data.satisfaction_ratings, {"satisfaction"});
  if (!may({"satisfaction"})) x_data.satisfaction = kNoInterval;
  keep(x_data.emotion, {"emotion"});
  keep(x_data.emotions, {"emotion"});
  keep(x_data.curves, {"emotion", "sentiment"});
  keep(x_data.calming, {"emotion", "sentiment"});
  if (!may({"emotion"})) x_data.shown.emotions.clear();
  keep(x_data.expectations, {"expectation"});
  if (!may({"satisfaction"})) {
    for (ExpectationRow& row : x_data.expectations) row.importance = kNoInterval;
    x_data.promises.kept_effect = x_data.promises.broken_effect = {};
  }
  if (!may({"expectation"})) x_data.promises = {};
}

/// What is said of a burst or shift tells what it is about and how people felt in it.
bool Narrowing::keeps(Event& event) const {
  if (!may({"aspect"})) event.aspects.clear();
  if (!may({"aspect", "expectation"})) event.failed.clear();
  if (event.what != "unmet_of_told" && !may_conduct()) event.well = event.ill = 0;
  std::erase_if(event.also, [&](const std::string& one) {
    const std::string_view construct = construct_of(one);
    return !construct.empty() && !x_permit.allows(construct);
  });
  if (event.what == "wait") return true;
  if (event.what == "unmet_of_told") {
    return may({"expectation", "satisfaction"}) &&
           (event.day_of != "feeling" || may({"sentiment"}));
  }
  if (event.what.starts_with("complaint:")) {
    return may({"aspect", "bond", "sentiment", "expectation"});
  }
  if (event.what == "rating") return may({"satisfaction"});
  if (event.what == "feeling") return may({"sentiment"});
  if (event.what == "leaving") return may({"bond"});
  const std::string_view construct = construct_of(event.what);
  return may({construct.empty() ? "aspect" : construct, "aspect", "sentiment"});
}

void Narrowing::events() {
  std::erase_if(x_data.events, [&](Event& event) { return !keeps(event); });
}

void Narrowing::states() {
  keep(x_data.motives, {"motive"});
  keep(x_data.needs, {"need"});
  keep(x_data.drivers, {"driver"});
  keep(x_data.stages, {"stage"});
  if (!may({"motive", "satisfaction"}) || !may_conduct()) x_data.offered.clear();
  keep(x_data.wanted, {"motive", "satisfaction", "sentiment"});
  if (may({"need", "satisfaction"})) return;
  x_data.lowest_unmet.reset();
  for (StateShare& need : x_data.needs) need.bad = kNoInterval;
}

/// The scores of people weigh signs, feelings and promises together.
void Narrowing::people() {
  group("gone", x_data.gone, {"bond", "expectation"});
  group("waver", x_data.waver, {"bond", "sentiment", "expectation"});
  group("escalate", x_data.escalate, {"escalation", "sentiment", "expectation"});
  group("vulnerable", x_data.vulnerable, {"difficult"});
  group("advocate", x_data.advocate, {"bond", "satisfaction", "expectation"});
  group("won_back", x_data.won_back, {"bond", "sentiment", "expectation"});
  keep(x_data.leavers, {"aspect", "bond", "sentiment", "expectation"});
}

/// Of a list that is withheld nobody says that there is nobody: its total goes as well.
void Narrowing::group(const char* name, std::vector<Person>& list,
                      std::initializer_list<std::string_view> constructs) {
  keep(list, constructs);
  if (!may(constructs)) x_data.people_totals.erase(name);
}

void Narrowing::conduct() {
  std::erase_if(x_data.conduct,
                [&](const Conduct& one) { return !x_permit.allows(one.dimension); });
  if (!may({"deflects"})) x_data.deflects = kNoInterval;
  for (ChannelConduct& channel : x_data.conduct_by_channel) {
    std::erase_if(channel.means, [&](const auto& mean) { return !x_permit.allows(mean.first); });
    if (!may({"deflects"})) channel.deflects = kUnknown;
  }
  if (!x_permit.allows_some(kConduct)) x_data.conduct_by_channel.clear();
  std::erase_if(x_data.types,
                [&](const TypeCount& one) { return !x_permit.allows(one.construct); });
}

/// What customers did is no inference, but what is made of it is; and where words count in it, so
/// does what those were read for. As for a portrait (profile/portrait.cc).
void Narrowing::acts() {
  ActsFigures& acts = x_data.acts;
  if (!may({"clv"})) acts.values = {};
  const bool words = may({"bond", "escalation", "expectation", "satisfaction"});
  if (!may({"churn"}) || (acts.leaving.of_words && !words)) acts.leaving = {};
  if (!may({"satisfaction"})) acts.journey.feelings.clear();
  keep(acts.preferences, {"preference"});
  const evidence::Use use = x_permit.use();
  if (use != evidence::Use::kService && use != evidence::Use::kFollowUp &&
      use != evidence::Use::kRecommendation) {
    acts.next = {};
  }
  std::erase_if(acts.said_did,
                [&](const SaidDidList& one) { return !x_permit.allows(one.construct); });
}

/// What was read of the messages that are cited.
void Narrowing::messages() {
  for (auto& [number, message] : x_data.messages) {
    if (!may({"emotion"})) message.emotion.clear();
    if (!may({"aspect"})) message.aspects.clear();
    if (!may({"motive"})) message.motives.clear();
    if (!may({"expectation"})) message.fate.clear();
  }
}

}  // namespace

std::vector<std::string_view> constructs_of(const ReportData& data) {
  std::vector<std::string_view> out = {"aspect",  "bond",         "difficult",   "driver",
                                       "emotion", "escalation",   "expectation", "motive",
                                       "need",    "satisfaction", "sentiment",   "stage"};
  out.insert(out.end(), std::begin(kConduct), std::end(kConduct));
  for (const TypeCount& one : data.types) out.emplace_back(one.construct);
  if (data.acts.values.n > 0) out.emplace_back("clv");
  if (data.acts.leaving.n > 0) out.emplace_back("churn");
  if (!data.acts.preferences.empty()) out.emplace_back("preference");
  return out;
}

void narrow(ReportData& data, const Permit& permit) {
  data.use = permit.use();
  data.withheld = permit.withheld(constructs_of(data));
  Narrowing narrowing(data, permit);
  narrowing.figures();
  narrowing.events();
  narrowing.states();
  narrowing.people();
  narrowing.conduct();
  narrowing.acts();
  narrowing.messages();
}

}  // namespace xinjing::insight
