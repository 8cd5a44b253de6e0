// What was promised, what became of it, what is due, and what keeping one did.
import { asTable, chart, figure, tooltip } from "../charts.js";
import { data } from "../data.js";
import { el, langOf } from "../dom.js";
import { capital, count, day, known, list, month, range, share, signed } from "../format.js";
import { quotesButton } from "../panel.js";
import { bandSeries, legendLines, monthAxis, rangePlot } from "../plots.js";
import { missing, number, table } from "../table.js";
import { t } from "../words.js";

const SHOWN = 12;

/** What became of them, as one bar cut into parts, each named below. */
function ledger(all) {
  const ended = (all.kept ?? 0) + (all.exceeded ?? 0) + (all.broken ?? 0);
  const open = all.open ?? 0, overdue = all.overdue ?? 0;
  const withdrawn = all.withdrawn ?? 0;
  const other = Math.max(0, (all.made ?? 0) - ended - open - overdue - withdrawn);
  const parts = [["kept", all.kept ?? 0, "good"], ["exceeded", all.exceeded ?? 0, "best"], ["broken", all.broken ?? 0, "bad"], ["overdue", overdue, "late"], ["open", open, "calm"], ["withdrawn", withdrawn, "grey"], ["otherOpen", other, "grey"]].filter(([, n]) => n > 0);
  const whole = parts.reduce((sum, [, n]) => sum + n, 0) || 1;
  const answer = t("a_ledger", count(all.made), count((all.kept ?? 0) + (all.exceeded ?? 0)), count(all.broken ?? 0));
  return figure(t("q_ledger"), answer,
    el("div", { class: "stack", "aria-hidden": "true" }, parts.map(([, n, tone]) => el("i", { class: tone, style: { "flex-grow": n / whole } }))),
    el("ul", { class: "key" }, parts.map(([name, n, tone]) => el("li", {}, el("i", { class: tone }), `${t(name)} `, el("b", {}, count(n))))),
    el("p", { class: "more" }, named(t("brokenQuotes"), all.brokenRows), named(t("keptQuotes"), all.keptRows)));
}

const FATES = [["kept", "good"], ["exceeded", "best"], ["broken", "bad"], ["overdue", "late"], ["open", "calm"], ["withdrawn", "grey"]];

/** The share kept above, what became of all below, month by month. */
function monthsOption(view, months) {
  const { colours } = view;
  const tones = { good: colours.good, best: colours.levels[2], bad: colours.bad, late: colours.second, calm: colours.calm, grey: colours.grey };
  const fates = FATES.filter(([name]) => months.some((one) => one[name] > 0));
  const top = 34 + 22 * legendLines(fates.map(([name]) => t(name)), view), high = 84;
  const axis = (gridIndex, more) => ({ type: "value", gridIndex, axisLine: { show: false }, axisTick: { show: false }, axisLabel: { color: colours.faint, ...more.axisLabel }, splitLine: { lineStyle: { color: colours.grid } }, ...more.axis });
  const texts = months.map((one) => one.month);
  const lines = (point) => { const one = months[point.value[0]]; return [month(one.month), `${t("keptShare")}${t("colon")}${one.n ? range(one.share) : "–"} · ${t("nCases", count(one.n))}`, ...fates.map(([name]) => `${t(name)}${t("colon")}${count(one[name])}`)]; };
  return {
    legend: { top: 0, left: 0, data: fates.map(([name]) => t(name)), selectedMode: false, itemWidth: 12, itemHeight: 12, itemGap: 12, textStyle: { color: colours.soft } },
    title: [{ text: t("keptShare"), left: 0, top: top - 22, padding: 0, textStyle: { fontSize: 12, fontWeight: 600, color: colours.soft } }, { text: t("promisesMade"), left: 0, top: top + high + 14, padding: 0, textStyle: { fontSize: 12, fontWeight: 600, color: colours.soft } }],
    grid: [{ left: 44, right: 12, top, height: high }, { left: 44, right: 12, top: top + high + 36, bottom: 38 }],
    xAxis: [monthAxis(texts, view, { gridIndex: 0, names: false }), monthAxis(texts, view, { gridIndex: 1 })],
    yAxis: [axis(0, { axis: { min: 0, max: 1, interval: 0.5 }, axisLabel: { formatter: (x) => share(x) } }), axis(1, { axis: { minInterval: 1, splitNumber: 3 } })],
    tooltip: tooltip(view, lines),
    series: [...bandSeries({ name: t("keptShare"), values: months.map((one) => (one.n ? one.share : null)), colour: colours.good, gridIndex: 0 }),
      ...fates.map(([name, tone]) => ({ type: "bar", stack: "all", name: t(name), xAxisIndex: 1, yAxisIndex: 1, barWidth: "52%", cursor: "pointer", itemStyle: { color: tones[tone], borderColor: colours.paper, borderWidth: 1 }, data: months.map((one, i) => [i, one[name]]) }))],
  };
}

function byMonth(all) {
  const months = list(all.months);
  if (months.length < 2) return null;
  const told = months.filter((one) => one.n >= 5);
  const low = told.length ? told.reduce((a, b) => (b.share[0] < a.share[0] ? b : a)) : null, high = told.length ? told.reduce((a, b) => (b.share[0] > a.share[0] ? b : a)) : null;
  const answer = told.length > 1 ? t("a_promiseMonths", month(low.month), range(low.share), month(high.month), range(high.share)) : t("fewToldPromises");
  const quotes = (text) => [...list(all.brokenRows), ...list(all.keptRows), ...list(all.due)].filter((one) => String(one.made).startsWith(text)).map((one) => one.outcome ?? one.row).filter(Boolean).slice(0, 12);
  return figure(t("q_promiseMonths"), [all.changed, answer].filter(Boolean).join(" "),
    chart({ label: answer, height: (view) => 304 + 22 * (view.small ? 2 : 1), option: (view) => monthsOption(view, months), open: (point) => { const one = months[point.value[0]]; return { title: month(one.month), lines: [`${t("keptShare")}${t("colon")}${one.n ? range(one.share) : "–"}`], rows: quotes(one.month) }; } }),
    asTable(table(t("q_promiseMonths"), [t("month"), number(t("promisesMade")), ...FATES.map(([name]) => number(t(name))), number(t("keptShare"))],
      months.map((one) => [month(one.month), count(one.made), ...FATES.map(([name]) => count(one[name])), one.n ? range(one.share) : "–"]))));
}

const named = (title, rows) => (list(rows).length ? el("span", {}, `${title} `, quotesButton(rows, title)) : null);

const nowrap = (date) => (date ? el("span", { class: "nowrap" }, day(date)) : "–");

function dueRow(one) {
  const overdue = one.state === "overdue";
  return [el("span", { class: `pill ${overdue ? "late" : "calm"}` }, capital(t(overdue ? "overdue" : one.due ? "openDated" : "openUndated"))), nowrap(one.due), `${one.name ?? ""} ${one.customer ?? ""}`.trim(),
    el("span", { class: "long", lang: langOf(one.text) }, one.text), nowrap(one.made), one.row ? quotesButton([one.row], one.text) : null];
}

const WEEK = 7 * 24 * 3600 * 1000;

/** What is due within a week first, then what is overdue, the latest first, then what is due later, then what has no date. */
function turn(one) {
  if (one.state === "overdue") return 1;
  if (!one.due) return 3;
  return Date.parse(one.due) - Date.parse(data.asOf) <= WEEK ? 0 : 2;
}

function due(all) {
  const found = [...list(all.due)].sort((a, b) => turn(a) - turn(b) || (turn(a) % 2 === 0 ? 1 : -1) * String(a.due ?? a.made).localeCompare(String(b.due ?? b.made)));
  if (!found.length) return figure(t("q_due"), t("noDue"));
  const columns = [t("state"), t("due"), t("customer"), t("promise"), t("madeOn"), ""];
  const rest = found.slice(SHOWN);
  return figure(t("q_due"), null, el("div", { class: "cards" }, table(t("q_due"), columns, found.slice(0, SHOWN).map(dueRow))),
    rest.length ? el("details", { class: "fold data" }, el("summary", {}, t("moreRows", rest.length)), el("div", { class: "cards" }, table(t("q_due"), columns, rest.map(dueRow)))) : null);
}

function effect(all) {
  const items = ["kept", "broken"].map((key) => ({ label: t(key === "kept" ? "afterKept" : "afterBroken"), n: all.effect?.[key]?.n, value: all.effect?.[key]?.change, second: all.effect?.[key]?.matched, rows: key === "kept" ? all.keptRows : all.brokenRows, tone: key === "kept" ? "good" : "bad" })).filter((item) => known(item.value));
  if (!items.length) return figure(t("q_effect"), null, missing("effect"));
  return figure(t("q_effect"), all.effect?.text, rangePlot({ label: all.effect?.text || t("q_effect"), items, format: (x) => signed(x, 1), fine: signed, bars: false, zero: true, names: items.some((item) => known(item.second)) ? [t("satisfactionChange"), t("similarCustomers")] : [], open: (item) => ({ title: item.label, rows: item.rows }) }));
}

export function promises() {
  const all = data.promises;
  if (!all || !all.made) return [figure(t("q_ledger"), null, missing("promises"))];
  return [el("div", { class: "two" }, ledger(all), effect(all)), byMonth(all), due(all)];
}

