// Why customers come and whether they got it; the ladder of needs; what they buy for and how far they are.
import { asTable, figure } from "../charts.js";
import { data, named } from "../data.js";
import { el } from "../dom.js";
import { count, known, list, plain, range, share, signed } from "../format.js";
import { openPanel, quotesButton } from "../panel.js";
import { rangePlot } from "../plots.js";
import { bar, missing, number, table } from "../table.js";
import { t } from "../words.js";
import { wanted } from "./wanted.js";

/** A share whose reader's error is not known has no interval: the one by chance alone would look surer than it is. */
const honest = (one) => (one.errorKnown === false && known(one.share) ? [one.share[0]] : one.share);
const someUnknown = (found) => (found.some((one) => one.errorKnown === false && known(one.share)) ? t("errorUnknown") : "");

/** Shares of the states of a construct, as bars with intervals, in the order given or the largest first. */
export function shares({ construct, found, question, gap, word, sort = true }) {
  const items = list(found).filter((one) => known(one.share)).map((one) => ({ label: named(construct, one.state), n: one.n, value: honest(one), rows: one.rows }));
  if (!items.length) return figure(question, null, missing(gap));
  const ranked = [...items].sort((a, b) => b.value[0] - a.value[0]);
  const shown = sort ? ranked : items;
  const answer = t("a_top", ranked[0].label, range(ranked[0].value));
  return figure(question, [answer, someUnknown(list(found))].filter(Boolean).join(" "),
    rangePlot({ label: answer, items: shown, min: 0, open: (item) => ({ title: item.label, lines: [range(item.value), t("nCases", count(item.n))], rows: item.rows }) }),
    asTable(table(question, [word, number(t("n")), number(t("shareLabel")), ""], shown.map((item) => [item.label, count(item.n), range(item.value), quotesButton(item.rows, item.label)]))));
}

const STAGES = ["need", "search", "evaluate", "buy", "use"];  // as a customer walks them
const CONTENT = new Set(["praise", "social", "suggest"]);  // who comes for these lacks nothing
const ACTS = ["listening", "empathy", "solution", "followup"];

/** A level from 0 to 2 in words and as a shade. */
export const level = (x) => (Number.isFinite(x) ? el("span", { class: "level", style: { "--part": Math.max(0, Math.min(1, x / 2)).toFixed(3) } }, plain(x, 1)) : "–");

function offered() {
  const found = list(data.offered);
  if (!found.length) return figure(t("q_offered"), null, missing("offered"));
  const cells = found.filter((one) => one.n >= 10 && !CONTENT.has(one.motive)).flatMap((one) => ACTS.filter((act) => Number.isFinite(one[act])).map((act) => ({ one, act, value: one[act] }))).sort((a, b) => a.value - b.value);
  const answer = cells.length ? t("a_offered", named("motive", cells[0].one.motive), t(cells[0].act), plain(cells[0].value, 1)) : null;
  return figure(t("q_offered"), [answer, t("offeredScale")].filter(Boolean).join(" "),
    table(t("q_offered"), [t("motive"), number(t("n")), ...ACTS.map((act) => number(t(act))), number(t("satisfaction")), ""], found.map((one) => [named("motive", one.motive), count(one.n), ...ACTS.map((act) => level(one[act])), signed(one.satisfaction?.[0]),
      quotesButton(one.rows ?? list(data.motives).find((motive) => motive.state === one.motive)?.rows, named("motive", one.motive))])));
}

function ladder() {
  const found = list(data.needs).filter((one) => one.state !== "none" && known(one.share));
  if (!found.length) return figure(t("q_needs"), null, missing("needs"));
  const lowest = data.lowestUnmet?.state;
  const rung = (one) => el("li", { class: one.state === lowest ? "lowest" : null }, el("button", { type: "button", onclick: () => openPanel({ title: named("need", one.state), lines: [`${t("ofTalks")}${t("colon")}${range(honest(one))}`, `${t("unmetShare")}${t("colon")}${share(one.unsatisfied?.[0])}`, t("nCases", count(one.n))], rows: one.rows }) },
    el("span", { class: "name" }, el("b", {}, named("need", one.state)), one.state === lowest && el("em", {}, t("lowestUnmet"))),
    el("span", { class: "pair" }, el("small", {}, t("ofTalks")), bar(one.share[0], range(honest(one)))),
    el("span", { class: "pair" }, el("small", {}, t("unmetShare")), bar(one.unsatisfied?.[0], share(one.unsatisfied?.[0]), "bad"))));
  const ordered = [...found].sort((a, b) => (b.rung ?? 0) - (a.rung ?? 0));
  return figure(t("q_needs"), [data.lowestUnmet?.text, someUnknown(found)].filter(Boolean).join(" "), el("ol", { class: "ladder" }, ordered.map(rung)),
    asTable(table(t("q_needs"), [t("need"), number(t("n")), number(t("shareLabel")), number(t("unmet"))], ordered.map((one) => [named("need", one.state), count(one.n), range(honest(one)), share(one.unsatisfied?.[0])]))));
}

export const motives = () => [
  shares({ construct: "motive", found: data.motives, question: t("q_motives"), gap: "motives", word: t("motive") }),
  offered(),
  wanted(),
  ladder(),
  el("div", { class: "two" },
    shares({ construct: "driver", found: data.drivers, question: t("q_drivers"), gap: "drivers", word: t("driver") }),
    shares({ construct: "stage", found: STAGES.map((state) => list(data.stages).find((one) => one.state === state)).filter(Boolean), question: t("q_stages"), gap: "stages", word: t("stage"), sort: false })),
];

