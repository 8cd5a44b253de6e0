#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/lang.h"
#include "base/result.h"
#include "evidence/card.h"

// How good the readings of a construct are: the tables [[validity]] and the key `caveat` of its
// card. Apart from Card, since no reading needs them.
namespace xinjing::evidence {

/// What a figure is about: judges among each other, what this program says against labels or what
/// then happened, or a questionnaire with itself.
enum class FigureKind : std::uint8_t { kAgreement, kAccuracy, kReliability };
std::string_view figure_kind_id(FigureKind kind);

/// A figure that was measured on a data set, and which.
struct Figure {
  /// The interval that holds the true value with 95 %.
  struct Interval {
    double low = 0;
    double high = 0;
  };
  FigureKind kind = FigureKind::kAccuracy;
  std::string dataset;
  std::string split;    // "dev", "train", "all"
  std::int32_t n = 0;   // units judged
  std::string measure;  // what was computed of what: "kappa", "AUC of ..."
  double value = 0;
  std::optional<Interval> interval{};  // none where only the figure was published
  std::string by;                      // the command, or where it was published
};

/// The figure in one line: "kappa 0.55 (0.47 to 0.62), n 300, service_dialogues dev".
std::string figure_text(const Figure& figure);

struct CardFigures {
  std::vector<Figure> figures;
  Said caveat{};  // what was not measured and why, and what is known elsewhere; may be empty

  /// The first figure of a kind, or null.
  const Figure* find(FigureKind kind) const;
};

/// Reads the figures of a card.toml, which parse_card reads too. Refused with one sentence and
/// file:line:column: a figure without one of its fields, an interval that does not hold the value.
Result<CardFigures> parse_figures(std::string_view toml, const std::string& name);

/// What a grade means, in a few words for people.
Said grade_said(Grade grade);

}  // namespace xinjing::evidence
