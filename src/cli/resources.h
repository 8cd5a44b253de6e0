#pragma once

#include <filesystem>
#include <string>

#include "base/result.h"
#include "evidence/card.h"
#include "language/cue_lexicon.h"
#include "language/promises.h"
#include "language/scope.h"
#include "language/work_calendar.h"
#include "psychology/deeds.h"

namespace xinjing::cli {

/// The cards, cues, working days and words of promises and scope of an installation.
struct Knowledge {
  evidence::Catalogue catalogue;
  language::CueLexicon cues;
  language::WorkCalendar calendar;
  language::PromiseLexicon promises;
  language::ScopeRules scope;
  std::string version;  // hash of all of them: evidence of another version is read again
};

/// What a command needs to know: readings alone, or what follows from conversations as well.
enum class Need : std::uint8_t { kReadings, kConversations };

/// Reads constructs/ and lexicons/ of the home folder. One sentence with its place for the first
/// fault. For readings the words of promises and scope are left out: they take some tens of ms.
Result<Knowledge> load_knowledge(const std::filesystem::path& home,
                                 Need need = Need::kConversations);

/// Only the cards, for commands that read no texts: compiling the cues costs tens of ms.
Result<evidence::Catalogue> load_catalogue(const std::filesystem::path& home);

/// The words by which rows show what was done: lexicons/acts.tsv; none where there is no such file.
Result<psychology::DeedWords> load_deed_words(const std::filesystem::path& home);

}  // namespace xinjing::cli
