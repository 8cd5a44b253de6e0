#pragma once

#include <filesystem>
#include <memory>
#include <optional>

#include "base/result.h"
#include "cli/catalog.h"
#include "cli/resources.h"
#include "evidence/permit.h"
#include "language/manner.h"
#include "language/norm_reader.h"
#include "language/reader.h"
#include "language/reading_json.h"

namespace xinjing::cli {

/// The reading models of an installation and the cues that they read with, loaded once and shared
/// by all threads.
struct ReadingModels {
  std::optional<Knowledge> knowledge;
  std::optional<language::TextModel> zh;
  std::optional<language::TextModel> en;
  std::optional<language::SenseFinder> senses;  // refers to the knowledge
  std::optional<language::Reader> reader;       // refers to those above: do not move after loading
  std::optional<language::MannerModel> manner;  // Chinese; only for conversations
  std::optional<language::NormReader> norms;    // where packs are on; refers to the knowledge
  std::optional<language::ReadingWriter> zh_writer;
  std::optional<language::ReadingWriter> en_writer;
  std::optional<evidence::Use> use;  // what is written is narrowed to it
  std::vector<evidence::Withheld> withheld;

  /// Makes the reader and the writers of the models that are there.
  void finish();
  /// Lets the writers say only what the cards allow for a use. kRefused where that is nothing.
  /// Without `always` nothing is done where nothing would be withheld.
  Status narrow(evidence::Use use, bool always);
  /// Writes what the model read that is read with for `lang`.
  const language::ReadingWriter& writer(Lang lang) const;

  /// From `folder`/reading-zh.xjm and reading-en.xjm; one may be missing. kNotFound if both are.
  /// Cards, cues and packs (as from packs_of) are those of `home`.
  static Result<std::unique_ptr<ReadingModels>> load(const std::filesystem::path& folder,
                                                     const std::filesystem::path& home,
                                                     Need need = Need::kConversations,
                                                     const std::vector<std::string>& packs = {});
};

/// The options of every command that reads texts: which models, on how many threads.
struct ReadingArguments {
  std::string models;  // empty: models/ of the home folder
  int threads = 0;     // 0: all cores

  void declare(Arguments& arguments);
  /// The models; kUsage for an impossible number of threads.
  Result<std::unique_ptr<ReadingModels>> load(const Context& context,
                                              const std::vector<std::string>& packs = {}) const;
};

}  // namespace xinjing::cli
