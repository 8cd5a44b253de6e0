// Satisfaction, feelings and volume over the months, the events on them, and single conversations.
import { asTable, chart, figure, tooltip } from "../charts.js";
import { claims, claimOf, data, monthPanel, named, places as placeNames } from "../data.js";
import { el, langOf } from "../dom.js";
import { capital, count, day, known, list, middle, month, range, share, signed } from "../format.js";
import { tone } from "../palette.js";
import { openPanel, quote, quotesButton } from "../panel.js";
import { bandSeries, eventMarks, eventTone, inLanes, laneSeries, legendLines, monthAxis, placeStyle, rangePlot, shareEnd } from "../plots.js";
import { missing, number, table } from "../table.js";
import { t } from "../words.js";

const EVENTS_SHOWN = 8;
/** Where an event stands on the first page; what is not told there comes last. */
const rank = (event) => { const at = claims().findIndex((claim) => String(claim.id).startsWith(event.id)); return at < 0 ? Infinity : at; };
const events = () => list(data.events).filter((event) => event.from && event.to).map((event) => [rank(event), event]).sort(([a], [b]) => (a === b ? 0 : a - b)).map(([, event], i) => ({ ...event, number: i + 1 }));

/** The values of one series in the order of the months. */
const aligned = (points, pick) => list(data.months).map((one) => { const found = list(points).find((point) => point.month === one); return found ? pick(found) : null; });

function eventLine(event) {
  const where = [event.department, event.channel, event.customerKind].filter(Boolean).join(" · ");
  return [`${day(event.from)} – ${day(event.to)} · ${t(`event_${event.kind}`)}${event.direction ? ` · ${t(event.direction)}` : ""}`,
    event.environment ? t("environment") : null, where && t("eventWhere", where),
    list(event.aspects).length ? t("eventAspects", event.aspects.map((code) => named("aspect", code)).join(" · ")) : null,
    list(event.words).length ? t("eventWords", event.words.join(" · ")) : null].filter(Boolean);
}

function eventPanel(event) {
  const found = claimOf(event.id);
  return { title: event.text, lines: [...eventLine(event), found?.text, found?.why], rows: found?.rows ?? event.rows };
}

function eventList() {
  const all = events();
  if (!all.length) return missing("events");
  const item = (event) => el("li", {}, el("button", { type: "button", onclick: () => openPanel(eventPanel(event)) },
    el("span", { class: `badge ${eventTone(event)}` }, String(event.number)),
    el("span", { class: "what" }, event.text, el("small", {}, eventLine(event)[0], event.environment ? ` · ${t("environment")}` : ""))));
  const rest = all.slice(EVENTS_SHOWN);
  return el("div", { class: "events" }, el("h4", {}, t("events")), el("ol", {}, all.slice(0, EVENTS_SHOWN).map(item)),
    rest.length ? el("details", { class: "fold" }, el("summary", {}, t("eventsMore", rest.length)), el("ol", {}, rest.map(item))) : null);
}

const SAT_WORDS = { "-2": "sat_m2", "-1": "sat_m1", 0: "sat_0", 1: "sat_1", 2: "sat_2" };

function satisfactionOption(view, words, ratings, sizes, laned) {
  const { colours, small } = view;
  const months = data.months;
  const all = [...words, ...ratings].filter(known).flat();
  const min = Math.max(-2, Math.floor(Math.min(...all, -0.5) * 2) / 2);
  const max = Math.min(2, Math.ceil(Math.max(...all, 0.5) * 2) / 2);
  const left = small ? 66 : 104;
  const named = (value) => (SAT_WORDS[value] ? `${t(SAT_WORDS[value])}${small ? "" : ` ${value === 0 ? "0" : signed(value, 0)}`}` : small ? "" : signed(value, 1));
  const lanes = laneHeight(laned), top = legendHeight(view);
  const main = [...bandSeries({ name: t("words"), values: words, colour: colours.calm, width: 2.5 }),
    ...(ratings.some(known) ? bandSeries({ name: t("ratings"), values: ratings, colour: colours.bad, dashed: true, symbol: "diamond" }) : [])];
  main.push(...eventMarks(laned, months, view),
    { type: "line", data: [], silent: true, markLine: { symbol: "none", silent: true, label: { show: false }, lineStyle: { color: colours.faint, type: "solid", width: 1 }, data: [{ yAxis: 0 }] } });
  return {
    grid: [{ left, right: 12, top, height: 210 }, { left, right: 12, top: top + 228 + lanes, height: 34 }, { left, right: 12, top: top + 218, height: lanes }],
    legend: { top: 0, left: 0, orient: view.small ? "vertical" : "horizontal", itemGap: view.small ? 4 : 16, data: [t("words"), ...(ratings.some(known) ? [t("ratings")] : [])], textStyle: { color: colours.soft }, selectedMode: false, itemWidth: 24 },
    tooltip: tooltip(view, (point) => (point.seriesName === "events" ? [laned[point.dataIndex].text, ...eventLine(laned[point.dataIndex])] : pointLines(point, words, ratings, sizes))),
    xAxis: [monthAxis(months, view, { names: false }), monthAxis(months, view, { gridIndex: 1 }), { ...monthAxis(months, view, { gridIndex: 2, names: false }), show: false }],
    yAxis: [{ type: "value", min, max, interval: 0.5, axisLine: { show: false }, axisTick: { show: false }, axisLabel: { formatter: named, color: colours.soft, fontSize: small ? 10 : 11.5, width: left - 10, overflow: "break" }, splitLine: { lineStyle: { color: colours.grid } } },
      { type: "value", gridIndex: 1, show: true, splitNumber: 1, axisLine: { show: false }, axisTick: { show: false }, axisLabel: { color: colours.faint, fontSize: 10, showMinLabel: false }, splitLine: { show: false } },
      { type: "value", gridIndex: 2, show: false, inverse: true, min: -0.5, max: Math.max(1, ...laned.map((event) => event.lane + 1)) - 0.5 }],
    series: [...main, laneSeries(laned, view, 2), { type: "bar", xAxisIndex: 1, yAxisIndex: 1, name: t("sampleSize"), barWidth: "52%", cursor: "pointer", itemStyle: { color: colours.faint, opacity: 0.55 }, data: sizes.map((n, i) => [i, n]) }],
    graphic: [laned.length ? { type: "text", left: 0, top: top + 220, style: { text: t("eventsLabel"), fill: colours.faint, fontSize: 11 } } : null, { type: "text", left: 0, top: top + 238 + lanes, style: { text: t("sampleSize"), fill: colours.faint, fontSize: 11 } }].filter(Boolean),
  };
}

/** The legend stands in one line, or one above the other on a phone. */
const legendHeight = ({ small }) => (small ? 54 : 34);
const laneHeight = (laned) => 17 * laned.reduce((most, event) => Math.max(most, event.lane + 1), 0);

function pointLines(point, words, ratings, sizes) {
  const i = Array.isArray(point.value) ? point.value[0] : point.dataIndex;
  return [month(data.months[i]), known(words[i]) ? `${t("words")}${t("colon")}${range(words[i], signed)}` : null, known(ratings[i]) ? `${t("ratings")}${t("colon")}${range(ratings[i], signed)}` : null,
    Number.isFinite(sizes[i]) ? t("nCases", count(sizes[i])) : null, t("clickQuotes")];
}

function satisfaction() {
  const source = data.satisfaction ?? {};
  const words = aligned(source.words, (point) => point.value);
  const ratings = aligned(source.ratings, (point) => point.value);
  const sizes = aligned(source.words, (point) => point.n);
  const ratingSizes = aligned(source.ratings, (point) => point.n);
  if (![...words, ...ratings].some(known)) return figure(t("q_satisfaction"), null, missing("satisfaction"));
  const values = words.some(known) ? words : ratings;
  const order = values.map((_, i) => i).filter((i) => known(values[i])).sort((a, b) => values[a][0] - values[b][0]);
  const last = Math.max(...order);
  const laned = inLanes(events().slice(0, EVENTS_SHOWN), data.months);
  const say = (i) => [range(values[i], signed), month(data.months[i])];
  const answer = t("a_satisfaction", ...say(order[0]), ...say(order.at(-1)), ...say(last));
  return figure(t("q_satisfaction"), answer,
    chart({ label: answer, height: (view) => 306 + legendHeight(view) + laneHeight(laned), option: (view) => satisfactionOption(view, words, ratings, sizes, laned), open: (point) => {
      if (point.seriesName === "events") return eventPanel(laned[point.dataIndex]);
      const i = Array.isArray(point.value) ? point.value[0] : point.dataIndex;
      const [, ...lines] = pointLines(point, words, ratings, sizes).slice(0, 4);
      return monthPanel(data.months[i], lines, list(source.words)[i]?.rows);
    } }),
    ratings.some(known) ? null : missing("ratings"),
    eventList(),
    asTable(table(t("q_satisfaction"), [t("month"), number(t("words")), number(t("n")), number(t("ratings")), number(t("n")), ""], data.months.map((one, i) =>
      [month(one), range(words[i], signed), count(sizes[i]), range(ratings[i], signed), count(ratingSizes[i]),
        quotesButton(monthPanel(one, [], null).rows, month(one))]))));
}

const ROW = 150;  // height of one panel
const emotionColumns = ({ width }) => (width < 520 ? 2 : 5);

function emotionOption(view, states, values) {
  const { colours, width } = view;
  const columns = emotionColumns(view);
  const cell = width / columns;
  // Where a share is hardly known its band runs out of the panel; it would press all others flat.
  const highest = (end) => Math.max(...states.flatMap((state) => values[state].filter(known).map((value) => value[end])));
  const max = shareEnd(Math.min(highest(2), 1.9 * highest(0)));
  const grid = [], xAxis = [], yAxis = [], series = [], title = [];
  states.forEach((state, i) => {
    const left = (i % columns) * cell, top = Math.floor(i / columns) * ROW;
    const first = i % columns === 0;
    grid.push({ left: left + 34, width: cell - 46, top: top + 38, height: 78 });
    xAxis.push({ ...monthAxis(data.months, view, { gridIndex: i, columns, years: false }) });
    yAxis.push({ type: "value", gridIndex: i, min: 0, max, interval: max / 2, axisLine: { show: false }, axisTick: { show: false }, axisLabel: { show: true, formatter: (x) => share(x), fontSize: 10, color: first ? colours.faint : "transparent" }, splitLine: { lineStyle: { color: colours.grid } } });
    series.push(...bandSeries({ name: named("emotion", state), values: values[state], colour: colours[tone(state)], gridIndex: i, symbol: "circle" }).map((one) => (one.type === "line" ? { ...one, symbolSize: 4 } : one)));
    title.push({ text: named("emotion", state), subtext: `${t("average")} ${share(mean(values[state]))}`, left: left + 34, top: top + 0, itemGap: 2, padding: 0,
      textStyle: { fontSize: 12.5, fontWeight: 600, color: colours[tone(state)] }, subtextStyle: { fontSize: 10.5, color: colours.faint } });
  });
  return { grid, xAxis, yAxis, series, title, tooltip: tooltip(view, (point) => emotionLines(point, values)) };
}

function emotionLines(point, values) {
  const state = Object.keys(values).find((one) => named("emotion", one) === point.seriesName);
  const i = point.value[0];
  return [`${point.seriesName} · ${month(data.months[i])}`, range(values[state]?.[i]), t("nCases", count(list(data.emotion).find((one) => one.month === data.months[i])?.n)), t("clickQuotes")];
}

const mean = (values) => { const found = values.map(middle).filter((x) => x !== null); return found.length ? found.reduce((a, b) => a + b, 0) / found.length : NaN; };

function emotion() {
  const points = list(data.emotion);
  const states = [...new Set(points.flatMap((point) => Object.keys(point.share ?? {})))];
  if (!states.length) return figure(t("q_emotion"), null, missing("emotion"));
  const values = Object.fromEntries(states.map((state) => [state, aligned(points, (point) => point.share?.[state] ?? null)]));
  const shown = states.filter((state) => state !== "neutral").sort((a, b) => ["bad", "calm", "good"].indexOf(tone(a)) - ["bad", "calm", "good"].indexOf(tone(b)) || mean(values[b]) - mean(values[a]));
  const moves = shown.flatMap((state) => values[state].map((value, i) => ({ state, i, value, gap: known(value) ? Math.abs(value[0] - mean(values[state])) : -1 }))).sort((a, b) => b.gap - a.gap);
  const most = moves[0];
  const answer = [most?.gap > 0 ? t("a_emotion", named("emotion", most.state), range(most.value), month(data.months[most.i]), share(mean(values[most.state]))) : "",
    values.neutral ? t("emotionRest", share(mean(values.neutral))) : ""].join(" ");
  return figure(t("q_emotion"), answer,
    chart({ label: answer, height: (view) => Math.ceil(shown.length / emotionColumns(view)) * ROW, option: (view) => emotionOption(view, shown, values),
      open: (point) => monthPanel(data.months[point.value[0]], emotionLines(point, values).slice(0, 3), emotionRows(points, point)) }),
    asTable(table(t("q_emotion"), [t("month"), number(t("n")), ...[...shown, ...(values.neutral ? ["neutral"] : [])].map((state) => number(named("emotion", state))), ""],
      data.months.map((one, i) => [month(one), count(points.find((point) => point.month === one)?.n), ...[...shown, ...(values.neutral ? ["neutral"] : [])].map((state) => range(values[state][i])),
        quotesButton(shown.flatMap((state) => list(points.find((point) => point.month === one)?.rows?.[state])), month(one))]))));
}

function emotionRows(points, point) {
  const found = points.find((one) => one.month === data.months[point.value[0]]);
  const state = Object.keys(found?.share ?? {}).find((one) => named("emotion", one) === point.seriesName);
  return found?.rows?.[state];
}

function volume() {
  const points = list(data.volume);
  if (!points.length) return figure(t("q_volume"), null, missing("volume"));
  const channels = [...placeNames().keys()].filter((name) => points.some((point) => point.byChannel?.[name] > 0));
  const most = points.reduce((a, b) => (b.conversations > a.conversations ? b : a));
  const answer = t("a_volume", month(most.month), count(most.conversations), count(Math.round(points.reduce((sum, point) => sum + point.conversations, 0) / points.length)));
  const at = aligned(points, (point) => point);
  const option = (view) => ({
    grid: { left: 44, right: 12, top: 14 + 22 * legendLines(channels, view), bottom: 38 },
    legend: { top: 0, left: 0, selectedMode: false, textStyle: { color: view.colours.soft }, itemWidth: 12, itemHeight: 12, itemGap: 12 },
    tooltip: tooltip(view, (point) => [month(data.months[point.dataIndex]), ...channels.map((name) => `${name}${t("colon")}${count(at[point.dataIndex]?.byChannel?.[name] ?? 0)}`), `${t("allChannels")}${t("colon")}${count(at[point.dataIndex]?.conversations)}`]),
    xAxis: monthAxis(data.months, view), yAxis: { type: "value", minInterval: 1, axisLine: { show: false }, axisTick: { show: false }, axisLabel: { color: view.colours.faint }, splitLine: { lineStyle: { color: view.colours.grid } } },
    series: [...channels.map((name) => ({ type: "bar", stack: "all", name, barWidth: "56%", cursor: "pointer", itemStyle: { color: placeStyle(name, view).colour, borderColor: view.colours.paper, borderWidth: 1 }, data: at.map((point, m) => [m, point?.byChannel?.[name] ?? 0]) })),
      ...eventMarks(events().slice(0, EVENTS_SHOWN), data.months, view)],
  });
  return figure(t("q_volume"), answer, chart({ label: answer, height: (view) => 228 + 22 * legendLines(channels, view), option, open: (point) => monthPanel(data.months[point.dataIndex], [`${point.seriesName}${t("colon")}${count(point.value[1])}`], at[point.dataIndex]?.rows?.[point.seriesName]) }),
    asTable(table(t("q_volume"), [t("month"), number(t("allChannels")), ...channels.map(number), ""], points.map((point) => [month(point.month), count(point.conversations), ...channels.map((name) => count(point.byChannel?.[name] ?? 0)), quotesButton(Object.values(point.rows ?? {}).flat(), month(point.month))]))));
}

function talk(curve) {
  const role = (point) => [point.turn === curve.peak && t("peak"), point.turn === curve.calmed && t("calmedBy"), point.turn === curve.angered && t("angeredBy")].filter(Boolean).join(" · ");
  return list(curve.points).map((point) => {
    const state = point.state ? named("emotion", point.state) : null;
    return quote({ who: point.who, name: point.who === "agent" ? null : curve.name, text: point.text, lang: langOf(point.text), note: [state && `${state} ${signed(point.valence, 1)}`, role(point)].filter(Boolean).join(" · ") || null });
  });
}

const openTalk = (curve) => openPanel({ title: curve.title, lines: [[curve.name, day(curve.date), curve.channel, curve.conversation].filter(Boolean).join(" · ")], body: el("div", { class: "talk" }, talk(curve)) });

function curveOption(curve, view) {
  const { colours } = view;
  const points = list(curve.points).filter((point) => Number.isFinite(point.valence));
  const colour = (value) => (value < -0.2 ? colours.bad : value > 0.2 ? colours.good : colours.calm);
  const turning = [["calmed", "calmedBy", colours.good], ["angered", "angeredBy", colours.bad]].filter(([key]) => Number.isFinite(curve[key]) && curve[key] !== null);
  return {
    grid: { left: 30, right: 30, top: 20, bottom: 18 },
    tooltip: tooltip(view, (point) => { const one = points[point.dataIndex]; return one ? [`${t("turn", one.turn + 1)} · ${named("emotion", one.state ?? "")} ${signed(one.valence, 1)}`, one.text] : []; }),
    xAxis: { type: "value", min: -0.3, max: Math.max(1, ...list(curve.points).map((point) => point.turn)) + 0.3, show: false },
    yAxis: { type: "value", min: -1.1, max: 1.1, interval: 1.1, axisLine: { show: false }, axisTick: { show: false }, axisLabel: { show: false }, splitLine: { lineStyle: { color: colours.grid } } },
    series: [{ type: "line", smooth: 0.25, cursor: "pointer", smoothMonotone: "x", lineStyle: { color: colours.soft, width: 2 }, symbol: "circle", symbolSize: (value, point) => ([curve.peak, curve.end].includes(points[point.dataIndex]?.turn) ? 11 : 7),
      data: points.map((point) => ({ value: [point.turn, point.valence], itemStyle: { color: colour(point.valence) },
        label: { show: point.turn === curve.peak || point.turn === curve.end, position: point.valence > 0 ? "bottom" : "top", distance: 5, formatter: point.turn === curve.peak ? t("peak") : t("end"), color: colours.soft, fontSize: 10.5 } })),
      markLine: { symbol: "none", silent: true, data: turning.map(([key, word, stroke]) => ({ xAxis: curve[key], lineStyle: { color: stroke, type: "dashed", width: 1.5 }, label: { formatter: t(word), color: stroke, fontSize: 11, position: "end", distance: 2 } })) } }],
  };
}

function curves() {
  const found = list(data.curves);
  if (!found.length) return figure(t("q_curves"), null, missing("curves"));
  return figure(t("q_curves"), t("a_curves", found.length), el("div", { class: "curves" }, found.map((curve) => {
    const turning = list(curve.points).find((point) => point.turn === (curve.calmed ?? curve.angered));
    return el("article", { class: "curve" }, el("h4", {}, curve.title),
      el("p", { class: "where" }, [curve.name, day(curve.date), curve.channel].filter(Boolean).join(" · ")),
      chart({ label: `${curve.title} (${t("curveAxis")})`, height: 128, option: (view) => curveOption(curve, view), open: () => { openTalk(curve); } }),
      turning ? el("p", { class: "turning" }, el("b", {}, `${capital(curve.calmed !== null && curve.calmed !== undefined ? t("calmedBy") : t("angeredBy"))} `), turning.who === "agent" && `${t("agent")}${t("colon")}`, el("span", { lang: langOf(turning.text) }, turning.text)) : null,
      el("button", { type: "button", class: "link", onclick: () => openTalk(curve) }, t("readTalk")));
  })));
}

/** How far the change goes beyond that of similar cases; coloured only where the two intervals are apart. */
function compared(item) {
  const other = known(item.second) ? item.second : [0, 0, 0];
  return { ...item, gap: item.value[0] - other[0], tone: item.value[1] > other[2] ? "good" : item.value[2] < other[1] ? "bad" : "calm" };
}

function calming() {
  const found = list(data.calming).filter((one) => known(one.change));
  if (!found.length) return figure(t("q_calming"), null, missing("calming"));
  const items = found.map((one) => ({ label: one.act, n: one.n, value: one.change, second: one.matched, rows: one.rows, text: one.text })).map(compared).sort((a, b) => b.gap - a.gap);
  const most = items.reduce((a, b) => (Math.abs(b.gap) > Math.abs(a.gap) ? b : a));
  const answer = most.text || t("a_calming", most.label, range(most.value, signed), range(most.second, signed));
  return figure(t("q_calming"), answer,
    rangePlot({ label: answer, items, format: (x) => signed(x, 1), fine: signed, bars: false, zero: true, names: [t("change"), t("matched")], open: (item) => ({ title: item.label, lines: [item.text, range(item.value, signed), t("nCases", count(item.n))], rows: item.rows }) }),
    asTable(table(t("q_calming"), [t("act"), number(t("n")), number(t("change")), number(t("matched")), t("inWords"), ""], items.map((item) => [capital(item.label), count(item.n), range(item.value, signed), range(item.second, signed), el("span", { class: "long" }, item.text), quotesButton(item.rows, item.label)]))));
}

function waitsOption(view, places, series) {
  const { colours } = view;
  return {
    grid: { left: 62, right: 12, top: 14 + 22 * legendLines(places.map((one) => one.place), view, 22, 14), bottom: 38 },
    legend: { top: 0, left: 0, selectedMode: false, textStyle: { color: colours.soft }, itemWidth: 22, itemGap: 14 },
    tooltip: tooltip(view, (point) => { const one = places[point.seriesIndex], i = one.months.indexOf(data.months[point.value[0]]); return [`${one.place} · ${month(data.months[point.value[0]])}`, t("waitMedian", count(Math.round(one.median[i]))), t("waitLong", count(Math.round(one.p90[i]))), t("nCases", count(one.n[i]))]; }),
    xAxis: monthAxis(data.months, view),
    yAxis: { type: "value", axisLine: { show: false }, axisTick: { show: false }, axisLabel: { color: colours.faint, formatter: (n) => t("minutes", n) }, splitLine: { lineStyle: { color: colours.grid } } },
    series: [...series.map((values, i) => ({ type: "line", name: places[i].place, symbol: placeStyle(places[i].place, view).symbol, symbolSize: 7, cursor: "pointer", lineStyle: { width: 2, type: placeStyle(places[i].place, view).dash }, itemStyle: { color: placeStyle(places[i].place, view).colour }, data: values.map((value, m) => [m, value]) })),
      ...eventMarks(events().slice(0, EVENTS_SHOWN).filter((event) => event.what === "wait"), data.months, view)],
  };
}

/** Of a month at a place: how long, and who waited longest. */
function waitPanel(one, text) {
  const i = list(one.months).indexOf(text);
  const rows = list(one.rows?.[text]);
  return { title: `${one.place} · ${month(text)}`, lines: [capital(t("waitMedian", count(Math.round(one.median[i])))), capital(t("waitLong", count(Math.round(one.p90[i])))), t("nCases", count(one.n[i]))],
    body: rows.length ? el("div", {}, el("h3", {}, t("longestWaits")), table(t("longestWaits"), [t("customer"), t("date"), number(t("minutesWaited"))], rows.map((row) => [`${row.name ?? ""} ${row.customer ?? ""}`.trim(), day(row.date), count(row.minutes)]))) : el("p", { class: "missing" }, t("noQuotes")) };
}

const waitButton = (one, text) => (list(one.rows?.[text]).length ? el("button", { type: "button", class: "link", onclick: () => openPanel(waitPanel(one, text)) }, t("openRows", one.rows[text].length)) : null);

/** How long people wait at each place, month by month: the middle one, and what one in ten exceeds. */
function waits() {
  const order = placeNames();
  const places = list(data.waits).filter((one) => list(one.median).some(Number.isFinite)).sort((a, b) => order.get(a.place) - order.get(b.place));
  if (!places.length) return figure(t("q_waits"), null, missing("waits"));
  const at = (one, field, text) => list(one[field])[list(one.months).indexOf(text)];
  const series = places.map((one) => data.months.map((text) => at(one, "median", text) ?? null));
  const worst = places.flatMap((one, p) => series[p].map((value, i) => ({ one, i, value }))).reduce((a, b) => ((b.value ?? 0) > (a.value ?? 0) ? b : a));
  const answer = t("a_waits", worst.one.place, month(data.months[worst.i]), count(Math.round(worst.value)));
  return figure(t("q_waits"), answer,
    chart({ label: answer, height: (view) => 256 + 22 * legendLines(places.map((one) => one.place), view, 22, 14), option: (view) => waitsOption(view, places, series), open: (point) => (places[point.seriesIndex] ? waitPanel(places[point.seriesIndex], data.months[point.value[0]]) : null) }),
    asTable(table(t("q_waits"), [t("month"), ...places.flatMap((one) => [number(one.place), number(t("waitLongShort")), number(t("n")), ""])], data.months.map((text) => [month(text), ...places.flatMap((one) => [count(Math.round(at(one, "median", text))), count(Math.round(at(one, "p90", text))), count(at(one, "n", text)), waitButton(one, text)])]))));
}

export const trend = () => [satisfaction(), emotion(), volume(), waits(), curves(), calming()];
