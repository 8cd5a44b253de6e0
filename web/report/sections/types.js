// Types and styles of customers, each with how far it can be trusted.
import { figure } from "../charts.js";
import { data } from "../data.js";
import { el } from "../dom.js";
import { count, list, share } from "../format.js";
import { quotesButton } from "../panel.js";
import { bar, missing } from "../table.js";
import { t } from "../words.js";

const LEAST = 5;  // customers of a typology

function typology(one) {
  const states = list(one.states).filter((state) => state.n > 0).sort((a, b) => b.n - a.n);
  const most = Math.max(1, ...states.map((state) => state.n));
  return el("article", { class: "typology" }, el("h4", {}, one.label),
    el("p", { class: "validity" }, el("span", { class: "tag" }, t("validity")), one.validity),
    one.caution && el("p", { class: "caution" }, el("span", { class: "tag" }, t("caution")), one.caution),
    el("p", { class: "given" }, t("given", count(one.given), count(one.of))),
    el("ul", { class: "states" }, states.map((state) => el("li", {}, el("span", { class: "name" }, state.label), bar(state.n / most, `${count(state.n)}${one.given >= 20 ? ` · ${share(state.n / one.given)}` : ""}`, "calm"), quotesButton(state.rows, state.label)))));
}

export function types() {
  const found = list(data.types).filter((one) => one.given >= LEAST);  // fewer are no picture
  if (!found.length) return [figure(t("h_types"), null, missing("types"))];
  return [el("div", { class: "typologies" }, found.map(typology))];
}
