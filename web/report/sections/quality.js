// What was read, what was not, how well the reader agrees with people, and what that does to the shares.
import { asTable, figure } from "../charts.js";
import { data, named } from "../data.js";
import { el } from "../dom.js";
import { capital, count, known, list, plain, range, share } from "../format.js";
import { rangePlot } from "../plots.js";
import { bar, longTable, missing, number, table } from "../table.js";
import { t } from "../words.js";

function tables(quality) {
  const found = list(quality.tables);
  if (!found.length) return null;
  return figure(t("q_tables"), null, table(t("q_tables"), [t("file"), number(t("rowsIn")), number(t("rowsKept")), number(t("rejected")), number(t("duplicate"))], found.map((one) => [t("tables")[one.table] ?? one.table, count(one.in), count(one.kept), count(one.rejected), count(one.duplicate)])), rejected(quality));
}

/** Rows that were not kept: where they stand and why, never what they say. */
function rejected(quality) {
  const found = list(quality.rejected);
  if (!found.length) return null;
  const total = Math.max(found.length, list(quality.tables).reduce((sum, one) => sum + one.rejected, 0));
  return el("details", { class: "fold data" }, el("summary", {}, t("rejectedRows", count(total))), longTable(t("rejectedRows", count(total)), [t("fileName"), number(t("line")), number(t("column")), t("reason")],
    found.map((one) => [one.file, one.line, one.column, el("span", { class: "long" }, one.reason)]), { shown: 20, total }));
}

function coverage(quality) {
  const found = list(quality.coverage), not = list(quality.notRead);
  if (!found.length && !not.length) return null;
  return figure(t("q_coverage"), null,
    el("ul", { class: "states wide" }, found.map((one) => el("li", {}, el("span", { class: "name" }, capital(one.what)), bar(one.of ? one.n / one.of : 0, `${count(one.n)} / ${count(one.of)} · ${share(one.of ? one.n / one.of : NaN)}`)))),
    not.length ? el("p", { class: "answer" }, `${t("notRead")}${t("colon")}`, not.map((one) => t("brackets", one.why, count(one.n))).join(t("comma"))) : null);
}

function reader(quality) {
  const found = list(quality.reader).filter((one) => Number.isFinite(one.value));
  if (!found.length) return figure(t("q_reader"), null, missing("reader"));
  const items = found.map((one) => ({ label: found.some((other) => other.measure !== found[0].measure) ? t("brackets", one.label, one.measure) : one.label, value: [one.value, one.lo ?? one.value, one.hi ?? one.value] }));
  const shown = figure(t("q_reader"), t("a_reader", [...new Set(found.map((one) => one.set).filter(Boolean))].join(t("comma"))), rangePlot({ label: t("q_reader"), items, format: (x) => plain(x, 1), fine: (x) => plain(x), bars: false, min: Math.min(0, ...found.map((one) => one.lo ?? one.value)), max: 1 }),
    asTable(table(t("q_reader"), [t("construct"), t("measure"), number(t("value")), t("set")], found.map((one) => [one.label, one.measure, range([one.value, one.lo, one.hi], (x) => plain(x)), one.set]))));
  shown.classList.add("reader");
  return shown;
}

function corrected(quality) {
  const found = list(quality.corrected).filter((one) => known(one.corrected));
  if (!found.length) return figure(t("q_corrected"), null, missing("corrected"));
  const moved = (one) => Math.abs(one.raw - one.corrected[0]);
  const most = [...found].filter((one) => Number.isFinite(one.raw)).sort((a, b) => moved(b) - moved(a)).slice(0, 8);
  const items = (most.length ? most : found).map((one) => ({ label: named(one.construct, one.state), value: one.corrected, second: Number.isFinite(one.raw) ? [one.raw, one.raw, one.raw] : null }));
  return figure(t("q_corrected"), t("a_corrected"), rangePlot({ label: t("q_corrected"), items, bars: false, min: 0, names: [t("corrected"), t("raw")] }),
    asTable(table(t("q_corrected"), [t("construct"), number(t("raw")), number(t("corrected"))], found.map((one) => [named(one.construct, one.state), share(one.raw), range(one.corrected)]))));
}

function withheld() {
  const found = list(data.withheld);
  if (!found.length) return null;
  return figure(t("q_withheld", data.useLabel), t("a_withheld"), table(t("q_withheld", data.useLabel), [t("construct"), t("reason")], found.map((one) => [data.labels.constructs[one.construct] ?? one.construct, one.reason])));
}

export function quality() {
  const all = data.quality;
  if (!all) return [missing("quality")];
  return [all.text && el("p", { class: "lead" }, all.text), el("div", { class: "two" }, reader(all), el("div", {}, corrected(all), coverage(all))), tables(all), withheld()];
}
