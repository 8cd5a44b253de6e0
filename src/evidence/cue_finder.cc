#include "evidence/cue_finder.h"

#include <cmath>
#include <utility>

#include "evidence/scope_weight.h"

namespace xinjing::evidence {
namespace {

CueHit hit_of(std::uint32_t turn, const language::Normalised& text,
              const language::CueMatch& match) {
  return {.construct = match.construct,
          .state = match.state,
          .micro_nats = match.micro_nats,
          .turn = turn,
          .span = text.bytes(match.span.begin, match.span.end)};
}

}  // namespace

CueFinder::CueFinder(language::CueLexicon lexicon, const language::Rewriter* rewriter)
    : x_lexicon(std::move(lexicon)),
      x_rewriter(rewriter != nullptr ? rewriter : &language::Rewriter::plain()),
      x_listens{x_lexicon.listens_to(ingest::Speaker::kCustomer),
                x_lexicon.listens_to(ingest::Speaker::kAgent),
                x_lexicon.listens_to(ingest::Speaker::kBot)} {}

void CueFinder::find(const language::Conversation& conversation, Scratch& scratch,
                     std::vector<CueHit>& out) const {
  for (std::uint32_t turn = 0; turn < conversation.turns.size(); ++turn) {
    const language::Turn& said = conversation.turns[turn];
    if (!listens_to(said.speaker)) continue;
    x_rewriter->rewrite(said.text, scratch.rewriting, scratch.normalised);
    scratch.matches.clear();
    x_lexicon.find(scratch.normalised.chars, said.speaker, scratch.search, scratch.matches);
    for (const language::CueMatch& match : scratch.matches) {
      out.push_back(hit_of(turn, scratch.normalised, match));
    }
  }
}

void take_hits(const language::ReadScratch& read, std::span<const Wanted> wanted,
               const language::ScopeRules& rules, language::ScopeRules::Marks& marks,
               std::vector<CueHit>& out) {
  for (std::uint32_t turn = 0; turn < read.used; ++turn) {
    const language::Normalised& text = read.turns[turn].text;
    bool marked = false;
    for (const language::CueMatch& match : read.turns[turn].cues) {
      if (wanted[match.construct] == Wanted::kNo) continue;
      if (!marked) rules.mark(text.chars, marks);
      marked = true;
      const language::Scope scope = rules.scope_of(text.chars, marks, match.span);
      const bool manner = wanted[match.construct] == Wanted::kManner;
      const double weight = manner ? manner_weight(scope) : scope_weight(scope);
      CueHit hit = hit_of(turn, text, match);
      hit.micro_nats = static_cast<std::int32_t>(std::lround(weight * hit.micro_nats));
      if (hit.micro_nats != 0) out.push_back(hit);
    }
  }
}

}  // namespace xinjing::evidence
