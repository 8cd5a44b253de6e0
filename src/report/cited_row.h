#pragma once

#include <string>
#include <string_view>

#include "base/json_writer.h"
#include "evidence/card.h"
#include "insight/report_data.h"
#include "report/name_mask.h"
#include "report/person_mask.h"

namespace xinjing::report {

/// Chinese where more than a third of the letters of a text are; else English.
Lang lang_of_text(std::string_view text);

/// What the reader found in a message, in one line of the report's language, for those who cannot
/// read it: "Anger; wants redress; about Price and fees". Labels of the cards, no translation;
/// empty where nothing was found.
std::string gist_of(const insight::CitedMessage& message, const evidence::Catalogue& cards,
                    Lang lang);

/// The same data without the telling words that name somebody, or hold a part of a name: agents,
/// private customers who are cited or in whose names such words were found, and whoever has a
/// title.
insight::ReportData without_staff(insight::ReportData data);

/// Everybody whose message is cited.
std::vector<PersonMask::Known> known_customers(const insight::ReportData& data);

/// Writes the messages that a report cites: at most 160 characters of each, around the words that
/// count, with names masked unless they are wanted.
class RowWriter {
 public:
  /// With `cards`, a message in another language than the report's gets its gist (gist_of).
  RowWriter(const insight::ReportData& data, Lang lang, bool names,
            const evidence::Catalogue* cards = nullptr)
      : x_data(data),
        x_mask(data.agents, known_customers(data)),
        x_cards(cards),
        x_lang(lang),
        x_names(names) {}

  /// One object; null where the message is not known.
  void write(JsonWriter& json, const insight::Cite& cite) const;
  void write(JsonWriter& json, const std::vector<insight::Cite>& cites, std::size_t most) const;
  std::string shown_name(const std::string& name, const std::string& kind) const {
    return x_names ? name : masked_name(name, kind);
  }
  /// `text` with the persons masked who are found in it (person_mask.h), of whom this customer is
  /// one.
  std::string without_name(const std::string& text, const std::string& name,
                           const std::string& kind) const {
    return x_names ? text : x_mask.masked(text, name, kind);
  }

 private:
  const insight::ReportData& x_data;
  PersonMask x_mask;
  const evidence::Catalogue* x_cards;
  Lang x_lang;
  bool x_names;
};

}  // namespace xinjing::report
