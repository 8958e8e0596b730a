// A kernel that is typed cell by cell, chosen by name, or given another size.

import { fillTable, paintSigned, tabStop, walk } from "./cells.js";
import { scaleOf } from "./colours.js";
import { choice, typed } from "./controls.js";
import { h, setText } from "./dom.js";
import { nameOf, readWeight, resized } from "./kernels.js";
import { shortNumber } from "./numbers.js";

/**
 * @typedef {object} KernelEditor
 * @property {HTMLElement} board The kernel with a field in each cell.
 * @property {HTMLElement[]} fields Name and size.
 * @property {(kernel: number[][]) => void} draw After every change; leaves alone what is being typed.
 * @property {(kernel: number[][]) => void} reset Write every field anew.
 */

/**
 * @param {string} key The widget's key.
 * @param {object} options
 * @param {import("./kernels.js").Kernels} options.kernels
 * @param {number[]} options.sides
 * @param {import("./controls.js").Complaint} options.complaint
 * @param {(kernel: number[][]) => void} onChange May throw a Refusal.
 * @returns {KernelEditor}
 */
export function kernelEditor(key, { kernels, sides, complaint }, onChange) {
  /** @type {number[][]} */
  let kernel = [];
  const table = h("table", { class: "cf-cells cf-kernel", "aria-label": "Kernel as it is written" });
  const named = choice(`${key}-kernel`, "Weights", [...[...kernels.keys()].map(twice), ["", "own numbers"]], (name) =>
    take(named.control, kernels.get(name) ?? kernel),
  );
  const size = choice(`${key}-side`, "Size", sides.map((side) => [String(side), `${side} × ${side}`]), (side) =>
    take(size.control, resized(kernel, Number(side))),
  );
  walk(table);

  /** @param {HTMLElement} control @param {number[][]} wanted */
  function take(control, wanted) {
    complaint.try(control, () => onChange(wanted));
    reset(kernel); // after a refusal too: the control must not show what was not done
  }
  /** @param {number} row @param {number} column */
  const cell = (row, column) => weightCell(row, column, complaint, (weight) => onChange(withWeight(kernel, row, column, weight)));
  /** @param {number[][]} next */
  function draw(next) {
    kernel = next;
    if (table.tBodies[0]?.rows.length !== kernel.length) return reset(kernel);
    paintKernel(table, kernel);
    named.control.value = nameOf(kernel, kernels) ?? "";
    size.control.value = String(kernel.length);
  }
  /** @param {number[][]} next */
  function reset(next) {
    kernel = next;
    for (const input of table.querySelectorAll("input")) complaint.settle(input);
    if (table.tBodies[0]?.rows.length !== kernel.length) {
      fillTable(table, kernel.length, kernel.length, cell);
      tabStop(table, 0, 0);
    }
    table.querySelectorAll("input").forEach((input, index) => (input.value = shortNumber(kernel.flat()[index], 5)));
    draw(kernel);
  }
  return { board: h("div", { class: "cf-board" }, table), fields: [named.element, size.element], draw, reset };
}

/** An option that is called what it is. @param {string} name @returns {[string, string]} */
const twice = (name) => [name, name];

/** @param {number} row @param {number} column @param {import("./controls.js").Complaint} complaint @param {(weight: number) => void} onWeight */
function weightCell(row, column, complaint, onWeight) {
  const label = `Weight in row ${row}, column ${column}`;
  // not "decimal": on some phones that keyboard has no minus
  const input = h("input", { type: "text", inputmode: "text", autocomplete: "off", "aria-label": label });
  typed(input, complaint, () => readWeight(input.value, label), onWeight);
  return h("td", {}, input);
}

/** @param {number[][]} kernel @param {number} row @param {number} column @param {number} weight */
const withWeight = (kernel, row, column, weight) =>
  kernel.map((line, y) => line.map((old, x) => (y === row && x === column ? weight : old)));

/**
 * The kernel that is really applied, where it differs from the one that was typed.
 *
 * @param {string} label
 * @returns {{element: HTMLElement, draw: (kernel: number[][] | null) => void}}
 */
export function kernelBoard(label) {
  const table = h("table", { class: "cf-cells cf-kernel" }, h("caption", {}, label));
  const element = h("div", { class: "cf-board", hidden: true }, table);
  return {
    element,
    draw(kernel) {
      element.hidden = kernel === null;
      if (!kernel) return;
      const cells = fillTable(table, kernel.length, kernel.length, () => h("td"));
      cells.forEach((row, y) =>
        row.forEach((cell, x) => setText(cell, shortNumber(kernel[y][x], 5))),
      );
      paintKernel(table, kernel);
    },
  };
}

/** @param {HTMLTableElement} table @param {number[][]} kernel */
function paintKernel(table, kernel) {
  const scale = scaleOf(kernel.flat());
  kernel.forEach((row, y) =>
    row.forEach((weight, x) => paintSigned(table.tBodies[0].rows[y].cells[x], weight, scale)),
  );
}
