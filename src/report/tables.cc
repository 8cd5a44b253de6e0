#include "report/tables.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>
#include <span>

#include "report/table_spec.h"

namespace xinjing::report {
namespace {

constexpr ColumnSpec kMonth{"month", {"Month", "月份"}};
constexpr ColumnSpec kN{"n", {"Sample", "样本"}, Kind::kCount};

/// An interval by the sample alone would lie where the reader's error is not known.
constexpr ColumnSpec kBasis{"errorKnown", {"Basis", "口径"}, Kind::kBasis};

constexpr Source kClaims[] = {{"headline.happened", {"What happened", "发生了什么"}},
                              {"headline.changed", {"What changed, and why", "什么变了，为什么"}},
                              {"headline.todo", {"What to do this week", "这一周做什么"}}};
constexpr ColumnSpec kClaimColumns[] = {{"@group", {"Part", "部分"}},
                                        {"text", {"What we say", "结论"}, Kind::kLong},
                                        {"why", {"Why we say so", "为什么这么说"}, Kind::kLong},
                                        {"sure", {"Ground", "根据"}, Kind::kText, "sure"}};

constexpr Source kSatisfaction[] = {
    {"satisfaction.words", {"Read from conversations", "从对话读出"}},
    {"satisfaction.ratings", {"Customers' own ratings", "客户自己打的分"}}};
constexpr ColumnSpec kSatisfactionColumns[] = {
    {"@group", {"From", "来源"}},
    kMonth,
    kN,
    {"value", {"Satisfaction", "满意度"}, Kind::kScaleRange}};

constexpr Source kEmotion[] = {{"emotion"}};
constexpr ColumnSpec kEmotionColumns[] = {kMonth,
                                          kN,
                                          {"@key", {"Feeling", "情绪"}, Kind::kText, "emotion"},
                                          {"@in", {"Share", "份额"}, Kind::kShareRange}};

constexpr Source kVolume[] = {{"volume"}};
constexpr ColumnSpec kVolumeColumns[] = {
    kMonth, {"@key", {"Channel", "渠道"}}, {"@in", {"Conversations", "对话数"}, Kind::kCount}};

constexpr Source kEvents[] = {{"events"}};
constexpr ColumnSpec kEventColumns[] = {
    {"from", {"From", "开始"}},
    {"to", {"To", "结束"}},
    {"text", {"Event", "事件"}, Kind::kLong},
    {"kind", {"Kind", "种类"}, Kind::kText, "event"},
    {"direction", {"Direction", "方向"}, Kind::kText, "direction"},
    {"aspects", {"Aspects", "方面"}, Kind::kWords, "aspect"},
    {"department", {"Department", "部门"}},
    {"channel", {"Channel", "渠道"}},
    {"customerKind", {"Customers", "客户"}},
    {"words", {"Words", "突出的词"}, Kind::kWords},
    {"environment", {"Environment, not service", "是环境不是服务"}, Kind::kYes}};

constexpr Source kCalming[] = {{"calming"}};
constexpr ColumnSpec kCalmingColumns[] = {
    {"act", {"What the agent did", "客服的做法"}, Kind::kLong},
    kN,
    {"change", {"Change", "之后的变化"}, Kind::kScaleRange},
    {"matched", {"Similar cases otherwise", "情况相近的其他时候"}, Kind::kScaleRange}};

constexpr Source kMotives[] = {{"motives"}};
constexpr ColumnSpec kMotiveColumns[] = {{"state", {"Wish", "诉求"}, Kind::kText, "motive"},
                                         kN,
                                         {"share", {"Share", "份额"}, Kind::kShareRange},
                                         kBasis};

constexpr Source kOffered[] = {{"offered"}};
constexpr ColumnSpec kOfferedColumns[] = {
    {"motive", {"Wish", "诉求"}, Kind::kText, "motive"},
    kN,
    {"listening", {"Listening (0-2)", "倾听（0-2）"}, Kind::kScale},
    {"empathy", {"Empathy (0-2)", "共情（0-2）"}, Kind::kScale},
    {"solution", {"Solution (0-2)", "解决（0-2）"}, Kind::kScale},
    {"followup", {"Follow-up (0-2)", "跟进（0-2）"}, Kind::kScale},
    {"satisfaction", {"Satisfaction", "满意度"}, Kind::kScaleRange}};

constexpr Source kWanted[] = {{"wanted.rows"}};
constexpr ColumnSpec kWantedColumns[] = {
    {"label", {"Complaints that want", "投诉的诉求"}},
    {"n", {"Complaints", "投诉"}, Kind::kCount},
    {"@in.label", {"Offered", "给了什么"}, Kind::kLong},
    {"@in.n", {"With it", "有它的"}, Kind::kCount},
    {"@in.mean", {"Satisfaction as read", "读出的满意度"}, Kind::kScale},
    {"@in.withoutN", {"Without it", "没有的"}, Kind::kCount},
    {"@in.without", {"Satisfaction without it", "没有时的满意度"}, Kind::kScale}};

constexpr Source kNeeds[] = {{"needs"}};
constexpr ColumnSpec kNeedColumns[] = {
    {"state", {"Need", "需要"}, Kind::kText, "need"},
    {"rung", {"Rung", "级"}, Kind::kCount},
    kN,
    {"share", {"Share", "份额"}, Kind::kShareRange},
    kBasis,
    {"unsatisfied.0", {"Unmet, counted as read", "没有满足（按读出的数）"}, Kind::kShare}};

constexpr Source kDrivers[] = {{"drivers"}};
constexpr ColumnSpec kDriverColumns[] = {
    {"state", {"Driver", "购买动因"}, Kind::kText, "driver"},
    kN,
    {"share",
     {"Share of those who look, weigh or buy", "占打听、比较、下单的对话"},
     Kind::kShareRange},
    kBasis};

constexpr Source kStages[] = {{"stages"}};
constexpr ColumnSpec kStageColumns[] = {{"state", {"Stage", "购买阶段"}, Kind::kText, "stage"},
                                        kN,
                                        {"share", {"Share", "份额"}, Kind::kShareRange},
                                        kBasis};

constexpr Source kExpectations[] = {{"expectations"}};
constexpr ColumnSpec kExpectationColumns[] = {
    {"aspect", {"Aspect", "方面"}, Kind::kText, "aspect"},
    kN,
    {"share", {"How often", "多常提到"}, Kind::kShareRange},
    {"unmet", {"Unmet", "没有满足"}, Kind::kShareRange},
    {"importance", {"Effect when unmet", "没满足时的影响"}, Kind::kScaleRange},
    {"implicit", {"Unspoken", "没说出口的"}, Kind::kShare},
    {"rising", {"Unspoken, rising", "没说出口的在增多"}, Kind::kYes}};

constexpr Source kDue[] = {{"promises.due"}};
constexpr ColumnSpec kDueColumns[] = {{"state", {"State", "状态"}, Kind::kText, "promise"},
                                      {"due", {"Due", "到期日"}},
                                      {"made", {"Made on", "答应于"}},
                                      {"customer", {"Customer", "客户"}},
                                      {"name", {"Name", "姓名"}},
                                      {"text", {"What was promised", "答应了什么"}, Kind::kLong},
                                      {"row.conversation", {"Conversation", "对话"}}};

constexpr Source kPromiseMonths[] = {{"promises.months"}};
constexpr ColumnSpec kPromiseMonthColumns[] = {
    kMonth,
    {"made", {"Made", "许下"}, Kind::kCount},
    {"kept", {"Kept", "兑现"}, Kind::kCount},
    {"exceeded", {"Exceeded", "超出"}, Kind::kCount},
    {"broken", {"Broken", "失约"}, Kind::kCount},
    {"overdue", {"Overdue, no news", "已过期没有下文"}, Kind::kCount},
    {"open", {"Not yet due", "未到期"}, Kind::kCount},
    {"withdrawn", {"Withdrawn", "已撤回"}, Kind::kCount},
    {"share",
     {"Share kept of those with a known end", "有下文的里面兑现的比例"},
     Kind::kShareRange}};

constexpr Source kLeavers[] = {{"leavers"}};
constexpr ColumnSpec kLeaverColumns[] = {
    {"kind", {"Customers", "客户"}},
    {"@in.aspect", {"Aspect", "方面"}, Kind::kText, "aspect"},
    {"@in.n", {"Conversations of leavers", "要走的客户的对话"}, Kind::kCount},
    {"@in.leavers", {"Leave or compare", "说到离开或比较的"}, Kind::kShareRange},
    {"@in.stayers", {"Others", "其余"}, Kind::kShareRange},
    {"@in.odds", {"Odds ratio", "几率比"}, Kind::kScaleRange},
    {"@in.stands", {"Clearly more", "明显更多"}, Kind::kYes}};

constexpr Source kPeople[] = {{"people.escalate", {"About to escalate", "快要升级的"}},
                              {"people.gone", {"Already gone", "已经离开的"}},
                              {"people.waver", {"Wavering", "动摇的"}},
                              {"people.vulnerable", {"Vulnerable", "脆弱、需要照顾的"}},
                              {"people.advocate", {"Became advocates", "成了口碑的"}},
                              {"people.wonBack", {"Won back", "谈回来的"}}};
constexpr ColumnSpec kPeopleColumns[] = {{"@group", {"Group", "名单"}},
                                         {"customer", {"Customer", "客户"}},
                                         {"name", {"Name", "姓名"}},
                                         {"kind", {"Kind", "类别"}},
                                         {"p", {"Probability", "把握"}, Kind::kShare},
                                         {"reason", {"Because", "根据"}, Kind::kLong},
                                         {"do", {"What to do", "怎么做"}, Kind::kLong},
                                         {"say", {"You could say", "可以这样说"}, Kind::kLong}};

constexpr Source kConduct[] = {{"conduct.dimensions"}};
constexpr ColumnSpec kConductColumns[] = {
    {"label", {"Dimension", "维度"}},
    kN,
    {"mean", {"Mean (0-2)", "均值（0-2）"}, Kind::kScaleRange},
    {"levels.0", {"Not done", "没有做到"}, Kind::kShare},
    {"levels.1", {"In part", "做到一部分"}, Kind::kShare},
    {"levels.2", {"Done", "做到"}, Kind::kShare}};
constexpr ColumnSpec kConductMonthColumns[] = {
    {"label", {"Dimension", "维度"}},
    {"@in.month", {"Month", "月份"}},
    {"@in.n", {"Sample", "样本"}, Kind::kCount},
    {"@in.value", {"Mean (0-2)", "均值（0-2）"}, Kind::kScaleRange}};

constexpr Source kConductChannel[] = {{"conduct.byChannel"}};
constexpr ColumnSpec kConductChannelColumns[] = {
    {"channel", {"Channel", "渠道"}},
    kN,
    {"listening", {"Listening (0-2)", "倾听（0-2）"}, Kind::kScale},
    {"empathy", {"Empathy (0-2)", "共情（0-2）"}, Kind::kScale},
    {"solution", {"Solution (0-2)", "解决（0-2）"}, Kind::kScale},
    {"followup", {"Follow-up (0-2)", "跟进（0-2）"}, Kind::kScale},
    {"deflects", {"Deflects", "推诿"}, Kind::kShare}};

constexpr Source kTypes[] = {{"types"}};
constexpr ColumnSpec kTypeColumns[] = {
    {"label", {"Typology", "类型体系"}},
    {"@in.label", {"Type", "类型"}},
    {"@in.n", {"Customers", "客户数"}, Kind::kCount},
    {"given", {"Given one", "有把握归类的"}, Kind::kCount},
    {"of", {"Of", "共"}, Kind::kCount},
    {"validity", {"How far to trust it", "可信程度"}, Kind::kLong},
    {"caution", {"Caution", "注意"}, Kind::kLong}};

constexpr Source kTables[] = {{"quality.tables"}};
constexpr ColumnSpec kTableColumns[] = {{"table", {"Table", "表"}},
                                        {"in", {"In", "读入"}, Kind::kCount},
                                        {"kept", {"Kept", "保留"}, Kind::kCount},
                                        {"rejected", {"Rejected", "拒收"}, Kind::kCount},
                                        {"duplicate", {"Duplicate", "重复"}, Kind::kCount}};

constexpr Source kCoverage[] = {{"quality.coverage"}};
constexpr ColumnSpec kCoverageColumns[] = {
    {"what", {"What", "范围"}, Kind::kLong}, kN, {"of", {"Of", "共"}, Kind::kCount}};

constexpr Source kReader[] = {{"quality.reader"}};
constexpr ColumnSpec kReaderColumns[] = {{"label", {"What is read", "读的是"}},
                                         {"measure", {"Measure", "指标"}},
                                         {"value", {"Value", "数值"}, Kind::kScale},
                                         {"lo", {"low", "下限"}, Kind::kScale},
                                         {"hi", {"high", "上限"}, Kind::kScale},
                                         {"set", {"Measured on", "在哪些数据上测的"}, Kind::kLong}};

constexpr Source kCorrected[] = {{"quality.corrected"}};
constexpr ColumnSpec kCorrectedColumns[] = {
    {"construct", {"Construct", "读的是"}},
    {"state", {"State", "状态"}, Kind::kText, "@construct"},
    {"raw", {"Plain count", "直接数"}, Kind::kShare},
    {"corrected", {"Corrected", "校正后"}, Kind::kShareRange}};

constexpr Source kWithheld[] = {{"withheld"}};
constexpr ColumnSpec kWithheldColumns[] = {
    {"construct", {"What is withheld", "未给出的内容"}, Kind::kText, "constructs"},
    {"reason", {"Why", "原因"}, Kind::kLong}};

constexpr TableSpec kSpecs[] = {
    {"claims", {"In short", "要点"}, kClaims, kClaimColumns},
    {"satisfaction", {"Satisfaction", "满意度"}, kSatisfaction, kSatisfactionColumns},
    {"emotion", {"Feelings by month", "逐月情绪"}, kEmotion, kEmotionColumns, "share"},
    {"volume",
     {"Conversations by channel", "逐月各渠道对话"},
     kVolume,
     kVolumeColumns,
     "byChannel"},
    {"events", {"Events", "事件"}, kEvents, kEventColumns},
    {"calming", {"What calmed", "什么让客户平静"}, kCalming, kCalmingColumns},
    {"motives", {"Wishes", "诉求"}, kMotives, kMotiveColumns},
    {"offered", {"Wanted and offered", "想要与给到"}, kOffered, kOfferedColumns},
    {"wanted", {"Complaints, offers", "投诉想要与给到"}, kWanted, kWantedColumns, "offers"},
    {"needs", {"Needs", "需要"}, kNeeds, kNeedColumns},
    {"drivers", {"Drivers of purchase", "购买动因"}, kDrivers, kDriverColumns},
    {"stages", {"Stages of decision", "购买阶段"}, kStages, kStageColumns},
    {"expectations", {"Expectations", "期望"}, kExpectations, kExpectationColumns},
    {"promises", {"Promises due", "到期的承诺"}, kDue, kDueColumns},
    {"promise_months", {"Promises by month", "逐月的承诺"}, kPromiseMonths, kPromiseMonthColumns},
    {"people", {"Customers to see", "需要看见的客户"}, kPeople, kPeopleColumns},
    {"leavers", {"Leavers and stayers", "要走的与留下的"}, kLeavers, kLeaverColumns, "aspects"},
    {"conduct", {"Conduct", "服务表现"}, kConduct, kConductColumns},
    {"conduct_months",
     {"Conduct by month", "逐月服务表现"},
     kConduct,
     kConductMonthColumns,
     "byMonth"},
    {"conduct_channels",
     {"Conduct by channel", "各渠道服务表现"},
     kConductChannel,
     kConductChannelColumns},
    {"types", {"Types of customers", "客户类型"}, kTypes, kTypeColumns, "states"},
    {"tables", {"Rows read", "读入的行"}, kTables, kTableColumns},
    {"coverage", {"Coverage", "覆盖范围"}, kCoverage, kCoverageColumns},
    {"reader", {"Reader and people", "读数与人的一致"}, kReader, kReaderColumns},
    {"corrected", {"Correction of shares", "份额的校正"}, kCorrected, kCorrectedColumns},
    {"withheld", {"Withheld for this use", "按用途未给出"}, kWithheld, kWithheldColumns},
};

/// Words for ids that the report data leave to the page.
struct IdWord {
  std::string_view id;
  Phrase word;
};
constexpr IdWord kIdWords[] = {
    {"sure/strong", {"well grounded", "根据充分"}},
    {"sure/fair", {"some ground", "有一定根据"}},
    {"sure/weak", {"weak ground", "根据较弱"}},
    {"event/burst", {"burst", "突增"}},
    {"event/shift", {"shift", "转折"}},
    {"event/trend", {"trend", "趋势"}},
    {"direction/up", {"up", "上升"}},
    {"direction/down", {"down", "下降"}},
    {"promise/open", {"not yet due", "未到期"}},
    {"promise/overdue", {"overdue", "已过期"}},
};

JsonValue element(JsonValue array, std::size_t index) {
  JsonValue found;
  std::size_t at = 0;
  array.each([&](JsonValue one) {
    if (at++ == index) found = one;
  });
  return found;
}

JsonValue at(JsonValue value, std::string_view path) {
  while (!path.empty() && value.present()) {
    const std::size_t dot = std::min(path.find('.'), path.size());
    const std::string_view name = path.substr(0, dot);
    path.remove_prefix(std::min(dot + 1, path.size()));
    if (value.is_array()) {
      std::size_t index = 0;
      std::from_chars(name.data(), name.data() + name.size(), index);
      value = element(value, index);
    } else {
      value = value[name];
    }
  }
  return value;
}

/// One row in the making: where its columns look.
struct Place {
  JsonValue data;
  JsonValue outer;
  JsonValue inner;
  std::string_view key;
  std::string_view group;
  Lang lang;
};

std::string labelled(const Place& place, std::string_view labels, std::string_view id) {
  if (labels == "@construct") labels = place.outer["construct"].string().value_or("");
  if (const auto label = place.data["labels"][labels][id].string()) return std::string(*label);
  for (const IdWord& one : kIdWords) {
    if (one.id.substr(0, labels.size()) == labels &&
        one.id.substr(std::min(labels.size() + 1, one.id.size())) == id) {
      return one.word.said().in(place.lang);
    }
  }
  return std::string(id);
}

JsonValue value_of(const Place& place, std::string_view member) {
  if (member.substr(0, 3) == "@in")
    return at(place.inner, member.substr(std::min<std::size_t>(4, member.size())));
  return at(place.outer, member);
}

std::string text_of(const Place& place, const ColumnSpec& column) {
  if (column.member == "@group") return std::string(place.group);
  std::string text(column.member == "@key" ? place.key : "");
  if (column.member != "@key") text = value_of(place, column.member).scalar().value_or("");
  return column.labels.empty() ? text : labelled(place, column.labels, text);
}

std::string words_of(const Place& place, const ColumnSpec& column) {
  std::string out;
  value_of(place, column.member).each([&](JsonValue one) {
    const auto word = one.string();
    if (!word) return;
    if (!out.empty()) out += place.lang == Lang::kZh ? "、" : ", ";
    out += column.labels.empty() ? std::string(*word) : labelled(place, column.labels, *word);
  });
  return out;
}

Cell number_cell(JsonValue value, NumberFormat format) {
  const std::optional<double> number = value.number();
  return number ? Cell(Number{*number, format}) : Cell();
}

Cell text_cell(std::string text) { return text.empty() ? Cell() : Cell(std::move(text)); }

bool is_range(Kind kind) { return kind == Kind::kShareRange || kind == Kind::kScaleRange; }

NumberFormat format_of(Kind kind) {
  if (kind == Kind::kShare || kind == Kind::kShareRange) return NumberFormat::kShare;
  return kind == Kind::kCount ? NumberFormat::kCount : NumberFormat::kScale;
}

void append_cells(std::vector<Cell>& row, const Place& place, const ColumnSpec& column) {
  if (is_range(column.kind)) {
    const JsonValue range = value_of(place, column.member);
    const bool as_read =
        column.member == "share" && !place.outer["errorKnown"].boolean().value_or(true);
    for (std::size_t i = 0; i < 3; ++i) {
      row.push_back(as_read && i > 0 ? Cell()
                                     : number_cell(element(range, i), format_of(column.kind)));
    }
  } else if (column.kind == Kind::kText || column.kind == Kind::kLong) {
    row.push_back(text_cell(text_of(place, column)));
  } else if (column.kind == Kind::kWords) {
    row.push_back(text_cell(words_of(place, column)));
  } else if (column.kind == Kind::kBasis) {
    const bool known = place.outer[column.member].boolean().value_or(true);
    constexpr Phrase kAsRead{"counted as read; the reader's error is not known here",
                             "按读出的数；读错多少，这里不知道"};
    constexpr Phrase kCorrectedFor{"corrected for the reader's error", "已按读错的比例校正"};
    row.push_back(text_cell((known ? kCorrectedFor : kAsRead).said().in(place.lang)));
  } else if (column.kind == Kind::kYes) {
    const bool yes = value_of(place, column.member).boolean().value_or(false);
    row.push_back(text_cell(!yes ? "" : place.lang == Lang::kZh ? "是" : "yes"));
  } else {
    row.push_back(number_cell(value_of(place, column.member), format_of(column.kind)));
  }
}

std::vector<Column> columns_of(const TableSpec& spec, Lang lang) {
  std::vector<Column> out;
  for (const ColumnSpec& column : spec.columns) {
    const std::string name = column.name.said().in(lang);
    const bool text = column.kind == Kind::kText || column.kind == Kind::kWords;
    out.push_back({name, column.kind == Kind::kLong ? 56 : text ? 18 : 12});
    if (!is_range(column.kind)) continue;
    out.push_back({name + (lang == Lang::kZh ? "，下限" : ", low"), 12});
    out.push_back({name + (lang == Lang::kZh ? "，上限" : ", high"), 12});
  }
  return out;
}

void append_row(Table& table, const TableSpec& spec, const Place& place) {
  std::vector<Cell> row;
  for (const ColumnSpec& column : spec.columns) append_cells(row, place, column);
  table.rows.push_back(std::move(row));
}

Table table_of(const TableSpec& spec, JsonValue data, Lang lang) {
  Table table{std::string(spec.id), spec.title.said().in(lang), columns_of(spec, lang), {}};
  for (const Source& source : spec.sources) {
    const std::string group = source.group.said().in(lang);
    at(data, source.path).each([&](JsonValue one) {
      Place place{data, one, {}, {}, group, lang};
      if (spec.spread.empty()) return append_row(table, spec, place);
      const auto each = [&](std::string_view key, JsonValue inner) {
        place.key = key;
        place.inner = inner;
        append_row(table, spec, place);
      };
      one[spec.spread].each_member(each);
      one[spec.spread].each([&](JsonValue inner) { each({}, inner); });
    });
  }
  return table;
}

constexpr int kDeepest = 12;

/// Places and months, each with its waits in minutes.
Table waits_of(JsonValue data, Lang lang) {
  const bool zh = lang == Lang::kZh;
  Table table{"waits", zh ? "等候" : "Waits", {}, {}};
  for (const auto& [en, name] : std::initializer_list<std::pair<const char*, const char*>>{
           {"Place", "地点"},
           {"Month", "月份"},
           {"Sample", "样本"},
           {"Half wait longer, minutes", "一半的人等得更久，分钟"},
           {"One in ten waits longer, minutes", "一成的人等得更久，分钟"}}) {
    table.columns.push_back({zh ? name : en, 16});
  }
  data["waits"].each([&](JsonValue place) {
    std::size_t month = 0;
    place["months"].each([&](JsonValue name) {
      table.rows.push_back({text_cell(place["place"].scalar().value_or("")),
                            text_cell(name.scalar().value_or("")),
                            number_cell(element(place["n"], month), NumberFormat::kCount),
                            number_cell(element(place["median"], month), NumberFormat::kScale),
                            number_cell(element(place["p90"], month), NumberFormat::kScale)});
      ++month;
    });
  });
  return table;
}

/// A quote is an object with a text, a conversation and who said it; `part` is the way to it.
void collect_quotes(Table& table, JsonValue value, const std::string& part, int depth) {
  if (depth > kDeepest) return;
  if (value["conversation"].string() && value["text"].string() && value["who"].string()) {
    std::vector<Cell> row{text_cell(part)};
    for (const std::string_view name :
         {"date", "channel", "customer", "name", "who", "text", "gist", "note", "conversation"}) {
      row.push_back(text_cell(value[name].scalar().value_or("")));
    }
    table.rows.push_back(std::move(row));
    return;
  }
  std::string own = part;
  for (const std::string_view name : {"id", "state", "aspect", "customer", "motive", "act"}) {
    const auto found = value[name].string();
    if (found && value.is_object()) {
      own += (own.empty() ? "" : "/") + std::string(*found);
      break;
    }
  }
  value.each_member([&](std::string_view key, JsonValue one) {
    if (!one.is_object() && !one.is_array()) return;
    const bool named = key != "rows" && key != "row" && key != "headline";
    collect_quotes(table, one, named ? own + (own.empty() ? "" : "/") + std::string(key) : own,
                   depth + 1);
  });
  value.each([&](JsonValue one) { collect_quotes(table, one, own, depth + 1); });
}

Table quotes_of(JsonValue data, Lang lang) {
  const bool zh = lang == Lang::kZh;
  Table table{"quotes", zh ? "原话" : "Quotes", {}, {}};
  for (const auto& [en, name, width] :
       std::initializer_list<std::tuple<const char*, const char*, int>>{
           {"For", "用于", 30},
           {"Date", "日期", 12},
           {"Channel", "渠道", 12},
           {"Customer", "客户", 12},
           {"Name", "姓名", 14},
           {"Who", "谁说的", 10},
           {"Words", "原话", 70},
           {"Gist", "大意", 40},
           {"Note", "说明", 30},
           {"Conversation", "对话", 16}}) {
    table.columns.push_back({zh ? name : en, width});
  }
  collect_quotes(table, data, "", 0);
  return table;
}

}  // namespace

std::vector<Table> report_tables(JsonValue data, Lang lang) {
  std::vector<Table> out;
  for (const TableSpec& spec : kSpecs) out.push_back(table_of(spec, data, lang));
  for (const TableSpec& spec : act_table_specs()) out.push_back(table_of(spec, data, lang));
  out.push_back(waits_of(data, lang));
  out.push_back(quotes_of(data, lang));
  std::erase_if(out, [](const Table& table) { return table.rows.empty(); });
  return out;
}

}  // namespace xinjing::report
