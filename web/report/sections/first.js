// The first screen: what happened, what changed and why, what to do; and five numbers to begin with.
import { claims, data } from "../data.js";
import { el } from "../dom.js";
import { capital, count, day, known, list, month, range, share, signed } from "../format.js";
import { closePanel, foldOnPhone, openPanel, quote } from "../panel.js";
import { number, table, withheld } from "../table.js";
import { t } from "../words.js";

const STRENGTH = { strong: 3, fair: 2, weak: 1 };

/** How sure we are, in dots and in words. */
function sureness(one) {
  const strength = STRENGTH[one.sure] ?? 1;
  return el("span", { class: "sure" }, el("span", { class: "dots", "aria-hidden": "true" }, [1, 2, 3].map((i) => el("i", { class: i <= strength ? "on" : null }))), t(one.sure in STRENGTH ? one.sure : "weak"));
}

/** `number`: by which the last pages of the printed report refer to it. */
function claim(one, number) {
  const rows = list(one.rows);
  return el("article", { class: "claim", id: one.id ? `claim-${one.id}` : null },
    el("p", { class: "says" }, el("span", { class: "paper ordinal" }, `${number}. `), one.text, el("span", { class: "paper" }, sureness(one))),
    el("details", { class: "fold why" },
      el("summary", {}, t("why"), sureness(one)),
      el("p", {}, one.why),
      rows.slice(0, 2).map(quote),
      el("p", { class: "more" },
        rows.length > 2 && el("button", { type: "button", class: "link", onclick: () => openPanel({ title: one.text, lines: [one.why], rows }) }, t("moreQuotes", rows.length)),
        one.section && el("a", { href: `#${one.section}` }, t("seeSection")))));
}

const ON_PHONE = 2;  // claims of a column that stand before the fold of a phone

/** Whether what is not there may be withheld for the report's use. */
const narrowed = () => list(data.withheld).length > 0;

function column(part) {
  const found = list(data.headline?.[part]);
  const shown = found.slice(0, ON_PHONE), rest = found.slice(ON_PHONE);
  const numbered = (one) => claim(one, claims().indexOf(one) + 1);
  return el("section", { class: `column ${part}`, "aria-labelledby": `head-${part}` },
    el("h2", { id: `head-${part}` }, t(part)),
    found.length ? [shown.map(numbered), rest.length ? foldOnPhone(t("moreClaims", rest.length), rest.map(numbered)) : null] : el("p", { class: "missing" }, narrowed() ? t("withheldClaims", data.useLabel) : t("noClaims")));
}

/** A number that opens to what it is made of: `panel` is what openPanel shows, `section` where there is more. */
function tile(section, name, value, note, panel = {}) {
  const more = el("p", { class: "more" }, el("a", { href: `#${section}`, onclick: closePanel }, t("seeSection")));
  return el("button", { class: "tile", type: "button", onclick: () => openPanel({ title: name, lines: [[value, note].filter(Boolean).join(" · ")], ...panel, body: el("div", {}, panel.body, more) }) },
    el("span", { class: "name" }, name), el("strong", {}, value), el("span", { class: "note" }, capital(note ?? "")));
}

/** What customers rate, and since when otherwise; nothing where nobody rates. */
function ratings() {
  const found = list(data.satisfaction?.ratings).filter((one) => known(one.value) && one.n > 0);
  if (!found.length) return null;
  const body = () => table(t("kpi_ratings"), [t("month"), number(t("ratings")), number(t("n"))], found.map((one) => [month(one.month), range(one.value, signed), count(one.n)]));
  const turned = data.satisfaction.turned;
  if (turned) return tile("trend", t("kpi_ratings"), signed(turned.after[0], 1), `${t("kpi_turned", turned.up, day(turned.from), signed(turned.before[0], 1))} · ${t("kpi_scale")}`, { body: body() });
  const n = found.reduce((sum, one) => sum + one.n, 0);
  return tile("trend", t("kpi_ratings"), signed(found.reduce((sum, one) => sum + one.n * one.value[0], 0) / n, 1), `${t("nCases", count(n))} · ${t("kpi_scale")}`, { body: body() });
}

const rowsOfPromises = (found) => list(found).map((one) => one.outcome ?? one.row).filter(Boolean);

function tiles() {
  const { counts = {}, promises, peopleTotals = {} } = data;
  const overall = data.satisfaction?.overall;
  const out = [];
  const months = list(data.months).length;
  if (Number.isFinite(counts.conversations)) {
    out.push(tile("trend", t("kpi_conversations"), count(counts.conversations), months > 1 ? t("kpi_perMonth", count(Math.round(counts.conversations / months))) : "",
      { body: table(t("kpi_conversations"), [t("month"), number(t("conversations"))], list(data.volume).map((one) => [month(one.month), count(one.conversations)])) }));
  }
  const rated = ratings();
  if (rated) out.push(rated);
  else if (known(overall)) out.push(tile("trend", t("kpi_satisfaction"), signed(overall[0]), t("kpi_scale"), { body: table(t("kpi_satisfaction"), [t("month"), number(t("words")), number(t("n"))], list(data.satisfaction.words).map((one) => [month(one.month), range(one.value, signed), count(one.n)])) }));
  if (promises?.made) {
    const done = (promises.kept ?? 0) + (promises.exceeded ?? 0);
    const ended = done + (promises.broken ?? 0);
    if (ended) out.push(tile("promises", t("kpi_kept"), share(done / ended), t("kpi_keptNote", count(done), count(ended)), { rows: [...rowsOfPromises(promises.brokenRows).slice(0, 12), ...rowsOfPromises(promises.keptRows).slice(0, 12)] }));
    out.push(tile("promises", t("kpi_overdue"), count(promises.overdue ?? 0), t("kpi_overdueNote", count(promises.open ?? 0)), { rows: rowsOfPromises(list(promises.due).filter((one) => one.state === "overdue")) }));
  }
  const people = ["waver", "escalate", "vulnerable"].filter((group) => !withheld(group)).map((group) => [group, peopleTotals?.[group] ?? list(data.people?.[group]).length]);
  if (people.some(([, n]) => n)) {
    const body = people.flatMap(([group]) => list(data.people?.[group]).slice(0, 12).map((one) => [`${one.name ?? ""} ${one.customer ?? ""}`.trim(), t(`g_${group}`), el("span", { class: "long" }, one.reason)]));
    out.push(tile("people", t("kpi_people"), count(people.reduce((sum, [, n]) => sum + n, 0)), people.map(([group, n]) => t(`kpi_${group}`, count(n))).join(" · "), { body: table(t("kpi_people"), [t("customer"), t("state"), t("because")], body) }));
  }
  return out.length ? el("div", { class: "tiles" }, out) : null;
}

export function first() {
  return el("section", { id: "first", class: "first", "aria-label": t("nav_first") }, tiles(),
    el("div", { class: "columns" }, ["happened", "changed", "todo"].map(column)),
    el("p", { class: "paper about" }, t("groundsBehind")),
    claims().length ? null : el("p", { class: "missing" }, narrowed() ? t("withheldClaims", data.useLabel) : [t("missing"), t("missing_satisfaction")]));
}


/** On paper nothing folds: the grounds of every claim of the first page stand at the end, by its number. */
export function grounds() {
  if (!claims().length) return null;
  return el("section", { id: "grounds", class: "section paper" }, el("header", {}, el("h2", {}, t("h_grounds"))),
    el("div", { class: "list" }, claims().map((one, i) => el("article", { class: "claim" }, el("p", { class: "because" }, el("b", {}, `${i + 1}. `), one.why), list(one.rows).slice(0, 1).map(quote)))));
}
