#include "base/format.h"
#include "report/claim_writer.h"
#include "report/report_sentences.h"
#include "report/wording.h"

namespace xinjing::report {
namespace {

using insight::Event;
using insight::Interval;

/// Since when, where the day is that of a shift of ratings or of feeling.
std::string since(const Event& event, Lang lang) {
  if (lang == Lang::kZh) {
    return fmt::format("{}{}变{}以来", day_text(event.from, lang),
                       event.day_of == "rating" ? "打分" : "客户情绪", event.up ? "差" : "好");
  }
  return fmt::format("Since {} got {} on {}",
                     event.day_of == "rating" ? "ratings" : "how customers feel",
                     event.up ? "worse" : "better", day_text(event.from, lang));
}

/// Where the day comes from.
std::string ground_of_day(const Event& event, Lang lang) {
  const bool zh = lang == Lang::kZh;
  if (event.day_of.empty()) {
    return zh ? "各月第一天都试过，已计入。"
              : "The first of every month was tried, and is allowed for;";
  }
  const bool rating = event.day_of == "rating";
  return zh ? fmt::format("日期和方向来自客户的{}，不是从落空里找出来的（单侧）。",
                          rating ? "打分" : "情绪")
            : fmt::format(
                  "Day and direction are those of the {} and were not searched for; one-sided",
                  rating ? "ratings" : "customers' feeling");
}

}  // namespace

std::string Sentences::failed(const Event& event) const {
  const bool given = !event.day_of.empty();
  const auto percent = [](const Interval& share) {
    return fmt::format("{:.0f}%", 100 * share.value);
  };
  const std::string after = share_text(event.after, x_lang);
  const std::string before = share_text(event.before, x_lang);
  constexpr std::int64_t kLeastPromises = 5;
  std::string promises;
  if (std::min(event.well, event.ill) >= kLeastPromises) {
    promises = fmt::format(
        fmt::runtime(x_zh ? "；答应的事失约的由 {} 到 {}" : "; promises broken went from {} to {}"),
        percent(event.rest), percent(event.inside));
  }
  if (x_zh) {
    return fmt::format("{}，客户的期望和答应的事落空得{}：有下文的期望里 {}，之前 {}{}。",
                       given ? since(event, x_lang) : day_text(event.from, x_lang) + "起",
                       event.up ? "多了" : "少了", after, before, promises);
  }
  return fmt::format(
      "{}, {} of what was expected and promised failed: {} of the expectations whose end is "
      "told, {} before{}.",
      given ? since(event, x_lang) : fmt::format("From {} on", day_text(event.from, x_lang)),
      event.up ? "more" : "less", after, before, promises);
}

/// Less, or more, of what was promised and expected failed from a day on.
void ClaimWriter::failed(const Event& event) {
  Claim claim{.id = event.id,
              .text = Sentences(x_data, x_cards, x_lang).failed(event),
              .why = {},
              .sure = event.p < 1e-3 ? "fair" : "weak",
              .section = "promises"};
  claim.cites = event.cites, claim.weight = 23;
  if (x_zh) {
    claim.why = fmt::format(
        "之前落空 {:.0f} 件，之后 {:.0f} "
        "件，期望和承诺各和自己的比，只算有下文的（承诺只算一个月内有下文的）；同一段对话里的几件只"
        "当一段算。{}p "
        "{}（把对话随机重排日期 1,999 次）。没有下文的不在内。",
        event.expected, event.count, ground_of_day(event, x_lang), chance_text(event.p));
  } else {
    claim.why = fmt::format(
        "{:.0f} failed before and {:.0f} after, of all whose end is told, expectations and "
        "promises "
        "each beside their own (promises: told within a month); what one conversation says counts "
        "as "
        "one conversation. {} p {} (1,999 random orders of the conversations over the days). What "
        "nothing was heard of is left out.",
        event.expected, event.count, ground_of_day(event, x_lang), chance_text(event.p));
  }
  put(x_out.changed, std::move(claim));
}

/// When customers of a kind complain most of what those who leave complain of more.
void ClaimWriter::complaint(const Event& event) {
  Claim claim{.id = event.id,
              .text = {},
              .why = {},
              .sure = event.p < 2e-3 ? "fair" : "weak",
              .section = "people"};
  claim.cites = event.cites, claim.weight = event.count - event.expected;
  const std::string customers = Sentences(x_data, x_cards, x_lang).customers(event.customer_kind);
  const std::string aspect = aspects(event);
  if (x_zh) {
    claim.text = fmt::format(
        "{}里，说到离开或比较的更常嫌“{}”：占他们对话的 {}，其余客户 {}；整类客户嫌得最密的是 "
        "{}（{:.0f} 段，按其余时间约该有 {:.0f} 段）。",
        customers, aspect, share_text(event.after, x_lang), share_text(event.before, x_lang),
        span_text(event.from, event.to, x_lang), event.count, std::max(1.0, event.expected));
    claim.why = fmt::format(
        "先逐方面比较两边抱怨的对话（对数几率，几段都是同一客户的不重复算，错误发现率 "
        "5%），再问这一方面什么时候最密（按周扫描，p {}，随机重排 999 次）。抱怨按固定说法"
        "（lexicons/complaints）、落空的期望和不高兴时谈到的方面来数，漏数的多，两边可比。"
        "抱怨在先不等于因此离开：请看原话。",
        chance_text(event.p));
  } else {
    claim.text = fmt::format(
        "{}: those who speak of leaving or compare complain more of {}: in {} of their "
        "conversations, others in {}; most of all {} ({:.0f} conversations of that kind of "
        "customer, about {:.0f} expected).",
        customers, aspect, share_text(event.after, x_lang), share_text(event.before, x_lang),
        span_text(event.from, event.to, x_lang), event.count, std::max(1.0, event.expected));
    claim.why = fmt::format(
        "First the complaints of both are compared aspect by aspect (log odds, allowing for "
        "customers with many conversations, false discoveries at 5%), then it is asked when that "
        "aspect came up most (scan of weeks, p {}, 999 random orders). Complaints are set phrases "
        "(lexicons/complaints), failed expectations, and aspects named in displeasure: many are "
        "missed, on both sides. Who complained and left did not always leave for it: read the "
        "quotes.",
        chance_text(event.p));
  }
  put(x_out.changed, std::move(claim));
}

void ClaimWriter::leaving(const Event& event) {
  if (!event.up) return;
  Claim claim{.id = event.id,
              .text = {},
              .why = {},
              .sure = event.p < 1e-3   ? "strong"
                      : event.p < 0.05 ? "fair"
                                       : "weak",
              .section = "people"};
  claim.cites = event.cites, claim.weight = 4 * (event.count - event.expected);
  const std::string rivals = quoted_words(event.words, 3, x_zh);
  const std::string named = rivals.empty() ? ""
                            : x_zh         ? fmt::format("，反复提到{}", rivals)
                                           : fmt::format(", with {} named again and again", rivals);
  if (x_zh) {
    claim.text = fmt::format(
        "{}客户在慢慢流失：{} 位说到离开、比较或点名对手{}；前半段 {:.0f} 人次，后半段 {:.0f} "
        "人次。",
        event.customer_kind, event.customers_touched, named, event.expected, event.count);
    claim.why = fmt::format(
        "逐月数出话里说到离开、比较或点名对手的{}客户，趋势检验 p {}。"
        "对手的名字是在这些客户的话里反复出现、"
        "别的客户很少说、词典里又没有的词。说到不等于已走：请逐一看原话。",
        event.customer_kind, chance_text(event.p));
  } else {
    claim.text = fmt::format(
        "{} customers are leaking away: {} spoke of leaving, compared or named a rival{}; {:.0f} "
        "times in the "
        "first "
        "half of the time, {:.0f} in the second.",
        event.customer_kind, event.customers_touched, named, event.expected, event.count);
    claim.why = fmt::format(
        "Customers of this kind who speak of leaving, compare, or name a rival, month by month; "
        "test "
        "for trend p {}. The rivals are words that these customers say again and again, "
        "others "
        "hardly, and no dictionary has. To speak of it is not to leave: read their words.",
        chance_text(event.p));
  }
  put(x_out.changed, std::move(claim));
}

}  // namespace xinjing::report
