#include "profile/figure_table.h"

#include <cmath>
#include <map>

#include "evidence/signal_table.h"

namespace xinjing::profile {
namespace {

/// The note of a signal that a row rests on: of its state, the one nearest in weight, since what
/// one conversation says is capped.
const evidence::SignalNote* note_of(const EvidenceRow& row,
                                    const std::vector<evidence::SignalNote>& notes) {
  const evidence::SignalNote* best = nullptr;
  for (const evidence::SignalNote& note : notes) {
    if (note.construct != row.construct || note.state != row.state) continue;
    if ((note.nats < 0) != (row.quote.nats < 0)) continue;
    const auto off = [&](const evidence::SignalNote& one) {
      return std::abs(one.nats - row.quote.nats);
    };
    if (best == nullptr || off(note) < off(*best)) best = &note;
  }
  return best;
}

}  // namespace

Status add_figures(const DuckConnection& connection, const language::MentionLexicon& mentions,
                   std::vector<EvidenceRow>& rows) {
  const auto zone = connection.integer(
      "SELECT COALESCE(MAX(value::BIGINT), 0) FROM meta WHERE name = 'zone_minutes'");
  if (!zone) return zone.failure();
  const evidence::SignalNoter noter(static_cast<int>(*zone), &mentions);
  std::map<std::int64_t, std::vector<evidence::SignalNote>> notes;
  for (EvidenceRow& row : rows) {
    if (row.quote.source != "detector" || !row.conversation_no) continue;
    if (!notes.contains(*row.conversation_no)) {
      auto loaded = evidence::load_signal_notes(connection, *row.conversation_no, noter);
      if (!loaded) return loaded.failure();
      notes[*row.conversation_no] = std::move(*loaded);
    }
    const evidence::SignalNote* note = note_of(row, notes[*row.conversation_no]);
    if (note != nullptr) row.figure = note->text;
  }
  return {};
}

}  // namespace xinjing::profile
