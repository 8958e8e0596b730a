// The sixteen kernels as buttons in four rows, and the chosen one as numbers.

import { fillTable, paintSigned, tabStop, walk } from "../lib/cells.js";
import { h, setText } from "../lib/dom.js";
import { drawOn } from "../lib/map_canvas.js";
import { formatNumber } from "../lib/numbers.js";
import { FAMILIES } from "../lib/timeline.js";
import { tileWords } from "./words.js";

const COLUMNS = 4;

/** @typedef {import("./state.js").State} State */
/** @typedef {import("./state.js").Worked} Worked */

/**
 * All kernels. Arrow keys and the pointer choose one.
 *
 * @param {(kernel: number) => void} onChoose
 */
export function tiles(onChoose) {
  const table = h("table", { class: "cf-tiles", "aria-label": "Kernels of the first layer" });
  /** @type {number[]} */
  let order = [];
  let chosen = -1;
  walk(table, (row, column) => {
    const kernel = order[row * COLUMNS + column];
    if (kernel !== chosen) onChoose(kernel);
  });

  /** @param {State} state @param {Worked} worked */
  function draw(state, worked) {
    if (!order.length) fillTable(table, worked.order.length / COLUMNS, COLUMNS, tile);
    order = worked.order;
    chosen = state.kernel;
    [...table.querySelectorAll("button")].forEach((button, place) => drawTile(button, order[place], state, worked));
    const place = order.indexOf(chosen);
    tabStop(table, Math.floor(place / COLUMNS), place % COLUMNS);
  }
  return { element: table, draw };
}

function tile() {
  const fits = h("span", { class: "cf-fits" }, ...FAMILIES.map((family) => h("span", { class: `cf-fit-${family}` })));
  return h("td", {}, h("button", { type: "button" }, h("canvas"), fits, h("span", { class: "cf-tile-name" })));
}

/** @param {HTMLElement} button @param {number} filter @param {State} state @param {Worked} worked */
function drawTile(button, filter, state, worked) {
  const [canvas, fits, name] = button.children;
  drawOn(/** @type {HTMLCanvasElement} */ (canvas), worked.kernels[filter], { scale: worked.scales[filter], signed: true });
  FAMILIES.forEach((family, index) => {
    /** @type {HTMLElement} */ (fits.children[index]).style.width = `${100 * worked.looks[family][worked.snapshot][filter]}%`;
  });
  const family = worked.looks.names[worked.snapshot][filter];
  setText(name, family === "none" ? String(filter) : `${filter} ${family}`);
  button.setAttribute("aria-label", tileWords(worked, filter));
  button.setAttribute("aria-pressed", String(filter === state.kernel));
}

/** What the bars under the kernels mean. @returns {HTMLElement} */
export function fitsKey() {
  const entries = FAMILIES.map((family) => h("li", {}, h("span", { class: `cf-fit-${family}`, "aria-hidden": "true" }), ` best ${family}`));
  return h("ul", { class: "cf-keys" }, ...entries);
}

/** The chosen kernel's weights. @param {string} key */
export function numbers(key) {
  const caption = h("div", { class: "cf-caption", id: `${key}-numbers` });
  const table = h("table", { class: "cf-cells cf-weights", "aria-labelledby": caption.id });
  /** @type {HTMLTableCellElement[][]} */
  let cells = [];

  /** @param {string} words @param {State} state @param {Worked} worked */
  function draw(words, { kernel }, { kernels, scales }) {
    const { data, height, width } = kernels[kernel];
    if (!cells.length) cells = fillTable(table, height, width, () => h("td"));
    setText(caption, words);
    cells.flat().forEach((cell, index) => {
      setText(cell, formatNumber(data[index], 2));
      paintSigned(cell, data[index], scales[kernel]);
    });
  }
  return { element: h("div", {}, caption, h("div", { class: "cf-board" }, table)), draw };
}
