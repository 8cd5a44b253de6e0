#pragma once

#include <filesystem>
#include <vector>

#include "cli/company.h"
#include "insight/answers_table.h"
#include "insight/events_table.h"
#include "insight/figures_table.h"
#include "insight/people_table.h"
#include "insight/report_data.h"
#include "insight/talk_table.h"
#include "playbook/promise_plays.h"
#include "playbook/state_plays.h"
#include "report/report_json.h"

namespace xinjing::cli {

/// What an installation knows that a report needs beside the cards.
struct ReportKnowledge {
  playbook::StatePlays plays;
  playbook::PromisePlays promise_plays;
  insight::ReaderErrors errors;                 // models/errors.tsv; none where it is missing
  insight::SignWords signs;                     // lexicons/signs.*.tsv
  insight::ToldWords told;                      // lexicons/praise.*.tsv
  insight::ToldWords complaints;                // lexicons/complaints.*.tsv
  insight::AnswerWords answers;                 // lexicons/answers.*.tsv
  insight::EnvironmentWords environment;        // lexicons/environment.*.tsv
  std::vector<report::ReaderMeasure> measures;  // models/measures.tsv
  insight::PlaceNames places;                   // lexicons/channels.tsv, in the report's language
};

Result<ReportKnowledge> load_report_knowledge(const std::filesystem::path& home,
                                              Lang lang = Lang::kZh);

/// Everything a report says, as of a day. Cost: about 10 s for a million messages.
Result<insight::ReportData> load_report_data(const Company& company,
                                             const ReportKnowledge& knowledge, Day as_of);

}  // namespace xinjing::cli
