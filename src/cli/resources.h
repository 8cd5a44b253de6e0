#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "base/result.h"
#include "evidence/act_weights.h"
#include "evidence/card.h"
#include "language/cue_lexicon.h"
#include "language/expectation_words.h"
#include "language/han_words.h"
#include "language/mentions.h"
#include "language/norms.h"
#include "language/opinions.h"
#include "language/promises.h"
#include "language/rewriter.h"
#include "language/scope.h"
#include "language/work_calendar.h"
#include "profile/said_did.h"
#include "psychology/deeds.h"

namespace xinjing::cli {

/// The cards, cues, working days, words of promises and scope of an installation, and the norms of
/// the packs that are on.
struct Knowledge {
  evidence::Catalogue catalogue;
  language::CueLexicon cues;
  language::WorkCalendar calendar;
  language::PromiseLexicon promises;
  language::ExpectationWords expectations;
  language::ScopeRules scope;
  language::OpinionLexicon opinions;
  language::MentionLexicon mentions;
  language::Rewriter rewriter;
  language::NormLexicon norms;
  std::string version;         // hash of all of them: evidence of another version is read again
  language::HanWords words{};  // by which quotes are whole words
  std::vector<evidence::ActWeight> acts{};  // what acts weigh; not part of the version
  std::string acts_version{};               // hash of these and the cards
};

/// What a command needs to know: readings alone, or what follows from conversations as well.
enum class Need : std::uint8_t { kReadings, kConversations };

/// Reads constructs/, lexicons/ and some packs of the home folder. One sentence with its place for
/// the first fault. For readings the words of promises are left out: they take some tens of ms.
/// REQUIRES: `packs` as from packs_of.
Result<Knowledge> load_knowledge(const std::filesystem::path& home,
                                 Need need = Need::kConversations,
                                 const std::vector<std::string>& packs = {});

/// Only the cards, for commands that read no texts: compiling the cues costs tens of ms.
Result<evidence::Catalogue> load_catalogue(const std::filesystem::path& home);

/// Only the words by which names behind @ are told apart: lexicons/mentions.*.tsv.
Result<language::MentionLexicon> load_mentions(const std::filesystem::path& home);

/// The rules by which words and acts part: plays/said_did.tsv; none where there is no such file.
Result<std::vector<profile::SaidDidRule>> load_said_did_rules(const std::filesystem::path& home,
                                                              const evidence::Catalogue& cards);

/// The words by which rows show what was done: lexicons/acts.tsv; none where there is no such file.
Result<psychology::DeedWords> load_deed_words(const std::filesystem::path& home);

}  // namespace xinjing::cli
