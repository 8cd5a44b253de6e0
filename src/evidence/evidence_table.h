#pragma once

#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "base/day.h"
#include "base/duckdb.h"
#include "base/lang.h"
#include "evidence/card.h"
#include "evidence/evidence.h"

namespace xinjing::evidence {

/// An expectation that a conversation shows.
struct ExpectationRow {
  std::string aspect;
  std::string kind;
  std::string status;
  bool promised = false;
  std::optional<Day> due;
  double p = 0;
  std::uint32_t turn = 0;
  Span span;
};

/// The first line of a reading: what tables and charts show of a conversation.
struct Headline {
  double sentiment = 0;
  std::string emotion, motive, need, stage;
  double emotion_p = 0, motive_p = 0, need_p = 0, stage_p = 0;
  double satisfaction = 0, escalation = 0, urgency = 0;
};

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
};

/// Which model and cards made the rows; a reading of another version is stale.
struct Versions {
  std::string model;
  std::string cards;
};

/// Writes readings, evidence and expectations of conversations, replacing what was there, and
/// marks their customers as stale: one transaction from `begin` to `commit`. Dropped before, it
/// leaves everything as it was. One thread.
class EvidenceWriter {
 public:
  /// `replace` names the conversations whose older rows go first; empty where none can have any.
  static Result<EvidenceWriter> begin(const DuckConnection& connection, const Catalogue& catalogue,
                                      const Versions& versions,
                                      const std::vector<std::int64_t>& replace);

  Status add(const ConversationRows& rows);
  Status commit();

 private:
  EvidenceWriter(const DuckConnection& connection, const Catalogue& catalogue, Versions versions,
                 DuckTransaction transaction);
  Status write_reading(const ConversationRows& rows);
  Status write_evidence(const ConversationRows& rows);
  Status write_expectations(const ConversationRows& rows);
  Status write_stale();

  const DuckConnection* x_connection;
  const Catalogue* x_catalogue;
  Versions x_versions;
  std::vector<std::string> x_card_names;  // "need/1", by construct
  std::set<std::int64_t> x_subjects;
  DuckTransaction x_transaction;
  std::optional<DuckAppender> x_readings, x_evidence, x_expectations;  // go before the transaction
};

/// Drops what was read of conversations that no longer exist (regrouped by a late message, or
/// undone), marking their customers as stale.
Status drop_orphans(const DuckConnection& connection);

}  // namespace xinjing::evidence
