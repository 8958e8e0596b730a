// A grid of cells as one small SVG: a path for each kind of cell, whatever the size.

import { magnitudeColour } from "../lib/colours.js";
import { h, setText } from "../lib/dom.js";
import { kindAt, pixelPlaces } from "./picture.js";

/** @typedef {import("./picture.js").Board} Board */
/** @typedef {import("./picture.js").Kind} Kind */

const SPACE = "http://www.w3.org/2000/svg";
const CELL = 20; // units of the drawing; a cell has as many pixels or so
const MOST_COLUMNS = 16; // up to which a number in a cell is legible on a phone,
const FEW_COLUMNS = 12; // and in a window of 320 px
const LARGEST = 100; // cells a side; a larger board is told, not drawn
const KINDS = /** @type {const} */ (["pixel", "padding", "gap", "cut"]);

/** @param {string} tag @param {Record<string, string | number>} [attributes] */
function draw(tag, attributes = {}) {
  const element = document.createElementNS(SPACE, tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, String(value));
  return element;
}

/** @param {number} row @param {number} column */
const square = (row, column) => `M${column * CELL} ${row * CELL}h${CELL}v${CELL}h${-CELL}z`;
/** @param {number} row @param {number} column A small circle: a zero. */
const ring = (row, column) => `M${(column + 0.36) * CELL} ${(row + 0.5) * CELL}a2.8 3.8 0 1 0 5.6 0a2.8 3.8 0 1 0 -5.6 0z`;
/** @param {number} row @param {number} column Two strokes from corner to corner. */
const hatch = (row, column) =>
  `M${column * CELL} ${(row + 0.5) * CELL}l10 -10M${column * CELL} ${(row + 1) * CELL}l20 -20M${(column + 0.5) * CELL} ${(row + 1) * CELL}l10 -10`;

/**
 * A board under its caption.
 *
 * @param {(row: number, column: number) => void} [onPick] A cell was pressed; the slider of steps does the same by keyboard.
 */
export function board(onPick) {
  const caption = h("p", { class: "cf-board-name" });
  const picture = draw("svg", { role: "img" });
  const told = h("p", { class: "cf-hint", hidden: true });
  const element = h("div", { class: "cf-grid" }, caption, picture, told);
  /** @type {[number, number]} */
  let size = [1, 1];
  if (onPick)
    picture.addEventListener("click", (event) => {
      const box = picture.getBoundingClientRect();
      onPick(
        Math.floor(((event.clientY - box.top) / box.height) * size[0]),
        Math.floor(((event.clientX - box.left) / box.width) * size[1]),
      );
    });

  /**
   * @param {Board} shown
   * @param {{name: string, words: string, across: number, counts: boolean, reached?: number}} how
   *   `across`: columns of the wider board, so that cells are equal; `reached`: outputs known so far.
   */
  function show(shown, { name, words, across, counts, reached }) {
    const [rows, columns] = [shown.rows.kinds.length, shown.columns.kinds.length];
    size = [rows, columns];
    setText(caption, name);
    const drawn = Math.max(rows, columns) <= LARGEST;
    told.hidden = drawn;
    picture.toggleAttribute("hidden", !drawn);
    setText(told, drawn ? "" : `${rows} × ${columns} cells are too many to draw; the numbers below hold.`);
    picture.setAttribute("aria-label", `${name}. ${words}`);
    picture.setAttribute("viewBox", `-1 -1 ${columns * CELL + 2} ${rows * CELL + 2}`);
    element.classList.toggle("cf-counted", counts); // numbers need larger cells
    element.style.setProperty("--columns", String(columns));
    element.style.setProperty("--across", String(across));
    picture.replaceChildren(...(drawn ? layers(shown, counts, reached) : []));
  }
  return { element, show };
}

/** @param {Board} shown @param {boolean} counts @param {number} [reached] @returns {Element[]} */
function layers(shown, counts, reached) {
  const [rows, columns] = [shown.rows.kinds.length, shown.columns.kinds.length];
  /** @type {Record<string, string>} */
  const paths = { pixel: "", padding: "", gap: "", cut: "", zero: "", unread: "", known: "" };
  for (let row = 0; row < rows; row++)
    for (let column = 0; column < columns; column++) {
      const kind = kindAt(shown, row, column);
      paths[kind] += square(row, column);
      if (kind === "padding" || kind === "gap") paths.zero += ring(row, column);
      if (kind === "cut" || row >= shown.rows.read || column >= shown.columns.read) paths.unread += hatch(row, column);
      if (reached !== undefined && row * columns + column <= reached) paths.known += square(row, column);
    }
  const path = (/** @type {string} */ name) => draw("path", { class: `cf-cell-${name}`, d: paths[name] });
  const named = (/** @type {string} */ name) => (paths[name] ? [path(name)] : []);
  return [
    ...KINDS.flatMap(named),
    ...named("known"),
    ...(counts ? countCells(shown) : []),
    ...named("zero"),
    ...named("unread"),
    ...windowCells(shown),
  ];
}

/** The window: what it reaches over, and what its elements lie on. @param {Board} shown @returns {Element[]} */
function windowCells({ rows, columns }) {
  const taps = rows.taps.map((row) => columns.taps.map((column) => square(row, column)).join("")).join("");
  const [top, bottom] = rows.span;
  const [left, right] = columns.span;
  const box = { x: left * CELL, y: top * CELL, width: (right - left) * CELL, height: (bottom - top) * CELL };
  return [draw("path", { class: "cf-cell-tap", d: taps }), draw("rect", { class: "cf-cell-halo", ...box }), draw("rect", { class: "cf-cell-window", ...box })];
}

/** @param {Board} shown @returns {Element[]} Cells in the colour of their counts, with the number where there is room. */
function countCells({ rows, columns }) {
  const places = { rows: pixelPlaces(rows), columns: pixelPlaces(columns) };
  const most = Math.max(...rows.counts) * Math.max(...columns.counts);
  const legible = columns.kinds.length <= MOST_COLUMNS && rows.kinds.length <= 2 * MOST_COLUMNS;
  /** @type {Map<number, string>} */
  const paths = new Map();
  const many = columns.kinds.length > FEW_COLUMNS;
  const numbers = draw("g", { class: many ? "cf-cell-numbers cf-many" : "cf-cell-numbers" });
  rows.counts.forEach((down, row) =>
    columns.counts.forEach((across, column) => {
      const [count, y, x] = [down * across, places.rows[row], places.columns[column]];
      paths.set(count, (paths.get(count) ?? "") + square(y, x));
      if (!legible) return;
      const number = draw("text", { x: (x + 0.5) * CELL, y: (y + 0.5) * CELL, fill: magnitudeColour(count, most).text });
      number.textContent = String(count);
      numbers.append(number);
    }),
  );
  const cells = [...paths].map(([count, d]) => draw("path", { class: "cf-cell-count", d, fill: magnitudeColour(count, most).background }));
  return [...cells, numbers];
}

/** What the marks of the boards mean, only those that stand there. */
export function legend() {
  const list = h("ul", { class: "cf-legend" });
  let shown = "";
  /** @param {string[]} marks Of `LEGEND`. */
  function show(marks) {
    if (marks.join() === shown) return;
    shown = marks.join();
    list.replaceChildren(...marks.map(legendItem));
  }
  return { element: list, show };
}

/** @type {Record<string, [words: string, layers: string[]]>} */
const LEGEND = {
  pixel: ["pixel", ["pixel"]],
  padding: ["zero of the padding", ["padding", "zero"]],
  gap: ["zero put between pixels", ["gap", "zero"]],
  unread: ["read by no window", ["pixel", "unread"]],
  cut: ["cut off as padding", ["cut", "unread"]],
  window: ["this step", ["window"]],
};
const SHAPES = /** @type {Record<string, (row: number, column: number) => string>} */ ({ zero: ring, unread: hatch });

/** @param {string} mark */
function legendItem(mark) {
  const [words, parts] = LEGEND[mark];
  const swatch = draw("svg", { viewBox: `-2 -2 ${CELL + 4} ${CELL + 4}`, "aria-hidden": "true" });
  swatch.append(...parts.map((part) => draw("path", { class: `cf-cell-${part}`, d: (SHAPES[part] ?? square)(0, 0) })));
  const item = h("li", {});
  item.append(swatch, words);
  return item;
}
