// Tables: as figures in their own right, and under every chart for those who cannot see it.
import { data } from "./data.js";
import { el } from "./dom.js";
import { capital, count, list } from "./format.js";
import { phone } from "./panel.js";
import { t } from "./words.js";

const SHORT = 16;  // rows that stay together on paper

/**
 * `columns`: words, or {label, number: true}; `rows`: lists of texts or nodes. Where it would be cut, each row becomes a card whose
 * values say their column (`fit`). The roles are those that the elements have anyway, for readers of screens when they are cards.
 */
export function table(caption, columns, rows) {
  const label = columns.map((column) => capital(typeof column === "object" ? column.label : column));
  const kind = columns.map((column) => (typeof column === "object" && column.number ? "number" : null));
  const cell = (value, i) => (i === 0 ? el("th", { scope: "row", role: "rowheader" }, value ?? "")
    : el("td", { class: [kind[i], value?.classList?.contains("long") && "whole"].filter(Boolean).join(" ") || null, role: "cell", "data-label": label[i] || null }, value ?? (label[i] ? "–" : "")));
  return el("div", { class: rows.length <= SHORT ? "scroll short" : "scroll" }, el("table", { role: "table" },
    el("caption", { class: "quiet" }, caption),
    el("thead", { role: "rowgroup" }, el("tr", { role: "row" }, label.map((text, i) => el("th", { scope: "col", role: "columnheader", class: kind[i] }, text)))),
    el("tbody", { role: "rowgroup" }, rows.map((cells) => el("tr", { role: "row" }, cells.map(cell))))));
}

const NARROW = 560, FEW = 3;
/** Makes cards of the tables that would be cut, and on a phone of all with more than a few columns. `printing`: of none. */
export function fit(root = document, printing = false) {
  const boxes = [...root.querySelectorAll(".scroll")].filter((box) => box.clientWidth);
  for (const box of boxes) box.classList.remove("as-cards");
  if (printing) return;
  const cut = boxes.filter((box) => box.scrollWidth > box.clientWidth + 1 || (innerWidth <= NARROW && box.querySelectorAll("thead th").length > FEW));
  for (const box of cut) box.classList.add("as-cards");
}

/** The first rows of a list, the others behind a fold, and how many more there are than the page holds. */
export function longTable(caption, columns, rows, { shown = phone.matches ? 5 : 12, total = rows.length } = {}) {
  const rest = rows.slice(shown);
  return [table(caption, columns, rows.slice(0, shown)),
    rest.length ? el("details", { class: "fold data" }, el("summary", {}, t("moreRows", count(rest.length))), table(caption, columns, rest)) : null,
    moreInBook(total - rows.length)];
}

/** That the workbook has more than the page. */
export const moreInBook = (n) => (n > 0 ? el("p", { class: "in-book" }, t("inBook", count(n))) : null);

export const number = (label) => ({ label, number: true });

/** A share as a bar with its number in words beside it. `tone`: bad, good, calm or grey. */
export function bar(part, label, tone = "calm") {
  const width = Number.isFinite(part) ? Math.max(0, Math.min(1, part)) : 0;
  return el("span", { class: "bar" }, el("span", { class: "rail", "aria-hidden": "true" },
    el("i", { class: tone, style: { width: `${100 * width}%` } })), el("span", { class: "value" }, label));
}

const CONDUCT = ["listening", "empathy", "solution", "followup", "deflects"];
/** The constructs without which a figure is not there: `src/insight/narrow.cc` decides. */
const RESTS_ON = {
  satisfaction: ["satisfaction"], ratings: ["satisfaction"], emotion: ["emotion"], events: ["aspect", "sentiment"], curves: ["emotion", "sentiment"], calming: ["emotion", "sentiment"],
  motives: ["motive"], offered: ["motive", "satisfaction", ...CONDUCT], needs: ["need"], drivers: ["driver"], stages: ["stage"], expectations: ["expectation", "satisfaction"],
  promises: ["expectation"], effect: ["satisfaction", "expectation"], waver: ["bond", "sentiment", "expectation"], escalate: ["escalation", "sentiment", "expectation"], vulnerable: ["difficult"], advocate: ["bond", "satisfaction", "expectation"], wonBack: ["bond", "sentiment", "expectation"], values: ["clv"], leaving: ["churn", "bond", "escalation", "expectation", "satisfaction"], preferences: ["preference"], conduct: CONDUCT, types: ["temperament", "colour", "buyer_type"],
};

/** A note in place of what is withheld for the report's use; null where nothing is. */
export function withheld(key) {
  const gone = list(data.withheld).map((one) => one.construct).filter((construct) => RESTS_ON[key]?.includes(construct));
  const names = gone.map((construct) => data.labels?.constructs?.[construct] ?? construct).join(t("comma"));
  return gone.length ? el("p", { class: "missing" }, el("b", {}, t("withheld")), t("withheldHere", names, data.useLabel)) : null;
}

/** A note in place of what cannot be shown: that it is withheld, or what is missing and what would bring it. */
export const missing = (key) => withheld(key) ?? el("p", { class: "missing" }, el("b", {}, t("missing")), t(`missing_${key}`));
