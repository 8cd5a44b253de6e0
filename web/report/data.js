// The report data (docs/methods/report.md) and what is asked of it in more than one section.
import { list, month } from "./format.js";
import { t } from "./words.js";

export let data = {};
let byMonth = new Map();

export function load(text) {
  data = JSON.parse(text);
  byMonth = new Map();
  collect(data);
}

/** Every quote anywhere in the report, by its month, so that a point on a chart can show some. */
function collect(value) {
  if (Array.isArray(value)) value.forEach(collect);
  else if (value && typeof value === "object") {
    if (typeof value.text === "string" && value.conversation && value.date) keep(value);
    else Object.values(value).forEach(collect);
  }
}

function keep(row) {
  const key = String(row.date).slice(0, 7);
  const rows = byMonth.get(key) ?? [];
  if (rows.length < 40 && !rows.some((other) => other.text === row.text)) rows.push(row);
  byMonth.set(key, rows);
}

export const rowsOf = (monthText) => byMonth.get(monthText) ?? [];
/** The name of a state in the report's language, or its id. */
export const named = (construct, state) => data.labels?.[construct]?.[state] ?? state;

/**
 * The number by which a channel or a place where people wait is coloured: the most used first, which is the same in both languages. A
 * place that is a channel has the channel's number; the others have those that are free.
 */
export function places() {
  const channels = new Map(), waited = new Map();
  for (const one of list(data.volume)) for (const [name, n] of Object.entries(one.byChannel ?? {})) channels.set(name, (channels.get(name) ?? 0) + n);
  for (const one of list(data.waits)) waited.set(one.place, list(one.n).reduce((a, b) => a + b, 0));
  const ordered = (all) => [...all].sort((a, b) => b[1] - a[1]).map(([name]) => name);
  const out = new Map(ordered(channels).map((name, i) => [name, i]));
  const taken = new Set(ordered(waited).filter((name) => out.has(name)).map((name) => out.get(name)));
  let free = 0;
  for (const name of ordered(waited).filter((one) => !out.has(one))) {
    while (taken.has(free)) ++free;
    out.set(name, free++);
  }
  return out;
}

/** What the panel shows for a month of a chart: its own quotes, or those of the month. */
export function monthPanel(monthText, lines, rows) {
  const own = list(rows);
  return { title: month(monthText), lines: [...lines, own.length ? null : t("monthQuotes", month(monthText))], rows: own.length ? own : rowsOf(monthText).slice(0, 12) };
}

export const claims = () => ["happened", "changed", "todo"].flatMap((part) => list(data.headline?.[part]));
export const claimOf = (id) => claims().find((claim) => claim.id === id);
