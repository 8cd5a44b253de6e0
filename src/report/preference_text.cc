#include "report/preference_text.h"

#include <algorithm>
#include <cmath>

#include "base/format.h"
#include "base/json_writer.h"
#include "base/visible.h"
#include "report/portrait_text.h"
#include "report/said_did_json.h"
#include "report/terminal_chart.h"

namespace xinjing::report {
namespace {

using behaviour::Measure;
using behaviour::Preference;

constexpr std::size_t kBar = 20, kBins = 12;

std::string figure(Measure measure, double value) {
  return is_percent(measure) ? fmt::format("{:.0f}%", 100 * value) : fmt::format("{:.2f}", value);
}

std::string interval(const Preference& one) {
  if (one.measure == Measure::kBrandAlike) return "";
  if (is_percent(one.measure)) {
    return fmt::format("{:.0f}–{:.0f}%", 100 * one.estimate.low, 100 * one.estimate.high);
  }
  return fmt::format("{:.2f}–{:.2f}", one.estimate.low, one.estimate.high);
}

std::string row_of(const Preference& one, const behaviour::LineNames& names, Lang lang) {
  const bool zh = lang == Lang::kZh;
  const std::string label = padded(behaviour::measure_label(one.measure).in(lang), zh ? 18 : 28);
  const std::string unit = behaviour::unit_label(one.measure).in(lang);
  if (!one.enough()) {
    return zh ? fmt::format("  {}太少：有 {} {}，至少要 {}\n", label, one.estimate.n, unit,
                            behaviour::least_of(one.measure))
              : fmt::format("  {}too few: {} {}, {} are needed\n", label, one.estimate.n, unit,
                            behaviour::least_of(one.measure));
  }
  const std::string about = visible_line(names.of(one));
  std::string out =
      fmt::format("  {}{:>6}  {}{:>5} {}", label, figure(one.measure, one.estimate.value),
                  padded(interval(one), 12), one.estimate.n, padded(unit, 20));
  if (is_percent(one.measure)) out += bar(one.estimate.value, 1, kBar);
  if (!about.empty()) out += "  " + about;
  while (out.ends_with(' ')) out.pop_back();
  return out + "\n";
}

double quantile(const std::vector<double>& sorted, double p) {
  return sorted[std::size_t(std::llround(p * double(sorted.size() - 1)))];
}

/// Counts in equal steps from the least to the largest.
std::vector<double> histogram(const std::vector<double>& sorted, double low, double high) {
  std::vector<double> bins(kBins);
  for (const double value : sorted) {
    const double place = high > low ? (value - low) / (high - low) : 0;
    const auto bin = std::size_t(std::clamp(place, 0.0, 1.0) * kBins);
    ++bins[std::min(bin, kBins - 1)];
  }
  return bins;
}

struct Range {
  double low = 0, high = 1;
};

/// Percents from 0 to 100; of others the middle 96 of a hundred, so that one does not stretch all.
Range range_of(Measure measure, const std::vector<double>& sorted) {
  if (is_percent(measure)) return {0, 1};
  return {quantile(sorted, 0.02), quantile(sorted, 0.98)};
}

}  // namespace

std::string preferences_text(const std::string& customer, std::span<const Preference> preferences,
                             const behaviour::LineNames& names, Day as_of, Lang lang) {
  const bool zh = lang == Lang::kZh;
  std::string out =
      zh ? fmt::format("{} 的偏好（截至 {}，95% 区间）\n", visible_line(customer), iso_date(as_of))
         : fmt::format("What {} prefers (as of {}, 95 % intervals)\n", visible_line(customer),
                       iso_date(as_of));
  for (const Preference& one : preferences) out += row_of(one, names, lang);
  return out;
}

std::string preferences_json(const std::string& customer, std::span<const Preference> preferences,
                             const behaviour::LineNames& names, Day as_of) {
  std::string out;
  JsonWriter json(out);
  json.begin_object().field("customer", customer).field("as_of", iso_date(as_of));
  json.key("measures").begin_array();
  for (const Preference& one : preferences) {
    json.begin_object().field("measure", behaviour::measure_id(one.measure));
    json.field("enough", one.enough()).field("n", one.estimate.n);
    json.field("least", behaviour::least_of(one.measure));
    if (one.about != 0) json.field("about", names.of(one));
    if (one.enough()) {
      json.field("value", one.estimate.value);
      json.field("low", one.estimate.low).field("high", one.estimate.high);
    }
    json.end_object();
  }
  json.end_array().end_object();
  return out;
}

void Spread::add(std::span<const Preference> of_one) {
  ++x_customers;
  std::array<bool, behaviour::kMeasures> seen{};  // of several affinities the strongest
  for (const Preference& one : of_one) {
    const auto at = static_cast<std::size_t>(one.measure);
    if (std::exchange(seen[at], true)) continue;
    if (one.enough()) {
      x_values[at].push_back(one.estimate.value);
    } else {
      ++x_too_few[at];
    }
  }
}

bool Spread::any() const {
  return std::any_of(x_values.begin(), x_values.end(),
                     [](const std::vector<double>& one) { return !one.empty(); });
}

std::vector<double> Spread::values(Measure measure) const {
  std::vector<double> out = x_values[static_cast<std::size_t>(measure)];
  std::sort(out.begin(), out.end());
  return out;
}

std::string spread_text(const Spread& spread, Day as_of, Lang lang) {
  const bool zh = lang == Lang::kZh;
  std::string out =
      zh ? fmt::format("有订单的 {} 位客户的偏好（截至 {}）\n", spread.customers(), iso_date(as_of))
         : fmt::format("What {} customers with orders prefer (as of {})\n", spread.customers(),
                       iso_date(as_of));
  const std::size_t columns = zh ? 18 : 28;
  out += zh ? fmt::format("  {}客户数  太少    10%    50%    90%  分布\n", padded("", columns))
            : fmt::format("  {}   who   few    10%    50%    90%  spread\n", padded("", columns));
  for (std::size_t i = 0; i < behaviour::kMeasures; ++i) {
    const auto measure = static_cast<Measure>(i);
    const std::vector<double> values = spread.values(measure);
    if (values.empty() && spread.too_few(measure) == 0) continue;
    out +=
        fmt::format("  {}{:>6}{:>6}", padded(behaviour::measure_label(measure).in(lang), columns),
                    values.size(), spread.too_few(measure));
    if (!values.empty()) {
      const Range range = range_of(measure, values);
      const std::string low = figure(measure, range.low), high = figure(measure, range.high);
      out += fmt::format("{:>7}{:>7}{:>7}  {} {} {}", figure(measure, quantile(values, 0.1)),
                         figure(measure, quantile(values, 0.5)),
                         figure(measure, quantile(values, 0.9)), low,
                         sparks(histogram(values, range.low, range.high)), high);
    }
    out += "\n";
  }
  return out;
}

std::string spread_json(const Spread& spread, Day as_of) {
  std::string out;
  for (std::size_t i = 0; i < behaviour::kMeasures; ++i) {
    const auto measure = static_cast<Measure>(i);
    const std::vector<double> values = spread.values(measure);
    if (values.empty() && spread.too_few(measure) == 0) continue;
    JsonWriter json(out);
    json.begin_object().field("measure", behaviour::measure_id(measure));
    json.field("as_of", iso_date(as_of)).field("customers", std::int64_t(values.size()));
    json.field("too_few", std::int64_t(spread.too_few(measure)));
    json.field("least", behaviour::least_of(measure));
    if (!values.empty()) {
      json.field("p10", quantile(values, 0.1)).field("p50", quantile(values, 0.5));
      json.field("p90", quantile(values, 0.9));
      const Range range = range_of(measure, values);
      json.key("histogram").begin_object().field("from", range.low).field("to", range.high);
      json.key("customers").begin_array();
      for (const double n : histogram(values, range.low, range.high)) json.integer(std::int64_t(n));
      json.end_array().end_object();
    }
    json.end_object();
    out += "\n";
  }
  return out;
}

std::string gap_text(const std::string& customer, const profile::SaidDid& one,
                     const evidence::Catalogue& catalogue, Lang lang) {
  return fmt::format("{}  {}", visible_line(customer), said_did_text(one, catalogue, lang, 2));
}

std::string gap_json(const std::string& customer, const profile::SaidDid& one,
                     const evidence::Catalogue& catalogue) {
  std::string out;
  JsonWriter json(out);
  json.begin_object().field("customer", customer).key("gap");
  write_said_did(json, one, catalogue);
  json.end_object();
  return out;
}

}  // namespace xinjing::report
