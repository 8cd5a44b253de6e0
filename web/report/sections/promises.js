// What was promised, what became of it, what is due, and what keeping one did.
import { figure } from "../charts.js";
import { data } from "../data.js";
import { el } from "../dom.js";
import { count, day, known, list, signed } from "../format.js";
import { quotesButton } from "../panel.js";
import { rangePlot } from "../plots.js";
import { missing, table } from "../table.js";
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

const named = (title, rows) => (list(rows).length ? el("span", {}, `${title} `, quotesButton(rows, title)) : null);

const nowrap = (date) => (date ? el("span", { class: "nowrap" }, day(date)) : "–");

function dueRow(one) {
  const overdue = one.state === "overdue";
  return [el("span", { class: `pill ${overdue ? "late" : "calm"}` }, t(overdue ? "overdue" : "open")), nowrap(one.due), `${one.name ?? ""} ${one.customer ?? ""}`.trim(),
    el("span", { class: "long" }, one.text), nowrap(one.made), one.row ? quotesButton([one.row], one.text) : null];
}

function due(all) {
  const found = [...list(all.due)].sort((a, b) => (a.state === "overdue" ? 0 : 1) - (b.state === "overdue" ? 0 : 1) || String(a.due).localeCompare(String(b.due)));
  if (!found.length) return figure(t("q_due"), t("noDue"));
  const columns = [t("state"), t("due"), t("customer"), t("promise"), t("madeOn"), ""];
  const rest = found.slice(SHOWN);
  return figure(t("q_due"), null, table(t("q_due"), columns, found.slice(0, SHOWN).map(dueRow)),
    rest.length ? el("details", { class: "fold data" }, el("summary", {}, t("moreRows", rest.length)), table(t("q_due"), columns, rest.map(dueRow))) : null);
}

function effect(all) {
  const items = ["kept", "broken"].map((key) => ({ label: t(key === "kept" ? "afterKept" : "afterBroken"), n: all.effect?.[key]?.n, value: all.effect?.[key]?.change, second: all.effect?.[key]?.matched, rows: key === "kept" ? all.keptRows : all.brokenRows, tone: key === "kept" ? "good" : "bad" })).filter((item) => known(item.value));
  if (!items.length) return figure(t("q_effect"), null, missing("effect"));
  return figure(t("q_effect"), all.effect?.text, rangePlot({ label: all.effect?.text || t("q_effect"), items, format: (x) => signed(x, 1), fine: signed, bars: false, zero: true, names: items.some((item) => known(item.second)) ? [t("satisfactionChange"), t("similarCustomers")] : [], open: (item) => ({ title: item.label, rows: item.rows }) }));
}

export function promises() {
  const all = data.promises;
  if (!all || !all.made) return [figure(t("q_ledger"), null, missing("promises"))];
  return [el("div", { class: "two" }, ledger(all), effect(all)), due(all)];
}

