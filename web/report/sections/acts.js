// What customers did: what they are worth, who may leave, how cases go, what they use, need and prefer, and where words and acts part.
import { asTable, figure } from "../charts.js";
import { data } from "../data.js";
import { el } from "../dom.js";
import { capital, count, day, known, list, plain, range, share, signed, time } from "../format.js";
import { openPanel } from "../panel.js";
import { rangePlot } from "../plots.js";
import { bar, longTable, missing, moreInBook, number, table, withheld } from "../table.js";
import { t } from "../words.js";

const POINTS = 10;  // rows of a chart

const who = (row) => `${row.name ?? ""} ${row.customer ?? ""}`.trim();
const whole = (x) => (Number.isFinite(x) ? count(Math.round(x)) : "–");
const money = (x) => (Number.isFinite(x) ? t("moneyOf", whole(x), data.acts.values?.currency ?? "") : "–");
const times = (x) => (Number.isFinite(x) ? t("timesAs", x < 10 ? plain(x, 1) : whole(x)) : "–");

/** What a point opens to: a table of its customers, and how many more there are. */
function customersPanel(title, lines, columns, rows, total) {
  return { title, lines: [...lines, t("listed", count(rows.length), count(total))], body: el("div", {}, table(title, columns, rows), moreInBook(total - rows.length)) };
}

const opener = (panel, n) => el("button", { type: "button", class: "link", onclick: () => openPanel(panel()) }, t("openRows", count(n)));

const LEAVING = new Set(["at_risk", "cannot_lose", "fading"]), GONE = new Set(["hibernating", "lost"]), STRONG = new Set(["champion", "loyal"]);
const segmentTone = (id) => (LEAVING.has(id) ? "bad" : GONE.has(id) ? "grey" : STRONG.has(id) ? "good" : "calm");

function segmentPanel(one) {
  const lines = [one.words, known(one.active) ? `${t("stillActive")}${t("colon")}${range(one.active, whole)}` : null, known(one.value) ? `${t("expectedValue")}${t("colon")}${range(one.value, money)}` : null];
  const columns = [t("customer"), t("lastOrder"), number(t("orderDays")), number(t("valueSpent")), number(t("alive")), number(t("expectedValue"))];
  return customersPanel(one.label, lines, columns, list(one.rows).map((row) => [who(row), day(row.last), count(row.purchases), money(row.money), share(row.alive), range(row.value, money)]), one.n);
}

function value() {
  const all = data.acts.values;
  if (!all) return withheldPart("values");
  const expected = known(all.value);
  const answer = expected ? t("a_value", count(all.n), range(all.active, whole), all.horizonDays, range(all.orders, whole), range(all.value, money)) : t("a_valuePlain", count(all.n), money(all.money));
  const items = list(all.segments).map((one) => ({ label: one.label, n: one.n, value: expected ? one.value : [one.money], tone: segmentTone(one.segment), one, rows: one.rows })).filter((item) => known(item.value));
  return figure(t("q_value"), `${answer} ${t("valueNote")}`,
    rangePlot({ label: `${expected ? t("valueExpected", all.horizonDays) : t("valueSpent")}${t("colon")}${answer}`, items, format: short, fine: whole, open: (item) => segmentPanel(item.one) }),
    asTable(table(t("q_value"), [t("segment"), number(t("customersFor")), number(t("valueSpent")), number(t("stillActive")), number(t("expectedOrders")), number(t("expectedValue")), ""],
      list(all.segments).map((one) => [one.label, count(one.n), money(one.money), range(one.active, whole), range(one.orders, whole), range(one.value, money), opener(() => segmentPanel(one), one.n)]))));
}

/** 12,000 as 12k: for axes. */
const short = (x) => (Math.abs(x) >= 1e6 ? `${plain(x / 1e6, 1)}M` : Math.abs(x) >= 1e4 ? `${whole(x / 1e3)}k` : whole(x));

const WEAK = 0.7;  // AUC below which a model hardly tells who leaves

function leaving() {
  const all = data.acts.leaving;
  if (!all) return withheldPart("leaving");
  const answer = [t("a_leaving", count(all.n), all.horizonDays, range(all.expected, whole)), t(all.ofWords ? "leavingWords" : "leavingActs"), t("leavingHow", share(all.auc), count(all.learnedFrom), count(all.left)), all.auc < WEAK ? t("leavingWeak") : ""].join(" ").trim();
  const rows = list(all.rows);
  const phrase = (reasons) => el("span", { class: "long" }, capital(list(reasons).join(t("semicolon"))) || t("nothing"));
  const reasons = list(all.reasons).slice(0, POINTS);
  return figure(t("q_leaving"), answer,
    all.reasonsOf >= 5 ? [el("h4", {}, t("leaveReasons", count(all.reasonsOf))), el("ul", { class: "states wide-names" }, reasons.map((one) => el("li", {}, el("span", { class: "name" }, capital(one.label)), bar(one.n / all.reasonsOf, `${count(one.n)} · ${share(one.n / all.reasonsOf)}`, "bad"))))] : null,
    rows.length ? el("p", { class: "answer" }, t("leavingList", count(all.recent))) : null,
    rows.length ? longTable(t("q_leaving"), [t("customer"), t("leaveProbability"), t("leaveWhy"), t("leaveAgainst"), t("lastOrder"), number(t("valueSpent"))],
      rows.map((row) => [who(row), bar(row.p, share(row.p), row.p >= 0.5 ? "bad" : "calm"), phrase(row.reasons), phrase(row.against), day(row.last), money(row.money)]), { total: all.recent }) : null);
}

const steps = (variant) => String(variant.activities).split(" > ");

/** A way through as steps with the usual wait between them. */
function way(variant, edges) {
  const names = steps(variant);
  const wait = (from, to) => edges.get(`${from}\n${to}`)?.median;
  return el("li", {}, el("b", {}, t("cases", count(variant.cases))), el("span", { class: "way" }, names.map((name, i) => [i ? el("span", { class: "gap" }, wait(names[i - 1], name) > 0 ? "→ " : null, wait(names[i - 1], name) > 0 ? el("small", {}, time(wait(names[i - 1], name))) : null, " → ") : null, el("span", { class: "stop" }, name)])));
}

const LEAST_TIMES = 20;  // below that a wait is an anecdote

function journey() {
  const all = data.acts.journey;
  if (!all) return null;
  const edges = new Map(list(all.edges).map((edge) => [`${edge.from}\n${edge.to}`, edge]));
  const ways = list(all.variants).slice(0, 6);
  const waits = list(all.edges).filter((edge) => edge.n >= LEAST_TIMES && edge.median > 0).sort((a, b) => b.median - a.median);
  const most = ways[0];
  const answer = [most && t("a_journey", count(all.cases), steps(most).length > 1 ? steps(most).join(" → ") : t("oneStep", steps(most)[0]), count(most.cases)),
    waits[0] && t("a_journeyWait", waits[0].from, waits[0].to, time(waits[0].median), time(waits[0].p90), count(waits[0].n))].filter(Boolean).join(" ");
  return figure(t("q_journey"), answer, ways.length ? [el("h4", {}, t("ways")), el("ol", { class: "ways" }, ways.map((one) => way(one, edges)))] : null,
    asTable(table(t("q_journey"), [t("fromStep"), t("toStep"), number(t("times")), number(t("caseCount")), number(t("halfWait")), number(t("tenthWait"))],
      list(all.edges).map((edge) => [edge.from, edge.to, count(edge.n), count(edge.cases), time(edge.median), time(edge.p90)]))));
}

const FEW_CASES = 5;  // steps of fewer are no picture

function stops() {
  const all = data.acts.journey;
  if (!all) return null;
  const rows = list(all.steps).filter((one) => one.cases >= FEW_CASES);
  if (!rows.length) return null;
  const returns = rows.some((one) => one.repeatCases > 0);
  const back = rows.filter((one) => one.cases >= LEAST_TIMES && one.repeatCases > 0).sort((a, b) => b.repeatCases / b.cases - a.repeatCases / a.cases)[0];
  const answer = back ? t("a_stops", back.activity, share(back.repeatCases / back.cases), count(back.cases)) : t("a_noRepeats");
  return figure(t("q_stops"), answer, longTable(t("q_stops"), [t("step"), number(t("caseCount")), ...(returns ? [t("repeated")] : []), t("stopped"), number(t("openCases"))],
    rows.map((one) => [one.activity, count(one.cases), ...(returns ? [bar(one.repeatCases / one.cases, share(one.repeatCases / one.cases), "bad")] : []), bar(one.ends / one.cases, share(one.ends / one.cases), "calm"), count(one.endsOpen)])));
}

function stepFeelings() {
  const found = list(data.acts.journey?.feelings);
  if (!found.length) return null;
  const ordered = [...found].sort((a, b) => a.change[0] - b.change[0]);
  const worst = ordered.find((one) => one.differs && one.change[0] < 0);
  const items = ordered.slice(0, POINTS).map((one) => ({ label: one.activity, n: one.n, value: one.change, tone: one.differs ? (one.change[0] < 0 ? "bad" : "good") : "calm", one }));
  const lines = (one) => [`${t("compared")}${t("colon")}${range(one.change, signed)}`, `${t("stepSatisfaction")}${t("colon")}${range(one.satisfaction, signed)}`, `${t("displeased")}${t("colon")}${range(one.displeased)}`, `${t("unmetShareStep")}${t("colon")}${range(one.unmet)}`, t("nCases", count(one.n))];
  const columns = [t("step"), number(t("n")), number(t("stepSatisfaction")), number(t("compared")), number(t("displeased")), number(t("unmetShareStep"))];
  return figure(t("q_stepFeelings"), worst ? t("a_stepFeelings", worst.activity, range(worst.change, signed), count(worst.n)) : t("a_stepFeelingsNone"),
    rangePlot({ label: t("q_stepFeelings"), items, format: (x) => signed(x, 1), fine: signed, bars: false, zero: true, open: (item) => ({ title: item.label, body: el("div", {}, lines(item.one).map((line) => el("p", {}, line))) }) }),
    asTable(table(t("q_stepFeelings"), columns, ordered.map((one) => [one.activity, count(one.n), range(one.satisfaction, signed), range(one.change, signed), range(one.displeased), range(one.unmet)]))));
}

const period = (row) => (row.from === row.to ? day(row.from) : t("span", day(row.from), day(row.to)));
const ratio = (row) => row.kwh / row.usual[0];

function usage() {
  const all = data.acts.usage;
  if (!all) return null;
  const found = list(all.unusual).filter((row) => row.usual[0] > 0);
  const items = found.slice(0, POINTS).map((row) => ({ label: `${who(row)} ${String(row.from).slice(0, 7)}`, value: [ratio(row)], second: row.usual.map((x) => x / row.usual[0]), tone: ratio(row) > 1 ? "bad" : "calm", row }));
  const answer = t("a_usage", count(all.good), count(all.meters), count(all.changed), count(all.alerts));
  const columns = [t("customer"), number(t("meter")), t("periodUsed"), number(t("kwh")), number(t("usualKwh")), number(t("ratio"))];
  const line = (row) => [who(row), count(row.meter), period(row), whole(row.kwh), range(row.usual, whole), times(ratio(row))];
  return figure(t("q_usage"), [answer, items.length ? t("usageChart") : "", t("tariffsElsewhere")].join(" ").trim(),
    list(all.habits).length ? el("p", { class: "answer" }, `${t("habits")}${t("colon")}`, list(all.habits).map((one) => t("brackets", t("habit")[one.habit] ?? one.habit, count(one.n))).join(t("comma"))) : null,
    items.length ? rangePlot({ label: answer, items, format: times, fine: times, bars: false, min: 0, names: [t("used"), t("usual")], open: (item) => customersPanel(item.label, [], columns, found.filter((row) => row.customer === item.row.customer).map(line), found.filter((row) => row.customer === item.row.customer).length) }) : null,
    found.length ? el("details", { class: "fold data" }, el("summary", {}, `${t("unusualList")} (${count(all.alerts)})`), longTable(t("unusualList"), columns, found.map(line), { total: all.alerts })) : null,
    list(all.changes).length ? el("details", { class: "fold data" }, el("summary", {}, `${t("changedList")} (${count(all.changed)})`), longTable(t("changedList"), [t("customer"), number(t("meter")), t("sinceDay"), number(t("changeRatio")), number(t("perDay"))],
      list(all.changes).map((row) => [who(row), count(row.meter), day(row.since), range(row.ratio, times), plain(row.perDay, 1)]), { total: all.changed })) : null);
}

function next() {
  const all = data.acts.next;
  if (!all) return null;
  const panel = (one) => customersPanel(one.label, [`${t("mostWhy")}${t("colon")}${t("whyNext")[one.why] ?? one.why}`], [t("customer"), number(t("score")), t("nextWhy")], list(one.rows).map((row) => [who(row), share(row.score), el("span", { class: "long" }, row.why)]), one.n);
  const products = list(all.products);
  const answer = t("a_next", count(all.n), products[0].label, count(products[0].n), all.windowDays);
  return figure(t("q_next"), answer,
    rangePlot({ label: answer, items: products.slice(0, POINTS).map((one) => ({ label: one.label, value: [one.n], one, rows: one.rows })), format: whole, min: 0, open: (item) => panel(item.one) }),
    asTable([table(t("q_next"), [t("product"), number(t("customersFor")), t("mostWhy"), ""], products.map((one) => [one.label, count(one.n), `${t("whyNext")[one.why] ?? one.why} (${count(one.ofWhy)})`, opener(() => panel(one), one.n)])), moreInBook(all.productCount - products.length)]));
}

const SHARES = new Set(["discount_share", "price_sensitivity", "brand_share", "brand_alike", "brand_switching", "variety", "return_share", "night_share"]);

function preferences() {
  const found = list(data.acts.preferences).filter((one) => one.label && one.n > 0);
  if (!found.length) return withheldPart("preferences");
  const format = (one) => (SHARES.has(one.measure) ? share : (x) => plain(x, 1));
  const panel = (one) => customersPanel(one.label, [t("preferenceRows")], [t("customer"), t("aboutWhat"), number(one.label), number(t("restsOn"))], list(one.rows).map((row) => [who(row), row.about || "–", range(row.value, format(one)), `${count(row.n)} ${one.unit}`]), one.n);
  const drawn = found.filter((one) => SHARES.has(one.measure) && one.ninth > one.tenth);
  const figures = table(t("q_preferences"), [t("preferenceMeasure"), number(t("customersFor")), number(t("tenthCustomer")), number(t("middleCustomer")), number(t("ninthCustomer")), ""],
    found.map((one) => [one.label, count(one.n), format(one)(one.tenth), format(one)(one.middle), format(one)(one.ninth), opener(() => panel(one), one.n)]));
  return figure(t("q_preferences"), t(drawn.length ? "a_preferences" : "a_preferencesTable"),
    drawn.length ? rangePlot({ label: t("q_preferences"), items: drawn.map((one) => ({ label: one.label, n: one.n, value: [one.middle, one.tenth, one.ninth], one, rows: one.rows })), bars: false, min: 0, max: 1, open: (item) => panel(item.one) }) : null,
    drawn.length ? asTable(figures) : figures);
}

function saidDid() {
  const found = [...list(data.acts.saidDid)].sort((a, b) => b.n - a.n);
  if (!found.length) return null;
  const panel = (one) => customersPanel(one.text, [], [t("customer"), number(t("bothHold")), t("theActs"), number(t("restsOn"))], list(one.rows).map((row) => [who(row), share(row.p), row.label ? `${row.label} ${range(row.value, SHARES.has(row.measure) ? share : (x) => plain(x, 1))}` : "–", count(row.n)]), one.n);
  return figure(t("q_saidDid"), t("a_saidDid", found[0].text, count(found[0].n)), table(t("q_saidDid"), [t("rule"), number(t("customersFor")), ""], found.map((one) => [one.text, count(one.n), opener(() => panel(one), one.n)])));
}

/** A note where a part is withheld for the report's use; nothing where there is simply none. */
function withheldPart(key) {
  const note = withheld(key);
  return note ? figure(t(key === "values" ? "q_value" : key === "leaving" ? "q_leaving" : "q_preferences"), null, note) : null;
}

export function acts() {
  const parts = data.acts ? [value(), leaving(), journey(), stops(), stepFeelings(), usage(), next(), preferences(), saidDid()].filter(Boolean) : [];
  return parts.length ? parts : [figure(t("h_acts"), null, missing("acts"))];
}
