// The paper: a held-out digit, or what the reader draws with the pointer or with keys.

import { check, choice } from "../lib/controls.js";
import { blank, centred, levelsOf, stroked, touched } from "../lib/drawing.js";
import { h } from "../lib/dom.js";
import { drawOn } from "../lib/map_canvas.js";
import { SIDE } from "../lib/network.js";
import { pointedCanvas } from "../lib/pointed_canvas.js";

/** @typedef {import("./state.js").State} State */

const HINT = "Draw with the pointer, or with keys: arrows move, Space inks, Shift and arrows draw, Delete rubs out.";

/**
 * @param {string} key
 * @param {number[][]} digits
 * @param {(part: Partial<State>) => void} change
 * @param {(words: string) => void} say
 */
export function drawingBoard(key, digits, change, say) {
  /** @type {State} */
  let state;
  /** @type {Float64Array} */
  let ink;
  const levels = () => (state.digit === null ? state.drawing : levelsOf(digits[state.digit]));
  const draw = (/** @type {Uint8Array} */ drawing) => change({ digit: null, drawing });
  const erase = check(`${key}-erase`, "Rub out", () => {});

  const paper = pointedCanvas({
    id: `${key}-paper`,
    hint: HINT,
    onPoint(place, way, event) {
      const from = way === "start" ? place : paper.cursor();
      paper.mark(...place);
      const pen = way !== "move" || /** @type {KeyboardEvent} */ (event).shiftKey;
      if (pen) draw(stroked(levels(), from, place, erase.control.checked));
      say(inkWords(place));
    },
    onKey({ key: pressed }, place) {
      const rub = pressed === "Delete" || pressed === "Backspace";
      if (pressed !== " " && !rub) return false;
      draw(touched(levels(), ...place, rub || erase.control.checked));
      say(inkWords(place));
      return true;
    },
  });
  paper.mark(SIDE / 2, SIDE / 2);

  /** @param {[number, number]} place */
  function inkWords([row, column]) {
    return `Row ${row + 1}, column ${column + 1}: ink ${Math.round(100 * ink[row * SIDE + column])} %.`;
  }
  const source = choice(`${key}-digit`, "Digit", [...digits.keys()].map(digitOption).concat([["", "own drawing"]]), (value) =>
    change({ digit: value === "" ? null : Number(value) }),
  );
  const buttons = h(
    "div",
    { class: "cf-buttons" },
    h("button", { type: "button", onclick: () => draw(blank()) }, "Clear"),
    h("button", { type: "button", onclick: () => draw(centred(levels())) }, "Centre"),
    erase.element,
  );
  return {
    element: h("div", {}, source.element, paper.element, buttons),
    /** @param {import("./state.js").Worked} worked */
    draw(worked) {
      ({ state, ink } = worked);
      drawOn(paper.canvas, { data: ink.map((value) => 1 - value), channels: 1, height: SIDE, width: SIDE }, { signed: false });
      paper.mark(...paper.cursor()); // its place depends on the size that has just been drawn
      source.control.value = state.digit === null ? "" : String(state.digit);
      paper.name(`Paper of ${SIDE} × ${SIDE} pixels, ${state.digit === null ? "your drawing" : `a handwritten ${state.digit}`}`);
    },
    reset() {
      erase.control.checked = false;
      paper.mark(SIDE / 2, SIDE / 2);
    },
  };
}

/** @param {number} digit @returns {[string, string]} */
const digitOption = (digit) => [String(digit), `held-out ${digit}`];
