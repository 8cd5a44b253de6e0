// What complaints wanted and what they were offered, with the satisfaction read afterwards.
import { figure } from "../charts.js";
import { data } from "../data.js";
import { el } from "../dom.js";
import { count, list, signed } from "../format.js";
import { number, table } from "../table.js";
import { t } from "../words.js";

const FEW = 5;  // conversations; a mean of fewer is not shown

const cell = (offer) => (offer.n ? el("span", {}, count(offer.n), el("small", {}, offer.n >= FEW ? ` · ${signed(offer.mean)}` : "")) : "–");

export function wanted() {
  const rows = list(data.wanted?.rows);
  if (!rows.length) return null;
  const acts = list(rows[0].offers).map((offer) => number(offer.label));
  return figure(t("q_wanted"), [data.wanted.text, t("wantedScale")].filter(Boolean).join(" "),
    table(t("q_wanted"), [t("motive"), number(t("n")), ...acts], rows.map((one) => [one.motive ? one.label : el("b", {}, one.label), count(one.n), ...list(one.offers).map(cell)])));
}
