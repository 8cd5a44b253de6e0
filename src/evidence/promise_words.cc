#include "evidence/promise_words.h"

namespace xinjing::evidence {
namespace {

Instant moment_due(const language::DueTime& due, int offset_minutes) {
  constexpr std::int64_t kSecondsPerMinute = 60;
  if (due.minute) return instant_at(due.day, *due.minute * kSecondsPerMinute, offset_minutes);
  return instant_at({due.day.number + 1}, 0, offset_minutes);
}

}  // namespace

void take_promise_words(const language::PromiseLexicon& lexicon, language::PromiseReader& reader,
                        const language::Turn& turn, std::uint32_t number,
                        const language::Normalised& normal, int offset_minutes,
                        std::vector<PromiseWordRow>& out) {
  std::optional<language::Moment> said;
  if (turn.time) said = language::local_moment(*turn.time, offset_minutes);
  std::vector<language::PromiseWords> promises;
  std::vector<language::OutcomeWords> outcomes;
  reader.read(turn.text, normal, turn.speaker, said, promises, outcomes);
  for (const language::PromiseWords& words : promises) {
    PromiseWordRow row{.what = words.wanted ? "wanted"
                               : words.told ? "told"
                                            : "promise",
                       .acts = lexicon.names_of(words.acts),
                       .aspect = std::string(lexicon.aspect_of(words.acts)),
                       .due = {},
                       .amount = words.amount,
                       .recalls = words.moves,
                       .giver = std::string(giver_id(words.giver)),
                       .object = words.object,
                       .turn = number,
                       .span = words.span};
    if (words.due) {
      row.due = moment_due(*words.due, offset_minutes);
      row.due_to_the_minute = words.due->minute.has_value();
    }
    out.push_back(std::move(row));
  }
  for (const language::OutcomeWords& words : outcomes) {
    out.push_back({.what = std::string(outcome_id(words.outcome)),
                   .acts = lexicon.names_of(words.acts),
                   .aspect = {},
                   .due = {},
                   .amount = words.amount,
                   .recalls = words.recalls,
                   .measures = words.measures,
                   .turn = number,
                   .span = words.span});
  }
}

}  // namespace xinjing::evidence
