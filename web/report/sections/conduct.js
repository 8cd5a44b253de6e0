// How agents listened, felt with people, solved and followed up: as a whole, by month and by channel.
import { asTable, chart, figure, tooltip } from "../charts.js";
import { data } from "../data.js";
import { el } from "../dom.js";
import { capital, count, known, list, month, plain, range, share } from "../format.js";
import { quotesButton } from "../panel.js";
import { bandSeries, monthAxis } from "../plots.js";
import { missing, number, table } from "../table.js";
import { t } from "../words.js";
import { level } from "./motives.js";

const POOR = 12;
/** Conversations in which it was not done: what was said last in them. */
const poorRows = (one) => (list(one.rows?.poor).length ? one.rows.poor : list(one.byMonth).flatMap((point) => list(point.poor)).slice(0, POOR));

function dimension(one) {
  const levels = list(one.levels);
  return el("article", { class: "dimension" },
    el("header", {}, el("b", {}, one.label), el("span", {}, `${capital(t("mean"))} ${plain(one.mean?.[0])} / 2 · ${t("nCases", count(one.n))}`)),
    el("div", { class: "stack levels", "aria-hidden": "true" }, levels.map((p, i) => el("i", { class: `level${i}`, style: { "flex-grow": p } }, p >= 0.1 ? share(p) : ""))),
    el("ul", { class: "key" }, levels.map((p, i) => el("li", {}, el("i", { class: `level${i}` }), `${t(`level${i}`)} ${share(p)}`))),
    el("p", { class: "more" }, [["good", list(one.rows?.good)], ["poor", poorRows(one)]].map(([word, rows]) => (rows.length ? el("span", {}, `${t(word)} `, quotesButton(rows, `${one.label}${t("colon")}${t(word)}`, word === "poor" ? [t("poorRows")] : [])) : null))));
}

function dimensions(found, deflects) {
  const ranked = found.filter((one) => known(one.mean)).sort((a, b) => b.mean[0] - a.mean[0]);
  const answer = [ranked.length > 1 ? t("a_dims", ranked[0].label, ranked.at(-1).label) : "", known(deflects) ? t("deflectsShare", range(deflects)) : ""].join(" ").trim();
  return figure(t("q_dims"), answer, el("div", { class: "dimensions" }, found.map(dimension)));
}

function trendOption(view, found) {
  const { colours, width } = view;
  const columns = width < 520 ? 2 : 4, cell = width / columns;
  const grid = [], xAxis = [], yAxis = [], series = [], title = [];
  found.forEach((one, i) => {
    const left = (i % columns) * cell, top = Math.floor(i / columns) * 142;
    const values = data.months.map((text) => list(one.byMonth).find((point) => point.month === text)?.value ?? null);
    grid.push({ left: left + 26, width: cell - 38, top: top + 26, height: 82 });
    xAxis.push(monthAxis(data.months, view, { gridIndex: i, columns, years: false }));
    yAxis.push({ type: "value", gridIndex: i, min: 0, max: 2, interval: 1, axisLine: { show: false }, axisTick: { show: false }, axisLabel: { color: colours.faint, fontSize: 10 }, splitLine: { lineStyle: { color: colours.grid } } });
    series.push(...bandSeries({ name: one.label, values, colour: colours.calm, gridIndex: i }));
    title.push({ text: one.label, left: left + 26, top, padding: 0, textStyle: { fontSize: 12.5, fontWeight: 600, color: colours.ink } });
  });
  return { grid, xAxis, yAxis, series, title, tooltip: tooltip(view, (point) => {
    const one = list(found.find((dim) => dim.label === point.seriesName)?.byMonth).find((at) => at.month === data.months[point.value[0]]);
    return [`${point.seriesName} · ${month(data.months[point.value[0]])}`, range(one?.value, (x) => plain(x)), t("nCases", count(one?.n))];
  }) };
}

/** Of a month those in which it was not done; else those of the year. */
function conductRows(one, text) {
  const poor = list(list(one.byMonth).find((point) => point.month === text)?.poor);
  return poor.length ? poor : [...poorRows(one), ...list(one.rows?.good)];
}

function overTime(found) {
  if (!list(data.months).length || !found.some((one) => list(one.byMonth).some((point) => known(point.value)))) return null;
  return figure(t("q_conductTrend"), t("offeredScale"),
    chart({ label: t("q_conductTrend"), height: ({ width }) => Math.ceil(found.length / (width < 520 ? 2 : 4)) * 142, option: (view) => trendOption(view, found),
      open: (point) => { const one = found.find((dim) => dim.label === point.seriesName); return { title: `${one.label} · ${month(data.months[point.value[0]])}`, rows: conductRows(one, data.months[point.value[0]]) }; } }),
    asTable(table(t("q_conductTrend"), [t("month"), ...found.map((one) => number(one.label)), ""], data.months.map((text) => [month(text), ...found.map((one) => range(list(one.byMonth).find((point) => point.month === text)?.value, (x) => plain(x))), quotesButton(found.flatMap((one) => list(list(one.byMonth).find((point) => point.month === text)?.poor)), `${t("poor")} · ${month(text)}`)]))));
}

function channels(found) {
  if (!found.length) return null;
  const acts = ["listening", "empathy", "solution", "followup"];
  return figure(t("q_conductChannel"), t("offeredScale"), table(t("q_conductChannel"), [t("channel"), number(t("n")), ...acts.map((act) => number(t(act))), number(t("deflects"))], found.map((one) => [one.channel, count(one.n), ...acts.map((act) => level(one[act])), share(one.deflects)])));
}

export function conduct() {
  const found = list(data.conduct?.dimensions);
  if (!found.length) return [figure(t("q_dims"), null, missing("conduct"))];
  return [dimensions(found, data.conduct.deflects), overTime(found), channels(list(data.conduct.byChannel))];
}
