#pragma once

#include <gtest/gtest.h>

#include "base/file.h"
#include "base/format.h"
#include "language/promises.h"

// What tests of the ledger need to read words as the program does.
namespace xinjing::psychology {

/// The words of promises that the program brings, of both languages.
inline language::PromiseLexicon shipped_promises() {
  language::PromiseLexicon out;
  for (const Lang lang : {Lang::kZh, Lang::kEn}) {
    const std::string name = fmt::format("promises.{}.tsv", lang_id(lang));
    const Status added = out.add(*read_file(XINJING_SOURCE_DIR "/lexicons/" + name), name, lang);
    EXPECT_TRUE(added) << added.error().message(Lang::kEn);
  }
  out.build();
  return out;
}

inline language::WorkCalendar shipped_calendar() {
  auto parsed = language::WorkCalendar::parse(
      *read_file(XINJING_SOURCE_DIR "/lexicons/calendar.cn.tsv"), "calendar");
  EXPECT_TRUE(parsed);
  return *parsed;
}

}  // namespace xinjing::psychology
