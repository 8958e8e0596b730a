// Accuracy, cosine with the start and mean edge fit over the steps, with a line at the present one.

import { h, setText } from "../lib/dom.js";
import { percent } from "../lib/numbers.js";
import { meanOf } from "../lib/timeline.js";

const SVG = "http://www.w3.org/2000/svg";
const SIZE = { width: 270, height: 200, left: 46, right: 12, top: 12, bottom: 34 }; // in the window of a small phone a pixel each
const DECADES = [0, 1, 10, 100, 1000, 10000];

/** @typedef {import("../lib/timeline.js").Timeline} Timeline */
/** @typedef {import("../lib/timeline.js").Looks} Looks */

/** @type {{name: string, read: (timeline: Timeline, looks: Looks) => number[]}[]} */
const CURVES = [
  { name: "accuracy", read: (timeline) => timeline.accuracy },
  { name: "cosine with the start", read: (timeline) => timeline.cosine },
  { name: "mean edge fit", read: (_, looks) => looks.edge.map(meanOf) },
];
const EDGE = 2;

/**
 * The chart, with the values at the present step in words beside the key of each curve.
 *
 * @returns {{element: HTMLElement, draw: (worked: import("./state.js").Worked) => void}}
 */
export function chart() {
  const picture = svg("svg", { viewBox: `0 0 ${SIZE.width} ${SIZE.height}`, role: "img", class: "cf-chart" });
  const keys = CURVES.map(({ name }, index) => keyOf(name, index));
  const element = h("div", {}, picture, h("ul", { class: "cf-keys" }, ...keys.map((key) => key.element)));
  let drawn = "";
  /** @type {SVGElement[]} */
  let marks = [];

  /** @param {import("./state.js").Worked} worked */
  function draw({ timeline, looks, snapshot }) {
    const values = CURVES.map(({ read }) => read(timeline, looks));
    const wanted = `${timeline.name} ${looks === timeline.learned}`;
    if (wanted !== drawn) {
      marks = CURVES.map((_, index) => svg("circle", { r: 4, class: `cf-curve-${index}` }));
      picture.replaceChildren(...axes(timeline.steps), ...values.map((each, index) => curve(timeline.steps, each, index)), svg("path", { class: "cf-now" }), ...marks);
    }
    drawn = wanted;
    const x = across(timeline.steps[snapshot], timeline.steps);
    picture.querySelector(".cf-now")?.setAttribute("d", `M${x} ${SIZE.top}V${SIZE.height - SIZE.bottom}`);
    values.forEach((each, index) => {
      set(marks[index], { cx: x, cy: up(each[snapshot]) });
      setText(keys[index].value, index === 1 ? each[snapshot].toFixed(2) : percent(each[snapshot]));
    });
    setText(keys[EDGE].note, ` (chance\u00a0${percent(timeline.chance.edge.mean)})`);
    picture.setAttribute("aria-label", label(values, timeline.chance.edge.mean));
  }
  return { element, draw };
}

/** @param {number[][]} values @param {number} chance */
function label([accuracy, cosine, edge], chance) {
  const last = accuracy.length - 1;
  return `Over the steps, accuracy goes from ${percent(accuracy[0])} to ${percent(accuracy[last])}, the cosine with the start from 1 to ${cosine[last].toFixed(2)}, the mean edge fit from ${percent(edge[0])} to ${percent(edge[last])}; random kernels have ${percent(chance)}.`;
}

/** @param {string} name @param {number} index */
function keyOf(name, index) {
  const line = svg("svg", { viewBox: "0 0 26 8", class: "cf-key", "aria-hidden": "true" });
  line.append(svg("path", { d: "M0 4H26", class: `cf-curve-${index}` }));
  const [value, note] = [h("span", { class: "cf-value" }), h("span")];
  return { element: h("li", {}, line, ` ${name} `, value, note), value, note };
}

/** @param {number[]} steps @param {number[]} values @param {number} index */
function curve(steps, values, index) {
  const points = steps.map((step, at) => `${across(step, steps).toFixed(1)} ${up(values[at]).toFixed(1)}`);
  return svg("path", { d: `M${points.join("L")}`, class: `cf-curve-${index}` });
}

/** @param {number[]} steps @returns {SVGElement[]} */
function axes(steps) {
  const [right, bottom] = [SIZE.width - SIZE.right, SIZE.height - SIZE.bottom];
  const rules = [0, 0.5, 1].flatMap((value) => [
    svg("path", { d: `M${SIZE.left} ${up(value)}H${right}`, class: "cf-rule" }),
    text(value * 100 + (value ? "\u00a0%" : ""), SIZE.left - 5, up(value) + 4, "end"),
  ]);
  const last = steps[steps.length - 1];
  const ticks = DECADES.filter((step) => step <= last).map((step) => text(step.toLocaleString("en"), across(step, steps), bottom + 16, "middle"));
  return [...rules, ...ticks, text("step", right, bottom + 31, "end")];
}

/** Steps from 0 on a scale that is logarithmic beyond the first. @param {number} step @param {number[]} steps */
function across(step, steps) {
  const share = Math.log1p(step) / Math.log1p(steps[steps.length - 1]);
  return SIZE.left + 4 + share * (SIZE.width - SIZE.right - SIZE.left - 8);
}

/** @param {number} value From 0 to 1; a cosine can fall below. */
function up(value) {
  return SIZE.top + (1 - Math.max(0, value)) * (SIZE.height - SIZE.top - SIZE.bottom);
}

/** @param {string | number} words @param {number} x @param {number} y @param {string} anchor */
function text(words, x, y, anchor) {
  const element = svg("text", { x, y, "text-anchor": anchor });
  element.textContent = String(words);
  return element;
}

/** @param {string} tag @param {Record<string, string | number>} attributes */
function svg(tag, attributes) {
  const element = document.createElementNS(SVG, tag);
  set(element, attributes);
  return element;
}

/** @param {SVGElement} element @param {Record<string, string | number>} attributes */
function set(element, attributes) {
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, String(value));
}
