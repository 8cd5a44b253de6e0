// Every word of the page itself, in both languages; what is about the company comes with the data.
const WORDS = {
  zh: {
    title: "客户心声报告", comma: "、", subtitle: (company) => (company ? `${company} · 客户心声报告` : "客户心声报告"),
    period: (from, to) => `${from} 至 ${to}`, asOf: (day) => `数据截至 ${day}`, masked: "人名已打码", unmasked: "含真实姓名，请妥善保管",
    counts: (customers, conversations, messages) => `${customers} 位客户 · ${conversations} 段对话 · ${messages} 条消息`,
    made: (version, model) => `心镜 ${version}${model ? `，模型 ${model}` : ""}。本页不连接网络，内容都在这一个文件里。`,
    nav: "本报告各节", skip: "跳到正文", print: "打印", top: "回到顶部", close: "关闭", span: (a, b) => `${a} 至 ${b}`,
    happened: "发生了什么", changed: "什么变了，为什么", todo: "这一周做什么", noClaims: "没有足够的根据说出一条。",
    why: "为什么这么说", seeSection: "看数据", strong: "根据充分", fair: "有一定根据", weak: "根据较弱",
    agent: "客服", customer: "客户", to: (name) => `对 ${name}`, quotes: (n) => `原话（${n} 条）`, noQuotes: "这里没有附原话。",
    openQuotes: (n) => `看原话（${n}）`, morePeople: (n) => `再看 ${n} 位`,  moreRows: (n) => `再看 ${n} 行`, moreQuotes: (n) => `看全部 ${n} 条原话`, clickQuotes: "点击看原话", asTable: "以表格查看", nCases: (n) => `样本 ${n}`, missing: "暂缺：",
    kpi_conversations: "对话", kpi_satisfaction: "总体满意度", kpi_kept: "兑现的承诺", kpi_overdue: "已过期未办的承诺", kpi_people: "需要关心的客户", kpi_scale: "−2 很不满意，+2 很满意",
    kpi_peopleNote: (waver, escalate, vulnerable) => `动摇 ${waver} · 快要升级 ${escalate} · 脆弱 ${vulnerable}`, kpi_keptNote: (done, all) => `有结果的 ${all} 个里兑现 ${done} 个`, kpi_overdueNote: (open) => `另有 ${open} 个还没到期`,
    kpi_perMonth: (n) => `每月约 ${n} 段`,
    nav_first: "要点", nav_trend: "趋势", nav_motives: "诉求与需要", nav_expectations: "期望", nav_promises: "承诺", nav_people: "客户", nav_conduct: "服务表现", nav_types: "客户类型", nav_quality: "可信程度",
    h_trend: "满意度与情绪", h_motives: "客户为什么来，想要什么", h_expectations: "客户期望什么，落空了多少", h_promises: "我们答应过的事", h_people: "需要看见的客户", h_conduct: "我们是怎么接待的", h_types: "客户类型与风格", h_quality: "这份报告有多可信",
    s_trend: "阴影是 95% 区间：样本越少，阴影越宽。编号对应图下的事件。", s_motives: "份额都按读数自身的误差校正过，须线是 95% 区间，名称后是样本数。", s_expectations: "一个方面越多人没被满足、没满足时满意度掉得越多，就越该先改。",
    s_promises: "从客服说过的话里记下的承诺，到期前提醒，到期后看结果。", s_people: "名单按把握大小排列，只用来关心和挽留，不用于定价、优先级或资格。", s_conduct: "只看整体，不给个人打分，也不给员工排名。", s_types: "这些类型来自销售经验，不是测量。下面写明每一种有几分可信；没有把握的客户不归类。", s_quality: "每个数字从哪里来，读错的可能有多大。",
    q_satisfaction: "客户满意吗，什么时候变了？", a_satisfaction: (low, lowMonth, high, highMonth, last, lastMonth) => `从对话看，最低在 ${lowMonth}：${low}；最高在 ${highMonth}：${high}；最近的 ${lastMonth}：${last}。`,
    words: "从对话读出", ratings: "客户自己打的分", sampleSize: "样本数", satisfactionAxis: "满意度", sat_m2: "很不满意", sat_m1: "不满意", sat_0: "一般", sat_1: "满意", sat_2: "很满意", month: "月份", conversations: "对话数",
    events: "图上的事件", eventsLabel: "事件", eventsMore: (n) => `再看 ${n} 个事件`, environment: "环境（停电、政策、季节），不是服务", event_burst: "突增", event_shift: "转折", event_trend: "趋势", up: "上升", down: "下降", eventWords: (words) => `突出的词：${words}`, eventWhere: (where) => `范围：${where}`, eventAspects: (aspects) => `方面：${aspects}`,
    monthQuotes: (month) => `${month}的原话（本报告引用过的）`,
    q_emotion: "哪些情绪变多了，哪些变少了？", a_emotion: (name, p, month, before) => `变化最大的是${name}：${month} ${p}，全年平均 ${before}。`, emotionRest: (p) => `其余多为平静，全年平均 ${p}。每格同一纵轴。`, average: "平均", highest: "最高", lowest: "最低", emotion: "情绪",
    q_volume: "客户从哪里来找我们，多了还是少了？", a_volume: (month, n, mean) => `最多的是 ${month}，${n} 段；平均每月 ${mean} 段。`, channel: "渠道", allChannels: "合计",
    q_curves: "一段对话里，情绪是怎么起落的？", a_curves: (n) => `挑出最能说明问题的 ${n} 段。点开可读全文。`, curveAxis: "高兴为上，难过为下", readTalk: "读这段对话", turn: (n) => `第 ${n} 句`, feeling: "情绪", valence: "好恶", peak: "情绪最强", end: "结束", calmedBy: "缓和", angeredBy: "激化", text: "原文", speaker: "谁",
    q_calming: "客服做什么，客户会好一些？", a_calming: (best, value) => `和条件相近的对话相比，${best}之后变化最大：${value}。`, matched: "与相近对话相比", rawChange: "直接变化", act: "客服的做法", change: "之后的变化",
    q_motives: "客户来找我们，最想要的是什么？", a_top: (name, p) => `最多的是${name}：${p}。`, motive: "诉求", shareLabel: "份额", n: "样本", q_offered: "想要的，给到了吗？", a_offered: (motive, what, value) => `差得最多的是${motive}：${what}只有 ${value}（满分 2）。`, offeredScale: "0 没有做到，1 做到一部分，2 做到。",
    listening: "倾听", empathy: "共情", solution: "解决", followup: "跟进", deflects: "推诿", satisfaction: "满意度",
    q_needs: "客户的需要落在哪一级，哪一级没有满足？", unmetShare: "其中没有满足", ofTalks: "占对话", lowestUnmet: "最低的未满足一级", need: "需要",
    q_drivers: "客户买东西看重什么？", driver: "购买动因", q_stages: "客户走到了购买的哪一步？", stage: "购买阶段",
    q_map: "先改哪里？", a_map: (names) => `右上角最该先改：${names}。`, mapX: "没有满足的比例 →", mapY: "没满足时满意度下降 →", fixFirst: "先改这里", keepUp: "要守住", watch: "留意", fine: "暂时不急", mapSize: "圆越大，提到的人越多；细线是 95% 区间。",
    q_aspects: "每个方面：多常提到，多要紧，多常落空？", aspect: "方面", often: "多常提到", importance: "没满足时的影响", unmet: "没有满足", implicit: "没说出口的", byMonth: "逐月（深色为没有满足）", rising: "上升", risingNote: "没说出口的期望在增多。",
    q_ledger: "答应的事，后来怎样了？", a_ledger: (made, kept, broken) => `记下 ${made} 个承诺：兑现 ${kept} 个，失约 ${broken} 个。`, kept: "兑现", exceeded: "超出", broken: "失约", open: "未到期", overdue: "已过期", otherOpen: "还没有下文", q_due: "哪些快到期，哪些已经过了？", due: "到期日", madeOn: "答应于", promise: "答应了什么", state: "状态", noDue: "没有快到期或过期的承诺。", q_effect: "守约和失约，各换来什么？", brokenQuotes: "失约的原话", keptQuotes: "兑现的原话",
    afterKept: "守约之后", afterBroken: "失约之后", satisfactionChange: "满意度变化",
    g_waver: "动摇的", g_escalate: "快要升级的", g_vulnerable: "脆弱、需要照顾的", g_advocate: "成了口碑的", d_waver: "可能离开：先关心，再谈方案。", d_escalate: "可能投诉到外部：今天就给出回应。", d_vulnerable: "老人、孩子、依赖用电的病人：优先照顾。", d_advocate: "替我们说话的人：道谢，请他们说说看。", groupCount: (shown, total) => (shown !== total ? `共 ${total} 位，列出最有把握的 ${shown} 位` : `${total} 位`), nobody: "没有把握说出一位。", probability: (p) => `把握 ${p}`, because: "根据", doThis: "怎么做", sayThis: "可以这样说",
    q_dims: "倾听、共情、解决、跟进，各做得怎样？", a_dims: (best, worst) => `做得最好的是${best}，最欠缺的是${worst}。`, level0: "没有做到", level1: "做到一部分", level2: "做到", mean: "均值", outOf2: (x) => `${x} / 2`, good: "做得好的", poor: "做得不好的", q_conductTrend: "一年里变好了吗？", q_conductChannel: "各渠道有什么不同？", deflectsShare: (p) => `推诿（把人推给别处）占 ${p}。`,
    given: (n, of) => `${of} 位客户里有把握归类的 ${n} 位`, validity: "可信程度", caution: "注意", type: "类型", customers: "客户数",
    q_tables: "带来的数据都读进来了吗？", file: "表", rowsIn: "读入", rowsKept: "保留", rejected: "拒收", duplicate: "重复", q_coverage: "有多少说得上来？", notRead: "没有读的", q_reader: "读数和人的判断有多一致？", a_reader: "0 是碰运气，1 是完全一致；人与人之间通常也只有 0.6 到 0.8。", construct: "读的是", measure: "指标", value: "数值", set: "在哪些数据上测的", q_corrected: "校正改了多少？", a_corrected: "实心是校正后，空心是直接数出来的。", corrected: "校正后", raw: "直接数", coverage: "范围", of: "共",
    missing_satisfaction: "没有可用的对话。带来 messages.csv（对话）；带来 responses.csv（评分、问卷）可与客户自己打的分对照。", missing_ratings: "没有客户自己打的分；带来 responses.csv（评分、问卷）就有对照。", missing_emotion: "没有读出情绪的对话；带来 messages.csv。", missing_volume: "没有带时间的对话；messages.csv 里要有时间列。", missing_events: "没有找到明显的突增、转折或趋势；不足一年的数据常常如此。", missing_curves: "没有足够长、情绪有起落的对话。", missing_calming: "客服说话的对话太少，比不出做法的不同；messages.csv 里要有客服的话。", missing_motives: "没有读出诉求的对话；带来 messages.csv。", missing_offered: "没有客服说话的对话；messages.csv 里要有客服的话。", missing_needs: "没有读出需要的对话；带来 messages.csv。", missing_drivers: "没有谈到购买的对话；带来售前的对话（商城、微信）。", missing_stages: "没有谈到购买的对话；带来售前的对话（商城、微信）。", missing_expectations: "没有读出期望的对话；带来 messages.csv。", missing_promises: "没有读到客服的承诺；messages.csv 里要有客服的话，touchpoints.csv、orders.csv 能说明办没办。", missing_effect: "守约或失约之后又有对话的客户太少，比不出结果。", missing_people: "没有客户对话。", missing_conduct: "没有客服说话的对话；messages.csv 里要有客服的话。", missing_types: "没有足够的对话给客户归类；同一客户要有几段对话。", missing_quality: "没有读数的误差数据。", missing_reader: "没有模型的检验数据。", missing_corrected: "没有可校正的份额。",
  },
  en: {
    title: "What customers told us", comma: ", ", subtitle: (company) => (company ? `${company}: what customers told us` : "What customers told us"),
    period: (from, to) => `${from} to ${to}`, asOf: (day) => `data up to ${day}`, masked: "names masked", unmasked: "holds real names, keep it safe",
    counts: (customers, conversations, messages) => `${customers} customers · ${conversations} conversations · ${messages} messages`,
    made: (version, model) => `Xinjing ${version}${model ? `, model ${model}` : ""}. This page uses no network; all of it is in this one file.`,
    nav: "Sections of this report", skip: "Skip to the report", print: "Print", top: "Back to top", close: "Close", span: (a, b) => `${a} to ${b}`,
    happened: "What happened", changed: "What changed, and why", todo: "What to do this week", noClaims: "Not enough ground to say anything.",
    why: "Why we say so", seeSection: "See the data", strong: "well grounded", fair: "some ground", weak: "weak ground",
    agent: "Agent", customer: "Customer", to: (name) => `to ${name}`, quotes: (n) => `In their words (${n})`, noQuotes: "No quotes are attached here.",
    openQuotes: (n) => `Quotes (${n})`, morePeople: (n) => `${n} more`, moreRows: (n) => `${n} more rows`, moreQuotes: (n) => `All ${n} quotes`, clickQuotes: "Click for the quotes", asTable: "Show as a table", nCases: (n) => `sample ${n}`, missing: "Not here: ",
    kpi_conversations: "Conversations", kpi_satisfaction: "Satisfaction overall", kpi_kept: "Promises kept", kpi_overdue: "Promises overdue", kpi_people: "Customers to look at", kpi_scale: "−2 very dissatisfied, +2 very satisfied",
    kpi_peopleNote: (waver, escalate, vulnerable) => `wavering ${waver} · about to escalate ${escalate} · vulnerable ${vulnerable}`, kpi_keptNote: (done, all) => `${done} of ${all} with a known end`, kpi_overdueNote: (open) => `${open} more not yet due`,
    kpi_perMonth: (n) => `about ${n} a month`,
    nav_first: "In short", nav_trend: "Trends", nav_motives: "Wishes and needs", nav_expectations: "Expectations", nav_promises: "Promises", nav_people: "Customers", nav_conduct: "Our conduct", nav_types: "Types", nav_quality: "How sure",
    h_trend: "Satisfaction and emotion", h_motives: "Why customers come, and what they want", h_expectations: "What customers expect, and how often they are let down", h_promises: "What we promised", h_people: "Customers to see", h_conduct: "How we received them", h_types: "Types and styles of customers", h_quality: "How sure this report is",
    s_trend: "Shading is the 95% interval: the smaller the sample, the wider. Numbers refer to the events below the chart.", s_motives: "Shares are corrected for the reader's own error; whiskers are 95% intervals, the number after a name is the sample.", s_expectations: "The more people an aspect leaves unmet, and the more satisfaction falls when it does, the sooner it should be mended.",
    s_promises: "Promises found in what agents said: a reminder before they are due, the outcome after.", s_people: "Listed by how sure we are; for care and retention only, never for price, priority or eligibility.", s_conduct: "As a whole only: nobody is scored, and staff are not ranked.", s_types: "These types come from sales practice; they are not measurements. Each says how far it can be trusted; customers without enough ground are given none.", s_quality: "Where each number comes from, and how likely it is misread.",
    q_satisfaction: "Are customers satisfied, and when did it change?", a_satisfaction: (low, lowMonth, high, highMonth, last, lastMonth) => `Read from conversations: lowest in ${lowMonth} at ${low}; highest in ${highMonth} at ${high}; latest, ${lastMonth}, ${last}.`,
    words: "Read from conversations", ratings: "Customers' own ratings", sampleSize: "Sample", satisfactionAxis: "Satisfaction", sat_m2: "very dissatisfied", sat_m1: "dissatisfied", sat_0: "neither", sat_1: "satisfied", sat_2: "very satisfied", month: "Month", conversations: "Conversations",
    events: "Events on the chart", eventsLabel: "Events", eventsMore: (n) => `${n} more events`, environment: "environment (outage, policy, season), not service", event_burst: "burst", event_shift: "shift", event_trend: "trend", up: "up", down: "down", eventWords: (words) => `Words that stand out: ${words}`, eventWhere: (where) => `Where: ${where}`, eventAspects: (aspects) => `Aspects: ${aspects}`,
    monthQuotes: (month) => `Quotes of ${month} in this report`,
    q_emotion: "Which feelings grew, which faded?", a_emotion: (name, p, month, before) => `${name} moved most: ${p} in ${month}, ${before} on average over the year.`, emotionRest: (p) => `The rest is mostly neutral, ${p} on average. All panels share one axis.`, average: "average", highest: "highest", lowest: "lowest", emotion: "Feeling",
    q_volume: "Where do customers reach us, and is it more or less?", a_volume: (month, n, mean) => `Most in ${month}: ${n} conversations; ${mean} in an average month.`, channel: "Channel", allChannels: "all",
    q_curves: "How do feelings rise and fall within a conversation?", a_curves: (n) => `The ${n} most telling ones. Open one to read it.`, curveAxis: "glad above, upset below", readTalk: "Read the conversation", turn: (n) => `turn ${n}`, feeling: "Feeling", valence: "Valence", peak: "strongest", end: "end", calmedBy: "calmed", angeredBy: "angered", text: "Words", speaker: "Who",
    q_calming: "What can an agent do that leaves customers better?", a_calming: (best, value) => `Compared with similar conversations most changes after ${best}: ${value}.`, matched: "compared with similar cases", rawChange: "plain change", act: "What the agent did", change: "Change afterwards",
    q_motives: "What do customers want most when they come?", a_top: (name, p) => `Most often ${name}: ${p}.`, motive: "Wish", shareLabel: "Share", n: "Sample", q_offered: "Did they get what they wanted?", a_offered: (motive, what, value) => `The widest gap is with ${motive}: ${what} reaches only ${value} of 2.`, offeredScale: "0 not done, 1 in part, 2 done.",
    listening: "Listening", empathy: "Empathy", solution: "Solution", followup: "Follow-up", deflects: "Deflects", satisfaction: "Satisfaction",
    q_needs: "On which rung are customers' needs, and which is unmet?", unmetShare: "of these unmet", ofTalks: "of conversations", lowestUnmet: "lowest unmet rung", need: "Need",
    q_drivers: "What do customers look for when they buy?", driver: "Driver", q_stages: "How far have customers come in deciding?", stage: "Stage",
    q_map: "What should be mended first?", a_map: (names) => `Top right comes first: ${names}.`, mapX: "how often unmet →", mapY: "fall in satisfaction when unmet →", fixFirst: "mend first", keepUp: "keep it up", watch: "watch", fine: "no hurry", mapSize: "The larger the circle, the more people speak of it; thin lines are 95% intervals.",
    q_aspects: "Each aspect: how often, how important, how often unmet?", aspect: "Aspect", often: "How often", importance: "Effect when unmet", unmet: "Unmet", implicit: "Unspoken", byMonth: "By month (dark: unmet)", rising: "rising", risingNote: "Unspoken expectations are growing.",
    q_ledger: "What became of what we promised?", a_ledger: (made, kept, broken) => `${made} promises found: ${kept} kept, ${broken} broken.`, kept: "kept", exceeded: "exceeded", broken: "broken", open: "not yet due", overdue: "overdue", otherOpen: "no outcome yet", q_due: "Which are nearly due, which are overdue?", due: "Due", madeOn: "Made on", promise: "What was promised", state: "State", noDue: "No promise is nearly due or overdue.", q_effect: "What do keeping and breaking a promise lead to?", brokenQuotes: "Quotes: broken", keptQuotes: "Quotes: kept",
    afterKept: "After a kept promise", afterBroken: "After a broken promise", satisfactionChange: "Change of satisfaction",
    g_waver: "Wavering", g_escalate: "About to escalate", g_vulnerable: "Vulnerable, in need of care", g_advocate: "Became advocates", d_waver: "May leave: care first, offers second.", d_escalate: "May complain outside: answer today.", d_vulnerable: "Old people, children, patients who depend on power: look after them first.", d_advocate: "They speak well of us: thank them, ask them to tell it.", groupCount: (shown, total) => (shown !== total ? `${total}, of whom the ${shown} surest are listed` : `${total}`), nobody: "Nobody of whom we are sure enough.", probability: (p) => `probability ${p}`, because: "Because", doThis: "What to do", sayThis: "You could say",
    q_dims: "Listening, empathy, solution, follow-up: how well is each done?", a_dims: (best, worst) => `${best} is done best, ${worst} is most wanting.`, level0: "not done", level1: "in part", level2: "done", mean: "mean", outOf2: (x) => `${x} / 2`, good: "Done well", poor: "Done badly", q_conductTrend: "Did it get better over the year?", q_conductChannel: "How do the channels differ?", deflectsShare: (p) => `Deflecting (sending people elsewhere): ${p}.`,
    given: (n, of) => `${n} of ${of} customers could be given one`, validity: "How far to trust it", caution: "Caution", type: "Type", customers: "Customers",
    q_tables: "Was everything you brought read?", file: "Table", rowsIn: "In", rowsKept: "Kept", rejected: "Rejected", duplicate: "Duplicate", q_coverage: "About how many can we say anything?", notRead: "Not read", q_reader: "How well does the reader agree with people?", a_reader: "0 is chance, 1 is full agreement; two people usually reach 0.6 to 0.8.", construct: "What is read", measure: "Measure", value: "Value", set: "Measured on", q_corrected: "How much did the correction change?", a_corrected: "Filled is corrected, hollow is the plain count.", corrected: "corrected", raw: "plain count", coverage: "What", of: "of",
    missing_satisfaction: "there are no conversations to read. messages.csv brings them; responses.csv (ratings, surveys) brings customers' own ratings to compare.", missing_ratings: "customers' own ratings; responses.csv (ratings, surveys) brings them.", missing_emotion: "no conversation with a feeling that could be read; messages.csv brings them.", missing_volume: "no conversations with a time; messages.csv needs a time column.", missing_events: "no clear burst, shift or trend; usual with less than a year of data.", missing_curves: "no conversation long enough whose feeling rises or falls.", missing_calming: "too few conversations with agents to compare what they do; messages.csv needs the agents' words.", missing_motives: "no conversation whose wish could be read; messages.csv brings them.", missing_offered: "no conversation with an agent; messages.csv needs the agents' words.", missing_needs: "no conversation whose need could be read; messages.csv brings them.", missing_drivers: "no conversation about buying; bring pre-sales talks (shop, WeChat).", missing_stages: "no conversation about buying; bring pre-sales talks (shop, WeChat).", missing_expectations: "no conversation whose expectation could be read; messages.csv brings them.", missing_promises: "no promise of an agent was found; messages.csv needs the agents' words, touchpoints.csv and orders.csv tell what was done.", missing_effect: "too few customers came back after a kept or broken promise to compare.", missing_people: "no conversations of customers.", missing_conduct: "no conversation with an agent; messages.csv needs the agents' words.", missing_types: "not enough conversations to give customers a type; it takes several from the same customer.", missing_quality: "no figures on the reader's error.", missing_reader: "no test figures of the model.", missing_corrected: "no shares to correct.",
  },
};

let words = WORDS.zh;
export let lang = "zh";

export function speak(language) {
  lang = language === "en" ? "en" : "zh";
  words = WORDS[lang];
}

/** The text of that name in the report's language. */
export function t(name, ...values) {
  const found = words[name];
  if (found === undefined) throw new Error(`no words for ${name}`);
  return typeof found === "function" ? found(...values) : found;
}

/** Names that only one of the languages has: for tests. */
export const unpaired = () => [...new Set([...Object.keys(WORDS.zh), ...Object.keys(WORDS.en)])].filter((name) => !(name in WORDS.zh) || !(name in WORDS.en));
