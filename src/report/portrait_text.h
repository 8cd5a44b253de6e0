#pragma once

#include <span>
#include <string>

#include "base/lang.h"
#include "behaviour/kept_usage.h"
#include "evidence/card.h"
#include "profile/portrait.h"

namespace xinjing::report {

/// How much of a portrait is shown on a terminal.
struct PortraitStyle {
  Lang lang = Lang::kZh;
  bool colour = false;     // ANSI colours
  std::size_t quotes = 2;  // per line, at most 5
};

/// A portrait as a person reads it in a terminal: what is known, how sure, because of which words,
/// what contradicts it, and for what there is not enough ground and why.
std::string portrait_text(const profile::Portrait& portrait, const evidence::Catalogue& catalogue,
                          const PortraitStyle& style);

/// The same as one JSON object, and what is known of the meters; docs/commands.md describes its
/// members. `lang` is that of reasons.
std::string portrait_json(const profile::Portrait& portrait, const evidence::Catalogue& catalogue,
                          Lang lang = Lang::kZh, std::span<const behaviour::KeptUsage> meters = {});

/// One difference between words and acts, in some lines without the last line's end: what is found,
/// what was said with quotes, what was done with rows.
std::string said_did_text(const profile::SaidDid& one, const evidence::Catalogue& catalogue,
                          Lang lang, std::size_t quotes);

/// "¥1,234.50", "USD 12.00", from ten-thousandths.
std::string money_text(const std::string& currency, std::int64_t ten_thousandths);

}  // namespace xinjing::report
