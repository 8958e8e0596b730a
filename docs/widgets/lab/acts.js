// What is done on the paper, act by act, and how it is undone. No DOM.

import { drawn, fits } from "./pen.js";

/** @typedef {import("./pen.js").Sheet} Sheet */
/** @typedef {import("../lib/pointed_canvas.js").Spot} Spot */

const MOST_UNDONE = 200;

export class Acts {
  /**
   * @param {(next: Sheet) => void} put What to do with a sheet.
   * @param {(isFull: boolean) => void} tell Whether the last thing asked for did not fit.
   */
  constructor(put, tell) {
    this.put = put;
    this.tell = tell;
    /** @type {Sheet[]} What was there before each act. */
    this.earlier = [];
    /** @type {{before: Sheet, line: Spot[], over: boolean} | null} What the pointer does now. */
    this.line = null;
  }

  /** Remember what is there, to come back to. @param {Sheet} here */
  begin({ digit, drawing, strokes }) {
    this.earlier = [...this.earlier.slice(1 - MOST_UNDONE), { digit, drawing, strokes }];
    this.tell(false);
  }

  /** @param {Sheet} here @param {Sheet} next */
  once(here, next) {
    this.begin(here);
    this.tryOn(next);
  }

  /** @param {Sheet} next @returns {boolean} Whether it could be put there. */
  tryOn(next) {
    const isFull = !fits(next);
    this.tell(isFull);
    if (!isFull) this.put(next);
    return !isFull;
  }

  /** Begin a line with the pointer. @param {Sheet} here @param {Sheet} before The same to draw on. */
  start(here, before) {
    this.begin(here);
    this.line = { before, line: [], over: false };
  }

  /** Go on with the line. @param {Sheet} sheet What is there to draw on. @param {Spot[]} spots @param {boolean} rubs */
  go(sheet, spots, rubs) {
    const act = this.line;
    if (!act || act.over) return;
    const last = act.line.slice(-1);
    act.line = [...act.line, ...spots];
    // a rubber goes on from what is left; a pen's whole line is thinned again
    act.over = !this.tryOn(rubs ? drawn(sheet, [...last, ...spots], true) : drawn(act.before, act.line, false));
  }

  /** @param {Sheet} here @returns {boolean} Whether there was something to undo. */
  undo(here) {
    let before = this.earlier.pop();
    while (before && isSame(before, here)) before = this.earlier.pop();
    this.tell(false);
    if (before) this.put(before);
    return before !== undefined;
  }

  forget() {
    this.earlier = [];
    this.tell(false);
  }
}

/** @param {Sheet} one @param {Sheet} other */
const isSame = (one, other) => one.digit === other.digit && one.drawing === other.drawing && one.strokes === other.strokes;
