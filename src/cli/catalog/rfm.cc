#include "behaviour/rfm.h"

#include <algorithm>
#include <charconv>

#include "base/json_writer.h"
#include "cli/buyers.h"
#include "report/terminal_chart.h"

namespace xinjing::cli::catalog {
namespace {

using behaviour::Buyer;
using behaviour::Cuts;
using behaviour::RfmCuts;
using behaviour::RfmScore;
using behaviour::RfmTable;
using behaviour::Segment;
using report::fitted;
using report::fitted_right;

constexpr double kUnit = 10'000;

/// "30,90,180,365": four ascending numbers.
std::optional<Cuts> cuts_of(std::string_view text) {
  Cuts out{};
  for (std::size_t i = 0; i < out.size(); ++i) {
    const char* end = text.data() + text.size();
    const auto [rest, error] = std::from_chars(text.data(), end, out[i]);
    if (error != std::errc() || (i > 0 && !(out[i] > out[i - 1]))) return {};
    text.remove_prefix(std::size_t(rest - text.data()));
    if (i + 1 == out.size()) break;
    if (!text.starts_with(',')) return {};
    text.remove_prefix(1);
  }
  return text.empty() ? std::optional(out) : std::nullopt;
}

class Rfm final : public Command {
 public:
  void declare(Arguments& arguments) override {
    x_acts.declare(arguments);
    arguments.add({.name = "--cuts",
                   .field = &x_cuts,
                   .help = {"where scores begin: quantile (fifths of what is there) or fixed",
                            "分数的分界：quantile（按五分位）或 fixed（固定值）"},
                   .choices = {"quantile", "fixed"}});
    arguments.add({.name = "--recency-cuts",
                   .field = &x_recency,
                   .help = {"days since the last purchase, for --cuts fixed (default: "
                            "30,90,180,365)",
                            "距最近一次购买的天数，用于 --cuts fixed（默认 30,90,180,365）"}});
    arguments.add({.name = "--frequency-cuts",
                   .field = &x_frequency,
                   .help = {"purchases, for --cuts fixed (default: 2,3,5,10)",
                            "购买次数，用于 --cuts fixed（默认 2,3,5,10）"}});
    arguments.add({.name = "--money-cuts",
                   .field = &x_money,
                   .help = {"money in all, for --cuts fixed (default: 100,500,1000,5000)",
                            "消费总额，用于 --cuts fixed（默认 100,500,1000,5000）"}});
    arguments.add({.name = "--as-of",
                   .field = &x_as_of,
                   .help = {"the day to look from, 2026-03-05 (default: the last day with orders)",
                            "从哪一天看，如 2026-03-05（默认：有订单的最后一天）"}});
    arguments.add({.name = "--json",
                   .field = &x_json,
                   .help = {"one JSON object a customer", "每位客户一个 JSON 对象"}});
  }

  Result<int> run(const Context& context) override {
    const Result<RfmCuts> fixed = fixed_cuts();
    if (!fixed) return fixed.failure();
    Result<Acts> acts = x_acts.open(context);
    if (!acts) return acts.failure();
    const Result<AskedBuyers> asked = ask_buyers(acts->connection(), x_as_of, {});
    if (!asked) return asked.failure();
    const behaviour::Buyers& buyers = asked->buyers;
    const RfmCuts cuts =
        x_cuts == "fixed" ? *fixed : behaviour::quantile_cuts(buyers.all, buyers.as_of);
    if (x_json) {
      write_json(context, *asked, cuts);
    } else {
      write_text(context, *asked, cuts);
    }
    return int{kDone};
  }

 private:
  Result<RfmCuts> fixed_cuts() const {
    RfmCuts out;
    const std::pair<const std::string*, Cuts*> all[] = {
        {&x_recency, &out.recency}, {&x_frequency, &out.frequency}, {&x_money, &out.money}};
    for (const auto& [text, to] : all) {
      if (text->empty()) continue;
      if (x_cuts != "fixed") {
        return fail(ErrorCode::kUsage,
                    {"cuts are given with --cuts fixed only", "只有 --cuts fixed 才能给出分界"});
      }
      const std::optional<Cuts> cuts = cuts_of(*text);
      if (!cuts) {
        return fail(ErrorCode::kUsage,
                    {fmt::format("'{}' is not four ascending numbers like "
                                 "30,90,180,365",
                                 *text),
                     fmt::format("“{}”不是 30,90,180,365 这样四个递增的数", *text)});
      }
      *to = *cuts;
    }
    return out;
  }

  static void write_json(const Context& context, const AskedBuyers& asked, const RfmCuts& cuts) {
    const Day as_of = asked.buyers.as_of;
    for (std::size_t i = 0; i < asked.buyers.all.size(); ++i) {
      const Buyer& one = asked.buyers.all[i];
      const RfmScore score = behaviour::rfm_score(one, as_of, cuts);
      std::string out;
      {
        JsonWriter json(out);
        json.begin_object().field("customer", asked.ids[i]).field("as_of", iso_date(as_of));
        json.field("recency_days", one.cell(as_of).age_days - one.cell(as_of).last_days);
        json.field("purchases", one.purchases).field("money", double(one.net()) / kUnit);
        json.field("refunds", double(one.refunds) / kUnit);
        json.field("currency", asked.buyers.notes.currency);
        json.field("r", score.recency).field("f", score.frequency).field("m", score.money);
        json.field("segment", segment_id(segment_of(score))).end_object();
      }
      fmt::print(context.out, "{}\n", out);
    }
  }

  static std::string cut_line(const Cuts& cuts, std::string_view unit) {
    return fmt::format("{:g} | {:g} | {:g} | {:g} {}", cuts[0], cuts[1], cuts[2], cuts[3], unit);
  }

  void write_text(const Context& context, const AskedBuyers& asked, const RfmCuts& cuts) const {
    const behaviour::Buyers& buyers = asked.buyers;
    const RfmTable table = behaviour::rfm_table(buyers.all, buyers.as_of, cuts);
    const bool zh = context.lang == Lang::kZh;
    const std::string& currency = buyers.notes.currency;
    context.print("{}\n\n",
                  context.say({fmt::format("{} customers who bought, as of {}; {} in all",
                                           table.customers, iso_date(buyers.as_of),
                                           short_money(currency, double(table.money) / kUnit)),
                               fmt::format("截至 {}，买过的客户 {} 位，合计 {}",
                                           iso_date(buyers.as_of), table.customers,
                                           short_money(currency, double(table.money) / kUnit))}));
    write_segments(context, table, currency);
    write_grid(context, table);
    context.print(
        "\n{}\n  R {}\n  F {}\n  M {}\n", zh ? "分数 1–5 的分界" : "Where scores 1 to 5 begin",
        cut_line(cuts.recency, zh ? "天以上各降一分" : "days or more: a point less each"),
        cut_line(cuts.frequency, zh ? "次以上各升一分" : "purchases or more: a point more each"),
        cut_line(cuts.money, zh ? "以上各升一分" : "or more: a point more each"));
    if (x_cuts == "quantile" && empty_scores(table)) {
      context.print(
          "{}\n",
          zh ? "  数值相同的客户分数相同，所以有的分数没有人；也可用 --cuts fixed。"
             : "  Equal values get equal scores, so some scores stay empty; see --cuts fixed.");
    }
    tell_notes(context, asked.notes);
  }

  static bool empty_scores(const RfmTable& table) {
    for (std::size_t f = 0; f < 5; ++f) {
      std::int64_t n = 0;
      for (const auto& row : table.grid) n += row[f];
      if (n == 0) return true;
    }
    return false;
  }

  static void write_segments(const Context& context, const RfmTable& table,
                             const std::string& currency) {
    const bool zh = context.lang == Lang::kZh;
    const std::size_t name = zh ? 10 : 17;
    context.print("  {} {} {} {} {} {}\n", fitted(zh ? "分群" : "segment", name),
                  fitted_right(zh ? "客户" : "customers", 9),
                  fitted_right(zh ? "占比" : "share", 6), fitted_right(zh ? "金额" : "money", 14),
                  fitted_right(zh ? "占比" : "share", 6),
                  zh ? " 平均多久没来、买过几次" : " last on average, purchases");
    for (std::size_t i = 0; i < behaviour::kSegments; ++i) {
      const RfmTable::Part& part = table.segments[i];
      const auto segment = static_cast<Segment>(i);
      if (part.customers == 0) continue;
      const double share = double(part.customers) / double(table.customers);
      const double money = table.money > 0 ? double(part.money) / double(table.money) : 0;
      context.print("  {} {:>9} {:>5.1f}% {} {:>5.1f}%  {} {} {}\n",
                    fitted(context.say(segment_label(segment)), name), part.customers, 100 * share,
                    fitted_right(short_money(currency, double(part.money) / kUnit), 14),
                    100 * money,
                    fitted_right(fmt::format("{:.0f}{}", part.recency, zh ? " 天" : " d"), 7),
                    fitted_right(fmt::format("{:.1f}{}", part.purchases, zh ? " 次" : "×"), 8),
                    report::bar(money, 1, 16));
    }
    context.print("\n");
    for (std::size_t i = 0; i < behaviour::kSegments; ++i) {
      if (table.segments[i].customers == 0) continue;
      const auto segment = static_cast<Segment>(i);
      context.print("  {} {}\n", fitted(context.say(segment_label(segment)), name),
                    context.say(segment_words(segment)));
    }
  }

  static void write_grid(const Context& context, const RfmTable& table) {
    const bool zh = context.lang == Lang::kZh;
    constexpr std::string_view kShades[] = {" ", "░", "▒", "▓", "█"};
    std::int64_t most = 1;
    for (const auto& row : table.grid)
      most = std::max(most, *std::max_element(row.begin(), row.end()));
    context.print("\n{}\n", zh ? "客户数：最近一次购买 R（行）与购买次数 F（列）"
                               : "Customers by recency R (rows) and frequency F (columns)");
    context.print("       {}\n",
                  fmt::format("{:>9} {:>9} {:>9} {:>9} {:>9}", "F1", "F2", "F3", "F4", "F5"));
    for (std::size_t r = 5; r-- > 0;) {
      std::string line;
      for (const std::int64_t n : table.grid[r]) {
        const std::size_t shade =
            n == 0 ? 0 : 1 + std::size_t(3.999 * double(n) / double(most + 1));
        line += fmt::format(" {}{:>8}", kShades[std::min<std::size_t>(shade, 4)], n);
      }
      context.print("    R{} {}\n", r + 1, line);
    }
  }

  ActsArgument x_acts;
  std::string x_cuts = "quantile";
  std::string x_recency, x_frequency, x_money;
  std::string x_as_of;
  bool x_json = false;
};

}  // namespace

const Entry& rfm() {
  static const Entry entry{
      .name = "rfm",
      .summary = {"segment customers by how lately, how often and for how much they bought",
                  "按最近购买、购买次数、消费金额给客户分群"},
      .details =
          {"Everyone who bought gets three scores from 1 to 5: R (days since the last purchase), F "
           "(days with purchases) and M (money less refunds); they make eleven segments.\n"
           "Cuts are the fifths of what is there, or fixed ones that stay the same from month to "
           "month.\n\nExamples:\n"
           "  xinjing rfm --db company.duckdb\n  xinjing rfm orders.csv --cuts fixed --money-cuts "
           "50,200,800,3000\n  xinjing rfm --json > scores.jsonl",
           "每位买过的客户有三个 1 到 5 "
           "的分数：R（距最近一次购买的天数）、F（有购买的天数）、M（消费"
           "减退款），合成十一个分群。\n分界可取五分位，也可用每月不变的固定值。\n\n示例：\n"
           "  xinjing rfm --db company.duckdb\n  xinjing rfm orders.csv --cuts fixed --money-cuts "
           "50,200,800,3000\n  xinjing rfm --json > scores.jsonl"},
      .make = [] { return std::unique_ptr<Command>(std::make_unique<Rfm>()); }};
  return entry;
}

}  // namespace xinjing::cli::catalog
