#include <cstddef>
#include <cstdint>
#include <string_view>

#include "base/check.h"
#include "language/cue_lexicon.h"
#include "language/expectation_words.h"
#include "language/han_words.h"
#include "language/manner.h"
#include "language/mentions.h"
#include "language/promises.h"
#include "language/scope.h"
#include "language/senses.h"
#include "learn/behaviour.h"
#include "playbook/promise_plays.h"
#include "playbook/state_plays.h"
#include "psychology/deeds.h"

namespace {

const xinjing::language::PromiseLexicon& words() {
  using namespace xinjing::language;
  static const PromiseLexicon lexicon = [] {
    PromiseLexicon made;
    const std::string_view text =
        "role\tact\twords\tnote\n"
        "commit\t\t会|will\t.\nyou\t\t您|you\t.\nact\trefund:AFT\t退|refund\t.\n"
        "told\t\t说|said\t.\nmet\t\t到了|came\t.\nunmet\t\t没|no\t.\n";
    XINJING_CHECK(bool(made.add(text, "promises.tsv")));
    made.build();
    return made;
  }();
  return lexicon;
}

}  // namespace

// Any bytes as a lexicon of promises, of expectations, of scope, of names, as a name, as plays, as
// words of rows, as weights of manner, as Chinese words, as exceptions, and as a message: refused
// with the place or read; what is found lies in the text.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace xinjing;
  using namespace xinjing::language;
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  PromiseLexicon promises;
  if (const Status added = promises.add(text, "x.tsv"); !added) {
    XINJING_CHECK(added.error().place.starts_with("x.tsv:"));
  }
  ScopeRules rules;
  if (const Status added = rules.add(text, "x.tsv"); !added) {
    XINJING_CHECK(added.error().place.starts_with("x.tsv:"));
  }
  rules.build();
  ExpectationWords expectations;
  if (const Status added = expectations.add(text, "x.tsv"); !added) {
    XINJING_CHECK(added.error().place.starts_with("x.tsv:"));
  }
  expectations.build();
  (void)expectations.tell_promise(text);
  language::MentionLexicon mentions;
  if (const Status added = mentions.add(text, "x.tsv"); !added) {
    XINJING_CHECK(added.error().place.starts_with("x.tsv:"));
  }
  (void)mentions.kind_of(text.substr(0, 200));
  if (const auto pairs = learn::parse_behaviour(text, "x.tsv"); !pairs) {
    XINJING_CHECK(pairs.error().place.starts_with("x.tsv:"));
  }
  if (const auto exceptions = parse_exceptions(text, "x.tsv"); !exceptions) {
    XINJING_CHECK(exceptions.error().place.starts_with("x.tsv:"));
  }
  HanWords han_words;
  if (const Status added = han_words.add(text, "x.tsv"); !added) {
    XINJING_CHECK(added.error().place.starts_with("x.tsv:"));
  }
  han_words.build();
  (void)playbook::PromisePlays::parse(text, "x.tsv");
  (void)playbook::StatePlays::parse(text, "x.tsv");
  if (const auto deeds = psychology::DeedWords::parse(text, "x.tsv"); !deeds) {
    XINJING_CHECK(deeds.error().place.starts_with("x.tsv:"));
  } else {
    (void)deeds->acts_of(psychology::DeedTable::kTouchpoints, text, "");
  }
  if (const auto manner = MannerModel::parse(text, "x.tsv"); !manner) {
    XINJING_CHECK(manner.error().place.starts_with("x.tsv:"));
  }
  Normalised normal;
  normalise(text, normal);
  ScopeRules::Marks marks;
  rules.mark(normal.chars, marks);
  if (!normal.chars.empty()) {
    const auto end = static_cast<std::uint32_t>(normal.chars.size());
    (void)rules.scope_of(normal.chars, marks, {end / 2, end});
  }
  OpinionLexicon opinions;
  if (const Status added = opinions.add(text, "x.tsv"); !added) {
    XINJING_CHECK(added.error().place.starts_with("x.tsv:"));
  }
  opinions.build();
  const CueLexicon no_cues;
  const SenseFinder finder(opinions, rules, no_cues);
  SenseFinder::Scratch search;
  SenseFinder::Balance balance{};
  std::vector<SenseMatch> senses;
  finder.find(normal.chars, {}, search, senses, balance);
  for (const SenseMatch& one : senses) XINJING_CHECK(one.span.end <= normal.chars.size());
  const WorkCalendar calendar;
  PromiseReader reader(words(), calendar);
  for (const auto speaker : {ingest::Speaker::kAgent, ingest::Speaker::kCustomer}) {
    std::vector<PromiseWords> found;
    std::vector<OutcomeWords> outcomes;
    reader.read(text, normal, speaker, Moment{*day_from_date(2026, 2, 27), 600}, found, outcomes);
    for (const PromiseWords& one : found) {
      XINJING_CHECK(one.span.begin < one.span.end && one.span.end <= text.size());
    }
    for (const OutcomeWords& one : outcomes) XINJING_CHECK(one.span.end <= text.size());
  }
  return 0;
}
