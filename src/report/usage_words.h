#pragma once

#include <string>

#include "base/format.h"
#include "base/lang.h"
#include "behaviour/usage_table.h"

namespace xinjing::report {

/// Words that texts on meter readings share.
struct UsageWords {
  Lang lang;

  std::string say(std::string en, std::string zh) const {
    return lang == Lang::kZh ? std::move(zh) : std::move(en);
  }
  const std::string& say(const Said& said) const { return said.in(lang); }

  /// "every 30 minutes", "daily", "about every 30 days".
  std::string step(int minutes) const;
  /// What was left out, in one line; empty where nothing was.
  std::string faults(const behaviour::ReadingFaults& faults) const;
  /// Why nothing is said of a meter.
  std::string state(behaviour::SeriesState state) const;
  /// "C1001", or "C1001 (meter 2, M77)" where a customer has several.
  std::string who(const behaviour::MeterStudy& meter, bool several) const;
  /// "2026-02: 863 kWh, 3.1 times the usual 280 (190–410)".
  std::string unusual(const behaviour::UnusualUse& one) const;
  std::string change(const behaviour::UseChange& change) const;
};

std::string_view unusual_direction(const behaviour::UnusualUse& one);

}  // namespace xinjing::report
