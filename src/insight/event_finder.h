#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "base/format.h"
#include "insight/candidate.h"
#include "insight/events_table.h"
#include "language/words.h"

// How events are found. For events_table.cc, told_events_table.cc and event_words_table.cc only.
namespace xinjing::insight {

inline constexpr std::size_t kMostTalks = 4'000;  // of one finding, to compare stories by

/// The condition on the table talk that a scope is.
std::string where(const Scope& scope);

/// Whether customers are content with what was counted.
bool good_matter(std::string_view what);

/// The aspect in "bad:SPD"; empty where there is none.
std::string aspect_in(std::string_view what);

/// Findings that are one story.
struct Story {
  Candidate lead;
  std::map<std::string, double> aspects;
  std::set<std::string> also;
  bool everywhere = false;
  std::map<Scope, double> volume;  // p of a burst of all talks, by where it is one
};

/// Finds events in what `prepare_talks` counted, and describes them.
class Finder {
 public:
  Finder(const DuckConnection& connection, const EnvironmentWords& environment,
         const ToldWords& told, ReportData& out)
      : x_connection(connection), x_environment(environment), x_told(told), x_out(out) {}

  Status find(std::size_t most);

 private:
  Status load_cells();
  void drop_whole_scopes();
  Status look_at_levels();
  void look();
  void keep_what_stands();
  Status load_talks(Candidate& one) const;
  Status put_together(std::size_t most);
  Candidate counted(const Story& story) const;
  double excess(const std::string& aspect, const Candidate& counted) const;
  std::vector<Event::Failed> failed_in(const Candidate& counted) const;
  Event event_of(const Story& story, const Candidate& counted) const;
  Status waits();
  Status keep_wait(Event event);
  std::optional<Event> after(const Event& burst, const Candidate& lead) const;
  Status what_followed(const Event& burst, const Candidate& lead);
  Status followed_by(const std::string& what, std::size_t begin, std::size_t from, std::size_t to);
  Status said_after(const Event& wait);
  Status keep_told(Event event, const Scope& scope);
  Status describe(Event& event, const std::vector<std::int64_t>& counted,
                  const std::vector<std::int64_t>& talks);
  Status compare(Event& event, const std::string& list);
  Status cite(Event& event, const std::string& list);
  Status name(Event& event, const std::string& list);

  Shares shares(const Cell& cell, bool outside, const std::vector<bool>& counted) const;
  std::size_t days() const {
    return std::size_t(std::int64_t(x_out.to.number) - x_out.from.number + 1);
  }
  Day day(std::size_t i) const { return {x_out.from.number + std::int32_t(i)}; }

  const DuckConnection& x_connection;
  const EnvironmentWords& x_environment;
  const ToldWords& x_told;
  ReportData& x_out;
  std::map<std::pair<std::string, Scope>, Cell> x_cells;
  std::set<Scope>
      x_whole;  // scopes in which nearly everything happens: their cells are those of all
  std::vector<Candidate> x_found;
  std::vector<double> x_looks;  // p of every look, those that found nothing as well
  language::WordBreaker x_breaker;
};

}  // namespace xinjing::insight
