// One number of one map, taken apart: where it stands, its window, the kernel, the products.

import { fillTable, paintInk, paintSigned } from "../lib/cells.js";
import { scaleOf } from "../lib/colours.js";
import { check, choice } from "../lib/controls.js";
import { h, setText } from "../lib/dom.js";
import { drawOn } from "../lib/map_canvas.js";
import { channelOf } from "../lib/network.js";
import { shortNumber } from "../lib/numbers.js";
import { pointedCanvas } from "../lib/pointed_canvas.js";
import { offOf, shownMaps } from "./state.js";
import { mapName, placeWords, sumCaption } from "./words.js";

/** @typedef {import("./state.js").State} State */
/** @typedef {import("./state.js").Worked} Worked */

/**
 * The chosen map, large; the arrow keys and the pointer choose one of its numbers.
 *
 * @param {string} key
 * @param {(part: Partial<State>) => void} change
 */
export function mapPart(key, change) {
  /** @type {State} */
  let state;
  const caption = h("div", { class: "cf-caption" });
  const large = pointedCanvas({
    id: `${key}-map`,
    hint: "Point at a number of the map.",
    keys: "With keys: arrows move.",
    onPoint: ([row, column]) => change({ row, column }),
  });
  const off = check(`${key}-off`, "", (on) => change(switched(state, on)));
  const label = off.element.querySelector("label");
  const all = h("button", { type: "button", onclick: () => change({ off: [new Set(), new Set()], off2: [new Set(), new Set()] }) }, "Switch all on");

  /** @param {Worked} worked */
  function draw(worked) {
    state = worked.state;
    const maps = shownMaps(worked.answers[state.of], state.layer, state.maps);
    drawOn(large.canvas, channelOf(maps, state.filter), { scale: worked.scales[state.layer], signed: true });
    large.mark(state.row, state.column);
    large.name(`${mapName(state.layer, state.filter)}, map of ${maps.height} × ${maps.width}. ${placeWords(state)}`);
    setText(caption, sumCaption(worked));
    off.control.checked = offOf(state, state.of)[state.layer].has(state.filter);
    if (label) setText(label, `Switch ${mapName(state.layer, state.filter).toLowerCase()} off`);
  }
  return { element: h("div", { class: "cf-large" }, caption, large.frame, large.hints), switches: h("div", { class: "cf-buttons" }, off.element, all), draw };
}

/** @param {State} state @param {boolean} on @returns {Partial<State>} */
function switched(state, on) {
  const [first, second] = offOf(state, state.of).map((filters) => new Set(filters));
  const filters = [first, second][state.layer];
  if (on) filters.add(state.filter);
  else filters.delete(state.filter);
  return { [state.of === 0 ? "off" : "off2"]: [first, second] };
}

/**
 * Window, kernel and products, as numbers.
 *
 * @param {string} key
 * @param {(part: Partial<State>) => void} change
 */
export function productsPart(key, change) {
  const channels = choice(`${key}-channel`, "Channel", [], (value) => change({ channel: Number(value) - 1 }));
  const boards = ["What the layer sees", "Kernel", "Products"].map((words, index) => board(`${key}-part-${index}`, words));
  const element = h("div", { class: "cf-parts" }, channels.element, ...boards.map((board) => board.element));

  /** @param {Worked} worked */
  function draw({ state, sum, networks, scales }) {
    const { mean, std } = networks[state.of];
    const { terms, convolution, parts, shown, largest } = sum;
    offer(channels.control, parts.length, largest);
    channels.control.disabled = parts.length === 1; // it keeps its room
    channels.control.value = String(state.channel < 0 ? 0 : shown + 1);
    const weights = scaleOf(convolution.weight);
    const paint = [
      state.layer === 0
        ? (/** @type {HTMLElement} */ cell, /** @type {number} */ value) => paintInk(cell, value * std + mean)
        : (/** @type {HTMLElement} */ cell, /** @type {number} */ value) => paintSigned(cell, value, scales[0]),
      (/** @type {HTMLElement} */ cell, /** @type {number} */ value) => paintSigned(cell, value, weights),
      (/** @type {HTMLElement} */ cell, /** @type {number} */ value) => paintSigned(cell, value, scaleOf(terms.map((term) => term.product))),
    ];
    const read = /** @type {const} */ (["pixel", "weight", "product"]);
    element.style.setProperty("--rows", String(Math.max(...networks[state.of].convolutions.map(({ side }) => side))));
    boards.forEach(({ draw: fill }, index) => fill(convolution.side, terms.map((term) => term[read[index]]), paint[index]));
  }
  return { element, draw };
}

/** @param {HTMLSelectElement} control @param {number} count @param {number} largest */
function offer(control, count, largest) {
  if (control.options.length !== count + 1)
    control.replaceChildren(h("option", { value: 0 }), ...[...Array(count).keys()].map((each) => h("option", { value: each + 1 }, String(each))));
  setText(control.options[0], count === 1 ? "the only one" : `the one that adds most: ${largest}`);
}

/** @param {string} id @param {string} words */
function board(id, words) {
  const caption = h("div", { class: "cf-caption", id }, words);
  const table = h("table", { class: "cf-cells cf-part", "aria-labelledby": id });
  /** @type {HTMLTableCellElement[][]} */
  let cells = [];
  /** @param {number} side @param {number[]} values @param {(cell: HTMLElement, value: number) => void} paint */
  function draw(side, values, paint) {
    if (cells.length !== side) cells = fillTable(table, side, side, () => h("td"));
    cells.flat().forEach((cell, index) => {
      setText(cell, shortNumber(values[index], 5));
      paint(cell, values[index]);
    });
  }
  return { element: h("div", {}, caption, h("div", { class: "cf-board" }, table)), draw };
}
