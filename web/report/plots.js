// The two plots that most figures are: estimates with their intervals by row, and over the months.
import { chart, tooltip } from "./charts.js";
import { capital, count, known, month, range, share, shortMonth } from "./format.js";
import { places } from "./data.js";
import { t } from "./words.js";

const ROW = 30;

/**
 * One row for each item {label, n, value: interval, second?: interval, rows?, tone?}: a bar or a dot
 * with its 95 % interval, sample size in the label. `second` is drawn as a hollow dot above.
 */
export function rangePlot({ label, items, format = share, fine, bars = true, min, max, zero = false, names: given = [], open }) {
  const kept = items.filter((item) => known(item.value)).map((item) => ({ ...item, label: capital(item.label) }));
  const names = given.map(capital);
  return chart({
    label,
    height: (view) => kept.length * (view.small && !bars ? ROW + 8 : ROW) + 44 + (names.length > 1 ? 22 * legendLines(names, view, 10, 14) : 0),
    open: (point) => open?.(kept[point.dataIndex]),
    option: (view) => rangeOption(view, { items: kept, format, fine, bars, min, max, zero, names }),
  });
}

function rangeOption(view, { items, format, fine = format, bars, min, max, zero, names }) {
  const { colours, width, small } = view;
  const room = Math.round(Math.min(240, Math.max(96, width * (small ? 0.36 : 0.3))));
  const colour = (item) => colours[item.tone ?? "calm"];
  const whisker = (key, shift) => ({
    type: "custom", silent: true, z: 5, encode: { x: [1, 2], y: 0 }, data: items.map((item, i) => (known(item[key]) ? [i, item[key][1], item[key][2]] : [i, NaN, NaN])),
    renderItem: (params, api) => interval(api, shift, key === "value" ? colours.ink : colours.faint),
  });
  const dots = (key, shift, hollow) => ({
    type: "scatter", name: names[hollow ? 1 : 0], z: 6, symbolSize: 10, symbolOffset: [0, shift], cursor: "pointer",
    data: items.map((item, i) => ({ value: [known(item[key]) ? item[key][0] : NaN, i],
      itemStyle: hollow ? { color: colours.paper, borderColor: colours.soft, borderWidth: 1.5 } : { color: colour(item) } })),
    itemStyle: hollow ? { color: colours.paper, borderColor: colours.soft, borderWidth: 1.5 } : { color: colours.calm },
  });
  const two = items.some((item) => known(item.second));
  const ends = items.flatMap((item) => [item.value, two ? item.second : null].filter(known).flat()).filter(Number.isFinite);
  const scale = niceScale(Math.min(...ends, bars || zero ? 0 : Infinity), Math.max(...ends, zero ? 0 : -Infinity), small || width < 620 ? 4 : 6);
  return {
    grid: { left: room + 8, right: 56, top: names.length > 1 ? 8 + 22 * legendLines(names, view, 10, 14) : 8, bottom: 28 },
    legend: names.length > 1 ? { top: 0, left: 0, data: names, icon: "circle", itemWidth: 10, itemHeight: 10, itemGap: 14, selectedMode: false, textStyle: { color: colours.soft } } : undefined,
    tooltip: tooltip(view, (point) => {
      const item = items[point.dataIndex];
      return [item.label, (names[0] ? `${names[0]}${t("colon")}` : "") + range(item.value, fine), known(item.second) ? `${names[1]}${t("colon")}${range(item.second, fine)}` : null,
        Number.isFinite(item.n) ? t("nCases", count(item.n)) : null, item.rows?.length ? t("clickQuotes") : null];
    }),
    xAxis: { type: "value", min: min ?? scale.min, max: max ?? scale.max, interval: max === undefined ? scale.step : undefined, axisLine: { show: false }, axisTick: { show: false }, axisLabel: { formatter: (x) => format(x), color: colours.faint, hideOverlap: true },
      splitLine: { lineStyle: { color: colours.grid } } },
    yAxis: { type: "category", inverse: true, data: items.map((item) => item.label), axisTick: { show: false },
      axisLine: { show: !zero, lineStyle: { color: colours.rule } },
      axisLabel: { interval: 0, width: room, overflow: "break", lineHeight: 14, fontSize: small ? 11 : 12, color: colours.ink,
        formatter: (name, i) => (Number.isFinite(items[i].n) ? `${name}${textWidth(`${name}  ${count(items[i].n)}`, 12) > 0.8 * room ? "\n" : "  "}{n|${count(items[i].n)}}` : name), rich: { n: { color: colours.faint, fontSize: 10.5 } } } },
    series: [
      bars ? { type: "bar", barWidth: 13, cursor: "pointer", data: items.map((item) => ({ value: item.value[0], itemStyle: { color: colour(item), opacity: 0.82, borderRadius: [0, 3, 3, 0] } })) } : null,
      ...(two ? [whisker("second", -8), dots("second", -8, true)] : []),
      whisker("value", two ? 4 : 0),
      bars ? null : dots("value", two ? 4 : 0, false),
      { type: "custom", silent: true, z: 7, encode: { x: 1, y: 0 }, data: items.map((item, i) => [i, two && item.value.length === 1 ? item.value[0] : Math.max(item.value[2] ?? item.value[0], two && known(item.second) ? item.second[2] ?? item.second[0] : -Infinity)]), renderItem: (params, api) => {
        const [x, y] = api.coord([api.value(1), api.value(0)]);
        return { type: "text", style: { x: x + 8, y: y + (two ? 4 : 0), text: fine(items[params.dataIndex].value[0]), fill: colours.ink, fontSize: 11.5, verticalAlign: "middle" } };
      } },
      zero ? { type: "line", silent: true, data: [], markLine: { symbol: "none", silent: true, label: { show: false }, lineStyle: { color: colours.soft, type: "solid", width: 1 }, data: [{ xAxis: 0 }] } } : null,
    ].filter(Boolean),
  };
}

/** Ends and step of an axis that holds [low, high] with about `parts` round steps. */
export function niceScale(low, high, parts) {
  const raw = Math.max(1e-9, (high - low) / parts);
  const power = 10 ** Math.floor(Math.log10(raw));
  const step = power * [1, 2, 5, 10].find((one) => one * power >= raw * 0.999);
  return { min: Math.floor(low / step + 1e-9) * step, max: Math.ceil(high / step - 1e-9) * step, step };
}

function interval(api, shift, stroke) {
  const low = api.coord([api.value(1), api.value(0)]);
  const high = api.coord([api.value(2), api.value(0)]);
  if (!Number.isFinite(low[0]) || !Number.isFinite(high[0])) return null;
  const y = low[1] + shift;
  const line = (x1, y1, x2, y2) => ({ type: "line", shape: { x1, y1, x2, y2 }, style: { stroke, lineWidth: 1.4 } });
  return { type: "group", children: [line(low[0], y, high[0], y), line(low[0], y - 4, low[0], y + 4), line(high[0], y - 4, high[0], y + 4)] };
}

/** Where a day lies on the axis of months: 0 is the middle of the first month. */
export function place(months, date) {
  const [year, number, day] = String(date).split("-").map(Number);
  const [firstYear, firstNumber] = months[0].split("-").map(Number);
  const days = new Date(Date.UTC(year, number, 0)).getUTCDate();
  return (year - firstYear) * 12 + number - firstNumber + ((day || 1) - 1) / days - 0.5;
}

/** The axis of months below a grid; months are named where there is room. */
export function monthAxis(months, { colours, width }, { gridIndex = 0, columns = 1, names = true, years = true } = {}) {
  const every = Math.max(1, Math.ceil((months.length * 44) / Math.max(60, width / columns - 60)));
  const shown = months.map((_, i) => i).filter((i) => i % every === 0);
  return {
    type: "value", gridIndex, containShape: false, min: -0.5, max: months.length - 0.5, splitLine: { show: false }, axisLine: { lineStyle: { color: colours.rule }, onZero: false },
    axisTick: { show: names, customValues: shown, lineStyle: { color: colours.rule } },
    axisLabel: { show: names, customValues: shown, color: colours.faint, fontSize: 11, hideOverlap: false, lineHeight: 14,
      formatter: (i) => years ? label(months, i, i === shown[0]) : shortMonth(months[i] ?? "") },
  };
}

function label(months, i, first) {
  const text = months[i];
  if (!text) return "";
  return first || text.endsWith("-01") ? `${shortMonth(text)}\n${text.slice(0, 4)}` : shortMonth(text);
}

/** A band between low and high, and the line of estimates; a gap where a month has none. */
export function bandSeries({ name, values, colour, gridIndex = 0, dashed = false, symbol = "circle", width = 2 }) {
  const axes = { xAxisIndex: gridIndex, yAxisIndex: gridIndex };
  const pairs = [];
  for (let i = 0; i + 1 < values.length; ++i) {
    if (known(values[i]) && known(values[i + 1])) pairs.push([i, values[i][1], values[i][2], values[i + 1][1], values[i + 1][2]]);
  }
  const band = {
    type: "custom", ...axes, silent: true, clip: true, z: 1, data: pairs,
    renderItem: (params, api) => {
      const i = api.value(0);
      return { type: "polygon", shape: { points: [[i, api.value(1)], [i, api.value(2)], [i + 1, api.value(4)], [i + 1, api.value(3)]].map((point) => api.coord(point)) },
        style: { fill: colour, opacity: 0.16 } };
    },
  };
  const lone = {  // a month without neighbours still shows its interval
    type: "custom", ...axes, silent: true, clip: true, z: 1, data: values.map((value, i) => (known(value) && !known(values[i - 1]) && !known(values[i + 1]) ? [i, value[1], value[2]] : null)).filter(Boolean),
    renderItem: (params, api) => {
      const [x, y1] = api.coord([api.value(0), api.value(1)]);
      const y2 = api.coord([api.value(0), api.value(2)])[1];
      return { type: "line", shape: { x1: x, y1, x2: x, y2 }, style: { stroke: colour, lineWidth: 5, opacity: 0.25 } };
    },
  };
  const line = { type: "line", name, ...axes, z: 3, symbol, symbolSize: 6, cursor: "pointer", itemStyle: { color: colour }, connectNulls: false,
    lineStyle: { color: colour, width, type: dashed ? "dashed" : "solid" }, data: values.map((value, i) => [i, known(value) ? value[0] : null]) };
  return [band, lone, line];
}

/** Where an event begins and ends on the axis, inside it and wide enough to be seen. */
function extent(event, months) {
  const from = Math.min(months.length - 0.6, Math.max(-0.5, place(months, event.from)));
  return [from, Math.min(months.length - 0.5, Math.max(place(months, event.to), from + 0.09))];
}

const LONG = 3;  // months; what lasts longer would shade the whole chart

/** Events on a chart over the months: short ones shade it, a shift is a line where it begins; with the numbers of the list below. */
export function eventMarks(events, months, view) {
  const { colours } = view;
  const short = events.filter((event) => event.kind !== "shift" && extent(event, months)[1] - extent(event, months)[0] <= LONG);
  return [{
    type: "line", data: [], silent: true,
    markArea: { silent: true, data: short.map((event) => [{ xAxis: extent(event, months)[0], itemStyle: { color: colours[eventTone(event)], opacity: 0.12 }, label: { show: false } }, { xAxis: extent(event, months)[1] }]) },
    markLine: { silent: true, symbol: "none", data: events.filter((event) => event.kind === "shift").map((event) => ({ xAxis: extent(event, months)[0], lineStyle: { color: colours[eventTone(event)], type: "dashed", width: 1.5 }, label: { show: false } })) },
  }, eventNumbers([...short, ...events.filter((event) => event.kind === "shift")], months, view)];
}

/** The numbers of the events at the top of a grid, one below the other where they would touch. */
function eventNumbers(events, months, { colours }) {
  const middles = events.map((event) => { const [from, to] = extent(event, months); return { event, at: event.kind === "shift" ? from : (from + to) / 2 }; }).sort((a, b) => a.at - b.at);
  let taken = [];
  return {
    type: "custom", silent: true, z: 8, encode: { x: 0, y: 1 }, data: middles.map(({ at }) => [at, 0]),
    renderItem: (params, api) => {
      if (params.dataIndex === 0) taken = [];
      const { event } = middles[params.dataIndex];
      const x = api.coord([api.value(0), 0])[0];
      let row = taken.findIndex((end) => end + 3 <= x - 8);
      if (row < 0) row = taken.length;
      taken[row] = x + 8;
      const y = params.coordSys.y + 9 + 17 * row;
      return { type: "group", children: [{ type: "rect", shape: { x: x - 8, y: y - 7, width: 16, height: 14, r: 3 }, style: { fill: colours.paper, stroke: colours[eventTone(event)], lineWidth: 1 } },
        { type: "text", style: { x, y, text: String(event.number), fill: colours[eventTone(event)], fontSize: 10.5, fontWeight: 700, align: "center", verticalAlign: "middle" } }] };
    },
  };
}

const SYMBOLS = ["circle", "diamond", "triangle", "rect", "roundRect"];
/** How a channel or place is drawn wherever it stands: colour, dashes and symbol, so that colour says nothing alone. */
export function placeStyle(name, { colours }) {
  const i = places().get(name) ?? 0;
  return { colour: colours.series[i % colours.series.length], symbol: SYMBOLS[i % SYMBOLS.length], dash: i % 2 ? "dashed" : "solid" };
}

/** How wide a text stands, about: Chinese characters are square. */
export const textWidth = (text, size) => Array.from(text).reduce((sum, c) => sum + (c.charCodeAt(0) > 0x2e80 ? size : 0.56 * size), 0);

/** How many lines a legend takes above a chart. */
export function legendLines(names, { width }, sign = 12, gap = 12) {
  let lines = 1, x = 0;
  for (const name of names) {
    const wide = sign + 5 + textWidth(name, 12.5) + gap;
    if (x > 0 && x + wide > width) { ++lines; x = 0; }
    x += wide;
  }
  return lines;
}

const ROUND_SHARES = [0.02, 0.04, 0.06, 0.1, 0.16, 0.2, 0.3, 0.4, 0.5, 0.6, 0.8, 1];
/** The end of an axis of shares that begins at nought and has one line in the middle. */
export const shareEnd = (highest) => ROUND_SHARES.find((end) => end >= highest - 1e-9) ?? 1;

/** Each event in the first lane that is free when it begins: events with their `lane`. */
export function inLanes(events, months) {
  const free = [];
  return [...events].sort((a, b) => place(months, a.from) - place(months, b.from)).map((event) => {
    const [from, to] = extent(event, months);
    let lane = free.findIndex((end) => end <= from);
    if (lane < 0) lane = free.length;
    free[lane] = Math.max(to, from + 0.5) + 0.05;
    return { ...event, lane, begin: from, end: to };
  });
}

/** The lanes as bars with numbers, in a grid of their own. */
export function laneSeries(laned, { colours }, gridIndex) {
  return {
    type: "custom", name: "events", xAxisIndex: gridIndex, yAxisIndex: gridIndex, cursor: "pointer", encode: { x: [0, 1], y: 2 }, data: laned.map((event) => [event.begin, event.end, event.lane]),
    renderItem: (params, api) => {
      const event = laned[params.dataIndex];
      const [x, y] = api.coord([api.value(0), api.value(2)]);
      const wide = Math.max(4, api.coord([api.value(1), 0])[0] - x);
      const colour = colours[eventTone(event)];
      if (event.kind !== "burst") {  // it lasts: a tag where it begins, and a line
        return { type: "group", children: [
          { type: "rect", shape: { x, y: y - 1.5, width: wide, height: 3 }, style: { fill: colour, opacity: 0.75 } },
          { type: "rect", shape: { x, y: y - 7, width: 18, height: 14, r: 3 }, style: { fill: colour } },
          { type: "text", style: { x: x + 9, y, text: String(event.number), fill: colours.paper, fontSize: 10.5, fontWeight: 700, align: "center", verticalAlign: "middle" } }] };
      }
      return { type: "group", children: [
        { type: "rect", shape: { x, y: y - 6, width: wide, height: 12, r: 3 }, style: { fill: colour, opacity: 0.85 } },
        { type: "text", style: wide > 18 ? { x: x + wide / 2, y, text: String(event.number), fill: colours.paper, fontSize: 10.5, fontWeight: 700, align: "center", verticalAlign: "middle" }
          : { x: x + wide + 3, y, text: String(event.number), fill: colour, fontSize: 10.5, fontWeight: 700, verticalAlign: "middle" } }] };
    },
  };
}

/** More of these is good news; of anything else that is followed over time, less is. */
const GOOD_NEWS = /^(rating|feeling|survey|response|mood:good|motive:praise|praise:|good:|emotion:(joy|gratitude)|bond:(loyal|advocate)|kept|advocate)/;

/** How an event is coloured: "third" for what is no doing of the service, else whether it is good or bad news. */
export function eventTone(event) {
  if (event.environment) return "third";
  return (event.direction === "up") === GOOD_NEWS.test(event.what ?? "") ? "good" : "bad";
}
export const monthLines = (months, i, lines) => [month(months[i] ?? ""), ...lines];
