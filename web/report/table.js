// Tables: as figures in their own right, and under every chart for those who cannot see it.
import { data } from "./data.js";
import { el } from "./dom.js";
import { list } from "./format.js";
import { t } from "./words.js";

/** `columns`: words, or {label, number: true}; `rows`: lists of texts or nodes. */
export function table(caption, columns, rows) {
  const number = columns.map((column) => typeof column === "object" && column.number);
  return el("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": caption }, el("table", {},
    el("caption", { class: "quiet" }, caption),
    el("thead", {}, el("tr", {}, columns.map((column, i) =>
      el("th", { scope: "col", class: number[i] ? "number" : null }, typeof column === "object" ? column.label : column)))),
    el("tbody", {}, rows.map((cells) => el("tr", {}, cells.map((cell, i) =>
      i === 0 ? el("th", { scope: "row" }, cell ?? "") : el("td", { class: number[i] ? "number" : null }, cell ?? "–")))))));
}

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
  promises: ["expectation"], effect: ["satisfaction", "expectation"], waver: ["bond", "sentiment", "expectation"], escalate: ["escalation", "sentiment", "expectation"], vulnerable: ["difficult"], advocate: ["bond", "satisfaction", "expectation"], wonBack: ["bond", "sentiment", "expectation"], conduct: CONDUCT, types: ["temperament", "colour", "buyer_type"],
};

/** A note in place of what is withheld for the report's use; null where nothing is. */
export function withheld(key) {
  const gone = list(data.withheld).map((one) => one.construct).filter((construct) => RESTS_ON[key]?.includes(construct));
  const names = gone.map((construct) => data.labels?.constructs?.[construct] ?? construct).join(t("comma"));
  return gone.length ? el("p", { class: "missing" }, el("b", {}, t("withheld")), t("withheldHere", names, data.useLabel)) : null;
}

/** A note in place of what cannot be shown: that it is withheld, or what is missing and what would bring it. */
export const missing = (key) => withheld(key) ?? el("p", { class: "missing" }, el("b", {}, t("missing")), t(`missing_${key}`));
