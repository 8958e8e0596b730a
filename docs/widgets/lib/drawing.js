// A picture of a digit: 28 × 28 levels of ink, few enough to be kept in an address. No DOM.

import { quote, Refusal } from "./numbers.js";
import { SIDE } from "./network.js";

export const LEVELS = 15; // four bits a pixel
const TIP = [ // a pen of about two pixels, as in MNIST
  [0, 0, LEVELS], [-1, 0, 9], [1, 0, 9], [0, -1, 9], [0, 1, 9], [-1, -1, 3], [-1, 1, 3], [1, -1, 3], [1, 1, 3],
];
const AREA = SIDE * SIDE;
const TEXT = Math.ceil((AREA / 2) * 8 / 6); // characters of base64

/** @returns {Uint8Array} */
export const blank = () => new Uint8Array(AREA);

/** @param {ArrayLike<number>} ink From 0 to 255. @returns {Uint8Array} */
export const levelsOf = (ink) => Uint8Array.from(ink, (value) => Math.round((value / 255) * LEVELS));

/**
 * Put the pen down, or rub out with it.
 *
 * @param {Uint8Array} levels
 * @param {number} row
 * @param {number} column
 * @param {boolean} erase
 * @returns {Uint8Array} A new drawing.
 * @public
 */
export function touched(levels, row, column, erase) {
  const next = levels.slice();
  for (const [down, right, level] of TIP) {
    const [y, x] = [row + down, column + right];
    if (y < 0 || y >= SIDE || x < 0 || x >= SIDE) continue;
    const at = y * SIDE + x;
    next[at] = erase ? Math.min(next[at], LEVELS - level) : Math.max(next[at], level);
  }
  return next;
}

/**
 * The pen drawn along a straight line.
 *
 * @param {Uint8Array} levels
 * @param {[row: number, column: number]} from
 * @param {[row: number, column: number]} to
 * @param {boolean} erase
 * @returns {Uint8Array}
 */
export function stroked(levels, from, to, erase) {
  const steps = Math.max(1, Math.abs(to[0] - from[0]), Math.abs(to[1] - from[1]));
  let next = levels;
  for (let step = 0; step <= steps; step++) {
    const place = (/** @type {0 | 1} */ axis) => Math.round(from[axis] + ((to[axis] - from[axis]) * step) / steps);
    next = touched(next, place(0), place(1), erase);
  }
  return next;
}

/**
 * By how many whole pixels a picture is to be moved so that its ink is balanced in the middle, as MNIST's digits are.
 *
 * @param {ArrayLike<number>} ink 28 × 28.
 * @returns {[down: number, across: number]}
 */
export function toMiddle(ink) {
  let [sum, down, across] = [0, 0, 0];
  for (let at = 0; at < ink.length; at++) {
    sum += ink[at];
    down += ink[at] * Math.floor(at / SIDE);
    across += ink[at] * (at % SIDE);
  }
  const middle = SIDE / 2; // MNIST's is pixel 14, counted from 0
  return sum === 0 ? [0, 0] : [Math.round(middle - down / sum), Math.round(middle - across / sum)];
}

/**
 * The drawing moved by whole pixels.
 *
 * @param {Uint8Array} levels
 * @param {number} down
 * @param {number} across
 * @returns {Uint8Array} What would leave the paper is lost.
 */
export function shifted(levels, down, across) {
  return levels.map((_, at) => {
    const [row, column] = [Math.floor(at / SIDE) - down, (at % SIDE) - across];
    return row >= 0 && row < SIDE && column >= 0 && column < SIDE ? levels[row * SIDE + column] : 0;
  });
}

/**
 * The drawing moved so that its ink is balanced in the middle, as MNIST's digits are.
 *
 * @param {Uint8Array} levels
 * @returns {Uint8Array} What would leave the paper is lost.
 * @public
 */
export const centred = (levels) => shifted(levels, ...toMiddle(levels));

/**
 * A drawing as text: four bits a pixel in base64url, runs of blank paper as `~`, their length in base 36, and `.`.
 *
 * @param {Uint8Array} levels
 * @returns {string} At most 523 characters, whatever is drawn.
 */
export function drawingText(levels) {
  const bytes = Array.from({ length: AREA / 2 }, (_, pair) => (levels[2 * pair] << 4) | levels[2 * pair + 1]);
  const text = btoa(String.fromCharCode(...bytes)).replace(/=+$/, "").replace(/\+/g, "-").replace(/\//g, "_");
  return text.replace(/A{5,}/g, (run) => `~${run.length.toString(36)}.`);
}

/**
 * The drawing that `drawingText` wrote.
 *
 * @param {string} text
 * @returns {Uint8Array}
 * @throws {Refusal}
 */
export function readDrawing(text) {
  const whole = text.replace(/~([0-9a-z]{1,2})\./g, (_, run) => "A".repeat(Math.min(parseInt(run, 36), TEXT)));
  if (whole.length !== TEXT || !/^[\w-]*$/.test(whole)) throw new Refusal(`The drawing (${quote(text)}) is not one of ${SIDE} × ${SIDE} pixels.`);
  const bytes = atob(whole.replace(/-/g, "+").replace(/_/g, "/"));
  return Uint8Array.from({ length: AREA }, (_, at) => (at % 2 ? bytes.charCodeAt(at >> 1) & LEVELS : bytes.charCodeAt(at >> 1) >> 4));
}
