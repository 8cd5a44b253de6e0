#pragma once

#include "base/json_writer.h"
#include "report/cited_row.h"
#include "report/report_json.h"

namespace xinjing::report {

/// The member `acts` of a report: what customers did (insight/acts_figures.h), an object whose
/// parts are null or empty where there is nothing to tell. Lists have the rows that a page bears,
/// or all with `style.whole`; names are masked as `rows` masks them.
void write_acts(JsonWriter& json, const insight::ReportData& data, const ReportStyle& style,
                const RowWriter& rows);

}  // namespace xinjing::report
