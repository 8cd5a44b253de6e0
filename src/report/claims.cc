#include "report/claims.h"

#include <algorithm>
#include <cmath>

#include "base/format.h"
#include "report/claim_writer.h"
#include "report/report_sentences.h"
#include "report/wording.h"

namespace xinjing::report {
namespace {

using insight::Event;
using insight::Interval;
using insight::ReportData;

constexpr double kRatings = 1'000;  // the weight of a shift of all ratings
constexpr std::size_t kMost = 6;

std::string percent(const Interval& share) { return fmt::format("{:.0f}%", 100 * share.value); }

std::string minutes(double value) {
  return value < 10 ? fmt::format("{:.1f}", value) : fmt::format("{:.0f}", value);
}

}  // namespace

std::string quoted_words(const std::vector<std::string>& words, std::size_t most, bool zh) {
  std::string out;
  for (std::size_t i = 0; i < std::min(most, words.size()); ++i) {
    out += zh ? fmt::format("{}“{}”", i == 0 ? "" : "、", words[i])
              : fmt::format("{}“{}”", i == 0 ? "" : ", ", words[i]);
  }
  return out;
}

/// What a burst left behind: claims, and praise once it was over.
void ClaimWriter::followed(const Event& event) {
  Claim claim{.id = event.id,
              .text = {},
              .why = {},
              .sure = event.p < 1e-3 ? "fair" : "weak",
              .section = "trend"};
  claim.cites = event.cites, claim.weight = event.count - event.expected;
  const std::string where = scope_text(event, x_zh);
  if (x_zh) {
    claim.text = fmt::format("大事之后（{}），{}{}多了：{:.0f} 段，平时同样长的时间约 {:.0f} 段。",
                             span_text(event.from, event.to, x_lang), where, what(event),
                             event.count, std::max(1.0, event.expected));
    claim.why = fmt::format(
        "大事平息后的 45 天（索赔从第一天算起）和其余日子比，p = {:.2g}。按固定的说法数"
        "（lexicons/praise），漏数的多，前后可比；时间上跟着，不等于由它引起。",
        std::max(event.p, 1e-12));
  } else {
    claim.text = fmt::format(
        "After the event ({}) there were more {}{}: {:.0f}, against about {:.0f} in as many days.",
        span_text(event.from, event.to, x_lang), what(event),
        where.empty() ? "" : " (" + where + ")", event.count, std::max(1.0, event.expected));
    claim.why = fmt::format(
        "The 45 days after the event died down (for claims from its first day on) against the rest "
        "of the time, p = {:.2g}. Counted by set phrases (lexicons/praise), which miss much; "
        "before "
        "and after compare. It followed in time, which is no proof of a cause.",
        std::max(event.p, 1e-12));
  }
  put(x_out.changed, std::move(claim));
}

void ClaimWriter::burst(const Event& event) {
  Claim claim{.id = event.id, .text = {}, .why = {}, .sure = sure(event.p), .section = "trend"};
  claim.cites = event.cites,
  claim.weight = (event.count - event.expected) * (event.praise ? 0.6 : 1);
  const std::string where = scope_text(event, x_zh);
  const double ratio = event.count / std::max(1.0, event.expected);
  const std::string times = fmt::format("{:.{}f}", ratio, ratio < 10 ? 1 : 0);
  if (x_zh) {
    claim.text = fmt::format(
        "{}，{}因{}集中来找我们：{} {:.0f} 段，平时同样长的时间约 {:.0f} 段（{} 倍）。",
        span_text(event.from, event.to, x_lang), where.empty() ? "客户" : where + "的客户",
        matter(event), what(event), event.count, std::max(1.0, event.expected), times);
    claim.why = fmt::format(
        "按天数出{}，与全年其余日子相比，碰巧这样集中的可能性 p "
        "{}（已计入看过的所有时段和所有题目）。"
        "涉及 {} 位客户，这些对话的情绪平均 {}（−1 到 1），其余对话 {}。"
        "这些词是这段时间比其他时候说得多的，不是预先写好的。{}",
        what(event), chance_text(event.p), event.customers_touched, signed_text(event.inside.value),
        signed_text(event.rest.value),
        event.environment
            ? "话里有停电、天气、资费一类不由柜台决定的事，属于环境；员工怎样接待另见下面。"
            : "也可能是同一批客户反复来问，或当时多接了一条渠道的数据。");
  } else {
    claim.text = fmt::format(
        "{}: {} came to us because of {}: {:.0f} {}, against about {:.0f} in as many days at other "
        "times ({} times as many).",
        span_text(event.from, event.to, x_lang),
        event.customer_kind.empty() || !event.department.empty() || !event.channel.empty()
            ? where.empty() ? "customers" : "customers of " + where
            : "customers of the kind “" + event.customer_kind + "”",
        matter(event), event.count, what(event), std::max(1.0, event.expected), times);
    claim.why = fmt::format(
        "Counted day by day against the rest of the time; that chance does as much: p {} (all "
        "stretches and all matters that were looked at allowed for). {} "
        "customers; "
        "feeling in these conversations {} (−1 to 1), in all others {}. The words are "
        "those "
        "said more then than at other times; none was written down beforehand. {}",
        chance_text(event.p), event.customers_touched, signed_text(event.inside.value),
        signed_text(event.rest.value),
        event.environment ? "They tell of something no counter decides (outage, weather, tariff); "
                            "what staff made of "
                            "it is a matter of its own, below."
                          : "It could also be the same customers asking again, or a channel whose "
                            "data came in then.");
  }
  claim.text += failed_in(event);
  put(x_out.happened, std::move(claim));
  conduct_in(event);
  promises_in(event);
}

/// Whose expectations failed more than usual within an event: what of it was service.
std::string ClaimWriter::failed_in(const Event& event) const {
  constexpr std::size_t kMostFailed = 3;
  std::vector<std::string> parts;
  for (const Event::Failed& one : event.failed) {
    if (parts.size() == kMostFailed) break;
    const std::string name = label("aspect", one.aspect);
    if (one.expected < 1) {
      parts.push_back(x_zh ? fmt::format("{} {:.0f} 段（平时不到 1 段）", name, one.count)
                           : fmt::format("{} in {:.0f} (fewer than 1)", name, one.count));
      continue;
    }
    parts.push_back(
        x_zh ? fmt::format("{} {:.0f} 段（平时约 {:.0f} 段）", name, one.count, one.expected)
             : fmt::format("{} in {:.0f} (about {:.0f})", name, one.count, one.expected));
  }
  if (parts.empty()) return {};
  return x_zh ? fmt::format("其中落空的期望比平时多的：{}。", fmt::join(parts, "、"))
              : fmt::format(" Expectations failed more often than usual: {}.",
                            fmt::join(parts, ", "));
}

/// What was promised during an event, and kept or not.
void ClaimWriter::promises_in(const Event& event) {
  constexpr std::size_t kLeast = 5;
  const insight::Promises& all = x_data.promises;
  Claim claim{
      .id = event.id + "-promises", .text = {}, .why = {}, .sure = "weak", .section = "promises"};
  std::size_t kept = 0, broken = 0;
  for (const auto* rows : {&all.broken_rows, &all.kept_rows}) {
    for (const insight::PromiseRow& row : *rows) {
      if (row.made < event.from || event.to < row.made) continue;
      ++(rows == &all.broken_rows ? broken : kept);
      if (claim.cites.size() < 12) claim.cites.push_back(row.outcome ? *row.outcome : row.cite);
    }
  }
  if (kept + broken < kLeast) return;
  claim.weight = double(kept + broken) / 3;
  if (x_zh) {
    claim.text = fmt::format(
        "这件事的那些天（{}，{}）许下的所有承诺里，有下文的 {} 条中兑现 {} 条，落空 {} 条。",
        brief(event), span_text(event.from, event.to, x_lang), kept + broken, kept, broken);
    claim.why = "承诺、期限和下文都取自原话和记录；没有下文的不算。条数少，只作线索，请看原话。";
  } else {
    claim.text = fmt::format(
        "Of all promises made in the days of the event ({}, {}) whose fate is told, {}, {} were "
        "kept and {} broken.",
        brief(event), span_text(event.from, event.to, x_lang), kept + broken, kept, broken);
    claim.why =
        "Promises, times and outcomes are those of the words and records; those of which nothing "
        "was heard do not count. They are few: a hint, read the quotes.";
  }
  put(x_out.changed, std::move(claim));
}

/// How many of an event's talks are on neither side of a comparison of answers.
std::string ClaimWriter::unjudged(const Event& event) const {
  const auto rest = std::llround(event.count) - event.well - event.ill;
  if (rest <= 0) return {};
  return x_zh ? fmt::format("；其余 {} 段没有可评的回答", rest)
              : fmt::format("; the other {} have no answer that can be judged", rest);
}

/// What staff did within an event, apart from the event itself.
void ClaimWriter::conduct_in(const Event& event) {
  if (event.well < 5 || event.ill < 5) return;
  const double gap = event.handled_well.value - event.handled_ill.value;
  const bool apart = event.handled_well.low > event.handled_ill.high;
  if (gap < 0.1) return;
  Claim claim{.id = event.id + "-conduct",
              .text = {},
              .why = {},
              .sure = apart ? "fair" : "weak",
              .section = "conduct"};
  claim.cites = event.cites, claim.weight = double(event.well + event.ill) * gap / 3;
  if (x_zh) {
    claim.text = fmt::format(
        "同是这件事（{}），接得好和接得差结果不同：上面 {:.0f} 段{}里，{} "
        "段的回答有倾听、共情和办法，"
        "客户最后的情绪平均 {}（−1 到 1）；{} 段没有或推脱，最后平均 {}{}。",
        brief(event), event.count, what(event), event.well, signed_text(event.handled_well.value),
        event.ill, signed_text(event.handled_ill.value), unjudged(event));
    claim.why = fmt::format(
        "只比较这件事里的对话，所以事情本身相同。接待按倾听、共情、解决、跟进的合计分（0 到 "
        "8）分成两组，4 分以上且没有推脱为好。"
        "区间：{} 对 {}。也可能是一开始就好说话的客户让接待显得好。",
        mean_text(event.handled_well, x_lang), mean_text(event.handled_ill, x_lang));
  } else {
    claim.text = fmt::format(
        "Within the same event ({}) the way of answering made a difference: of its {:.0f} {}, {} "
        "had listening, empathy and a way out, and the customer's last feeling was {} (−1 to 1); "
        "{} had not, and it was {}{}.",
        brief(event), event.count, what(event), event.well, signed_text(event.handled_well.value),
        event.ill, signed_text(event.handled_ill.value), unjudged(event));
    claim.why = fmt::format(
        "Only conversations of this event are compared, so the event is the same. Well means at "
        "least "
        "4 of 8 for listening, empathy, solution and follow-up, and no putting off. Intervals: {} "
        "against {}. Customers who were easier from the start may make an answer look better.",
        mean_text(event.handled_well, x_lang), mean_text(event.handled_ill, x_lang));
  }
  put(x_out.changed, std::move(claim));
}

/// Weeks of longer waits that are over.
void ClaimWriter::wait_burst(const Event& event) {
  Claim claim{.id = event.id, .text = {}, .why = {}, .sure = sure(event.p), .section = "trend"};
  claim.cites = event.cites;
  const double rest = event.before.value, then = event.after.value;
  claim.weight = std::log((then + 1) / (rest + 1)) * then * 2;
  const std::string span = span_text(event.from, event.to, x_lang);
  if (x_zh) {
    claim.text = fmt::format("{}的等候 {}一度变长：那时约 {} 分钟，其余时间约 {} 分钟。",
                             event.department, span, minutes(then), minutes(rest));
    claim.why = fmt::format(
        "根据触点表里每一次等候的起止时间（那时 {:.0f} 次，其余 {:.0f} 次），用几何平均，区间 {} "
        "到 {} "
        "分钟对 {} 到 {} 分钟，p {}（已计入试过的所有时段）。之后又回到原来，所以不算变化。",
        event.count, event.expected, minutes(event.after.low), minutes(event.after.high),
        minutes(event.before.low), minutes(event.before.high), chance_text(event.p));
  } else {
    claim.text = fmt::format(
        "Waiting at {} was longer for a time, {}: about {} minutes, against {} "
        "at other times.",
        event.department, span, minutes(then), minutes(rest));
    claim.why = fmt::format(
        "From begin and end of every wait in the touchpoints table ({:.0f} then, {:.0f} at other "
        "times), geometric means, {} to {} minutes against {} to {} minutes, p {} (all stretches "
        "that were tried allowed for). It went back, so it is no change.",
        event.count, event.expected, minutes(event.after.low), minutes(event.after.high),
        minutes(event.before.low), minutes(event.before.high), chance_text(event.p));
  }
  put(x_out.happened, std::move(claim));
}

void ClaimWriter::wait(const Event& event) {
  if (event.kind == "burst") return wait_burst(event);
  Claim claim{.id = event.id, .text = {}, .why = {}, .sure = sure(event.p), .section = "trend"};
  claim.cites = event.cites;
  const double before = event.before.value, after = event.after.value;
  claim.weight = std::abs(std::log((after + 1) / (before + 1))) * std::max(before, after) * 2;
  const bool trend = event.kind == "trend";
  if (x_zh) {
    claim.text =
        trend ? fmt::format("{}的等候从 {}起一路{}：最初一季约 {} 分钟，到 {}前一季约 {} 分钟。",
                            event.department, day_text(event.from, x_lang),
                            event.up ? "变长" : "变短", minutes(before), day_text(event.to, x_lang),
                            minutes(after))
              : fmt::format("{}的等候在 {}一下子{}：之前约 {} 分钟，之后约 {} 分钟。",
                            event.department, day_text(event.from, x_lang),
                            event.up ? "变长" : "变短", minutes(before), minutes(after));
    claim.why = fmt::format(
        "根据触点表里每一次等候的起止时间（之前 {:.0f} 次，之后 {:.0f} 次），用几何平均，区间 {} "
        "到 {} 分钟对 {} 到 {} 分钟。"
        "日期是数据自己给出的断点。原因要看当时做了什么：加人、加窗口、预约，或来的人少了。",
        event.expected, event.count, minutes(event.before.low), minutes(event.before.high),
        minutes(event.after.low), minutes(event.after.high));
  } else {
    claim.text =
        trend
            ? fmt::format(
                  "Waiting at {} grew {} from {} on: about {} minutes in the first "
                  "quarter, {} minutes in the one before {}.",
                  event.department, event.up ? "longer" : "shorter", day_text(event.from, x_lang),
                  minutes(before), minutes(after), day_text(event.to, x_lang))
            : fmt::format(
                  "Waiting at {} grew {} at once on {}: about {} minutes before, {} minutes after.",
                  event.department, event.up ? "longer" : "shorter", day_text(event.from, x_lang),
                  minutes(before), minutes(after));
    claim.why = fmt::format(
        "From begin and end of every wait in the touchpoints table ({:.0f} before, {:.0f} after), "
        "geometric means, {} to {} minutes against {} to {} minutes. The day is the break the data "
        "themselves "
        "show. Why is to be seen from what was done then: staff, counters, booking, or fewer "
        "visitors.",
        event.expected, event.count, minutes(event.before.low), minutes(event.before.high),
        minutes(event.after.low), minutes(event.after.high));
  }
  put(trend ? x_out.happened : x_out.changed, std::move(claim));
}

/// A burst that is over.
void ClaimWriter::faded(const Event& event) {
  Claim claim{.id = event.id, .text = {}, .why = {}, .sure = "fair", .section = "trend"};
  claim.weight = event.before.value - event.after.value;
  if (x_zh) {
    claim.text = fmt::format("{}的事从 {}起平息：{}每周从 {:.0f} 段降到 {:.0f} 段。", brief(event),
                             day_text(event.from, x_lang), counted_text(event.of, x_cards, x_lang),
                             event.before.value, event.after.value);
    claim.why = fmt::format(
        "数的和那件事本身一样，比较集中的那些天和之后 45 天，按周折算，区间 {:.0f} 到 {:.0f} 对 "
        "{:.0f} 到 {:.0f}。平息可能是因为做了什么，也可能只是过去了。",
        event.before.low, event.before.high, event.after.low, event.after.high);
  } else {
    claim.text =
        fmt::format("The matter of {} died down from {} on: from {:.0f} {} a week to {:.0f}.",
                    brief(event), day_text(event.from, x_lang), event.before.value,
                    counted_text(event.of, x_cards, x_lang), event.after.value);
    claim.why = fmt::format(
        "Counted as the event itself is: the days of the burst against the 45 days after it, by "
        "the week: {:.0f} to "
        "{:.0f} against {:.0f} to {:.0f}. It may have died down because of what was "
        "done, or by itself.",
        event.before.low, event.before.high, event.after.low, event.after.high);
  }
  put(x_out.changed, std::move(claim));
}

/// Mean feeling, or ratings, before and after a day.
void ClaimWriter::feeling(const Event& event, Claim claim) {
  const std::string where = scope_text(event, x_zh);
  const bool rating = event.what == "rating";
  const int most = rating ? 2 : 1;
  const bool overall = rating && event.survey.empty();  // what all rate stands before all else
  claim.weight = (overall ? kRatings : 0) + 22 * std::abs(event.after.value - event.before.value);
  if (x_zh) {
    const std::string of = !rating                ? where + "客户的情绪"
                           : event.survey.empty() ? "客户的打分"
                                                  : "“" + event.survey + "”的打分";
    claim.text =
        fmt::format("{}从 {}起{}：平均由 {} 到 {}（−{} 到 {}）。", of, day_text(event.from, x_lang),
                    event.up ? "变好" : "变差", signed_text(event.before.value),
                    signed_text(event.after.value), most, most);
    if (overall) {
      claim.text = fmt::format("客户的打分约从 {}起{}：之前 {}，之后 {}（−2 到 2）。",
                               day_text(event.from, x_lang), event.up ? "升高" : "降低",
                               signed_text(event.before.value), signed_text(event.after.value));
    }
    claim.why = fmt::format(
        "之前 {} 次，之后 {} 次；区间 {} 和 {}。日期是数据自己给出的断点，p "
        "{}（已计入试过的所有日子）。",
        count_text(std::llround(event.expected)), count_text(std::llround(event.count)),
        mean_text(event.before, x_lang), mean_text(event.after, x_lang), chance_text(event.p));
  } else {
    const std::string of = !rating ? (where.empty() ? "" : where + ": ") + "how customers feel"
                           : event.survey.empty() ? "what customers rate"
                                                  : "ratings of “" + event.survey + "”";
    claim.text =
        fmt::format("From {} on {} got {}: {} before, {} after (−{} to {}).",
                    day_text(event.from, x_lang), of, event.up ? "better" : "worse",
                    signed_text(event.before.value), signed_text(event.after.value), most, most);
    if (overall) {
      claim.text = fmt::format("Ratings {} from about {}: before {}, after {} (−2 to 2).",
                               event.up ? "rose" : "fell", day_text(event.from, x_lang),
                               signed_text(event.before.value), signed_text(event.after.value));
    }
    claim.why = fmt::format(
        "{} before, {} after; intervals {} and {}. The day is the break the data "
        "themselves "
        "show, p {} (all days that were tried allowed for).",
        count_text(std::llround(event.expected)), count_text(std::llround(event.count)),
        mean_text(event.before, x_lang), mean_text(event.after, x_lang), chance_text(event.p));
  }
  put(x_out.changed, std::move(claim));
}

void ClaimWriter::level(const Event& event) {
  Claim claim{.id = event.id, .text = {}, .why = {}, .sure = sure(event.p), .section = "trend"};
  if (claim.sure == "strong") claim.sure = "fair";  // the reader may have changed as well
  claim.cites = event.cites;
  claim.weight = std::abs(event.count - event.expected);
  const std::string where = scope_text(event, x_zh);
  if (event.what == "feeling" || event.what == "rating") return feeling(event, std::move(claim));
  if (x_zh) {
    claim.text = fmt::format("{}{}{}{}：从 {} 到 {}。", where.empty() ? "" : where + "，",
                             event.kind == "shift" ? day_text(event.from, x_lang) + "起" : "一年里",
                             what(event), event.up ? "变多" : "变少", percent(event.before),
                             percent(event.after));
    claim.why = fmt::format(
        "占{}全部对话的比例，按读出的数；程序读错多少，这里不知道，所以不给区间，只比前后。p "
        "{}（已计入试过的所有断点）；{}集中爆发的日子已除外。",
        where.empty() ? "公司" : where, chance_text(event.p),
        where.empty() ? "" : "公司其他地方没有同样的变化；");
  } else {
    claim.text = fmt::format(
        "{}{}: {} {}, from {} to {}.", where.empty() ? "" : where + ", ",
        event.kind == "shift" ? "from " + day_text(event.from, x_lang) + " on" : "over the year",
        what(event), event.up ? "became more" : "became fewer", percent(event.before),
        percent(event.after));
    claim.why = fmt::format(
        "Shares of all conversations{}, counted as read; the reader's error is not known here, so "
        "there is no interval, only before and after. p {} (all breaks that were tried allowed "
        "for); {}days of bursts left out.",
        where.empty() ? "" : " there", chance_text(event.p),
        where.empty() ? "" : "the rest of the company shows no such change; ");
  }
  put(x_out.changed, std::move(claim));
}

void ClaimWriter::event(const Event& one) {
  if (one.what == "wait") return wait(one);
  if (one.what == "leaving") return leaving(one);
  if (one.what == "unmet_of_told") return failed(one);
  if (one.what.starts_with("complaint:")) return complaint(one);
  if (one.kind == "burst" && (one.what == "claims" || one.what.starts_with("praise:"))) {
    return followed(one);
  }
  if (one.kind == "burst") return burst(one);
  if (one.what == "faded") return faded(one);
  level(one);
}

void ClaimWriter::mood() {
  const auto& months = x_data.satisfaction_words;
  if (months.size() < 6) return;
  const insight::Monthly* worst = nullptr;
  for (const insight::Monthly& month : months) {
    if (month.n >= 20 && (worst == nullptr || month.value.value < worst->value.value)) {
      worst = &month;
    }
  }
  if (worst == nullptr) return;
  Claim claim{.id = "satisfaction", .text = {}, .why = {}, .sure = "weak", .section = "trend"};
  claim.weight = 3;
  const bool below = worst->value.high < x_data.satisfaction.value;
  if (x_zh) {
    claim.text = fmt::format("从话里读出的满意度（未经打分校准）平均 {}",
                             signed_text(x_data.satisfaction.value));
    claim.text += below ? fmt::format("；最低是 {}，{}。", month_text(worst->month, x_lang),
                                      signed_text(worst->value.value))
                        : std::string("；没有哪个月明显低于平均。");
    claim.why = fmt::format(
        "范围 −2 到 2，每段对话一个数，共 {} 段。程序读得有多偏，这里不知道，所以不给区间；"
        "只宜比较各月，不宜当作打分。打分另列，两者量的不是同一批人。",
        count_text(x_data.read));
  } else {
    claim.text = fmt::format("Satisfaction as read from words, uncalibrated, averages {}",
                             signed_text(x_data.satisfaction.value));
    claim.text +=
        below ? fmt::format("; the lowest month is {} with {}.", month_text(worst->month, x_lang),
                            signed_text(worst->value.value))
              : std::string("; no month is clearly below.");
    claim.why = fmt::format(
        "From −2 to 2, one figure a conversation, {} of them. How far the reader is off is not "
        "known here, so no interval is given: compare months by it, do not take it for a rating. "
        "Ratings are shown apart, since others give them.",
        count_text(x_data.read));
  }
  put(x_out.happened, std::move(claim));
}

Headline ClaimWriter::headline() {
  for (const Event& one : x_data.events) event(one);
  mood();
  promises();
  people();
  unmet();
  answers();
  for (auto* list : {&x_out.happened, &x_out.changed, &x_out.todo}) {
    std::stable_sort(list->begin(), list->end(),
                     [](const Claim& a, const Claim& b) { return a.weight > b.weight; });
    if (list->size() > kMost) list->resize(kMost);
  }
  return std::move(x_out);
}

std::string state_label(const evidence::Catalogue& cards, std::string_view construct,
                        std::string_view state, Lang lang) {
  const evidence::Card* card = cards.find(construct);
  const auto index = card == nullptr ? std::nullopt : card->find_state(state);
  return index ? card->states[*index].label.in(lang) : std::string(state);
}

Headline headline_of(const ReportData& data, const evidence::Catalogue& cards, Lang lang,
                     bool names) {
  return ClaimWriter(data, cards, lang, names).headline();
}

}  // namespace xinjing::report
