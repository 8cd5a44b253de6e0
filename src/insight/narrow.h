#pragma once

#include <string_view>
#include <vector>

#include "evidence/permit.h"
#include "insight/report_data.h"

namespace xinjing::insight {

/// The constructs that a report speaks of.
std::vector<std::string_view> constructs_of(const ReportData& data);

/// Leaves of a report what may be used so, and notes what is withheld. A figure that rests on
/// several constructs goes with the first of them that is not allowed; a number within a figure
/// that stays becomes NaN, which is written as null. Counts of contacts, waits, and rows read are
/// no inference about anybody and stay.
void narrow(ReportData& data, const evidence::Permit& permit);

}  // namespace xinjing::insight
