// Tables of numbered cells: coloured by value, walked by the arrow keys with one tab stop.

import { inkColour, signedColour } from "./colours.js";
import { h } from "./dom.js";

/**
 * Fill a table with rows of cells.
 *
 * @param {HTMLTableElement} table Its caption stays.
 * @param {number} rows
 * @param {number} columns
 * @param {(row: number, column: number) => HTMLTableCellElement} make
 * @returns {HTMLTableCellElement[][]}
 */
export function fillTable(table, rows, columns, make) {
  const cells = Array.from({ length: rows }, (_, row) =>
    Array.from({ length: columns }, (_, column) => make(row, column)),
  );
  table.style.setProperty("--columns", String(columns));
  table.querySelector("tbody")?.remove();
  table.append(h("tbody", {}, ...cells.map((row) => h("tr", {}, ...row))));
  return cells;
}

/** Colour a cell as a signed value. @param {HTMLElement} cell @param {number} value @param {number} scale */
export function paintSigned(cell, value, scale) {
  paint(cell, signedColour(value, scale));
}

/** Colour a cell as ink on paper. @param {HTMLElement} cell @param {number} ink From 0 to 1. */
export function paintInk(cell, ink) {
  paint(cell, inkColour(ink));
}

/** Take a cell's colour away. @param {HTMLElement} cell */
export function unpaint(cell) {
  cell.style.removeProperty("background-color");
  cell.style.removeProperty("color");
}

/** @param {HTMLElement} cell @param {{background: string, text: string}} colour */
function paint(cell, { background, text }) {
  cell.style.backgroundColor = background;
  cell.style.color = text;
}

/**
 * Let the arrow keys, Home and End move between the controls of a table, with a single tab stop.
 *
 * In a text field, left and right leave the cell only from the end of its text.
 *
 * @param {HTMLTableElement} table Each cell holds one control.
 * @param {(row: number, column: number) => void} [onMove] Called when a control gets the focus.
 */
export function walk(table, onMove = () => {}) {
  table.addEventListener("focusin", (event) => {
    const control = /** @type {HTMLElement} */ (event.target);
    const place = placeOf(control);
    if (!place) return;
    tabStop(table, ...place);
    if (control instanceof HTMLInputElement) control.select();
    onMove(...place);
  });
  table.addEventListener("keydown", (event) => {
    const control = /** @type {HTMLElement} */ (event.target);
    const place = placeOf(control);
    if (!place || event.altKey || event.metaKey) return;
    const next = neighbour(table, place, event);
    if (!next || !leaves(control, event.key)) return;
    event.preventDefault();
    controlAt(table, ...next)?.focus();
  });
}

/**
 * Make one control of a table its tab stop.
 *
 * @param {HTMLTableElement} table
 * @param {number} row
 * @param {number} column
 */
export function tabStop(table, row, column) {
  for (const control of table.querySelectorAll("td > :is(input, button)"))
    control.setAttribute("tabindex", "-1");
  const wanted = controlAt(table, row, column) ?? controlAt(table, 0, 0);
  wanted?.setAttribute("tabindex", "0");
}

/** @param {HTMLTableElement} table @param {number} row @param {number} column @returns {HTMLElement | null} */
function controlAt(table, row, column) {
  const cell = table.tBodies[0]?.rows[row]?.cells[column];
  return cell?.querySelector("input, button") ?? null;
}

/** @param {Element} control @returns {[row: number, column: number] | null} */
function placeOf(control) {
  const cell = control.closest("td");
  const row = cell?.closest("tr");
  return cell && row ? [row.sectionRowIndex, cell.cellIndex] : null;
}

/** @param {HTMLTableElement} table @param {[number, number]} place @param {KeyboardEvent} event @returns {[number, number] | null} */
function neighbour(table, [row, column], event) {
  const body = table.tBodies[0];
  const [bottom, right] = [body.rows.length - 1, body.rows[row].cells.length - 1];
  switch (event.key) {
    case "ArrowUp":
      return [Math.max(0, row - 1), column];
    case "ArrowDown":
      return [Math.min(bottom, row + 1), column];
    case "ArrowLeft":
      return [row, Math.max(0, column - 1)];
    case "ArrowRight":
      return [row, Math.min(right, column + 1)];
    case "Home":
      return event.ctrlKey ? [0, 0] : [row, 0];
    case "End":
      return event.ctrlKey ? [bottom, right] : [row, right];
    default:
      return null;
  }
}

/** Whether a key leaves the control rather than moving the caret. @param {HTMLElement} control @param {string} key */
function leaves(control, key) {
  if (!(control instanceof HTMLInputElement) || key === "ArrowUp" || key === "ArrowDown")
    return true;
  const { selectionStart: start, selectionEnd: end, value } = control;
  const all = start === 0 && end === value.length;
  if (key === "ArrowLeft" || key === "Home") return all || (start === 0 && end === 0);
  return all || start === value.length;
}
