// What the two boards draw: which cells are pixels, which are zeros, what the window reads. Rows and
// columns never interact, so each board is described by its two axes. No DOM.

import { contributions, directOf, extentOf, outputLength, paintedLength, stretchedLength, unusedLength, visits } from "../lib/arithmetic.js";
import { axesFor } from "./state.js";

/** @typedef {import("./state.js").State} State */
/** @typedef {import("./state.js").Axis} Axis */
/** @typedef {"pixel" | "padding" | "gap" | "cut"} Kind A gap: a zero between pixels; cut: taken off the output. */
/**
 * @typedef {object} Line One axis of a board.
 * @property {Kind[]} kinds
 * @property {number[]} taps What the kernel's elements lie on, at this step.
 * @property {[number, number]} span From the first of them to beyond the last.
 * @property {number} read How many cells any window reaches; the rest are hatched.
 * @property {number[]} counts For each pixel in order; empty where none are shown.
 */
/** @typedef {{rows: Line, columns: Line}} Board */
/** @typedef {{near: Board, far: Board, steps: [number, number], painted: boolean}} Picture Near: the input. */

/**
 * @param {State} state One that has no problem.
 * @returns {Picture}
 */
export function pictureOf(state) {
  const axes = axesFor(state);
  const painted = state.transposed && (state.painted || axes.some((axis) => directOf(axis) === null));
  const steps = /** @type {[number, number]} */ (axes.map((axis, at) => (painted ? state.input[at] : outputLength(axis, state.input[at]))));
  const step = Math.min(state.step, steps[0] * steps[1] - 1);
  const places = [Math.floor(step / steps[1]), step % steps[1]];
  const draw = state.transposed ? (painted ? paintedLines : stretchedLines) : directLines;
  const [rows, columns] = axes.map((axis, at) => draw(axis, state.input[at], places[at]));
  return {
    near: { rows: rows.near, columns: columns.near },
    far: { rows: rows.far, columns: columns.far },
    steps,
    painted,
  };
}

/** @param {Axis} axis @param {number} first @returns {{taps: number[], span: [number, number]}} */
function window(axis, first) {
  const taps = Array.from({ length: axis.kernel }, (_, element) => first + element * axis.dilation);
  return { taps, span: [first, first + extentOf(axis)] };
}

/** @param {number} place @returns {{taps: number[], span: [number, number]}} */
const single = (place) => ({ taps: [place], span: [place, place + 1] });

/** @param {number} length @param {Kind} kind @returns {Kind[]} */
const run = (length, kind) => Array(length).fill(kind);

/** @param {Axis} axis @param {number} length @param {number} place @returns {{near: Line, far: Line}} */
function directLines(axis, length, place) {
  const output = outputLength(axis, length);
  const kinds = [...run(axis.before, "padding"), ...run(length, "pixel"), ...run(axis.after, "padding")];
  const read = kinds.length - unusedLength(axis, length);
  return {
    near: { kinds, read, counts: visits(axis, length), ...window(axis, place * axis.stride) },
    far: { kinds: run(output, "pixel"), read: output, counts: contributions(axis, length), ...single(place) },
  };
}

/** @param {Axis} axis @param {number} length @param {number} place @returns {{near: Line, far: Line}} */
function stretchedLines(axis, length, place) {
  const direct = /** @type {Axis} */ (directOf(axis));
  const pixels = Array.from({ length: stretchedLength(axis, length) }, (_, at) => (at % axis.stride ? "gap" : "pixel"));
  const kinds = /** @type {Kind[]} */ ([...run(direct.before, "padding"), ...pixels, ...run(direct.after, "padding")]);
  const output = outputLength(axis, length);
  return {
    near: { kinds, read: kinds.length, counts: visits(axis, length), ...window(direct, place) },
    far: { kinds: run(output, "pixel"), read: output, counts: contributions(axis, length), ...single(place) },
  };
}

/** @param {Axis} axis @param {number} length @param {number} place @returns {{near: Line, far: Line}} */
function paintedLines(axis, length, place) {
  const whole = paintedLength(axis, length);
  const kinds = run(whole, "pixel").map((kind, at) => (at < axis.before || at >= whole - axis.after ? "cut" : kind));
  return {
    near: { kinds: run(length, "pixel"), read: length, counts: visits(axis, length), ...single(place) },
    far: { kinds, read: whole, counts: contributions(axis, length), ...window(axis, place * axis.stride) },
  };
}

/** @param {Board} board @param {number} row @param {number} column @returns {Kind} */
export function kindAt({ rows, columns }, row, column) {
  const kinds = [rows.kinds[row], columns.kinds[column]];
  return /** @type {Kind[]} */ (["cut", "padding", "gap"]).find((kind) => kinds.includes(kind)) ?? "pixel";
}


/** @param {Line} line @returns {number[]} Where its pixels lie, in order. */
export function pixelPlaces({ kinds }) {
  return [...kinds.keys()].filter((at) => kinds[at] === "pixel");
}
