// The page of the report: reads the data that lie in it and draws one section after another.
import { drawn, start } from "./charts.js";
import { data, load, places } from "./data.js";
import { el } from "./dom.js";
import { capital, count, day, list } from "./format.js";
import { speak, t, unpaired } from "./words.js";
import { acts } from "./sections/acts.js";
import { conduct } from "./sections/conduct.js";
import { expectations } from "./sections/expectations.js";
import { first, grounds } from "./sections/first.js";
import { motives } from "./sections/motives.js";
import { people } from "./sections/people.js";
import { promises } from "./sections/promises.js";
import { quality } from "./sections/quality.js";
import { trend } from "./sections/trend.js";
import { types } from "./sections/types.js";

const SECTIONS = { trend, motives, expectations, promises, people, acts, conduct, types, quality };

function masthead() {
  const { counts = {}, period = {} } = data;
  return el("header", { class: "masthead" },
    el("div", {}, el("h1", {}, t("subtitle", data.company)),
      el("p", { class: "facts" }, [period?.from && t("period", day(period.from), day(period.to)), data.asOf && t("asOf", day(data.asOf)), t("counts", count(counts.customers), count(counts.conversations), count(counts.messages)), t(data.names ? "unmasked" : "masked"), list(data.withheld).length && t("forUse", data.useLabel)].filter(Boolean).map((fact) => el("span", {}, capital(fact))))),
    el("button", { type: "button", class: "print", onclick: () => print() }, t("print")));
}

function navigation() {
  return el("nav", { "aria-label": t("nav") }, el("ul", {}, ["first", ...Object.keys(SECTIONS)].map((id) => el("li", {}, el("a", { href: `#${id}` }, t(`nav_${id}`))))));
}

function section(id, i) {
  const [first, ...rest] = SECTIONS[id]().flat().filter(Boolean);
  const header = el("header", {}, el("h2", { id: `title-${id}` }, el("span", { class: "number", "aria-hidden": "true" }, String(i + 1)), t(`h_${id}`)), el("p", { class: "about" }, t(`s_${id}`)));
  return el("section", { id, class: "section", "aria-labelledby": `title-${id}` }, el("div", { class: "opening" }, header, first), rest);
}

/** Marks in the navigation which section is being read. */
function follow() {
  const links = new Map([...document.querySelectorAll("nav a")].map((link) => [link.hash.slice(1), link]));
  const watch = new IntersectionObserver((entries) => {
    for (const entry of entries) {
      if (!entry.isIntersecting) continue;
      for (const [id, link] of links) id === entry.target.id ? link.setAttribute("aria-current", "true") : link.removeAttribute("aria-current");
    }
  }, { rootMargin: "-20% 0px -70% 0px" });
  for (const id of links.keys()) watch.observe(document.getElementById(id));
}

function build() {
  load(document.getElementById("report-data").textContent);
  speak(data.lang);
  document.title = t("subtitle", data.company);
  document.getElementById("report").replaceWith(
    el("a", { class: "skip", href: "#first" }, t("skip")), masthead(), navigation(),
    el("main", {}, first(), Object.keys(SECTIONS).map(section), grounds()),
    el("footer", {}, el("p", {}, t("made", data.version ?? "", data.model ?? "")), el("a", { href: "#first" }, t("top"))));
  document.getElementById("plain").remove();
  start();
  follow();
}

build();
globalThis.xinjingReport = { drawn, places, unpaired };
