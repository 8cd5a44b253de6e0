#pragma once

#include <map>
#include <vector>

#include "base/duckdb.h"
#include "base/result.h"
#include "psychology/deeds.h"

namespace xinjing::psychology {

/// What rows of orders, touchpoints and events show to have been done, by person.
using DeedsByPerson = std::map<std::int64_t, std::vector<Deed>>;

/// Of everybody to whom something was promised; rows of the time after `as_of` show nothing. Cost:
/// a scan of those tables, of events only the kinds that show an act.
Result<DeedsByPerson> load_deeds(const DuckConnection& connection, const DeedWords& words,
                                 Instant as_of);

/// From the first promise to the moment of looking.
struct DeedSpan {
  Instant first;
  Instant as_of;
};

/// The same of one person, who is these subjects; what was done before the first promise may be
/// left out. Looked up by equality: store/person_messages.h says why. Cost: a scan of the subject
/// numbers of three tables, less where rows are in the order of subjects or of time.
Result<std::vector<Deed>> load_deeds(const DuckConnection& connection, const DeedWords& words,
                                     const DeedSpan& span,
                                     const std::vector<std::int64_t>& subjects);

}  // namespace xinjing::psychology
