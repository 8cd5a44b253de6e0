#include "cli/resources.h"

#include <algorithm>
#include <deque>
#include <vector>

#include "base/file.h"
#include "base/format.h"
#include "base/hash.h"
#include "cli/packs.h"

namespace xinjing::cli {
namespace {

namespace fs = std::filesystem;

Result<std::vector<fs::path>> construct_folders(const fs::path& home) {
  std::error_code error;
  std::vector<fs::path> out;
  for (const auto& entry : fs::directory_iterator(home / "constructs", error)) {
    if (fs::exists(entry.path() / "card.toml", error)) out.push_back(entry.path());
  }
  if (out.empty()) {
    return fail(ErrorCode::kNotFound,
                {"there are no construct cards; set XINJING_HOME or --home",
                 "找不到构念卡片，请设置 XINJING_HOME 或 --home"},
                (home / "constructs").string());
  }
  std::sort(out.begin(), out.end());
  return out;
}

/// What a file is called in messages: relative to the home folder.
std::string shown(const fs::path& path, const fs::path& home) {
  return path.lexically_relative(home).generic_string();
}

struct Files {
  std::deque<std::string> texts;                // owns what the cue files view
  std::deque<std::vector<std::string>> states;  // and their states
  std::vector<language::CueFile> cues;
  std::string all;  // everything, for the version
};

Status add_cues(const fs::path& folder, const fs::path& home, const evidence::Card& card,
                std::uint16_t number, Files& files) {
  for (const char* name : {"cues.zh.tsv", "cues.en.tsv"}) {
    std::error_code error;
    if (!fs::exists(folder / name, error)) continue;
    Result<std::string> text = read_file(folder / name);
    if (!text) return text.failure();
    files.all += *text;
    files.texts.push_back(std::move(*text));
    files.states.push_back(card.state_ids());
    files.cues.push_back({.construct = number,
                          .construct_id = card.id,
                          .states = files.states.back(),
                          .text = files.texts.back(),
                          .name = shown(folder / name, home)});
  }
  return {};
}

/// What acts weigh for a construct. Of another version than the words: no text is read again.
Status add_acts(const fs::path& folder, const fs::path& home, const evidence::Card& card,
                std::uint16_t number, Knowledge& knowledge) {
  std::error_code error;
  if (!fs::exists(folder / "acts.tsv", error)) return {};
  const Result<std::string> text = read_file(folder / "acts.tsv");
  if (!text) return text.failure();
  auto read = evidence::parse_acts(*text, shown(folder / "acts.tsv", home), number, card);
  if (!read) return read.failure();
  knowledge.acts.insert(knowledge.acts.end(), read->begin(), read->end());
  knowledge.acts_version = hex(hash128(knowledge.acts_version + card.id + *text)).substr(0, 12);
  return {};
}

/// The cues of a pack, beside those of the constructs.
Status add_pack(const Pack& pack, const evidence::Catalogue& catalogue, Files& files) {
  for (const PackFile& file : pack.cues) {
    const auto number = catalogue.number(file.stem);
    if (!number) {
      return fail(ErrorCode::kBadInput,
                  {fmt::format("there is no construct '{}'", file.stem),
                   fmt::format("没有构念“{}”", file.stem)},
                  file.name);
    }
    files.all += file.text;
    files.texts.push_back(file.text);
    files.states.push_back(catalogue[*number].state_ids());
    files.cues.push_back({.construct = *number,
                          .construct_id = file.stem,
                          .states = files.states.back(),
                          .text = files.texts.back(),
                          .name = file.name});
  }
  for (const PackFile& file : pack.norms) files.all += file.text;
  return {};
}

Result<std::vector<Pack>> read_packs(const std::vector<std::string>& ids, const fs::path& home,
                                     const evidence::Catalogue& catalogue, Files& files) {
  std::vector<Pack> packs;
  for (const std::string& id : ids) {
    Result<Pack> pack = read_pack(id, home);
    if (!pack) return pack.failure();
    if (Status added = add_pack(*pack, catalogue, files); !added) return added.failure();
    packs.push_back(std::move(*pack));
  }
  return packs;
}

Result<evidence::Catalogue> read_cards(const std::vector<fs::path>& folders, const fs::path& home,
                                       Files& files) {
  std::vector<evidence::Card> cards;
  for (const fs::path& folder : folders) {
    Result<std::string> text = read_file(folder / "card.toml");
    if (!text) return text.failure();
    files.all += *text;
    Result<evidence::Card> card = evidence::parse_card(*text, shown(folder / "card.toml", home));
    if (!card) return card.failure();
    cards.push_back(std::move(*card));
  }
  return evidence::Catalogue::of(std::move(cards));
}

Result<language::WorkCalendar> read_calendar(const fs::path& home, Files& files) {
  const fs::path path = home / "lexicons" / "calendar.cn.tsv";
  std::error_code error;
  if (!fs::exists(path, error)) return language::WorkCalendar();
  Result<std::string> text = read_file(path);
  if (!text) return text.failure();
  files.all += *text;
  return language::WorkCalendar::parse(*text, shown(path, home));
}

template <typename Lexicon>
Status add_file(Lexicon& lexicon, std::string_view text, std::string_view name, Lang lang) {
  return lexicon.add(text, name, lang);
}

/// A name may hold words of either language, whatever the conversation.
Status add_file(language::MentionLexicon& lexicon, std::string_view text, std::string_view name,
                Lang /*lang*/) {
  return lexicon.add(text, name);
}

Status add_file(language::ExpectationWords& lexicon, std::string_view text, std::string_view name,
                Lang /*lang*/) {
  return lexicon.add(text, name);
}

/// Reads a lexicon from its files of both languages; compiles it only where it is needed.
template <typename Lexicon>
Result<Lexicon> read_lexicon(std::string_view stem, const fs::path& home, Need need, Files& files) {
  Lexicon lexicon;
  for (const Lang lang : {Lang::kZh, Lang::kEn}) {
    const fs::path path = home / "lexicons" / fmt::format("{}.{}.tsv", stem, lang_id(lang));
    std::error_code error;
    if (!fs::exists(path, error)) continue;
    Result<std::string> text = read_file(path);
    if (!text) return text.failure();
    files.all += *text;
    if (need == Need::kReadings) continue;
    if (Status added = add_file(lexicon, *text, shown(path, home), lang); !added) {
      return added.failure();
    }
  }
  lexicon.build();
  return lexicon;
}

Result<language::Rewriter> read_rewriter(const fs::path& home, language::MentionLexicon names,
                                         Files& files) {
  using Add = Status (language::Rewriter::*)(std::string_view, std::string_view);
  constexpr std::pair<const char*, Add> kFiles[] = {
      {"words.en.tsv", &language::Rewriter::add_words},
      {"misspellings.zh.tsv", &language::Rewriter::add_misspellings},
      {"misspellings.en.tsv", &language::Rewriter::add_misspellings}};
  language::Rewriter rewriter;
  rewriter.set_names(std::move(names));
  for (const auto& [file, add] : kFiles) {
    const fs::path path = home / "lexicons" / file;
    std::error_code error;
    if (!fs::exists(path, error)) continue;
    const Result<std::string> text = read_file(path);
    if (!text) return text.failure();
    files.all += *text;
    if (Status added = (rewriter.*add)(*text, shown(path, home)); !added) return added.failure();
  }
  return rewriter;
}

/// The longer words in which cues do not count; none where there are no such files.
Result<std::vector<language::CueException>> read_exceptions(const fs::path& home, Files& files) {
  std::vector<language::CueException> all;
  for (const char* file : {"exceptions.zh.tsv", "exceptions.en.tsv"}) {
    const fs::path path = home / "lexicons" / file;
    std::error_code error;
    if (!fs::exists(path, error)) continue;
    const Result<std::string> text = read_file(path);
    if (!text) return text.failure();
    files.all += *text;
    auto some = language::parse_exceptions(*text, shown(path, home));
    if (!some) return some.failure();
    all.insert(all.end(), some->begin(), some->end());
  }
  return all;
}

/// The words by which quotes are whole; none where there is no such file.
Result<language::HanWords> read_words(const fs::path& home, Files& files) {
  language::HanWords words;
  const fs::path path = home / "lexicons" / "words.zh.tsv";
  std::error_code error;
  if (!fs::exists(path, error)) return words;
  const Result<std::string> text = read_file(path);
  if (!text) return text.failure();
  files.all += *text;
  if (Status added = words.add(*text, shown(path, home)); !added) return added.failure();
  words.build();
  return words;
}

}  // namespace

Result<Knowledge> load_knowledge(const fs::path& home, Need need,
                                 const std::vector<std::string>& packs) {
  Result<std::vector<fs::path>> folders = construct_folders(home);
  if (!folders) return folders.failure();
  Files files;
  Result<evidence::Catalogue> catalogue = read_cards(*folders, home, files);
  if (!catalogue) return catalogue.failure();
  for (const fs::path& folder : *folders) {
    const auto number = catalogue->number(folder.filename().string());
    if (!number) {
      return fail(ErrorCode::kBadInput,
                  {"the folder's name is not the card's id", "目录名与卡片 id 不一致"},
                  shown(folder, home));
    }
    Status added = add_cues(folder, home, (*catalogue)[*number], *number, files);
    if (!added) return added.failure();
  }
  const Result<std::vector<Pack>> read = read_packs(packs, home, *catalogue, files);
  if (!read) return read.failure();
  Result<language::NormLexicon> norms = compile_norms(*read, *catalogue);
  if (!norms) return norms.failure();
  const auto exceptions = read_exceptions(home, files);
  if (!exceptions) return exceptions.failure();
  Result<language::CueLexicon> cues = language::CueLexicon::compile(files.cues, *exceptions);
  if (!cues) return cues.failure();
  Result<language::WorkCalendar> calendar = read_calendar(home, files);
  if (!calendar) return calendar.failure();
  auto promises = read_lexicon<language::PromiseLexicon>("promises", home, need, files);
  if (!promises) return promises.failure();
  auto expectations =
      read_lexicon<language::ExpectationWords>("expectations", home, Need::kConversations, files);
  if (!expectations) return expectations.failure();
  auto scope = read_lexicon<language::ScopeRules>("scope", home, Need::kConversations, files);
  if (!scope) return scope.failure();
  auto opinions =
      read_lexicon<language::OpinionLexicon>("opinions", home, Need::kConversations, files);
  if (!opinions) return opinions.failure();
  auto mentions =
      read_lexicon<language::MentionLexicon>("mentions", home, Need::kConversations, files);
  if (!mentions) return mentions.failure();
  Result<language::Rewriter> rewriter = read_rewriter(home, *mentions, files);
  if (!rewriter) return rewriter.failure();
  Result<language::HanWords> words = read_words(home, files);
  if (!words) return words.failure();
  Knowledge knowledge{std::move(*catalogue),
                      std::move(*cues),
                      std::move(*calendar),
                      std::move(*promises),
                      std::move(*expectations),
                      std::move(*scope),
                      std::move(*opinions),
                      std::move(*mentions),
                      std::move(*rewriter),
                      std::move(*norms),
                      hex(hash128(files.all)).substr(0, 12),
                      std::move(*words)};
  if (need == Need::kReadings) return knowledge;
  for (const fs::path& folder : *folders) {
    const auto number = knowledge.catalogue.number(folder.filename().string());
    const evidence::Card& card = knowledge.catalogue[*number];
    Status added = add_acts(folder, home, card, *number, knowledge);
    if (!added) return added.failure();
  }
  knowledge.acts_version += knowledge.version;
  return knowledge;
}

Result<evidence::Catalogue> load_catalogue(const fs::path& home) {
  Result<std::vector<fs::path>> folders = construct_folders(home);
  if (!folders) return folders.failure();
  Files files;
  return read_cards(*folders, home, files);
}

Result<language::MentionLexicon> load_mentions(const fs::path& home) {
  Files files;
  return read_lexicon<language::MentionLexicon>("mentions", home, Need::kConversations, files);
}

Result<std::vector<profile::SaidDidRule>> load_said_did_rules(const fs::path& home,
                                                              const evidence::Catalogue& cards) {
  const fs::path path = home / "plays" / "said_did.tsv";
  std::error_code error;
  if (!fs::exists(path, error)) return std::vector<profile::SaidDidRule>();
  const Result<std::string> text = read_file(path);
  if (!text) return text.failure();
  return profile::parse_said_did(*text, shown(path, home), cards);
}

Result<psychology::DeedWords> load_deed_words(const fs::path& home) {
  const fs::path path = home / "lexicons" / "acts.tsv";
  std::error_code error;
  if (!fs::exists(path, error)) return psychology::DeedWords();
  Result<std::string> text = read_file(path);
  if (!text) return text.failure();
  return psychology::DeedWords::parse(*text, shown(path, home));
}

}  // namespace xinjing::cli
