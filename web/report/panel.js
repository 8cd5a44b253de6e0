// Quotes, and the side panel that every figure opens.
import { el, fresh } from "./dom.js";
import { capital, day, list } from "./format.js";
import { fit } from "./table.js";
import { t } from "./words.js";

/** The text with what it rests on marked; `mark` counts characters, so an emoji is one. */
function marked(text, mark) {
  const characters = Array.from(String(text ?? ""));
  if (!Array.isArray(mark) || !(mark[1] > mark[0])) return [characters.join("")];
  const [begin, end] = mark;
  return [characters.slice(0, begin).join(""), el("mark", {}, characters.slice(begin, end).join("")), characters.slice(end).join("")];
}

export function quote(row) {
  const who = row.who === "agent" ? t("agent") : row.name || row.customer || t("customer");
  const facts = [row.date && day(row.date), row.channel, row.who === "agent" && row.name ? t("to", row.name) : null].filter(Boolean);
  const ids = [row.customer, row.conversation].filter(Boolean).join(" · ");
  return el("figure", { class: `quote ${row.who === "agent" ? "agent" : "customer"}` },
    el("blockquote", { lang: row.lang ?? null }, marked(row.text, row.mark)),
    row.gist && el("p", { class: "gist" }, el("span", { class: "tag" }, t("gist")), row.gist),
    el("figcaption", {}, el("b", {}, who), facts.map((fact) => el("span", {}, fact)), ids && el("span", { class: "ids" }, ids),
      row.note && el("span", { class: "note" }, capital(row.note))));
}

const dialog = el("dialog", { class: "panel", "aria-labelledby": "panel-title" });

/** Opens the panel. `lines`: facts in words; `rows`: quotes; `body`: anything else. Escape closes it. */
export function openPanel({ title, lines = [], rows = [], body = null }) {
  if (!dialog.isConnected) {
    document.body.append(dialog);
    dialog.addEventListener("click", (event) => event.target === dialog && dialog.close());
  }
  const quotes = list(rows);
  dialog.replaceChildren(el("div", { class: "inside" },
    el("header", {}, el("h2", { id: "panel-title" }, capital(title)),
      el("button", { class: "close", type: "button", "aria-label": t("close"), onclick: () => dialog.close() }, "×")),
    lines.filter(Boolean).map((line) => el("p", {}, capital(line))),
    body,
    quotes.length ? el("h3", {}, t("quotes", quotes.length)) : null,
    quotes.map(quote),
    !quotes.length && !body ? el("p", { class: "missing" }, t("noQuotes")) : null));
  if (!dialog.open) dialog.showModal();
  fit(dialog);
  dialog.scrollTop = 0;
}

export const closePanel = () => dialog.close();

/** A button that opens the panel; nothing where there is nothing to show. */
export function quotesButton(rows, title, lines = []) {
  if (!list(rows).length) return null;
  return el("button", { class: "link", type: "button", onclick: () => openPanel({ title, lines, rows }) }, t("openQuotes", rows.length));
}

export const phone = matchMedia("(max-width: 560px)");
export const folded = [];

/** What only a phone folds away; elsewhere, and on paper, it stands open and its summary is not there. */
export function foldOnPhone(label, ...children) {
  const node = el("details", { class: "fold on-phone", open: !phone.matches }, el("summary", {}, label), children);
  folded.push(node);
  return node;
}
phone.addEventListener("change", () => { for (const one of folded) one.open = !phone.matches; });

/** What is shown on a click, as a part that folds. */
export function fold(label, attributes, ...children) {
  return el("details", { class: "fold", id: fresh("fold"), ...attributes }, el("summary", {}, label), children);
}
