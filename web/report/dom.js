// Elements out of words. Text of customers only ever becomes a text node, never markup.

/** el("p", {class: "note", onclick: f}, "text", node, [nodes], null) */
export function el(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  return fill(node, attributes, children);
}

export function svg(tag, attributes = {}, ...children) {
  return fill(document.createElementNS("http://www.w3.org/2000/svg", tag), attributes, children);
}

function fill(node, attributes, children) {
  for (const [name, value] of Object.entries(attributes ?? {})) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else if (name === "style") for (const [key, one] of Object.entries(value)) node.style.setProperty(key, one);
    else node.setAttribute(name, value === true ? "" : value);
  }
  node.append(...children.flat(Infinity).filter((child) => child !== null && child !== undefined && child !== false));
  return node;
}

let last = 0;
/** An id that no other element of the page has. */
export const fresh = (prefix) => `${prefix}-${++last}`;

/** The language of words as they were said, for hyphens, fonts and voices. */
export const langOf = (text) => (/\p{Script=Han}/u.test(String(text ?? "")) ? "zh" : "en");
