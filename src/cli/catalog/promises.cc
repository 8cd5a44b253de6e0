#include <map>

#include "base/file.h"
#include "base/json_writer.h"
#include "cli/company.h"
#include "cli/use_argument.h"
#include "insight/interval.h"
#include "playbook/promise_plays.h"
#include "psychology/ledger_table.h"

namespace xinjing::cli::catalog {
namespace {

using psychology::KeptPromise;
using psychology::PromiseStatus;

constexpr std::int64_t kMinute = 60'000;
constexpr std::int64_t kHour = 60 * kMinute;
constexpr std::int64_t kDay = 24 * kHour;

/// "24h", "3d", "2w" in milliseconds.
std::optional<std::int64_t> span_of(std::string_view text) {
  if (text.size() < 2 || text.size() > 5) return {};
  std::int64_t number = 0;
  for (const char c : text.substr(0, text.size() - 1)) {
    if (c < '0' || c > '9') return {};
    number = number * 10 + (c - '0');
  }
  const char unit = text.back();
  if (unit == 'h') return number * kHour;
  if (unit == 'd') return number * kDay;
  if (unit == 'w') return number * 7 * kDay;
  return {};
}

struct Count {
  std::int64_t all = 0, kept = 0, broken = 0, silent = 0, open = 0, withdrawn = 0;
  void add(PromiseStatus status) {
    ++all;
    switch (status) {
      case PromiseStatus::kMet:
      case PromiseStatus::kExceeded:
        ++kept;
        break;
      case PromiseStatus::kUnmet:
        ++broken;
        break;
      case PromiseStatus::kExpired:
        ++silent;
        break;
      case PromiseStatus::kOpen:
        ++open;
        break;
      case PromiseStatus::kWithdrawn:
        ++withdrawn;
        break;
    }
  }
};

/// The share that was kept of those that were due: what nobody speaks of is not shown to be kept.
insight::Interval share_of(const Count& count) {
  return insight::share_interval(double(count.kept),
                                 double(count.kept + count.broken + count.silent));
}

/// The share that was kept of those whose fate is known; nothing where none is.
std::optional<double> share_of_known(const Count& count) {
  const std::int64_t known = count.kept + count.broken;
  if (known == 0) return std::nullopt;
  return double(count.kept) / double(known);
}

/// Lists what was promised and is due, with what to do; or how often promises are kept.
class Promises final : public Command {
 public:
  void declare(Arguments& arguments) override {
    arguments.add(
        {.name = "ID", .field = &x_id, .help = {"only this customer's", "只看这位客户的"}});
    x_database.declare(arguments);
    arguments.add({.name = "--due",
                   .field = &x_due,
                   .help = {"only what is due within this time, or overdue by as much: 24h, 3d, 2w",
                            "只看多久之内到期、或逾期不超过多久的：24h、3d、2w"}});
    arguments.add({.name = "--all",
                   .field = &x_all,
                   .help = {"also promises that were kept, broken or withdrawn",
                            "已兑现、未兑现、已撤回的也列出"}});
    arguments.add({.name = "--expected",
                   .field = &x_expected,
                   .help = {"instead of promises: what customers asked for, and what became of it",
                            "改为列出客户提出的要求及其结果，而非承诺"}});
    arguments.add({.name = "--rates",
                   .field = &x_rates,
                   .help = {"instead: how often promises are kept, by agent, department, channel, "
                            "aspect or act",
                            "改为列出兑现率，按 agent、department、channel、aspect 或 act 分组"}});
    arguments.add({.name = "--as-of",
                   .field = &x_as_of,
                   .help = {"the moment to look from: 2026-03-05 (its end) or now (default: the "
                            "last day with data)",
                            "从何时看：2026-03-05（当天结束时）或 now（默认：有数据的最后一天）"}});
    x_use.declare(arguments);
    arguments.add(
        {.name = "--limit",
         .field = &x_limit,
         .help = {"entries in each part of the list; 0 is all", "每一部分最多列几条；0 表示全部"}});
    arguments.add({.name = "--json",
                   .field = &x_json,
                   .help = {"one JSON object a line", "每行输出一个 JSON 对象"}});
  }

  Result<int> run(const Context& context) override {
    std::optional<std::int64_t> within;
    if (!x_due.empty()) {
      within = span_of(x_due);
      if (!within) {
        return fail(ErrorCode::kUsage, {fmt::format("'{}' is no time like 24h, 3d or 2w", x_due),
                                        fmt::format("“{}”不是 24h、3d、2w 这样的时长", x_due)});
      }
    }
    if (x_limit < 0) {
      return fail(ErrorCode::kUsage, {"--limit is 0 or more", "--limit 应不小于 0"});
    }
    const Result<evidence::Use> use = x_use.use();
    if (!use) return use.failure();
    Result<Company> company = Company::open(x_database, context);
    if (!company) return company.failure();
    constexpr std::string_view kLedger[] = {"expectation"};
    const evidence::Permit permit(company->catalogue(), *use);
    if (Status left = permit.leaves_any(kLedger); !left) return left.failure();
    x_zone = company->database.zone_minutes();
    std::optional<std::int64_t> person;
    if (!x_id.empty()) {
      Result<std::int64_t> found = find_person(company->database, x_id);
      if (!found) return found.failure();
      person = *found;
    }
    Result<Instant> as_of = moment(company->connection());
    if (!as_of) return as_of.failure();
    auto promises = load(*company, *as_of, person);
    if (!promises) return promises.failure();
    if (!x_rates.empty()) return rates(context, *promises, company->catalogue());
    Result<std::string> text = read_file(context.home / "plays" / "promises.tsv");
    if (!text) return text.failure();
    auto plays = playbook::PromisePlays::parse(*text, "plays/promises.tsv");
    if (!plays) return plays.failure();
    return list(context, *promises, *as_of, within, *plays, company->catalogue());
  }

 private:
  Result<std::vector<KeptPromise>> load(const Company& company, Instant as_of,
                                        std::optional<std::int64_t> person) const {
    const DuckConnection& connection = company.connection();
    const auto kept = x_expected ? psychology::Kept::kWanted : psychology::Kept::kPromises;
    if (!person) return psychology::load_promises(connection, company.deeds, as_of, kept);
    auto messages = store::PersonMessages::open(connection, *person);
    if (!messages) return messages.failure();
    return psychology::load_promises(connection, company.deeds, as_of, *messages, kept);
  }

  Result<Instant> moment(const DuckConnection& connection) const {
    if (x_as_of == "now") return now();
    Result<Day> day = as_of_day(connection, x_as_of);
    if (!day) return day.failure();
    return instant_at({day->number + 1}, 0, x_zone);
  }

  std::string local(Instant at, bool to_the_minute) const {
    if (!to_the_minute) return iso_date({day_of({at.millis - 1}, x_zone)});
    const std::string iso = iso_time(at, x_zone);
    return iso.substr(0, 10) + " " + iso.substr(11, 5);
  }

  struct Part {
    std::string situation;
    Said title;
    std::vector<const KeptPromise*> entries;
  };

  static std::vector<Part> parts_of(const std::vector<KeptPromise>& promises, Instant as_of,
                                    std::optional<std::int64_t> within, bool all) {
    std::vector<Part> parts = {
        {"overdue", {"Overdue, and nothing shows that it was done", "已过期，未见兑现"}, {}},
        {"soon", {"Due soon", "即将到期"}, {}},
        {"open", {"Due later", "以后到期"}, {}},
        {"undated", {"No time was named", "没有说期限"}, {}},
        {"unmet", {"Broken", "未兑现"}, {}},
        {"exceeded", {"Kept, and more than that", "超出承诺"}, {}},
        {"met", {"Kept", "已兑现"}, {}},
        {"withdrawn", {"Withdrawn or replaced by another", "已撤回或改期"}, {}}};
    constexpr std::int64_t kSoon = kDay;
    for (const KeptPromise& one : promises) {
      const psychology::LedgerEntry& entry = one.entry;
      const auto& due = entry.promise.due;
      const std::int64_t away = due ? due->millis - as_of.millis : 0;
      std::size_t part = 0;
      switch (entry.status) {
        case PromiseStatus::kExpired:
          if (within && -away > *within) continue;
          part = 0;
          break;
        case PromiseStatus::kOpen:
          if (within && (!due || away > *within)) continue;
          part = !due ? 3 : away <= within.value_or(kSoon) ? 1 : 2;
          break;
        default:
          if (!all) continue;
          part = entry.status == PromiseStatus::kUnmet      ? 4
                 : entry.status == PromiseStatus::kExceeded ? 5
                 : entry.status == PromiseStatus::kMet      ? 6
                                                            : 7;
      }
      parts[part].entries.push_back(&one);
    }
    const auto by_due = [](const KeptPromise* a, const KeptPromise* b) {
      return a->entry.promise.due.value_or(Instant{}) < b->entry.promise.due.value_or(Instant{});
    };
    const auto by_recent = [](const KeptPromise* a, const KeptPromise* b) {
      return b->entry.promise.at.time < a->entry.promise.at.time;
    };
    for (Part& part : parts) {
      std::stable_sort(part.entries.begin(), part.entries.end(), by_due);
      if (part.situation == "overdue") std::reverse(part.entries.begin(), part.entries.end());
      // What was said last can still be given a date; by customer it would be read in no order.
      if (part.situation == "undated")
        std::stable_sort(part.entries.begin(), part.entries.end(), by_recent);
    }
    return parts;
  }

  /// The part of the list, but that a limit without a time needs none, and that what was told or
  /// asked for is not the company's own word.
  static std::string situation_of(const Part& part, const KeptPromise& one) {
    const psychology::Promise& promise = one.entry.promise;
    const bool limit = promise.amount && promise.amount->bound != language::Bound::kExactly;
    if (limit && part.situation == "undated") return "limit";
    if (limit && part.situation == "unmet") return "over";
    if (promise.wanted &&
        (part.situation == "undated" || part.situation == "unmet" || part.situation == "overdue")) {
      return "wanted-" + part.situation;
    }
    if (promise.told && part.situation == "undated") return "told";
    return part.situation;
  }

  Result<int> list(const Context& context, const std::vector<KeptPromise>& promises, Instant as_of,
                   std::optional<std::int64_t> within, const playbook::PromisePlays& plays,
                   const evidence::Catalogue& cards) const {
    const std::vector<Part> parts = parts_of(promises, as_of, within, x_all);
    if (x_json) {
      for (const Part& part : parts) {
        for (const KeptPromise* one : part.entries) {
          write_json(context, *one, plays.find(situation_of(part, *one), one->acts));
        }
      }
      return int{kDone};
    }
    std::int64_t shown = 0;
    for (const Part& part : parts) {
      if (part.entries.empty()) continue;
      context.print("{}{} ({})\n", shown == 0 ? "" : "\n", context.say(part.title),
                    part.entries.size());
      std::size_t n = 0;
      for (const KeptPromise* one : part.entries) {
        if (x_limit > 0 && n == std::size_t(x_limit)) {
          context.print(
              "  {}\n",
              context.say(
                  {fmt::format("... and {} more (--limit 0 shows all)", part.entries.size() - n),
                   fmt::format("……另有 {} 条（--limit 0 全部列出）", part.entries.size() - n)}));
          break;
        }
        ++n;
        write_entry(context, *one, as_of, plays.find(situation_of(part, *one), one->acts), cards);
      }
      shown += std::int64_t(part.entries.size());
    }
    if (shown == 0) {
      context.print("{}\n", context.say({"No promise is open in what was asked for.",
                                         "所问范围内没有未了的承诺。"}));
    }
    return int{kDone};
  }

  std::string aspect_label(const Context& context, const evidence::Catalogue& cards,
                           const std::string& code) const {
    if (const evidence::Card* card = cards.find("aspect")) {
      for (const auto& state : card->states) {
        if (state.id == code) return state.label.in(context.lang);
      }
    }
    return code;
  }

  std::string group_label(const Context& context, const evidence::Catalogue& cards,
                          const std::string& group) const {
    return x_rates == "aspect" ? aspect_label(context, cards, group) : group;
  }

  void write_entry(const Context& context, const KeptPromise& one, Instant as_of, const Said* play,
                   const evidence::Catalogue& cards) const {
    const psychology::Promise& promise = one.entry.promise;
    std::string when = context.say({"no date", "无期限"});
    if (promise.due) {
      when = local(*promise.due, promise.due_to_the_minute);
      const std::int64_t away = promise.due->millis - as_of.millis;
      const std::int64_t size = std::abs(away);
      const std::string far = size >= 2 * kDay ? fmt::format("{} d", size / kDay)
                                               : fmt::format("{} h", (size + kHour / 2) / kHour);
      if (one.entry.status == PromiseStatus::kExpired) {
        when += context.say({" (" + far + " ago)", "（已过 " + far + "）"});
      } else if (one.entry.status == PromiseStatus::kOpen) {
        when += context.say({" (in " + far + ")", "（还有 " + far + "）"});
      }
    }
    std::string who;
    for (const std::string& part : {one.agent, one.department, one.channel}) {
      if (!part.empty()) who += (who.empty() ? "" : ", ") + part;
    }
    if (promise.told) who += context.say(giver_label(promise.giver));
    if (promise.wanted) who += context.say({" (the customer asks)", "（客户要求）"});
    context.print("  {}  {}  {}  {}\n", when, visible_line(one.customer),
                  aspect_label(context, cards, one.aspect), visible_line(who));
    context.print("      {} “{}”\n", local(promise.at.time, true), visible_line(promise.quote));
    const std::string content = context.say(psychology::content_of(one, x_zone));
    // Where no act is known the content is the quote again, with the time of the line above.
    if (content.find(promise.quote) == content.npos) {
      context.print("      {}\n", visible_line(content));
    }
    if (const auto gap = psychology::gap_of(one.entry)) {
      const auto& amount = *promise.amount;
      context.print(
          "      {}\n",
          context.say(
              {fmt::format("{} {} came, {:+g}", one.entry.came->number, amount.unit, *gap),
               fmt::format("实际 {} {}，相差 {:+g}", one.entry.came->number, amount.unit, *gap)}));
    }
    if (!one.entry.changed_by.empty()) {
      context.print("      {} “{}”\n", local(one.entry.changed_at->time, true),
                    visible_line(one.entry.changed_by));
    }
    if (one.entry.deed) {
      const psychology::Deed& deed = *one.entry.deed;
      context.print("      {} {}{}\n", local(deed.from, true),
                    context.say(psychology::deed_in_words(deed)),
                    one.entry.late ? context.say({", late", "，晚了"}) : "");
    }
    if (play != nullptr) context.print("      → {}\n", context.say(*play));
  }

  /// Who gave the word that the customer tells of.
  static Said giver_label(language::Giver giver) {
    switch (giver) {
      case language::Giver::kContract:
        return {" (by contract, as the customer tells)", "（合同所载，客户转述）"};
      case language::Giver::kAdvert:
        return {" (advertised, as the customer tells)", "（广告所称，客户转述）"};
      case language::Giver::kAgent:
        return {" (by an agent, as the customer tells)", "（人员所说，客户转述）"};
      default:
        return {" (as the customer tells)", "（客户转述）"};
    }
  }

  void write_deed(JsonWriter& json, const psychology::LedgerEntry& entry) const {
    const psychology::Deed& deed = *entry.deed;
    json.key("done").begin_object().field("table", table_id(deed.table)).field("row", deed.row);
    json.field("time", iso_time(deed.from, x_zone)).field("id", deed.id).field("what", deed.what);
    json.field("who", deed.who);
    if (deed.paid) {
      constexpr double kUnits = 10'000;
      json.field("paid", double(*deed.paid) / kUnits, 2).field("currency", deed.currency);
    }
    json.field("late", entry.late).end_object();
  }

  void write_json(const Context& context, const KeptPromise& one, const Said* play) const {
    const psychology::Promise& promise = one.entry.promise;
    std::string out;
    {
      JsonWriter json(out);
      json.begin_object().field("customer", one.customer);
      json.field("status", status_id(one.entry.status)).key("due");
      if (!promise.due) {
        json.null();
      } else if (promise.due_to_the_minute) {
        json.string(iso_time(*promise.due, x_zone));
      } else {
        json.string(iso_date(day_of({promise.due->millis - 1}, x_zone)));
      }
      const bool customer = promise.told || promise.wanted;
      json.field("by", customer ? "customer" : "agent");
      json.field("giver", giver_id(promise.giver)).field("aspect", one.aspect);
      const Said content = psychology::content_of(one, x_zone);
      json.key("content").begin_object().field("zh", content.zh).field("en", content.en);
      json.field("object", promise.object).end_object();
      json.field("acts", one.acts).key("amount");
      promise.amount ? json.string(promise.amount->number + " " + promise.amount->unit)
                     : json.null();
      if (promise.amount) json.field("bound", bound_id(promise.amount->bound));
      if (const auto gap = psychology::gap_of(one.entry)) {
        json.field("came", one.entry.came->number).field("gap", *gap, 2);
      }
      json.field("quote", promise.quote).field("said", iso_time(promise.at.time, x_zone));
      json.field("agent", one.agent).field("department", one.department);
      json.field("channel", one.channel);
      if (one.entry.changed_at) {
        json.key("changed").begin_object();
        json.field("time", iso_time(one.entry.changed_at->time, x_zone));
        if (one.entry.changed_by.empty() && one.entry.deed) {
          json.field("table", table_id(one.entry.deed->table)).field("row", one.entry.deed->row);
        } else {
          json.field("quote", one.entry.changed_by);
        }
        json.end_object();
      }
      if (one.entry.deed) write_deed(json, one.entry);
      if (play != nullptr) json.field("do", context.say(*play));
      json.end_object();
    }
    fmt::print(context.out, "{}\n", out);
  }

  Result<int> rates(const Context& context, const std::vector<KeptPromise>& promises,
                    const evidence::Catalogue& cards) const {
    constexpr std::string_view kGroups[] = {"agent", "department", "channel", "aspect", "act"};
    if (std::find(std::begin(kGroups), std::end(kGroups), x_rates) == std::end(kGroups)) {
      return fail(ErrorCode::kUsage, {"--rates is agent, department, channel, aspect or act",
                                      "--rates 应为 agent、department、channel、aspect 或 act"});
    }
    std::map<std::string, Count> counts;
    for (const KeptPromise& one : promises) {
      const std::string& group = x_rates == "agent"        ? one.agent
                                 : x_rates == "department" ? one.department
                                 : x_rates == "channel"    ? one.channel
                                 : x_rates == "aspect"     ? one.aspect
                                                           : one.acts;
      counts[group.empty() ? context.say({"(not stated)", "（未注明）"}) : group].add(
          one.entry.status);
    }
    if (x_json) {
      for (const auto& [group, count] : counts) {
        const insight::Interval share = share_of(count);
        std::string out;
        {
          JsonWriter json(out);
          json.begin_object().field(x_rates, group).field("promises", count.all);
          json.field("kept", count.kept).field("broken", count.broken);
          json.field("overdue", count.silent).field("open", count.open);
          json.field("withdrawn", count.withdrawn);
          json.field("kept_share", share.value, 3).field("low", share.low, 3);
          json.field("high", share.high, 3).key("kept_of_known");
          const std::optional<double> known = share_of_known(count);
          known ? json.number(*known, 3) : json.null();
          json.end_object();
        }
        fmt::print(context.out, "{}\n", out);
      }
      return int{kDone};
    }
    context.print(
        "{}\n",
        context.say(
            {"kept / (kept + broken + overdue), with its 95 % interval; overdue: the "
             "time is past and nobody says what happened, which is not to say that it was broken",
             "兑现率 = 兑现 /（兑现 + 未兑现 + 过期无下文），附 95% "
             "区间；过期无下文：期限已过而无人提及结果，不等于没有办"}));
    for (const auto& [group, count] : counts) {
      const std::int64_t known = count.kept + count.broken + count.silent;
      const insight::Interval share = share_of(count);
      const std::string rate = known == 0
                                   ? std::string("  -  ")
                                   : fmt::format("{:3.0f} % ({:.0f}-{:.0f} %)", share.value * 100,
                                                 share.low * 100, share.high * 100);
      const std::string name = group_label(context, cards, group);
      const std::optional<double> of_known = share_of_known(count);
      const std::string told = of_known ? fmt::format("{:.0f} %", *of_known * 100) : "-";
      context.print(
          "  {}  {}\n", rate,
          context.say(
              {fmt::format(
                   "{}: {} promises, {} kept, {} broken (kept of these: {}), {} overdue, {} "
                   "open, {} withdrawn",
                   name, count.all, count.kept, count.broken, told, count.silent, count.open,
                   count.withdrawn),
               fmt::format(
                   "{}：承诺 {}，兑现 {}，未兑现 {}（两者中兑现 {}），过期无下文 {}，未到期 "
                   "{}，撤回 {}",
                   name, count.all, count.kept, count.broken, told, count.silent, count.open,
                   count.withdrawn)}));
    }
    return int{kDone};
  }

  std::string x_id;
  DatabaseArgument x_database;
  std::string x_due;
  bool x_all = false;
  bool x_expected = false;
  std::string x_rates;
  std::string x_as_of;
  UseArgument x_use;
  int x_limit = 20;
  bool x_json = false;
  int x_zone = 0;
};

}  // namespace

const Entry& promises() {
  static const Entry entry{
      .name = "promises",
      .summary = {"list what was promised and is due, and how often promises are kept",
                  "列出已许下、将到期的承诺，以及兑现率"},
      .details =
          {"A promise is a commitment of an agent to this customer, found in the words, with "
           "its due time; what became of it is found in later messages on any channel, and in rows "
           "of orders, touchpoints and events that show it done (lexicons/acts.tsv).\n"
           "Overdue promises come first, then those due within a day, each with what to do. "
           "Run it every morning, or every hour with --due 24h.\n\nExamples:\n"
           "  xinjing promises\n  xinjing promises --due 24h --as-of now\n"
           "  xinjing promises C1001 --all\n  xinjing promises --rates agent",
           "承诺是坐席对这位客户许下的事，从原话中找出，连同期限；后来怎样，从之后各渠道的消息中找"
           "，也看订单、办理记录、行为事件中办成此事的行（lexicons/acts.tsv）。\n"
           "先列已过期的，再列一天内到期的，并写明该怎么办。可每天早上运行一次，或每小时运行 --due "
           "24h。\n\n"
           "示例：\n"
           "  xinjing promises\n  xinjing promises --due 24h --as-of now\n"
           "  xinjing promises C1001 --all\n  xinjing promises --rates agent"},
      .make = [] { return std::unique_ptr<Command>(std::make_unique<Promises>()); }};
  return entry;
}

}  // namespace xinjing::cli::catalog
