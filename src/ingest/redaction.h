#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/lang.h"
#include "base/span.h"

namespace xinjing::ingest {

/// Kinds of personal data that are found in texts.
enum class PersonalKind : std::uint8_t {
  kMobile,
  kLandline,  // also foreign numbers
  kEmail,
  kIdCard,
  kBankCard,
  kPlate,
  kAddress,
  kAccount,  // of a utility, or of a messenger
  kPassport
};
inline constexpr std::size_t kPersonalKinds = 9;

Said personal_label(PersonalKind kind);

struct PersonalSpan {
  PersonalKind kind = PersonalKind::kMobile;
  Span span;  // whole characters

  bool operator==(const PersonalSpan&) const = default;
};

/// How many spans of each kind were masked.
using PersonalCounts = std::array<std::int64_t, kPersonalKinds>;

/// Where a text names a person's number, card, plate or address; ascending, without overlaps.
/// Digits may be ASCII or full-width, with single spaces or dashes between them. Numbers of orders,
/// amounts, dates and companies' hotlines (400…, 95598) are left alone; what tells them apart is
/// docs/methods/redaction.md. It misses what is written in words. Cost: a text without digits and
/// '@' costs one look at each byte (40 characters: under 0.1 µs), others under 1 µs for each
/// number. REQUIRES: `text` is UTF-8.
std::vector<PersonalSpan> find_personal(std::string_view text);

/// Overwrites each character of the spans by '*', or by a sign of as many bytes ('＊' for three),
/// so that every byte behind stays where it was.
void mask(std::string& text, std::span<const PersonalSpan> spans);

/// find_personal and mask; counts what it masked. True if there was anything.
bool redact(std::string& text, PersonalCounts& counts);

}  // namespace xinjing::ingest
