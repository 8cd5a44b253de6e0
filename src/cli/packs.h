#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "base/lang.h"
#include "base/result.h"
#include "cli/arguments.h"
#include "evidence/card.h"
#include "evidence/pack.h"
#include "language/norms.h"

namespace xinjing::cli {

/// A file of a pack as it lies on the disk.
struct PackFile {
  std::string stem;  // "aspect" of cues/aspect.zh.tsv, "norms"
  Lang lang = Lang::kZh;
  std::string name;  // relative to the home folder, for places
  std::string text;
};

/// A pack of a trade: more cues for the constructs, and what its customers take for granted.
struct Pack {
  evidence::PackCard card;
  std::vector<PackFile> cues{};   // by name
  std::vector<PackFile> norms{};  // Chinese, then English
};

/// The ids of the packs of an installation, sorted; empty where it has none.
std::vector<std::string> known_packs(const std::filesystem::path& home);

/// "power,hotel" as ids, sorted, each once; "none" and nothing are no packs. kUsage with the
/// known ones for an unknown id.
Result<std::vector<std::string>> packs_of(std::string_view list, const std::filesystem::path& home);

/// Reads a pack's files. One sentence with its place for the first fault; cues and norms are
/// checked when they are compiled.
Result<Pack> read_pack(const std::string& id, const std::filesystem::path& home);

/// The norms of some packs, ready for use. REQUIRES: the catalogue has the card `aspect`.
Result<language::NormLexicon> compile_norms(const std::vector<Pack>& packs,
                                            const evidence::Catalogue& catalogue);

/// The option --pack.
struct PackArgument {
  std::string list;  // empty: not given

  void declare(Arguments& arguments);
};

}  // namespace xinjing::cli
