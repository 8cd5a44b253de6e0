#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/lang.h"
#include "base/result.h"
#include "evidence/card.h"
#include "evidence/figures.h"

namespace xinjing::evidence {

/// The texts of one folder of constructs/. Names are for places.
struct CardFiles {
  std::string folder;  // its name, which is the card's id
  std::string card_name;
  std::string card;
  struct Cues {
    Lang lang = Lang::kZh;
    std::string name;
    std::string text;
  };
  std::vector<Cues> cues;
};

/// What was found out about one construct.
struct CardReport {
  std::optional<Card> card;  // where card.toml could be read
  CardFigures figures;       // how good it is
  std::size_t zh_cues = 0;
  std::size_t en_cues = 0;
  std::vector<Error> faults;
};

/// Checks a construct on its own: the card, its cue files, that the folder is named after the card,
/// that every cue is in normal form, that there are at least two examples in each language that has
/// cues, that each example yields a cue that speaks for its state, and that the card says how good
/// it is: a figure where it is graded "measured", and a sentence on what was not measured where
/// there is no figure of what this program says. Every fault is reported.
CardReport check_card(const CardFiles& files);

}  // namespace xinjing::evidence
