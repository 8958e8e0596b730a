// The playground's settings. Each part has draw (after every change) and reset (every field anew).

import { check, choice, slider } from "../lib/controls.js";
import { h } from "../lib/dom.js";
import { kernelBoard, kernelEditor } from "../lib/kernel_editor.js";
import { SIDES } from "./state.js";

/** @typedef {import("./state.js").State} State */
/** @typedef {import("./state.js").Worked} Worked */
/** @typedef {import("./state.js").Bank} Bank */
/** @typedef {import("../lib/controls.js").Complaint} Complaint */
/** @typedef {(part: Partial<State>) => void} Change */
/**
 * @typedef {object} Part
 * @property {HTMLElement} element
 * @property {(state: State, worked: Worked) => void} draw
 * @property {(state: State) => void} reset
 */

/** @param {string} key @param {Bank} bank @param {Complaint} complaint @param {(kernel: number[][]) => void} onKernel @param {Change} change @returns {Part} */
export function kernelPart(key, { kernels }, complaint, onKernel, change) {
  const editor = kernelEditor(key, { kernels, sides: SIDES, complaint }, onKernel);
  const applied = kernelBoard("as it is applied");
  const centred = check(`${key}-centred`, "Make the weights sum to 0", (on) =>
    change({ centred: on }),
  );
  const normalised = check(`${key}-normalised`, "Divide by the sum of their sizes", (on) =>
    change({ normalised: on }),
  );
  const element = h(
    "fieldset",
    {},
    h("legend", {}, "Kernel"),
    h("div", { class: "cf-controls cf-even" }, ...editor.fields),
    h("div", { class: "cf-kernels" }, editor.board, applied.element),
    h("p", { class: "cf-hint" }, "Type in a cell; arrow keys move between cells."),
    centred.element,
    normalised.element,
  );
  return {
    element,
    draw(state, { changed, weights }) {
      editor.draw(state.kernel);
      applied.draw(changed ? weights : null);
      centred.control.checked = state.centred;
      normalised.control.checked = state.normalised;
    },
    reset: (state) => editor.reset(state.kernel),
  };
}

/** @param {string} key @param {Change} change @param {() => number} scale The present one. @returns {Part} */
export function viewPart(key, change, scale) {
  const shows = /** @type {[string, string][]} */ ([
    ["0", "signed colours"],
    ["1", "a grey picture, 0 to 1"],
  ]);
  const view = choice(`${key}-picture`, "Show the answer as", shows, (value) =>
    change({ picture: value === "1" }),
  );
  const keep = check(`${key}-keep`, "Keep this colour scale for other kernels", (on) =>
    change({ keptScale: on ? scale() : 0 }),
  );
  return {
    element: h(
      "fieldset",
      {},
      h("legend", {}, "Answer"),
      h("div", { class: "cf-controls" }, view.element),
      keep.element,
    ),
    draw(state) {
      view.control.value = state.picture ? "1" : "0";
      keep.control.checked = state.keptScale > 0;
    },
    reset: () => {},
  };
}

/** @param {string} key @param {Change} change @returns {Part} */
export function probePart(key, change) {
  const words = (/** @type {number} */ value) => String(value);
  const row = slider(`${key}-row`, "Row", { min: 0, max: 0 }, words, (value) =>
    change({ row: value }),
  );
  const column = slider(`${key}-column`, "Column", { min: 0, max: 0 }, words, (value) =>
    change({ column: value }),
  );
  const hint = h("p", { class: "cf-hint" }, "Or point at a picture.");
  return {
    element: h(
      "fieldset",
      {},
      h("legend", {}, "Read one answer"),
      h("div", { class: "cf-controls cf-even" }, row.element, column.element),
      hint,
    ),
    draw(_, worked) {
      limit(row, worked.top, worked.map.height);
      limit(column, worked.left, worked.map.width);
      row.set(worked.row);
      column.set(worked.column);
    },
    reset: () => {},
  };
}

/** @param {{control: HTMLInputElement}} slider @param {number} start @param {number} count */
function limit({ control }, start, count) {
  control.min = String(start);
  control.max = String(start + count - 1);
}
