#pragma once

#include <vector>

#include "cli/models.h"
#include "cli/resources.h"
#include "evidence/collector.h"
#include "evidence/cue_finder.h"
#include "evidence/evidence_table.h"
#include "language/reader.h"
#include "store/conversation_table.h"

namespace xinjing::cli {

/// Reads stored conversations: model, cues and detectors together. Immutable, any thread, each
/// with its own Scratch; the models must outlive it.
class ConversationReader {
 public:
  struct Scratch {
    language::ReadScratch model;
    evidence::Collector::Scratch collector;
    std::vector<language::Turn> turns;
    std::vector<evidence::CueHit> hits;
    std::optional<language::PromiseReader> promises;
    language::ScopeRules::Marks marks;
    language::NormReader::Scratch norm_scratch;
    std::vector<language::NormHit> norms;
  };

  /// REQUIRES: the models have their knowledge.
  ConversationReader(const ReadingModels& models, int zone_minutes);
  ConversationReader(const ConversationReader&) = delete;
  ConversationReader& operator=(const ConversationReader&) = delete;

  /// Everything that is written about one conversation.
  evidence::ConversationRows read(const store::StoredConversation& conversation,
                                  Scratch& scratch) const;

  /// Names of the models and the version of the cards: readings of others are stale.
  const evidence::Versions& versions() const { return x_versions; }

 private:
  const evidence::Collector& collector(Lang lang) const { return lang == Lang::kZh ? x_zh : x_en; }

  const ReadingModels& x_models;
  evidence::Collector x_zh;
  evidence::Collector x_en;
  std::vector<evidence::Wanted> x_cue_constructs;  // of each card: are its cues evidence?
  evidence::Versions x_versions;
  int x_zone_minutes;
};

}  // namespace xinjing::cli
