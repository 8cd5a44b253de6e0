#pragma once

#include <span>
#include <string>
#include <vector>

#include "evidence/card.h"
#include "insight/report_data.h"
#include "playbook/promise_plays.h"
#include "playbook/state_plays.h"
#include "profile/said_did.h"

namespace xinjing::report {

/// One line of the table of how well the models read.
struct ReaderMeasure {
  std::string construct, set, measure;
  double value = 0, low = 0, high = 0;
};

/// What a report is written with.
struct ReportStyle {
  const evidence::Catalogue& cards;
  const playbook::StatePlays& plays;
  const playbook::PromisePlays& promise_plays;
  const std::vector<ReaderMeasure>& measures;
  Lang lang = Lang::kZh;
  bool names = false;
  std::string version;
  std::string company{};  // whose report it is, for the title; may be empty
  std::span<const profile::SaidDidRule> said_did{};  // by which words and acts part
  bool whole = false;  // lists in full, for a workbook; else as long as a page bears
};

/// The report data as one JSON document, every text in one language: what the page draws
/// (docs/methods/report.md describes it).
std::string report_json(const insight::ReportData& data, const ReportStyle& style);

}  // namespace xinjing::report
