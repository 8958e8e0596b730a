// What a pen, a rubber and their undoing do to the paper. No DOM.

import { blank, levelsOf, shifted, stroked, toMiddle } from "../lib/drawing.js";
import { AS_IT_IS, inked, PEN } from "../lib/preparation.js";
import { GRAIN, grainAt, MOST_TEXT, moved, rubbed, strokesText, thinned } from "../lib/strokes.js";

/** @typedef {import("../lib/strokes.js").Point} Point */
/** @typedef {import("../lib/strokes.js").Stroke} Stroke */
/** @typedef {import("../lib/pointed_canvas.js").Spot} Spot */
/** @typedef {Pick<import("./state.js").State, "digit" | "drawing" | "strokes">} Sheet */

const RUBBER = (1 + PEN / 2) * GRAIN; // from its middle to the line of a stroke: it leaves two pixels white

/** @type {() => Sheet} */
export const clean = () => ({ digit: null, drawing: blank(), strokes: [] });

/** A sheet to draw on: a held-out digit becomes a picture. @param {Sheet} sheet @param {number[][]} digits @returns {Sheet} */
export function toDrawOn({ digit, drawing, strokes }, digits) {
  return digit === null ? { digit, drawing, strokes } : { digit: null, drawing: levelsOf(digits[digit]), strokes: [] };
}

/**
 * A sheet with a line on it, or without what lies on that line.
 *
 * @param {Sheet} sheet
 * @param {Spot[]} line In pixels; of one spot: a dot.
 * @param {boolean} rub
 * @returns {Sheet}
 */
export function drawn({ drawing, strokes }, line, rub) {
  /** @type {Sheet} */
  const sheet = { digit: null, drawing, strokes };
  if (!rub) return { ...sheet, strokes: [...strokes, thinned(line.map(grainAt))] };
  return line.reduce((left, spot, index) => rubbedTo(left, line[Math.max(0, index - 1)], spot), sheet);
}

/** @param {Sheet} sheet @param {Spot} from @param {Spot} to @returns {Sheet} */
function rubbedTo({ drawing, strokes }, from, to) {
  const pixel = (/** @type {Spot} */ spot) => /** @type {[number, number]} */ (spot.map(Math.floor));
  return { digit: null, drawing: stroked(drawing, pixel(from), pixel(to), true), strokes: rubbed(strokes, grainAt(from), grainAt(to), RUBBER) };
}

/** The last stroke drawn on to a spot, if that is where it ended. @param {Sheet} sheet @param {Spot} from @param {Spot} to @returns {Sheet} */
export function continued(sheet, from, to) {
  const [last, start] = [sheet.strokes.at(-1), grainAt(from)];
  const end = last?.at(-1);
  if (!last || !end || end[0] !== start[0] || end[1] !== start[1]) return drawn(sheet, [from, to], false);
  return { ...sheet, digit: null, strokes: [...sheet.strokes.slice(0, -1), thinned([...last, grainAt(to)])] };
}

/** A sheet whose ink is balanced in the middle. @param {Sheet} sheet @returns {Sheet} */
export function centred({ drawing, strokes }) {
  const [down, across] = toMiddle(inked({ levels: drawing, strokes }, AS_IT_IS));
  return { digit: null, drawing: shifted(drawing, down, across), strokes: moved(strokes, GRAIN * down, GRAIN * across) };
}

/** Whether an address holds what is drawn. @param {Sheet} sheet */
export const fits = ({ strokes }) => strokesText(strokes).length <= MOST_TEXT;
