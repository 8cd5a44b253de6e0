// Who is gone, who wavers, who is about to escalate, who is vulnerable, who became an advocate, who was won back: why, and what to do.
import { figure } from "../charts.js";
import { data } from "../data.js";
import { el, langOf } from "../dom.js";
import { capital, count, list, plain, range, share } from "../format.js";
import { fold, openPanel, quote, quotesButton } from "../panel.js";
import { missing, moreInBook, number, table, withheld } from "../table.js";
import { t } from "../words.js";

const SHOWN = 6;

/** What to do and to say is told once for a list, and again only for whom it is another. */
function card(person, common) {
  const rows = list(person.rows);
  return el("article", { class: "person" },
    el("header", {}, el("b", {}, person.name || person.customer), el("span", { class: "ids" }, [person.customer, person.kind].filter(Boolean).join(" · ")),
      Number.isFinite(person.p) && el("span", { class: "sureness", title: t("probability", share(person.p)) }, t("probability", share(person.p)))),
    person.reason && el("p", { class: "reason" }, el("span", { class: "tag" }, t("because")), capital(person.reason)),
    person.do && person.do !== common.do && el("p", { class: "do" }, el("span", { class: "tag" }, t("doThis")), person.do),
    person.say && person.do !== common.do && el("p", { class: "say" }, el("span", { class: "tag" }, t("sayThis")), person.say),
    rows.length ? el("div", { class: "voice" }, quote(rows[0])) : null,
    rows.length > 1 ? el("button", { class: "link", type: "button", onclick: () => openPanel({ title: `${person.name ?? ""} ${person.customer ?? ""}`, lines: [person.reason, person.do && `${t("doThis")}${t("colon")}${person.do}`, person.say && `${t("sayThis")}${t("colon")}${person.say}`], rows }) }, t("moreQuotes", rows.length)) : null);
}

/** The person whose play is that of most. */
function commonest(found) {
  const times = new Map();
  for (const person of found) times.set(person.do, (times.get(person.do) ?? 0) + 1);
  const [most, n] = [...times].reduce((a, b) => (b[1] > a[1] ? b : a), [null, 1]);
  return (n > 1 && found.find((person) => person.do === most)) || {};
}

function group(name) {
  const found = list(data.people?.[name]);
  const common = commonest(found);
  const total = data.peopleTotals?.[name] ?? found.length;
  const rest = found.slice(SHOWN);
  return el("section", { class: `figure group ${name}` },
    el("h3", {}, t(`g_${name}`), " ", el("small", {}, t("groupCount", count(found.length), count(Math.max(total, found.length))))), el("p", { class: "answer" }, t(`d_${name}`)),
    common.do && el("p", { class: "play" }, el("span", { class: "tag" }, t("doThis")), common.do, common.say && el("span", { class: "say" }, el("span", { class: "tag" }, t("sayThis")), common.say)),
    found.length ? el("div", { class: "persons" }, found.slice(0, SHOWN).map((person) => card(person, common))) : withheld(name) ?? el("p", { class: "missing" }, t("nobody")),
    rest.length ? fold(t("morePeople", rest.length), {}, el("div", { class: "persons" }, rest.map((person) => card(person, common)))) : null, moreInBook(total - found.length));
}

const CONTRASTS = 5;

/** Where nothing differs clearly the sentence says so; the table is for who wants to check. */
function alike(name, one, rows, columns, row) {
  const shown = figure(name, one.text, rows.length ? fold(t("moreRows", rows.length), { class: "fold data" }, table(name, columns, rows.map(row))) : null);
  shown.classList.add("contrast");
  return shown;
}

/** What those of one kind who leave or compare complain of, against those who stay. */
function leavers(one) {
  const name = t("q_leavers", one.kind ? t("ofKind", one.kind) : t(list(data.leavers).length === 1 ? "allKinds" : "noKind"));
  const columns = [t("aspect"), number(t("leaversShare", count(one.leavers))), number(t("stayersShare", count(one.stayers))), number(t("oddsRatio")), t("stands"), ""];
  const row = (aspect) => [aspect.stands ? el("b", {}, aspect.label) : aspect.label, range(aspect.leavers), range(aspect.stayers), range(aspect.odds, (x) => plain(x, 1)), aspect.stands ? t("clearlyMore") : t("notClearly"), quotesButton(aspect.rows, `${name} ${aspect.label}`)];
  const rows = list(one.aspects);
  if (!rows.some((aspect) => aspect.stands)) return alike(name, one, rows, columns, row);
  const first = rows.find((aspect) => aspect.stands && list(aspect.rows).length);
  const shown = figure(name, one.text, table(name, columns, rows.slice(0, CONTRASTS).map(row)),
    list(one.words).length ? el("p", { class: "answer" }, `${t("leaverWords")}${t("colon")}`, list(one.words).map((word, i) => [i ? t("comma") : "", el("span", { lang: langOf(word) }, word)])) : null,
    first ? first.rows.slice(0, 2).map(quote) : null,
    rows.length > CONTRASTS ? fold(t("moreRows", rows.length - CONTRASTS), { class: "fold data" }, table(name, columns, rows.slice(CONTRASTS).map(row))) : null);
  shown.classList.add("contrast");
  return shown;
}

export function people() {
  if (!data.people) return [figure(t("h_people"), null, missing("people"))];
  return [data.leaving && el("p", { class: "lead" }, data.leaving), ...["escalate", "gone", "waver", "vulnerable", "advocate", "wonBack"].map(group), ...list(data.leavers).map(leavers)];
}
