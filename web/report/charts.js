// The charts: Apache ECharts with the parts that are used, drawn as SVG so that paper is sharp.
import { BarChart, CustomChart, LineChart, ScatterChart } from "echarts/charts";
import { GraphicComponent, GridComponent, LegendComponent, MarkAreaComponent, MarkLineComponent, TitleComponent, TooltipComponent } from "echarts/components";
import { init, use } from "echarts/core";
import { SVGRenderer } from "echarts/renderers";
import { el } from "./dom.js";
import { capital } from "./format.js";
import { palette, onThemeChange } from "./palette.js";
import { folded, openPanel, phone } from "./panel.js";
import { fit } from "./table.js";
import { t } from "./words.js";

use([BarChart, CustomChart, LineChart, ScatterChart, GraphicComponent, GridComponent, LegendComponent, MarkAreaComponent, MarkLineComponent,
  TitleComponent, TooltipComponent, SVGRenderer]);

export const FONT = '"PingFang SC","Hiragino Sans GB","Microsoft YaHei","Noto Sans CJK SC","Noto Sans SC",system-ui,sans-serif';
const PAPER_WIDTH = 888;  // CSS pixels between the margins of A4, at the size of the sections there
const PAPER_PARTS = [[".curves", 271], [".two", 411]];  // in columns
const charts = [];
let printing = false;

/**
 * A chart in its box. `option(view)` makes the ECharts option for a view {width, height, colours,
 * small, printing}; `height` is pixels or a function of the view; `open(point)` answers a click with what
 * the panel shows, or nothing.
 */
export function chart({ label, height = 260, option, open }) {
  const node = el("div", { class: "chart", role: "img", "aria-label": label });
  charts.push({ node, height, option, open, instance: null, width: 0 });
  return node;
}

function draw(one) {
  const width = printing ? Math.min(PAPER_WIDTH, one.paper ?? PAPER_WIDTH) : Math.floor(one.node.clientWidth);
  if (!width) return;
  const view = { width, printing, colours: palette(printing), small: width < 520 };
  const height = typeof one.height === "function" ? one.height(view) : one.height;
  view.height = height;
  one.node.style.height = `${height}px`;
  if (!one.instance) {
    one.instance = init(one.node, null, { renderer: "svg", width, height });
    if (one.open) one.instance.on("click", (point) => { const shown = one.open(point); if (shown) openPanel(shown); });
  }
  one.instance.resize({ width, height });
  one.instance.setOption({ ...base(view), ...one.option(view) }, true);
  one.instance.getZr().flush();
  one.width = width;
}

function base({ colours }) {
  return { animation: false, textStyle: { fontFamily: FONT, color: colours.soft, fontSize: 12 }, color: colours.series, aria: { enabled: false } };
}

/** A tooltip whose lines are text nodes, whatever they hold. */
export function tooltip({ colours }, lines, extra = {}) {
  return {
    trigger: "item", confine: true, backgroundColor: colours.paper, borderColor: colours.rule, textStyle: { color: colours.ink, fontFamily: FONT, fontSize: 12 },
    formatter: (point) => el("div", { style: { "max-width": "300px", "white-space": "normal" } },
      lines(point).filter(Boolean).map((line, i) => el("div", i === 0 ? { style: { "font-weight": "600" } } : {}, line))),
    ...extra,
  };
}

function drawAll() {
  for (const one of charts) draw(one);
}

/** Draws what has been put on the page, and again when the width, the theme or the medium changes. */
export function start() {
  drawAll();
  let wide = document.body.clientWidth;
  new ResizeObserver(() => {
    if (!printing) for (const one of charts) if (Math.floor(one.node.clientWidth) !== one.width) draw(one);
    if (!printing && document.body.clientWidth !== wide) { wide = document.body.clientWidth; fit(); }
  }).observe(document.body);
  document.addEventListener("toggle", (event) => fit(event.target), true);
  fit();
  onThemeChange(drawAll);
  const paper = (on) => {
    if (printing === on) return;
    printing = on;
    if (on) for (const one of charts) one.paper = PAPER_PARTS.find(([box]) => one.node.closest(box))?.[1] ?? PAPER_WIDTH;
    drawAll();
    fit(document, on);
    for (const one of folded) one.open = on || !phone.matches;
  };
  addEventListener("beforeprint", () => paper(true));
  addEventListener("afterprint", () => paper(false));
}

/** How many charts there are and how many have drawn something: for tests. */
export const drawn = () => [charts.length, charts.filter((one) => one.node.querySelector("svg path, svg rect, svg circle")).length];

/** A figure: its question, the answer in a sentence, the chart, and the same as a table that folds. */
export function figure(question, answer, ...parts) {
  return el("section", { class: "figure" }, el("h3", {}, question), answer && el("p", { class: "answer" }, capital(answer)), parts);
}

export const asTable = (node) => el("details", { class: "fold data" }, el("summary", {}, t("asTable")), node);
