#pragma once

#include <filesystem>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/lang.h"
#include "base/result.h"
#include "evidence/card.h"
#include "ingest/speaker.h"
#include "language/reading.h"
#include "learn/dataset.h"

// Labels that a company's own people give: which conversations to ask for, the sheet they fill in,
// and reading it back.
namespace xinjing::cli {

/// A head for which labels are asked.
struct LabelHead {
  std::string name;  // "need", "motive", "emotion", "aspect", "satisfaction", …
  language::HeadKind kind = language::HeadKind::kOne;
  bool per_turn = false;
  std::vector<std::string> states;
};

/// The heads of a model that a person can label; nothing where there is no such head.
std::vector<LabelHead> label_heads(std::span<const language::Head> heads);

/// A conversation whose labels are asked for.
struct LabelItem {
  struct Said {
    ingest::Speaker speaker = ingest::Speaker::kCustomer;
    std::string text;
  };
  std::string id;
  Lang lang = Lang::kZh;
  bool at_random = false;  // drawn by lot, not because the model is unsure
  double doubt = 0;        // 0 to 1
  std::vector<Said> turns{};
  std::vector<std::string> guesses{};  // parallel to the heads
  std::vector<std::string> labels{};   // the same; empty: none given
};

/// What the model says of a head, as a cell: "basic", "vent;redress", "-" for none of them; of a
/// head of turns one for each customer turn.
std::string guess_of(const language::Head& head, const language::Reading& reading,
                     std::size_t turn_outputs);
/// How unsure the model is: one less the distance between the two likeliest states; of several the
/// most unsure; of turns their mean.
double doubt_of(const language::Head& head, const language::Reading& reading,
                std::size_t turn_outputs);

/// `count` of the items, a share of them at random, the rest those of most doubt; texts that come
/// twice once. In an order that tells nothing. Deterministic for a seed.
std::vector<LabelItem> chosen_items(std::vector<LabelItem> items, std::size_t count, double share,
                                    std::uint64_t seed);

/// The sheet as CSV with a byte order mark: id, chosen, conversation, then a guess and a label for
/// each head; and the conversations as lines that `xinjing read` takes.
std::string label_sheet(std::span<const LabelItem> items, std::span<const LabelHead> heads,
                        const evidence::Catalogue& cards, Lang lang);
std::string label_conversations(std::span<const LabelItem> items);

/// What a person wrote for a head, as states. States are named by id, or by their label in Chinese
/// or English; parted by semicolons, commas or blanks; "-" is none of them. The failure is one
/// sentence without a place.
Result<std::vector<std::string>> label_states(std::string_view cell, const LabelHead& head,
                                              const evidence::Catalogue& cards);

/// Labelled conversations: a sheet with its conversations in the .jsonl beside it, or a .jsonl in
/// the form of the labelled sets (docs/methods/own-labels.md). Rows without a label are left out.
/// kBadInput with the place of the first label that cannot be read, or of a row whose conversation
/// is not there.
Result<std::vector<learn::Labelled>> read_own_labels(const std::filesystem::path& file,
                                                     std::span<const LabelHead> heads,
                                                     const evidence::Catalogue& cards);

/// The ids that a sheet has already.
Result<std::vector<std::string>> ids_of_sheet(const std::filesystem::path& file);

}  // namespace xinjing::cli
