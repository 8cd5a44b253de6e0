#pragma once

#include <algorithm>
#include <cstdint>
#include <string>
#include <vector>

#include "report/cited_row.h"
#include "report/claims.h"
#include "report/report_json.h"
#include "report/report_sentences.h"
#include "report/wording.h"

namespace xinjing::report {

/// Writes a report as JSON, part after part; report_quality_json.cc has conduct, types, waits and
/// quality.
class Document {
 public:
  Document(const insight::ReportData& data, const ReportStyle& style, std::string& out)
      : x_data(data),
        x_style(style),
        x_rows(data, style.lang, style.names, &style.cards),
        x_words(data, style.cards, style.lang),
        x_json(out) {}

  void write();

 private:
  using Interval = insight::Interval;
  static constexpr std::size_t kRows = 12;
  static constexpr std::size_t kFew = 8;
  static constexpr std::size_t kPeople = 60;
  static constexpr std::size_t kPersonRows = 3;
  static constexpr std::size_t kRejected = 60;

  void head();
  void labels();
  void headline();
  void claims(const char* name, const std::vector<Claim>& claims);
  void satisfaction();
  void emotion();
  void volume();
  void events();
  void curves();
  void calming();
  void states(const char* name, const char* construct, const std::vector<insight::StateShare>& all);
  void offered();
  void wanted();
  void expectations();
  void promises();
  void promise_list(const char* name, const std::vector<insight::PromiseRow>& rows, bool due);
  void effect(const char* name, const insight::PromiseEffect& effect);
  void people();
  void promise_months();
  void leavers();
  void person(const insight::Person& person);
  void conduct();
  void types();
  void waits();
  void wait_rows(const insight::Wait& wait);
  void rejected();
  void quality();

  void interval(const char* name, const Interval& value) {
    x_json.key(name);
    interval(value);
  }
  void interval(const Interval& value) {
    x_json.begin_array().number(value.value).number(value.low).number(value.high).end_array();
  }
  void text_or_null(const char* name, const std::string& text) {
    x_json.key(name);
    text.empty() ? x_json.null() : x_json.string(text);
  }
  void strings(const char* name, const std::vector<std::string>& all) {
    x_json.key(name).begin_array();
    for (const std::string& one : all) x_json.string(one);
    x_json.end_array();
  }
  void rows(const char* name, const std::vector<insight::Cite>& cites, std::size_t most) {
    x_json.key(name);
    x_rows.write(x_json, cites, most);
  }
  /// The rows of a point of a chart, where there are any.
  template <typename Rows, typename Key>
  void shown(const char* name, const Rows& all, const Key& key) {
    const auto found = all.find(key);
    if (found != all.end()) rows(name, found->second, kFew);
  }
  /// Of a list as many as a page bears, or all.
  std::size_t most(std::size_t page) const { return x_style.whole ? SIZE_MAX : page; }
  const std::string& say(const Said& said) const { return said.in(x_style.lang); }
  std::string label(std::string_view construct, std::string_view state) const {
    return state_label(x_style.cards, construct, state, x_style.lang);
  }

  const insight::ReportData& x_data;
  const ReportStyle& x_style;
  RowWriter x_rows;
  Sentences x_words;
  JsonWriter x_json;
};

}  // namespace xinjing::report
