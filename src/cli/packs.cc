#include "cli/packs.h"

#include <algorithm>

#include "base/file.h"
#include "base/format.h"
#include "base/tsv.h"

namespace xinjing::cli {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kNone = "none";

std::string shown(const fs::path& path, const fs::path& home) {
  return path.lexically_relative(home).generic_string();
}

Result<PackFile> read_one(const fs::path& path, const std::string& stem, Lang lang,
                          const fs::path& home) {
  Result<std::string> text = read_file(path);
  if (!text) return text.failure();
  return PackFile{stem, lang, shown(path, home), std::move(*text)};
}

/// "aspect.zh.tsv" -> "aspect", Chinese.
Result<std::pair<std::string, Lang>> taken_apart(const fs::path& path, const fs::path& home) {
  const std::string name = path.filename().string();
  for (const Lang lang : {Lang::kZh, Lang::kEn}) {
    const std::string ending = fmt::format(".{}.tsv", lang_id(lang));
    if (name.size() > ending.size() && name.ends_with(ending)) {
      return std::pair(name.substr(0, name.size() - ending.size()), lang);
    }
  }
  return fail(ErrorCode::kBadInput,
              {"a cue file of a pack is called CONSTRUCT.zh.tsv or CONSTRUCT.en.tsv",
               "行业包的线索文件应叫 构念.zh.tsv 或 构念.en.tsv"},
              shown(path, home));
}

Status read_cues(const fs::path& folder, const fs::path& home, Pack& pack) {
  std::vector<fs::path> paths;
  std::error_code error;
  for (const auto& entry : fs::directory_iterator(folder, error)) paths.push_back(entry.path());
  std::sort(paths.begin(), paths.end());
  for (const fs::path& path : paths) {
    auto parts = taken_apart(path, home);
    if (!parts) return parts.failure();
    Result<PackFile> file = read_one(path, parts->first, parts->second, home);
    if (!file) return file.failure();
    pack.cues.push_back(std::move(*file));
  }
  return {};
}

}  // namespace

std::vector<std::string> known_packs(const fs::path& home) {
  std::vector<std::string> out;
  std::error_code error;
  for (const auto& entry : fs::directory_iterator(home / "packs", error)) {
    if (fs::exists(entry.path() / "pack.toml", error)) {
      out.push_back(entry.path().filename().string());
    }
  }
  std::sort(out.begin(), out.end());
  return out;
}

Result<std::vector<std::string>> packs_of(std::string_view list, const fs::path& home) {
  std::vector<std::string> ids;
  if (list.empty() || list == kNone) return ids;
  const std::vector<std::string> known = known_packs(home);
  for (const std::string_view id : split(list, ',')) {
    if (std::find(known.begin(), known.end(), id) == known.end()) {
      const std::string all = fmt::format("{}", fmt::join(known, ", "));
      return fail(ErrorCode::kUsage, {fmt::format("there is no pack '{}'; there are: {}", id, all),
                                      fmt::format("没有行业包“{}”，现有：{}", id, all)});
    }
    ids.emplace_back(id);
  }
  std::sort(ids.begin(), ids.end());
  ids.erase(std::unique(ids.begin(), ids.end()), ids.end());
  return ids;
}

Result<Pack> read_pack(const std::string& id, const fs::path& home) {
  const fs::path folder = home / "packs" / id;
  const Result<std::string> text = read_file(folder / "pack.toml");
  if (!text) return text.failure();
  const std::string name = shown(folder / "pack.toml", home);
  Result<evidence::PackCard> card = evidence::parse_pack(*text, name);
  if (!card) return card.failure();
  if (card->id != id) {
    return fail(ErrorCode::kBadInput,
                {"the folder's name is not the pack's id", "目录名与行业包 id 不一致"}, name);
  }
  Pack pack{.card = std::move(*card)};
  if (Status s = read_cues(folder / "cues", home, pack); !s) return s.failure();
  for (const Lang lang : {Lang::kZh, Lang::kEn}) {
    const fs::path path = folder / fmt::format("norms.{}.tsv", lang_id(lang));
    std::error_code error;
    if (!fs::exists(path, error)) continue;
    Result<PackFile> file = read_one(path, "norms", lang, home);
    if (!file) return file.failure();
    pack.norms.push_back(std::move(*file));
  }
  return pack;
}

Result<language::NormLexicon> compile_norms(const std::vector<Pack>& packs,
                                            const evidence::Catalogue& catalogue) {
  language::NormLexicon norms;
  if (packs.empty()) return norms;
  const evidence::Card* const aspects = catalogue.find("aspect");
  XINJING_CHECK(aspects != nullptr);
  const std::vector<std::string> codes = aspects->state_ids();
  for (const Pack& pack : packs) {
    for (const PackFile& file : pack.norms) {
      Status added =
          norms.add({.pack = pack.card.id, .text = file.text, .name = file.name, .aspects = codes});
      if (!added) return added.failure();
    }
  }
  norms.build();
  return norms;
}

void PackArgument::declare(Arguments& arguments) {
  arguments.add({.name = "--pack",
                 .field = &list,
                 .help = {"packs of trades to read with, joined by commas, or none; see xinjing "
                          "packs list",
                          "用哪些行业包阅读，以逗号分隔；none 为不用；见 xinjing packs list"}});
}

}  // namespace xinjing::cli
