// Who wavers, who is about to escalate, who is vulnerable, who became an advocate, who was won back: why, and what to do.
import { figure } from "../charts.js";
import { data } from "../data.js";
import { el } from "../dom.js";
import { count, list, share } from "../format.js";
import { fold, openPanel, quote } from "../panel.js";
import { missing, withheld } from "../table.js";
import { t } from "../words.js";

const SHOWN = 6;

function card(person) {
  const rows = list(person.rows);
  return el("article", { class: "person" },
    el("header", {}, el("b", {}, person.name || person.customer), el("span", { class: "ids" }, [person.customer, person.kind].filter(Boolean).join(" · ")),
      Number.isFinite(person.p) && el("span", { class: "sureness", title: t("probability", share(person.p)) }, t("probability", share(person.p)))),
    person.reason && el("p", { class: "reason" }, el("span", { class: "tag" }, t("because")), person.reason),
    person.do && el("p", { class: "do" }, el("span", { class: "tag" }, t("doThis")), person.do),
    person.say && el("p", { class: "say" }, el("span", { class: "tag" }, t("sayThis")), person.say),
    rows.length ? el("div", { class: "voice" }, quote(rows[0])) : null,
    rows.length > 1 ? el("button", { class: "link", type: "button", onclick: () => openPanel({ title: `${person.name ?? ""} ${person.customer ?? ""}`, lines: [person.reason, person.do && `${t("doThis")}${t("colon")}${person.do}`, person.say && `${t("sayThis")}${t("colon")}${person.say}`], rows }) }, t("moreQuotes", rows.length)) : null);
}

function group(name) {
  const found = list(data.people?.[name]);
  const total = data.peopleTotals?.[name] ?? found.length;
  const rest = found.slice(SHOWN);
  return el("section", { class: `figure group ${name}` },
    el("h3", {}, t(`g_${name}`), " ", el("small", {}, t("groupCount", count(found.length), count(Math.max(total, found.length))))), el("p", { class: "answer" }, t(`d_${name}`)),
    found.length ? el("div", { class: "persons" }, found.slice(0, SHOWN).map(card)) : withheld(name) ?? el("p", { class: "missing" }, t("nobody")),
    rest.length ? fold(t("morePeople", rest.length), {}, el("div", { class: "persons" }, rest.map(card))) : null);
}

export function people() {
  if (!data.people) return [figure(t("h_people"), null, missing("people"))];
  return ["escalate", "waver", "vulnerable", "advocate", "wonBack"].map(group);
}
