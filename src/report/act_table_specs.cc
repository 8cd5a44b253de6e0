#include "report/table_spec.h"

namespace xinjing::report {
namespace {

constexpr ColumnSpec kCustomer{"@in.customer", {"Customer", "客户"}};
constexpr ColumnSpec kName{"@in.name", {"Name", "姓名"}};
constexpr ColumnSpec kRowCustomer{"customer", {"Customer", "客户"}};
constexpr ColumnSpec kRowName{"name", {"Name", "姓名"}};

constexpr Source kSegments[] = {{"acts.values.segments"}};
constexpr ColumnSpec kSegmentColumns[] = {
    {"label", {"Class", "分群"}},
    {"words", {"Who that is", "是哪些人"}, Kind::kLong},
    {"n", {"Customers", "客户数"}, Kind::kCount},
    {"money", {"Spent so far", "累计消费"}, Kind::kScale},
    {"active", {"Expected to be active", "预计仍活跃"}, Kind::kScaleRange},
    {"orders", {"Expected orders", "预计下单"}, Kind::kScaleRange},
    {"value", {"Expected money", "预计消费"}, Kind::kScaleRange}};
constexpr ColumnSpec kValueColumns[] = {
    {"label", {"Class", "分群"}},
    kCustomer,
    kName,
    {"@in.purchases", {"Days with orders", "下单天数"}, Kind::kCount},
    {"@in.last", {"Last order", "上次下单"}},
    {"@in.money", {"Spent so far", "累计消费"}, Kind::kScale},
    {"@in.alive", {"Probability of being active", "仍活跃的概率"}, Kind::kShare},
    {"@in.orders", {"Expected orders", "预计下单"}, Kind::kScaleRange},
    {"@in.value", {"Expected money", "预计消费"}, Kind::kScaleRange}};

constexpr Source kLeaving[] = {{"acts.leaving.rows"}};
constexpr ColumnSpec kLeavingColumns[] = {
    kRowCustomer,
    kRowName,
    {"p", {"Probability of no order", "不再下单的概率"}, Kind::kShare},
    {"reasons", {"Why", "为什么"}, Kind::kWords},
    {"against", {"What speaks against it", "相反的迹象"}, Kind::kWords},
    {"last", {"Last order", "上次下单"}},
    {"money", {"Spent so far", "累计消费"}, Kind::kScale}};

constexpr Source kSteps[] = {{"acts.journey.steps"}};
constexpr ColumnSpec kStepColumns[] = {
    {"activity", {"Step", "步骤"}},
    {"n", {"Times", "次数"}, Kind::kCount},
    {"cases", {"Cases", "件数"}, Kind::kCount},
    {"starts", {"Begin here", "从这里开始"}, Kind::kCount},
    {"ends", {"Stop here", "停在这里"}, Kind::kCount},
    {"endsOpen", {"Of these perhaps not over", "其中可能还没完"}, Kind::kCount},
    {"repeatCases", {"Cases that come back", "又回来的件数"}, Kind::kCount}};
constexpr Source kEdges[] = {{"acts.journey.edges"}};
constexpr ColumnSpec kEdgeColumns[] = {
    {"from", {"From", "从"}},
    {"to", {"To", "到"}},
    {"n", {"Times", "次数"}, Kind::kCount},
    {"cases", {"Cases", "件数"}, Kind::kCount},
    {"median", {"Half wait longer, seconds", "一半等得更久，秒"}, Kind::kCount},
    {"p90", {"One in ten waits longer, seconds", "一成等得更久，秒"}, Kind::kCount}};
constexpr Source kWays[] = {{"acts.journey.variants"}};
constexpr ColumnSpec kWayColumns[] = {
    {"activities", {"Way", "走法"}, Kind::kLong},
    {"steps", {"Steps", "步数"}, Kind::kCount},
    {"cases", {"Cases", "件数"}, Kind::kCount},
    {"median", {"Half take longer, seconds", "一半花得更久，秒"}, Kind::kCount}};
constexpr Source kFeelings[] = {{"acts.journey.feelings"}};
constexpr ColumnSpec kFeelingColumns[] = {
    {"activity", {"Step", "步骤"}},
    {"n", {"Conversations", "对话数"}, Kind::kCount},
    {"satisfaction", {"Satisfaction", "满意度"}, Kind::kScaleRange},
    {"change", {"Against the other steps", "与其他步骤之差"}, Kind::kScaleRange},
    {"displeased", {"Displeased", "带着不满的"}, Kind::kShareRange},
    {"unmet", {"Tell of something unmet", "说到没满足的"}, Kind::kShareRange}};

constexpr Source kUnusual[] = {{"acts.usage.unusual"}};
constexpr ColumnSpec kUnusualColumns[] = {
    kRowCustomer,
    kRowName,
    {"meter", {"Meter", "表"}, Kind::kCount},
    {"from", {"From", "开始"}},
    {"to", {"To", "结束"}},
    {"kwh", {"Used, kWh", "用了（度）"}, Kind::kScale},
    {"usual", {"Usual, kWh (90%)", "平常，度（90%）"}, Kind::kScaleRange}};
constexpr Source kChanges[] = {{"acts.usage.changes"}};
constexpr ColumnSpec kChangeColumns[] = {
    kRowCustomer,
    kRowName,
    {"meter", {"Meter", "表"}, Kind::kCount},
    {"since", {"Since", "从哪天起"}},
    {"ratio", {"Times what it was", "是以前的几倍"}, Kind::kScaleRange},
    {"perDay", {"A day, kWh", "每天（度）"}, Kind::kScale}};

constexpr Source kProducts[] = {{"acts.next.products"}};
constexpr ColumnSpec kNextColumns[] = {{"label", {"Product", "商品"}},
                                       kCustomer,
                                       kName,
                                       {"@in.score", {"Score", "把握"}, Kind::kShare},
                                       {"@in.why", {"Why", "为什么"}, Kind::kLong}};

constexpr Source kPreferences[] = {{"acts.preferences"}};
constexpr ColumnSpec kSpreadColumns[] = {{"label", {"Measure", "看的是"}, Kind::kLong},
                                         {"n", {"Customers", "客户数"}, Kind::kCount},
                                         {"tenth", {"Lowest tenth", "最低一成"}, Kind::kScale},
                                         {"middle", {"Middle customer", "中间一位"}, Kind::kScale},
                                         {"ninth", {"Highest tenth", "最高一成"}, Kind::kScale}};
constexpr ColumnSpec kPreferenceColumns[] = {{"label", {"Measure", "看的是"}},
                                             kCustomer,
                                             kName,
                                             {"@in.about", {"About", "关于"}},
                                             {"@in.value", {"Value", "数值"}, Kind::kScaleRange},
                                             {"@in.n", {"Rests on", "依据次数"}, Kind::kCount}};

constexpr Source kSaidDid[] = {{"acts.saidDid"}};
constexpr ColumnSpec kSaidDidColumns[] = {
    {"text", {"Said and done", "说与做"}, Kind::kLong},
    kCustomer,
    kName,
    {"@in.p", {"Probability that both hold", "两边都成立的概率"}, Kind::kShare},
    {"@in.label", {"Acts", "做的"}},
    {"@in.value", {"Value", "数值"}, Kind::kScaleRange},
    {"@in.n", {"Rests on", "依据次数"}, Kind::kCount}};

constexpr Source kRejected[] = {{"quality.rejected"}};
constexpr ColumnSpec kRejectedColumns[] = {{"file", {"File", "文件"}},
                                           {"line", {"Line", "行"}},
                                           {"column", {"Column", "列"}},
                                           {"reason", {"Why", "原因"}, Kind::kLong}};

constexpr TableSpec kSpecs[] = {
    {"segments", {"Classes of customers", "客户分群"}, kSegments, kSegmentColumns},
    {"values", {"What customers are worth", "客户价值"}, kSegments, kValueColumns, "rows"},
    {"leaving", {"Likely to order no more", "可能不再下单的"}, kLeaving, kLeavingColumns},
    {"ways", {"Ways of cases", "走法"}, kWays, kWayColumns},
    {"edges", {"From step to step", "步骤之间"}, kEdges, kEdgeColumns},
    {"steps", {"Steps", "步骤"}, kSteps, kStepColumns},
    {"step_feelings", {"Feelings by step", "各步骤的满意度"}, kFeelings, kFeelingColumns},
    {"unusual", {"Unusual use", "不寻常的用量"}, kUnusual, kUnusualColumns},
    {"use_changes", {"Changed use", "用量变了的"}, kChanges, kChangeColumns},
    {"next", {"What they may need next", "接下来可能需要的"}, kProducts, kNextColumns, "rows"},
    {"spreads", {"Preferences", "偏好"}, kPreferences, kSpreadColumns},
    {"preferences",
     {"Preferences by customer", "各客户的偏好"},
     kPreferences,
     kPreferenceColumns,
     "rows"},
    {"said_did", {"Said and done", "说与做"}, kSaidDid, kSaidDidColumns, "rows"},
    {"rejected", {"Rejected rows", "拒收的行"}, kRejected, kRejectedColumns},
};

}  // namespace

std::span<const TableSpec> act_table_specs() { return kSpecs; }

}  // namespace xinjing::report
