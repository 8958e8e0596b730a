// Strokes of a pen as paths, finer than the pixels that a network sees: thinned, rubbed out, as text. No DOM.

import { SIDE } from "./network.js";
import { quote, Refusal } from "./numbers.js";

/** @typedef {[down: number, across: number]} Point In grains, from 0 to `EDGE`. */
/** @typedef {Point[]} Stroke Of one point: a dot. */

export const GRAIN = 8; // grains along a pixel of the 28 × 28
export const EDGE = SIDE * GRAIN;
export const MOST_TEXT = 600; // characters: what one value of an address may have

const STRAIGHT = 0.6; // grains that a point may lie off the line between its neighbours, and be left out
const STEP = 31; // grains: the furthest from point to point, so that a letter of the text holds it
const LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
const MIDDLE = LETTERS.length / 2; // the letter that stands for no step

/** The grain nearest to a place in pixels. @param {[down: number, across: number]} place @returns {Point} */
export function grainAt(place) {
  return /** @type {Point} */ (place.map((at) => Math.max(0, Math.min(EDGE, Math.round(at * GRAIN)))));
}

/**
 * A stroke with as few points as show it, none further than `STEP` from the last.
 *
 * @param {Stroke} stroke
 * @returns {Stroke}
 */
export function thinned(stroke) {
  const kept = bends(stroke);
  return kept.flatMap((point, index) => (index === 0 ? [point] : stepsTo(kept[index - 1], point)));
}

/** The ends and the points that the straight line would miss (Douglas and Peucker). @param {Stroke} stroke @returns {Stroke} */
function bends(stroke) {
  const [first, last] = [stroke[0], stroke[stroke.length - 1]];
  let [furthest, at] = [STRAIGHT, 0];
  for (let index = 1; index < stroke.length - 1; index++) {
    const distance = distanceTo(first, last, stroke[index]);
    if (distance > furthest) [furthest, at] = [distance, index];
  }
  if (at > 0) return [...bends(stroke.slice(0, at + 1)), ...bends(stroke.slice(at)).slice(1)];
  return first[0] === last[0] && first[1] === last[1] ? [first] : [first, last];
}

/** @param {Point} from @param {Point} to @returns {Stroke} Without `from`. */
function stepsTo(from, to) {
  const count = Math.max(1, Math.ceil(Math.max(Math.abs(to[0] - from[0]), Math.abs(to[1] - from[1])) / STEP));
  return walked(from, to, count).slice(1);
}

/** Points on the line between two, both with them. @param {Point} from @param {Point} to @param {number} count Of steps. @returns {Stroke} */
function walked(from, to, count) {
  const along = (/** @type {0 | 1} */ axis, /** @type {number} */ step) => Math.round(from[axis] + ((to[axis] - from[axis]) * step) / count);
  return Array.from({ length: count + 1 }, (_, step) => [along(0, step), along(1, step)]);
}

/**
 * How far a point is from a piece of a straight line.
 *
 * @param {readonly number[]} from
 * @param {readonly number[]} to
 * @param {readonly number[]} point
 * @returns {number}
 * @public
 */
export function distanceTo(from, to, point) {
  const [down, across] = [to[0] - from[0], to[1] - from[1]];
  const [y, x] = [point[0] - from[0], point[1] - from[1]];
  const length = down * down + across * across;
  const share = length === 0 ? 0 : Math.max(0, Math.min(1, (y * down + x * across) / length));
  return Math.hypot(y - share * down, x - share * across);
}

/**
 * What is left of some strokes where a rubber has gone along a straight line.
 *
 * @param {Stroke[]} strokes
 * @param {Point} from
 * @param {Point} to
 * @param {number} radius In grains.
 * @returns {Stroke[]}
 */
export function rubbed(strokes, from, to, radius) {
  return cut(strokes, (point) => distanceTo(from, to, point) > radius);
}

/**
 * The strokes moved, without what leaves the paper.
 *
 * @param {Stroke[]} strokes
 * @param {number} down In grains.
 * @param {number} across
 * @returns {Stroke[]}
 */
export function moved(strokes, down, across) {
  const there = strokes.map((stroke) => stroke.map(([y, x]) => /** @type {Point} */ ([y + down, x + across])));
  return cut(there, (point) => point.every((at) => at >= 0 && at <= EDGE));
}

/** The pieces of strokes whose points may stay. @param {Stroke[]} strokes @param {(point: Point) => boolean} stays @returns {Stroke[]} */
function cut(strokes, stays) {
  return strokes.flatMap((stroke) => {
    const dense = stroke.flatMap((point, index) => (index === 0 ? [point] : grainByGrain(stroke[index - 1], point)));
    if (dense.every(stays)) return [stroke];
    /** @type {Stroke[]} */
    const pieces = [[]];
    for (const point of dense) {
      if (stays(point)) pieces[pieces.length - 1].push(point);
      else pieces.push([]);
    }
    return pieces.filter((piece) => piece.length > 0).map(thinned);
  });
}

/** @param {Point} from @param {Point} to @returns {Stroke} */
function grainByGrain(from, to) {
  return walked(from, to, Math.max(1, Math.abs(to[0] - from[0]), Math.abs(to[1] - from[1]))).slice(1);
}

/**
 * Strokes as text: three letters for where each begins, two for each step, and `.` between strokes.
 *
 * @param {Stroke[]} strokes Thinned ones.
 * @returns {string}
 */
export function strokesText(strokes) {
  return strokes.map((stroke) => stroke.map((point, index) => (index === 0 ? startText(point) : stepText(stroke[index - 1], point))).join("")).join(".");
}

/** @param {Point} point */
function startText([down, across]) {
  const number = down * (EDGE + 1) + across;
  return [12, 6, 0].map((bits) => LETTERS[(number >> bits) & 63]).join("");
}

/** @param {Point} from @param {Point} to */
const stepText = (from, to) => LETTERS[to[0] - from[0] + MIDDLE] + LETTERS[to[1] - from[1] + MIDDLE];

/**
 * The strokes that `strokesText` wrote.
 *
 * @param {string} text
 * @returns {Stroke[]}
 * @throws {Refusal}
 */
export function readStrokes(text) {
  if (text.length > MOST_TEXT) throw new Refusal(`The strokes have ${text.length} characters. At most ${MOST_TEXT} are read.`);
  return text === "" ? [] : text.split(".").map((part) => readStroke(part, text));
}

/** @param {string} part @param {string} whole @returns {Stroke} */
function readStroke(part, whole) {
  const letters = [...part].map((letter) => LETTERS.indexOf(letter));
  const number = letters.slice(0, 3).reduce((sum, letter) => 64 * sum + letter, 0);
  /** @type {Stroke} */
  const stroke = [[Math.floor(number / (EDGE + 1)), number % (EDGE + 1)]];
  for (let at = 3; at < letters.length; at += 2) {
    const [down, across] = stroke[stroke.length - 1];
    stroke.push([down + letters[at] - MIDDLE, across + letters[at + 1] - MIDDLE]);
  }
  const whole3 = letters.length >= 3 && letters.length % 2 === 1 && !letters.includes(-1);
  if (whole3 && stroke.flat().every((at) => at >= 0 && at <= EDGE)) return stroke;
  throw new Refusal(`The strokes (${quote(whole)}) are not such as this page writes.`);
}
