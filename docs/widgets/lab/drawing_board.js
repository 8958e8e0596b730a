// The paper: a held-out digit, or what the reader draws with the pointer or with keys.

import { check, choice } from "../lib/controls.js";
import { h } from "../lib/dom.js";
import { drawOn } from "../lib/map_canvas.js";
import { SIDE } from "../lib/network.js";
import { middleOf, pointedCanvas } from "../lib/pointed_canvas.js";
import { onPaper } from "../lib/preparation.js";
import { EDGE, MOST_TEXT } from "../lib/strokes.js";
import { Acts } from "./acts.js";
import { centred, clean, continued, drawn, toDrawOn } from "./pen.js";

/** @typedef {import("./state.js").State} State */
/** @typedef {import("./state.js").Worked} Worked */
/** @typedef {import("../lib/pointed_canvas.js").Place} Place */
/** @typedef {import("../lib/pointed_canvas.js").Spot} Spot */

const HINT = "Draw with a finger, a pen or the mouse.";
const KEYS = "With keys: arrows move, Space inks, Shift and arrows draw, Delete rubs out, Ctrl and Z undo.";
const FULL = `The paper is full: more strokes than these do not fit into its address (${MOST_TEXT} characters). Undo some, or begin anew.`;
const MIDDLE = SIDE / 2;

export class DrawingBoard {
  /**
   * @param {string} key
   * @param {number[][]} digits
   * @param {Worked} worked What is shown first.
   * @param {(part: Partial<State>) => void} change
   * @param {(words: string) => void} say
   */
  constructor(key, digits, worked, change, say) {
    this.digits = digits;
    this.worked = worked;
    this.say = say;
    this.full = h("p", { class: "cf-error", hidden: true }, FULL);
    this.acts = new Acts(change, (isFull) => void (this.full.hidden = !isFull));
    this.erase = check(`${key}-erase`, "Rub out", () => {});
    this.undoing = button("Undo", () => this.undo());
    this.canvas = pointedCanvas({
      id: `${key}-paper`,
      hint: HINT,
      keys: KEYS,
      cells: SIDE,
      draws: true,
      onPoint: (place, way, spots, event) => this.point(place, way, spots, event),
      onKey: (event, place) => this.key(event, place),
    });
    this.canvas.mark(MIDDLE, MIDDLE);
    this.choice = choice(`${key}-digit`, "Digit", [...digits.keys()].map(digitOption).concat([["", "own drawing"]]), (value) => {
      this.acts.begin(this.worked.state);
      change({ digit: value === "" ? null : Number(value) });
    });
    this.source = this.choice.element;
    this.paper = this.canvas.frame;
    this.tools = h("div", {}, this.full, this.buttons(), this.canvas.hints);
  }

  buttons() {
    return h(
      "div",
      { class: "cf-buttons" },
      this.undoing,
      button("Clear", () => this.once(clean())),
      button("Centre", () => this.once(centred(this.sheet()))),
      this.erase.element,
    );
  }

  /** What is there to draw on. */
  sheet() {
    return toDrawOn(this.worked.state, this.digits);
  }

  rubs() {
    return this.erase.control.checked;
  }

  /** @param {import("./pen.js").Sheet} next */
  once(next) {
    this.acts.once(this.worked.state, next);
  }

  undo() {
    this.say(this.acts.undo(this.worked.state) ? "Undone." : "There is nothing to undo.");
  }

  /** @param {Place} place @param {import("../lib/pointed_canvas.js").Way} way @param {Spot[]} spots @param {Event} event */
  point(place, way, spots, event) {
    const from = middleOf(this.canvas.cursor());
    this.canvas.mark(...place);
    if (way === "start") this.acts.start(this.worked.state, this.sheet());
    if (way !== "move") this.acts.go(this.sheet(), spots, this.rubs());
    else if (/** @type {KeyboardEvent} */ (event).shiftKey)
      this.once(this.rubs() ? drawn(this.sheet(), [from, ...spots], true) : continued(this.sheet(), from, spots[0]));
    this.say(this.inkWords(place));
  }

  /** @param {KeyboardEvent} event @param {Place} place @returns {boolean} Whether the key is used. */
  key(event, place) {
    if (event.ctrlKey || event.metaKey || event.altKey) {
      const asks = event.key.toLowerCase() === "z" && !event.altKey && !event.shiftKey;
      if (asks) this.undo();
      return asks;
    }
    const rub = event.key === "Delete" || event.key === "Backspace";
    if (event.key !== " " && !rub) return false;
    this.once(drawn(this.sheet(), [middleOf(place)], rub || this.rubs()));
    this.say(this.inkWords(place));
    return true;
  }

  /** What a screen reader hears of the place. @param {Place} place */
  inkWords([row, column]) {
    return this.full.hidden ? `Row ${row}, column ${column}: ink ${Math.round(100 * this.worked.drawn[row * SIDE + column])} %.` : FULL;
  }

  /** @param {Worked} worked */
  draw(worked) {
    this.worked = worked;
    const { canvas } = this;
    const { digit, drawing, strokes } = worked.state;
    const [ink, side] = digit === null ? [onPaper({ levels: drawing, strokes }), EDGE] : [worked.ink, SIDE];
    drawOn(canvas.canvas, { data: ink.map((value) => 1 - value), channels: 1, height: side, width: side }, { signed: false });
    canvas.canvas.classList.toggle("cf-fine", side === EDGE);
    this.choice.control.value = digit === null ? "" : String(digit);
    this.undoing.setAttribute("aria-disabled", String(this.acts.earlier.length === 0));
    canvas.name(`Paper of ${SIDE} × ${SIDE} pixels, ${digit === null ? "your drawing" : `a handwritten ${digit}`}`);
  }

  reset() {
    this.erase.control.checked = false;
    this.acts.forget();
    this.canvas.mark(MIDDLE, MIDDLE);
  }
}

/** @param {string} words @param {() => void} onclick */
const button = (words, onclick) => h("button", { type: "button", onclick }, words);

/** @param {number} digit @returns {[string, string]} */
const digitOption = (digit) => [String(digit), `held-out ${digit}`];
