// The map of expectations: how often an aspect is let down against how much that costs.
import { chart, figure, tooltip } from "../charts.js";
import { data, named } from "../data.js";
import { el, svg } from "../dom.js";
import { count, known, list, middle, month, share, signed } from "../format.js";
import { quotesButton } from "../panel.js";
import { textWidth } from "../plots.js";
import { missing, number, table } from "../table.js";
import { t } from "../words.js";

/** How far satisfaction falls when the aspect is unmet: [estimate, low, high], positive is a fall. */
const fall = (one) => (known(one.importance) ? [-one.importance[0], -one.importance[2], -one.importance[1]] : null);
/** What letting the aspect down costs at the least: how many conversations times the fall that is sure. The first screen ranks by the same. */
const cost = (one) => (one.n ?? 0) * one.unmet[0] * Math.max(0, one.fall[1]);
const DEAREST = 3;

const name = (point) => point.label + (point.rising ? " ▲" : "");

/** On which side of its circle each name stands, so that as few as can be lie on another name or circle. */
function placed(spots, inner) {
  const boxes = [];
  const overlap = (a, b) => Math.max(0, Math.min(a.x + a.width, b.x + b.width) - Math.max(a.x, b.x)) * Math.max(0, Math.min(a.y + a.height, b.y + b.height) - Math.max(a.y, b.y));
  const around = (spot) => ({ x: spot.x - spot.r, y: spot.y - spot.r, width: 2 * spot.r, height: 2 * spot.r });
  const box = (spot, side) => {
    const { x, y, r, width, height } = spot;
    if (side === "right") return { x: x + r + 5, y: y - height / 2, width, height };
    if (side === "left") return { x: x - r - 5 - width, y: y - height / 2, width, height };
    return { x: x - width / 2, y: side === "top" ? y - r - 5 - height : y + r + 5, width, height };
  };
  const outside = (one) => one.width * one.height - overlap(one, inner);
  return spots.map((spot) => {
    const cost = (side) => { const own = box(spot, side); return 3 * outside(own) + boxes.reduce((sum, other) => sum + 2 * overlap(own, other), 0) + spots.reduce((sum, other) => sum + (other === spot ? 0 : overlap(own, around(other))), 0); };
    const best = ["right", "left", "top", "bottom"].map((side) => [cost(side), side]).reduce((a, b) => (b[0] < a[0] - 1 ? b : a))[1];
    boxes.push(box(spot, best));
    return best;
  });
}

function mapOption(view, points, dearest) {
  const { colours, small } = view;
  const most = Math.max(...points.map((point) => point.n || 1));
  const xMax = Math.min(1, Math.ceil(Math.max(...points.map((point) => point.unmet[0])) * 20 + 0.4) / 20);
  const ys = points.map((point) => point.fall[0]);
  const xMin = Math.max(0, Math.floor(Math.min(...points.map((point) => point.unmet[0])) * 20 - 0.4) / 20);
  const yMin = Math.floor(Math.min(...ys) * 20 - 0.4) / 20, yMax = Math.ceil(Math.max(yMin + 0.1, ...ys) * 20 + 0.4) / 20;
  const size = (point) => (small ? 9 : 11) + (small ? 20 : 28) * Math.sqrt((point.n || 1) / most);
  const inner = { x: 52, y: 12, width: view.width - 68, height: view.height - 64 };
  const spots = points.map((point) => ({ x: inner.x + (inner.width * (point.unmet[0] - xMin)) / (xMax - xMin), y: inner.y + (inner.height * (yMax - point.fall[0])) / (yMax - yMin), r: size(point) / 2, width: textWidth(name(point), small ? 11 : 12), height: 15 }));
  const sides = placed(spots, inner);
  return {
    grid: { left: 52, right: 16, top: 12, bottom: 52 },
    tooltip: tooltip(view, ({ dataIndex }) => { const one = points[dataIndex]; return [one.label, `${t("unmet")}${t("colon")}${share(one.unmet[0])}`, `${t("importance")}${t("colon")}${signed(one.importance[0])}`, t("nCases", count(one.n)), one.rising ? t("risingNote") : null, one.rows?.length ? t("clickQuotes") : null]; }),
    xAxis: { type: "value", min: xMin, max: xMax, axisLine: { onZero: false, lineStyle: { color: colours.rule } }, axisTick: { show: false }, name: t("mapX"), nameLocation: "middle", nameGap: 28, nameTextStyle: { color: colours.soft }, axisLabel: { formatter: (x) => share(x), color: colours.faint }, splitLine: { lineStyle: { color: colours.grid } } },
    yAxis: { type: "value", min: yMin, max: yMax, axisLine: { onZero: false, lineStyle: { color: colours.rule } }, axisTick: { show: false }, name: t("mapY"), nameLocation: "middle", nameGap: 38, nameTextStyle: { color: colours.soft }, axisLabel: { formatter: (y) => y.toFixed(2).replace("-", "\u2212"), color: colours.faint }, splitLine: { lineStyle: { color: colours.grid } } },
    series: [
      { type: "scatter", cursor: "pointer", z: 4, data: points.map((point, i) => ({ value: [point.unmet[0], point.fall[0]], symbolSize: size(point), label: { position: sides[i] }, itemStyle: { color: dearest.includes(point) ? colours.bad : colours.calm, opacity: 0.78, borderColor: colours.paper, borderWidth: 1.5 } })),
        label: { show: true, position: "right", distance: 5, formatter: ({ dataIndex }) => name(points[dataIndex]), color: colours.ink, fontSize: small ? 11 : 12, textBorderColor: colours.paper, textBorderWidth: 3 } },
    ],
  };
}

const WIDEST = 1.2;  // of satisfaction; an interval wider than that says nothing of where the aspect stands
/** An effect from a handful of conversations is none. */
const toldEnough = (interval) => known(interval) && !(interval[2] - interval[1] > 2 * WIDEST);
const sureEnough = (one) => !(one.fall[2] - one.fall[1] > WIDEST);

function map(found) {
  const all = found.filter((one) => known(one.unmet) && known(one.importance)).map((one) => ({ ...one, label: named("aspect", one.aspect), fall: fall(one) }));
  const points = all.filter(sureEnough);
  const left = all.filter((one) => !sureEnough(one)).map((one) => one.label);
  if (points.length < 3) return figure(t("q_map"), null, missing("expectations"));
  const dearest = points.filter((point) => cost(point) > 0).sort((a, b) => cost(b) - cost(a)).slice(0, DEAREST);
  const answer = `${dearest.length ? t("a_map", dearest.map((point) => point.label).join(t("comma"))) : ""} ${t("mapSize")}${points.some((point) => point.rising) ? ` ▲ ${t("risingNote")}` : ""}${left.length ? ` ${t("tooFew", left.join(t("comma")))}` : ""}`.trim();
  return figure(t("q_map"), answer, chart({ label: answer, height: ({ small, printing }) => (printing ? 340 : small ? 400 : 440), option: (view) => mapOption(view, points, dearest),
    open: ({ dataIndex }) => { const one = points[dataIndex]; return { title: one.label, lines: [`${t("unmet")}${t("colon")}${share(one.unmet[0])}`, `${t("importance")}${t("colon")}${signed(one.importance[0])}`, t("nCases", count(one.n))], rows: one.rows }; } }));
}

/** Twelve small bars: how often by month, the unmet part dark. */
function spark(all, unmet) {
  const values = list(all);
  if (!values.length) return "–";
  const most = Math.max(1, ...values), step = 6, high = 22;
  const label = values.map((n, i) => `${month(list(data.months)[i] ?? "")} ${n}/${list(unmet)[i] ?? 0}`).join("; ");
  return svg("svg", { class: "spark", width: values.length * step, height: high, role: "img", "aria-label": label }, svg("title", {}, label),
    values.map((n, i) => [svg("rect", { x: i * step, width: step - 1.5, y: high - (high * n) / most, height: (high * n) / most, class: "all" }),
      svg("rect", { x: i * step, width: step - 1.5, y: high - (high * (list(unmet)[i] ?? 0)) / most, height: (high * (list(unmet)[i] ?? 0)) / most, class: "unmet" })]));
}

export function expectations() {
  const found = list(data.expectations);
  if (!found.length) return [figure(t("q_map"), null, missing("expectations"))];
  const unspoken = found.some((one) => one.implicit > 0);
  return [map(found), figure(t("q_aspects"), [t("errorUnknown"), unspoken ? "" : t("noImplicit")].join(" ").trim(), table(t("q_aspects"), [t("aspect"), number(t("n")), number(t("often")), number(t("unmet")), number(t("importance")), ...(unspoken ? [number(t("implicit"))] : []), t("byMonth"), ""],
    [...found].sort((a, b) => (b.n ?? 0) - (a.n ?? 0)).map((one) => [named("aspect", one.aspect), count(one.n), share(middle(one.share)), share(middle(one.unmet)), toldEnough(one.importance) ? signed(middle(one.importance)) : "–", ...(unspoken ? [share(one.implicit)] : []),
      el("span", {}, spark(one.byMonth, one.unmetByMonth), one.rising && el("b", { class: "rising", title: t("risingNote") }, ` ▲ ${t("rising")}`)), quotesButton(one.rows, named("aspect", one.aspect))])))];
}

