#pragma once

#include <algorithm>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/format.h"
#include "report/claims.h"
#include "report/wording.h"

namespace xinjing::report {

/// The first words of a list, in quotation marks.
std::string quoted_words(const std::vector<std::string>& words, std::size_t most, bool zh);

/// What an event counts, in words: "unmet:PRI" is “价格费用”方面落空的期望.
std::string counted_text(std::string_view what, const evidence::Catalogue& cards, Lang lang);

/// Where and for whom an event holds: "望江营业厅", "企业客户".
std::string scope_text(const insight::Event& event, bool zh);

/// A list of people that somebody should speak with.
struct PeopleList {
  const char* id;
  const std::vector<insight::Person>* people;
  double least, weight;
  Said text, why;
};

/// Writes the claims of a report one after the other. For claims*.cc only.
class ClaimWriter {
 public:
  ClaimWriter(const insight::ReportData& data, const evidence::Catalogue& cards, Lang lang,
              bool names)
      : x_data(data), x_cards(cards), x_lang(lang), x_zh(lang == Lang::kZh), x_names(names) {}

  Headline headline();

 private:
  void event(const insight::Event& one);
  void burst(const insight::Event& event);
  void followed(const insight::Event& event);
  void failed(const insight::Event& event);
  void complaint(const insight::Event& event);
  void wait(const insight::Event& event);
  void leaving(const insight::Event& event);
  void level(const insight::Event& event);
  void faded(const insight::Event& event);
  void feeling(const insight::Event& event, Claim claim);
  std::string unjudged(const insight::Event& event) const;
  void conduct_in(const insight::Event& event);
  void promises_in(const insight::Event& event);
  std::string let_down_again() const;
  void mood();
  void people();
  void speak_with(const PeopleList& list);
  std::string called(const insight::Person& person) const;
  void promises();
  void unmet();
  void answers();
  void put(std::vector<Claim>& list, Claim claim) {
    claim.text = capital(tidy(claim.text, x_lang)), claim.why = tidy(claim.why, x_lang);
    list.push_back(std::move(claim));
  }

  std::string say(const char* zh, const char* en) const { return x_zh ? zh : en; }
  std::string label(std::string_view construct, std::string_view state) const {
    return state_label(x_cards, construct, state, x_lang);
  }
  std::string aspects(const insight::Event& event) const {
    std::string out;
    for (std::size_t i = 0; i < std::min<std::size_t>(3, event.aspects.size()); ++i) {
      out += (i == 0 ? "" : x_zh ? "、" : ", ") + label("aspect", event.aspects[i]);
    }
    return out;
  }
  /// The words of a matter: "billing", or its aspects where no words tell.
  std::string matter(const insight::Event& event) const {
    if (event.words.empty()) return event.aspects.empty() ? what(event) : aspects(event);
    std::string words = quoted_words(event.words, 5, x_zh);
    if (event.aspects.empty()) return words;
    return fmt::format(fmt::runtime(x_zh ? "{}（{}）" : "{} ({})"), aspects(event), words);
  }
  /// The same for between brackets: words or aspects, not both.
  std::string brief(const insight::Event& event) const {
    return event.aspects.empty() ? matter(event) : aspects(event);
  }
  std::string what(const insight::Event& event) const {
    return counted_text(event.what, x_cards, x_lang);
  }
  std::string failed_in(const insight::Event& event) const;
  void wait_burst(const insight::Event& event);
  /// By the probability that chance does as much.
  static std::string sure(double p) { return p < 1e-6 ? "strong" : p < 1e-3 ? "fair" : "weak"; }

  const insight::ReportData& x_data;
  const evidence::Catalogue& x_cards;
  Lang x_lang;
  bool x_zh;
  bool x_names;
  Headline x_out;
};

}  // namespace xinjing::report
