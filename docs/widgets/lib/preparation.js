// A drawing as a network sees it: as it was drawn, or prepared as MNIST's digits were. No DOM.

import { LEVELS, toMiddle } from "./drawing.js";
import { SIDE } from "./network.js";
import { EDGE, GRAIN } from "./strokes.js";

/** @typedef {import("./strokes.js").Stroke} Stroke */
/**
 * @typedef {object} Drawing
 * @property {Uint8Array} levels A picture of 28 × 28, from 0 to LEVELS: what was there before the pen.
 * @property {Stroke[]} strokes On top of it.
 */
/** @typedef {{scale: number, down: number, across: number}} Place Where a drawing goes: enlarged first, then moved, in pixels. */

export const PEN = 2.4; // pixels: the ink of an MNIST digit over the length of its strokes, in the median
export const BOX = 20; // MNIST's digits are scaled to fit a box of this side
const LEAST = 2; // pixels: what is smaller than that is a dot, and is not enlarged to fill the box

/** @type {Place} */
export const AS_IT_IS = { scale: 1, down: 0, across: 0 };

/**
 * MNIST's own preparation: the ink scaled so that its longer side is 20 pixels, then moved by whole
 * pixels so that it is balanced in the middle. `inked` draws the strokes there with MNIST's pen.
 *
 * @param {Drawing} drawing
 * @returns {Place}
 */
export function preparation(drawing) {
  const [rows, columns] = [spansOf(drawing, 0), spansOf(drawing, 1)];
  if (rows.length === 0) return AS_IT_IS; // blank
  const scale = Math.min(scaleOf(rows), scaleOf(columns));
  const place = { scale, down: startOf(rows, scale), across: startOf(columns, scale) };
  const [down, across] = toMiddle(inked(drawing, place));
  return { scale, down: place.down + down, across: place.across + across };
}

/**
 * From where to where the ink reaches along an axis, and how far beyond that the pen.
 *
 * @param {Drawing} drawing
 * @param {0 | 1} axis
 * @returns {{least: number, most: number, pen: number}[]} Of the picture, of the strokes; without ink none.
 */
function spansOf({ levels, strokes }, axis) {
  const pixels = [...levels.keys()].filter((at) => levels[at] > 0).map((at) => (axis === 0 ? Math.floor(at / SIDE) : at % SIDE));
  const points = strokes.flat().map((point) => point[axis] / GRAIN);
  return [
    ...(pixels.length ? [{ least: Math.min(...pixels), most: Math.max(...pixels) + 1, pen: 0 }] : []),
    ...(points.length ? [{ least: Math.min(...points), most: Math.max(...points), pen: PEN / 2 }] : []),
  ];
}

/** The largest scale at which no two ends are further apart than the box is wide. @param {ReturnType<typeof spansOf>} spans */
function scaleOf(spans) {
  return Math.min(...spans.flatMap((low) => spans.map((high) => (BOX - low.pen - high.pen) / Math.max(LEAST, high.most - low.least))));
}

/** What brings the middle of the ink into the middle. @param {ReturnType<typeof spansOf>} spans @param {number} scale */
function startOf(spans, scale) {
  const least = Math.min(...spans.map((span) => scale * span.least - span.pen));
  const most = Math.max(...spans.map((span) => scale * span.most + span.pen));
  return Math.round((SIDE - (most - least)) / 2) - least;
}

/**
 * A drawing in pixels of ink.
 *
 * @param {Drawing} drawing
 * @param {Place} place
 * @param {{side?: number, pen?: number}} [size] Of the picture and of the pen, in its pixels.
 * @returns {Float64Array} From 0 to 1.
 */
export function inked({ levels, strokes }, place, { side = SIDE, pen = PEN } = {}) {
  const ink = new Float64Array(side * side);
  if (levels.some((level) => level > 0)) addPicture(ink, side, levels, place);
  for (const stroke of strokes) {
    const path = stroke.map(([down, across]) => [(down / GRAIN) * place.scale + place.down, (across / GRAIN) * place.scale + place.across]);
    path.forEach((to, index) => addLine(ink, side, path[Math.max(0, index - 1)], to, pen));
  }
  return ink;
}

/**
 * The paper itself, as fine as the strokes are.
 *
 * @param {Drawing} drawing
 * @returns {Float64Array} Ink from 0 to 1, `EDGE` × `EDGE`; the pixels of the picture stay squares.
 */
export function onPaper({ levels, strokes }) {
  const lines = inked({ levels: new Uint8Array(SIDE * SIDE), strokes }, { ...AS_IT_IS, scale: GRAIN }, { side: EDGE, pen: PEN * GRAIN });
  const pixel = (/** @type {number} */ at) => Math.floor(at / EDGE / GRAIN) * SIDE + Math.floor((at % EDGE) / GRAIN);
  return lines.map((ink, at) => Math.max(ink, levels[pixel(at)] / LEVELS));
}

/** Enlarged without steps: between four pixels their mean, the nearer the more. @param {Float64Array} ink @param {number} side @param {Uint8Array} levels @param {Place} place */
function addPicture(ink, side, levels, { scale, down, across }) {
  const level = (/** @type {number} */ row, /** @type {number} */ column) =>
    row >= 0 && row < SIDE && column >= 0 && column < SIDE ? levels[row * SIDE + column] / LEVELS : 0;
  for (let at = 0; at < ink.length; at++) {
    const y = (Math.floor(at / side) + 0.5 - down) / scale - 0.5;
    const x = ((at % side) + 0.5 - across) / scale - 0.5;
    const [row, column] = [Math.floor(y), Math.floor(x)];
    const [v, u] = [y - row, x - column];
    ink[at] =
      (1 - v) * ((1 - u) * level(row, column) + u * level(row, column + 1)) +
      v * ((1 - u) * level(row + 1, column) + u * level(row + 1, column + 1));
  }
}

/** A line with round ends: each pixel has as much ink as the line covers of it. @param {Float64Array} ink @param {number} side @param {number[]} from @param {number[]} to @param {number} pen */
function addLine(ink, side, from, to, pen) {
  const reach = pen / 2 + 0.5;
  const range = (/** @type {0 | 1} */ axis) => [
    Math.max(0, Math.floor(Math.min(from[axis], to[axis]) - reach)),
    Math.min(side, Math.ceil(Math.max(from[axis], to[axis]) + reach)),
  ];
  const [[top, bottom], [left, right]] = [range(0), range(1)];
  const [down, across] = [to[0] - from[0], to[1] - from[1]];
  const length = down * down + across * across || 1; // of a dot any will do
  for (let row = top; row < bottom; row++)
    for (let column = left; column < right; column++) {
      // as `distanceTo`, without an array a pixel: a full paper has a million
      const [y, x] = [row + 0.5 - from[0], column + 0.5 - from[1]];
      const share = Math.max(0, Math.min(1, (y * down + x * across) / length));
      const covered = Math.min(1, reach - Math.sqrt((y - share * down) ** 2 + (x - share * across) ** 2));
      const at = row * side + column;
      if (covered > ink[at]) ink[at] = covered;
    }
}
