#pragma once

#include <string>
#include <string_view>

#include "base/json_writer.h"
#include "insight/report_data.h"

namespace xinjing::report {

/// "冯**", "D*** H***": the first letter of each part. Names of organisations stay: those of a kind
/// of customer that says so (企业, company), or of more than four Chinese characters.
std::string masked_name(std::string_view name, std::string_view kind);

/// Writes the messages that a report cites: at most 160 characters of each, around the words that
/// count, with names masked unless they are wanted.
class RowWriter {
 public:
  RowWriter(const insight::ReportData& data, Lang lang, bool names)
      : x_data(data), x_lang(lang), x_names(names) {}

  /// One object; null where the message is not known.
  void write(JsonWriter& json, const insight::Cite& cite) const;
  void write(JsonWriter& json, const std::vector<insight::Cite>& cites, std::size_t most) const;
  std::string shown_name(const std::string& name, const std::string& kind) const {
    return x_names ? name : masked_name(name, kind);
  }
  /// `text` with the name of this customer masked where it stands in it.
  std::string without_name(std::string text, const std::string& name,
                           const std::string& kind) const;

 private:
  const insight::ReportData& x_data;
  Lang x_lang;
  bool x_names;
};

}  // namespace xinjing::report
