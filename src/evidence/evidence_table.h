#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/day.h"
#include "base/lang.h"
#include "evidence/card.h"
#include "evidence/evidence.h"
#include "evidence/headline.h"
#include "evidence/promise_words.h"
#include "store/understood_table.h"

namespace xinjing::evidence {

/// All that is written about one conversation.
struct ConversationRows {
  std::int64_t conversation_no = 0;
  std::optional<std::int64_t> subject_no;
  Day day;
  std::uint64_t digest = 0;
  Lang lang = Lang::kZh;
  std::vector<std::int64_t> message_nos;  // parallel to the turns
  Headline headline;
  std::vector<Evidence> evidence;
  std::vector<ExpectationRow> expectations;
  std::vector<PromiseWordRow> promise_words;
};

/// Which model and cards made the rows; a reading of another version is stale.
struct Versions {
  std::string model;
  std::string cards;
};

/// Adds the rows of conversations to a replacement (store/understood_table.h), naming constructs,
/// states and cards by their ids. One thread; the catalogue must outlive it.
class EvidenceWriter {
 public:
  EvidenceWriter(const Catalogue& catalogue, Versions versions);

  Status add(const ConversationRows& rows, store::Replacement& to) const;

 private:
  Status add_reading(const ConversationRows& rows, store::Replacement& to) const;

  const Catalogue& x_catalogue;
  Versions x_versions;
  std::vector<std::string> x_card_names;  // "need/1", by construct
};

}  // namespace xinjing::evidence
