// The paper: a held-out digit, or what the reader draws with the pointer or with keys.

import { check, choice } from "../lib/controls.js";
import { h } from "../lib/dom.js";
import { drawOn } from "../lib/map_canvas.js";
import { SIDE } from "../lib/network.js";
import { middleOf, pointedCanvas } from "../lib/pointed_canvas.js";
import { onPaper } from "../lib/preparation.js";
import { EDGE, MOST_TEXT } from "../lib/strokes.js";
import { centred, clean, continued, drawn, fits, toDrawOn } from "./pen.js";

/** @typedef {import("./state.js").State} State */
/** @typedef {import("./pen.js").Sheet} Sheet */
/** @typedef {import("../lib/pointed_canvas.js").Spot} Spot */

const HINT = "Draw with a finger, a pen or the mouse.";
const KEYS = "With keys: arrows move, Space inks, Shift and arrows draw, Delete rubs out, Ctrl and Z undo.";
const FULL = `The paper is full: more strokes than these do not fit into its address (${MOST_TEXT} characters). Undo some, or begin anew.`;
const MOST_UNDONE = 200;
const MIDDLE = SIDE / 2;

/**
 * @param {string} key
 * @param {number[][]} digits
 * @param {(part: Partial<State>) => void} change
 * @param {(words: string) => void} say
 */
export function drawingBoard(key, digits, change, say) {
  /** @type {import("./state.js").Worked} */
  let worked;
  /** @type {Sheet[]} What was there before each act. */
  let earlier = [];
  /** @type {{before: Sheet, line: Spot[], over: boolean}} What the pointer does now. */
  let act;
  const full = h("p", { class: "cf-error", hidden: true }, FULL);
  const erase = check(`${key}-erase`, "Rub out", () => {});
  const rubs = () => erase.control.checked;
  const sheet = () => toDrawOn(worked.state, digits);

  /** Remember what is there, to come back to. */
  function begin() {
    const { digit, drawing, strokes } = worked.state;
    earlier = [...earlier.slice(1 - MOST_UNDONE), { digit, drawing, strokes }];
    full.hidden = true;
  }
  /** @param {Sheet} next @returns {boolean} Whether it could be put there. */
  function put(next) {
    full.hidden = fits(next);
    if (full.hidden) change(next);
    return full.hidden;
  }
  /** @param {() => Sheet} next */
  function once(next) {
    begin();
    put(next());
  }
  function undo() {
    const here = worked.state;
    let before = earlier.pop();
    while (before && before.digit === here.digit && before.drawing === here.drawing && before.strokes === here.strokes) before = earlier.pop();
    full.hidden = true;
    if (before) change(before);
    say(before ? "Undone." : "There is nothing to undo.");
  }
  function start() {
    begin();
    act = { before: sheet(), line: [], over: false };
  }
  /** Go on with the pointer. @param {Spot[]} spots */
  function go(spots) {
    if (act.over) return;
    const [last, line] = [act.line.slice(-1), [...act.line, ...spots]];
    act.line = line;
    // a rubber goes on from what is left; a pen's whole line is thinned again
    act.over = !put(rubs() ? drawn(sheet(), [...last, ...spots], true) : drawn(act.before, line, false));
  }

  const paper = pointedCanvas({
    id: `${key}-paper`,
    hint: HINT,
    keys: KEYS,
    cells: SIDE,
    draws: true,
    onPoint(place, way, spots, event) {
      const from = middleOf(paper.cursor());
      paper.mark(...place);
      if (way === "move") {
        if (/** @type {KeyboardEvent} */ (event).shiftKey) once(() => (rubs() ? drawn(sheet(), [from, ...spots], true) : continued(sheet(), from, spots[0])));
      } else {
        if (way === "start") start();
        go(spots);
      }
      say(inkWords(place));
    },
    onKey(event, place) {
      if (event.ctrlKey || event.metaKey || event.altKey) {
        const asks = event.key.toLowerCase() === "z" && !event.altKey && !event.shiftKey;
        if (asks) undo();
        return asks;
      }
      const rub = event.key === "Delete" || event.key === "Backspace";
      if (event.key !== " " && !rub) return false;
      once(() => drawn(sheet(), [middleOf(place)], rub || rubs()));
      say(inkWords(place));
      return true;
    },
  });
  paper.mark(MIDDLE, MIDDLE);

  /** What a screen reader hears of the place. @param {[number, number]} place */
  function inkWords([row, column]) {
    return full.hidden ? `Row ${row + 1}, column ${column + 1}: ink ${Math.round(100 * worked.drawn[row * SIDE + column])} %.` : FULL;
  }
  const source = choice(`${key}-digit`, "Digit", [...digits.keys()].map(digitOption).concat([["", "own drawing"]]), (value) => {
    begin();
    change({ digit: value === "" ? null : Number(value) });
  });
  const button = (/** @type {string} */ words, /** @type {() => void} */ onclick) => h("button", { type: "button", onclick }, words);
  const undoing = button("Undo", undo);
  const buttons = h(
    "div",
    { class: "cf-buttons" },
    undoing,
    button("Clear", () => once(clean)),
    button("Centre", () => once(() => centred(sheet()))),
    erase.element,
  );
  return {
    source: source.element,
    paper: paper.frame,
    tools: h("div", {}, full, buttons, paper.hints),
    /** @param {import("./state.js").Worked} now */
    draw(now) {
      worked = now;
      const { digit, drawing, strokes } = now.state;
      const [ink, side] = digit === null ? [onPaper({ levels: drawing, strokes }), EDGE] : [now.ink, SIDE];
      drawOn(paper.canvas, { data: ink.map((value) => 1 - value), channels: 1, height: side, width: side }, { signed: false });
      paper.canvas.classList.toggle("cf-fine", side === EDGE);
      source.control.value = digit === null ? "" : String(digit);
      undoing.setAttribute("aria-disabled", String(earlier.length === 0));
      paper.name(`Paper of ${SIDE} × ${SIDE} pixels, ${digit === null ? "your drawing" : `a handwritten ${digit}`}`);
    },
    reset() {
      erase.control.checked = false;
      earlier = [];
      full.hidden = true;
      paper.mark(MIDDLE, MIDDLE);
    },
  };
}

/** @param {number} digit @returns {[string, string]} */
const digitOption = (digit) => [String(digit), `held-out ${digit}`];
