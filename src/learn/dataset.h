#pragma once

#include <filesystem>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "base/json.h"
#include "base/lang.h"
#include "base/result.h"
#include "ingest/speaker.h"

namespace xinjing::learn {

/// The set of customers around a purchase, over several episodes.
inline constexpr std::string_view kPersonas = "personas";
/// Single texts of public sets of which only is known whether they are good or bad.
inline constexpr std::string_view kPublic = "public";

/// What is known of one head for one example: shares of the states (several: each 0 to 1), and how
/// much the example counts. An empty list means unknown.
struct Target {
  std::vector<float> shares{};
  float weight = 1;

  bool known() const { return !shares.empty(); }
};

struct LabelledTurn {
  ingest::Speaker speaker = ingest::Speaker::kCustomer;
  std::string text{};
  std::map<std::string, Target> targets{};  // by head; customer turns only
};

/// One conversation or single text with what people said of it.
struct Labelled {
  std::string id{};
  std::string group{};  // what must not be torn apart in cross-validation
  std::string set{};    // the data set's folder
  std::vector<LabelledTurn> turns{};
  std::map<std::string, Target> targets{};
  // What was said in pairs, for evaluation: "aspect" -> {"PRI-"}, "expectation" -> {"SPD:unmet"}.
  std::map<std::string, std::set<std::string>> pairs{};
  bool composed = false;        // written for training: most heads are not judged by it
  bool rated = false;           // satisfaction is the distribution of human raters
  int satisfaction_label = 99;  // the annotator's, -2..2; 99 unknown
};

/// One conversation of a labelled file; what is missing or unknown gives no target.
Labelled labelled_from(JsonValue line, const std::string& set);

/// One line of a labelled file (service_dialogues, service_calls, reviews_labelled) or of personas
/// (three episodes). A file without labels gives examples without targets.
Result<std::vector<Labelled>> read_labelled(const std::filesystem::path& file);

/// All labelled examples of a language under the data folder; split is "train" or "dev". Sets that
/// are missing are left out; it is an error if all are.
Result<std::vector<Labelled>> read_labelled_sets(const std::filesystem::path& data, Lang lang,
                                                 const std::string& split);

/// The files of composed customers over several episodes: corpus/personas/zh*.jsonl.
std::vector<std::filesystem::path> composed_personas(const std::filesystem::path& corpus,
                                                     Lang lang);

/// The composed examples of a language: every .jsonl of `corpus`/zh or `corpus`/en in the order of
/// the names, and its personas, which are of the set of that name as those of the data sets are;
/// all of them marked `composed`. None where the folder is missing.
Result<std::vector<Labelled>> read_corpus(const std::filesystem::path& corpus, Lang lang);

/// Which public sets may be used: all, or only those whose stated licence allows commercial use.
enum class Licences : std::uint8_t { kAll, kOpen };

/// Texts of the training splits of public sets of a language that are present under the data
/// folder, every so-many-th of large ones: customers' turns whose valence is known, of the set
/// kPublic.
Result<std::vector<Labelled>> read_public_valences(const std::filesystem::path& data, Lang lang,
                                                   Licences licences = Licences::kAll);

/// A public set of single texts with one label each, used as an auxiliary task.
struct AuxiliarySet {
  std::string name{};
  std::vector<std::string> classes{};
  std::vector<std::string> texts{};
  std::vector<std::vector<float>> targets{};  // parallel to texts: shares of the classes
};
/// The auxiliary sets of a language that are present under the data folder.
Result<std::vector<AuxiliarySet>> read_auxiliary_sets(const std::filesystem::path& data, Lang lang,
                                                      Licences licences = Licences::kAll);

/// One split of a public set with one label a text: `folder`/`split`.tsv with the columns text and
/// label.
Result<AuxiliarySet> read_public_set(const std::filesystem::path& folder, const std::string& split,
                                     Lang lang);

}  // namespace xinjing::learn
