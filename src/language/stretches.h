#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "base/lang.h"
#include "base/span.h"

// Which part of a text is Chinese and which English.
namespace xinjing::language {

enum class Tongue : std::uint8_t { kChinese, kEnglish, kOther };

/// "zh", "en" or "other".
std::string_view tongue_id(Tongue tongue);

/// A part of a text in one language.
struct TextStretch {
  Span chars;
  Tongue tongue = Tongue::kOther;

  bool operator==(const TextStretch&) const = default;
};

/// Whether a text has letters enough of both scripts to be worth cutting. Cost: one pass that stops
/// as soon as it knows.
bool may_be_mixed(std::u32string_view text);

/// Cuts a text into stretches: together they cover it, neighbours differ. Loan words and names stay
/// in what surrounds them, and so do addresses, codes, numbers and marks; a border stands behind
/// the marks that end a clause. Other scripts of three letters and more, and texts without a
/// letter, are kOther. Latin letters are taken for English. Method: docs/methods/stretches.md.
/// REQUIRES: `text` is normalised. Cost: O(characters), about 20 ns each.
void find_stretches(std::u32string_view text, std::vector<TextStretch>& out);

/// The stretches of a text that is Chinese in one part and English in another; nothing for any
/// other text, which lexicons of both languages read as a whole.
void find_mixed_stretches(std::u32string_view text, std::vector<TextStretch>& out);

/// Whether words of `lang` count at `at`: everywhere where there are no stretches or the words are
/// of no language, else in stretches of that language.
bool counts_at(std::span<const TextStretch> stretches, std::optional<Lang> lang, std::uint32_t at);

}  // namespace xinjing::language
