#pragma once

#include <cstdint>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "evidence/card.h"
#include "insight/report_data.h"
#include "report/report_json.h"

namespace xinjing::report {

/// The sentences beside the figures of a report.
class Sentences {
 public:
  Sentences(const insight::ReportData& data, const evidence::Catalogue& cards, Lang lang)
      : x_data(data), x_cards(cards), x_lang(lang), x_zh(lang == Lang::kZh) {}

  std::string curve_title(const insight::Curve& curve) const;
  std::string act_label(const std::string& act) const;
  std::string calming(const insight::Calming& one) const;
  std::string promise_effect() const;
  /// What worked: the offer after which complaints ended clearly better than without it.
  std::string wanted() const;
  /// How many spoke of leaving, and what became of them: one number for every part of the report.
  std::string leaving() const;
  /// Less, or more, of what was promised and expected failed from a day on.
  std::string failed(const insight::Event& event) const;
  /// What leavers of a kind complain of more than stayers; that nothing stands out.
  std::string leavers(const insight::Leavers& one) const;
  /// "居民客户", "All customers": those of a kind; where it is empty, all only where nobody's kind
  /// is known.
  std::string customers(const std::string& kind) const;
  std::string lowest_unmet() const;
  std::string validity(const evidence::Card& card,
                       const std::vector<ReaderMeasure>& measures) const;
  /// What, how many, of how many.
  std::vector<std::tuple<std::string, std::int64_t, std::int64_t>> coverage() const;
  std::vector<std::pair<std::string, std::int64_t>> not_read() const;
  std::string quality() const;
  /// What a line of the table of how well the models read is about, and on which texts.
  std::string measured(const std::string& construct) const;
  std::string set_label(const std::string& set) const;

 private:
  const insight::ReportData& x_data;
  const evidence::Catalogue& x_cards;
  Lang x_lang;
  bool x_zh;
};

/// "0.31 (0.12 to 0.48)" and "31 % (12 to 48)".
std::string mean_text(const insight::Interval& value, Lang lang);
std::string share_text(const insight::Interval& value, Lang lang);

}  // namespace xinjing::report
