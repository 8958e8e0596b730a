// The stepper's pictures: image with window, products, map. Each has draw(state, worked).

import { fillTable, paintInk, paintSigned, tabStop, unpaint, walk } from "../lib/cells.js";
import { h, setText } from "../lib/dom.js";
import { MOST_INK } from "../lib/digits.js";
import { scaleOf } from "../lib/colours.js";
import { formatNumber, shortNumber } from "../lib/numbers.js";
import { imageCaption } from "./words.js";

/** @typedef {import("./state.js").State} State */
/** @typedef {import("./state.js").Worked} Worked */
/** @typedef {{element: HTMLElement, draw: (state: State, worked: Worked) => void}} Board */

/** @param {string} key @param {string} look @returns {{element: HTMLElement, table: HTMLTableElement, caption: HTMLElement}} */
function board(key, look) {
  // not a <caption>: the table would grow to the width of its text
  const caption = h("div", { class: "cf-caption", id: `${key}-${look}` });
  const table = h("table", { class: `cf-cells cf-${look}`, "aria-labelledby": caption.id });
  return { element: h("div", {}, caption, h("div", { class: "cf-board" }, table)), table, caption };
}

/** @param {string} key @returns {Board} The image in its padding; pixels of the window are ringed, unread ones hatched. */
export function imageBoard(key) {
  const { element, table, caption } = board(key, "pixels");
  let size = "";
  /** @type {HTMLTableCellElement[][]} */
  let cells = [];
  /** @param {State} state @param {Worked} worked */
  function draw(state, worked) {
    const { image, kernel, terms } = worked;
    const around = state.padding;
    const wanted = [image.height, image.width, around].join();
    if (wanted !== size)
      cells = fillTable(table, image.height + 2 * around, image.width + 2 * around, () => h("td"));
    size = wanted;
    setText(caption, imageCaption(state) + (around ? `, in ${around} of padding` : ""));
    const rowsRead = readPlaces(worked.map.height, kernel.height, state);
    const columnsRead = readPlaces(worked.map.width, kernel.width, state);
    const paint = pixelPainter(image.data);
    cells.forEach((row, y) =>
      row.forEach((cell, x) => {
        const [imageRow, imageColumn] = [y - around, x - around];
        const inside =
          imageRow >= 0 && imageRow < image.height && imageColumn >= 0 && imageColumn < image.width;
        const pixel = inside ? image.data[imageRow * image.width + imageColumn] : 0;
        setText(cell, shortNumber(pixel));
        if (inside) paint(cell, pixel);
        cell.className = inside ? "" : "cf-padding";
        cell.classList.toggle("cf-unused", !rowsRead.has(y) || !columnsRead.has(x));
        cell.style.boxShadow = "";
      }),
    );
    const taken = new Set(terms.map((term) => `${term.row},${term.column}`));
    for (const { row, column } of terms)
      ring(cells[row + around][column + around], row, column, taken);
  }
  return { element, draw };
}

/** @param {ArrayLike<number>} pixels @returns {(cell: HTMLElement, pixel: number) => void} */
function pixelPainter(pixels) {
  const values = Array.from(pixels);
  if (values.some((value) => value < 0)) {
    const scale = scaleOf(values);
    return (cell, pixel) => paintSigned(cell, pixel, scale);
  }
  const most = Math.max(MOST_INK, ...values);
  return (cell, pixel) => paintInk(cell, pixel / most);
}

/** @param {number} outputs @param {number} kernel @param {State} state @returns {Set<number>} Counted in the padded image. */
function readPlaces(outputs, kernel, { stride, dilation }) {
  const places = new Set();
  for (let output = 0; output < outputs; output++)
    for (let tap = 0; tap < kernel; tap++) places.add(output * stride + tap * dilation);
  return places;
}

/** Draw the window's edge where a cell has no neighbour in it: dark outside, white within. */
function ring(
  /** @type {HTMLElement} */ cell,
  /** @type {number} */ row,
  /** @type {number} */ column,
  /** @type {Set<string>} */ taken,
) {
  cell.classList.add("cf-tap");
  const sides = [
    [-1, 0, "0 W"],
    [1, 0, "0 -W"],
    [0, -1, "W 0"],
    [0, 1, "-W 0"],
  ]
    .filter(([down, right]) => !taken.has(`${row + Number(down)},${column + Number(right)}`))
    .map(([, , offset]) => String(offset));
  const layer = (/** @type {string} */ width, /** @type {string} */ colour) =>
    sides.map((offset) => `inset ${offset.replace("W", width)} 0 ${colour}`);
  cell.style.boxShadow = [...layer("3px", "var(--cf-mark)"), ...layer("4px", "#fff")].join(", ");
}

/** @param {string} key @returns {Board} Pixel times weight and the product, cell by cell; at the right the sum so far. */
export function productBoard(key) {
  const { element, table, caption } = board(key, "products");
  let size = 0;
  /** @type {HTMLTableCellElement[][]} */
  let cells = [];
  /** @param {State} state @param {Worked} worked */
  function draw(state, { terms, kernel, scale, sum }) {
    if (size !== kernel.width)
      cells = fillTable(table, kernel.height, kernel.width + 1, (_, column) =>
        productCell(column === kernel.width),
      );
    size = kernel.width;
    setText(caption, state.flip ? "Pixel × weight of the turned kernel" : "Pixel × weight");
    terms.forEach((term, index) => {
      const cell = cells[Math.floor(index / size)][index % size];
      setText(cell.children[0], `${shortNumber(term.pixel)} × ${shortNumber(term.weight, 5)}`);
      setText(cell.children[1], formatNumber(term.product, 2));
      paintSigned(cell, term.product, scale);
    });
    cells.forEach((row, index) => {
      const last = index === cells.length - 1;
      const value = last ? sum : terms[(index + 1) * size - 1].sum;
      setText(row[size].children[0], last ? "sum" : "so far");
      setText(row[size].children[1], formatNumber(value, 2));
      row[size].className = last ? "cf-sum" : "cf-running";
      if (last) paintSigned(row[size], value, scale);
      else unpaint(row[size]);
    });
  }
  return { element, draw };
}

/** @param {boolean} running */
function productCell(running) {
  return h(
    "td",
    { class: running && "cf-running" },
    h("span", { class: "cf-factors" }),
    h("span", { class: "cf-product" }),
  );
}

/**
 * The map: every sum up to the present one, or all. Arrow keys and the pointer jump to an output.
 *
 * @param {string} key
 * @param {(step: number) => void} onJump
 * @returns {Board & {setAll: (all: boolean) => void}}
 */
export function mapBoard(key, onJump) {
  const { element, table, caption } = board(key, "map");
  let [size, width, all] = ["", 1, false];
  /** @type {HTMLTableCellElement[][]} */
  let cells = [];
  walk(table, (row, column) => onJump(row * width + column));
  /** @param {State} state @param {Worked} worked */
  function draw(state, { map, scale, row, column }) {
    const wanted = [map.height, map.width].join();
    if (wanted !== size)
      cells = fillTable(table, map.height, map.width, () =>
        h("td", {}, h("button", { type: "button" })),
      );
    [size, width] = [wanted, map.width];
    setText(caption, `Feature map, ${map.height} × ${map.width}`);
    cells.flat().forEach((cell, index) => {
      const known = all || index <= state.step;
      const value = formatNumber(map.data[index]);
      const button = /** @type {HTMLElement} */ (cell.firstElementChild);
      setText(button, known ? shortNumber(map.data[index]) : "");
      const place = `Row ${Math.floor(index / width)}, column ${index % width}`;
      button.setAttribute("aria-label", known ? `${place}: ${value}` : `${place}: not reached yet`);
      cell.className = index === state.step ? "cf-here" : "";
      if (known) paintSigned(cell, map.data[index], scale);
      else unpaint(cell);
    });
    tabStop(table, row, column);
  }
  return { element, draw, setAll: (/** @type {boolean} */ on) => void (all = on) };
}
