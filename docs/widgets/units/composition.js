// What a unit's weights are made of: how well each family fits a first-layer kernel, or norms of a filter's slices.

import { fillTable, paintSigned } from "../lib/cells.js";
import { scaleOf } from "../lib/colours.js";
import { h, setText } from "../lib/dom.js";
import { drawOn } from "../lib/map_canvas.js";
import { formatNumber, percent } from "../lib/numbers.js";
import { FAMILIES } from "../lib/timeline.js";
import { KERNEL, kernelAt, slicesOf } from "./data.js";
import { compositionCaption, compositionWords, fixed, scalesWords, weightsCaption } from "./words.js";

/** @typedef {import("../lib/convolution.js").Stack} Stack */
/** @typedef {import("./state.js").Worked} Worked */
/** @typedef {{name: string, value: number, most: number, words: string, look: string}} Bar */

/** @param {string} key */
export function composition(key) {
  const [bars, weights] = [barTable(`${key}-made-of`), weightPart(`${key}-weights`)];
  /** @param {Worked} worked */
  function draw(worked) {
    bars.draw(worked);
    weights.draw(worked);
  }
  return { bars: bars.element, weights: weights.element, draw };
}

/** @param {string} id */
function barTable(id) {
  const caption = h("div", { class: "cf-caption", id });
  const rows = h("tbody");
  /** @param {Worked} worked */
  function draw(worked) {
    setText(caption, compositionCaption(worked));
    const bars = worked.state.layer === "conv1" ? fitBars(worked) : normBars(worked);
    if (rows.children.length !== bars.length) rows.replaceChildren(...bars.map(barRow));
    bars.forEach((bar, index) => fillRow(rows.children[index], bar));
  }
  return { element: h("div", {}, caption, h("table", { class: "cf-made-of", "aria-labelledby": id }, rows)), draw };
}

/** A kernel's weights as numbers, or the strongest slices of a filter. @param {string} id */
function weightPart(id) {
  const caption = h("div", { class: "cf-caption", id });
  const table = h("table", { class: "cf-cells cf-weights", "aria-labelledby": id });
  const cells = fillTable(table, KERNEL, KERNEL, () => h("td"));
  const board = h("div", { class: "cf-board" }, table);
  const slices = h("ul", { class: "cf-slices", "aria-labelledby": id });
  const [scales, words] = [h("p", { class: "cf-hint" }), h("p")];

  /** @param {Worked} worked */
  function draw(worked) {
    const { state, units } = worked;
    const first = state.layer === "conv1";
    [board.hidden, slices.hidden, scales.hidden] = [!first, first, first];
    setText(caption, weightsCaption(worked));
    setText(words, compositionWords(worked));
    if (first) drawKernel(kernelAt(units, state.unit));
    else drawSlices(worked);
  }
  /** @param {Stack} kernel */
  function drawKernel({ data }) {
    const scale = scaleOf(data);
    cells.flat().forEach((cell, index) => {
      setText(cell, formatNumber(data[index], 2));
      paintSigned(cell, data[index], scale);
    });
  }
  /** @param {Worked} worked */
  function drawSlices({ state, units }) {
    const kernels = scaleOf(units.kernels);
    const strongest = slicesOf(units, state.unit);
    const items = strongest.map(({ channel, slice, scale }) => picture([[kernelAt(units, channel), kernels], [slice, scale]], `kernel ${channel}, its slice`));
    slices.replaceChildren(...items);
    setText(scales, scalesWords(kernels, strongest[0].scale));
  }
  return { element: h("div", {}, caption, board, slices, scales, words), draw };
}

/** @param {Worked} worked @returns {Bar[]} */
function fitBars({ state, units }) {
  return FAMILIES.map((family) => {
    const value = units.fits[family][state.unit];
    return { name: `best ${family}`, value, most: 1, words: percent(value), look: `cf-fit-${family}` };
  });
}

/** @param {Worked} worked @returns {Bar[]} */
function normBars({ state, units }) {
  const norms = units.norms[state.unit];
  const most = Math.max(...norms);
  return norms.map((value, channel) => {
    const drawn = units.drawn[state.unit].includes(channel);
    return { name: `kernel ${channel}`, value, most, words: fixed(value), look: drawn ? "cf-norm cf-norm-drawn" : "cf-norm" };
  });
}

function barRow() {
  return h("tr", {}, h("th", { scope: "row" }), h("td", {}, h("div", { class: "cf-made-bar" }, h("span", { "aria-hidden": "true" }), h("span", { class: "cf-value" }))));
}

/** @param {Element} row @param {Bar} bar */
function fillRow(row, { name, value, most, words, look }) {
  const [head, cell] = row.children;
  const [mark, number] = /** @type {HTMLElement} */ (cell.firstElementChild).children;
  setText(head, name);
  setText(number, words);
  mark.className = look;
  /** @type {HTMLElement} */ (mark).style.width = `${most > 0 ? (100 * value) / most : 0}%`;
}

/** @param {[map: Stack, scale: number][]} maps @param {string} words */
function picture(maps, words) {
  const canvases = maps.map(([map, scale]) => {
    const canvas = h("canvas", { "aria-hidden": "true" });
    drawOn(canvas, map, { scale, signed: true });
    return canvas;
  });
  return h("li", {}, h("div", {}, ...canvases), h("span", {}, words));
}
