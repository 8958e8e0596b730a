// Exercises drawn from a seed: the same seed asks everyone the same ten questions. No DOM.

import { axesOf, inputLengths, outputLength, unusedLength, visits } from "../lib/arithmetic.js";
import { FIRST } from "./state.js";
import { formulaSteps } from "./words.js";

/** @typedef {import("./state.js").State} State */
/** @typedef {import("./state.js").Axis} Axis */
/**
 * @typedef {object} Drill
 * @property {string} words The question; its answer is one whole number.
 * @property {number} answer
 * @property {string} worked How one gets there.
 * @property {State} state The same in the playground.
 */

export const QUESTIONS = 10;

/** @param {number} seed @returns {(least: number, most: number) => number} Whole numbers, each as likely. */
function drawing(seed) {
  let state = Math.imul(seed, 0x9e3779b1) >>> 0;
  return (least, most) => {
    // mulberry32, by Tommy Ettinger, in the public domain
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return least + Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * (most - least + 1));
  };
}

/**
 * One question.
 *
 * @param {number} seed
 * @param {number} question From 1 to 10: every kind comes up, some of them twice.
 * @returns {Drill}
 */
export function drill(seed, question) {
  const draw = drawing(seed * 64 + question);
  const kinds = [sizeOut, unused, cornerVisits, transposedSize, keepsSize, largestInput, dilatedSize];
  const turn = drawing(seed)(0, kinds.length - 1); // where a seed begins
  return kinds[(turn + question) % kinds.length](draw);
}

/** @typedef {(least: number, most: number) => number} Draw */

/** @param {Partial<Record<"input" | "kernel" | "stride" | "padding" | "dilation" | "added", number>>} numbers @param {boolean} [transposed] @returns {State} */
function square({ input = 7, kernel = 3, stride = 1, padding = 0, dilation = 1, added = 0 }, transposed = false) {
  return {
    ...FIRST,
    transposed,
    input: [input, input],
    kernel: [kernel, kernel],
    stride: [stride, stride],
    padding: [[padding, padding], [padding, padding]],
    dilation: [dilation, dilation],
    added: [added, added],
  };
}

/** @param {State} state @returns {string} */
function settingWords({ input, kernel, stride, padding, dilation, added, transposed }) {
  const [[side]] = /** @type {[[number, number], [number, number]]} */ (padding);
  const more = [
    dilation[0] > 1 ? `, dilation ${dilation[0]}` : "",
    added[0] > 0 ? `, output padding ${added[0]}` : "",
  ];
  const kind = transposed ? "A transposed convolution" : "A convolution";
  return `${kind}: input ${input.join(" × ")}, kernel ${kernel.join(" × ")}, stride ${stride[0]}, padding ${side}${more.join("")}.`;
}

/** @param {State} state @returns {[axis: Axis, length: number]} */
const axisOf = (state) => [axesOf(state)[0], state.input[0]];
/** @param {State} state */
const worked = (state) => `${formulaSteps(...axisOf(state)).join(" = ")}.`;

/** @param {Draw} draw @returns {Drill} */
function sizeOut(draw) {
  const kernel = draw(2, 7);
  const state = square({ kernel, input: draw(kernel + 2, 32), stride: draw(1, 4), padding: draw(0, Math.floor(kernel / 2)) });
  return { words: `${settingWords(state)} How many rows come out?`, answer: outputLength(...axisOf(state)), worked: worked(state), state };
}

/** @param {Draw} draw @returns {Drill} */
function unused(draw) {
  const kernel = draw(2, 5);
  const state = square({ kernel, input: draw(kernel + 6, 32), stride: draw(2, 5), padding: draw(0, 2) });
  const [axis, length] = axisOf(state);
  const room = length + 2 * axis.before - axis.kernel;
  return {
    words: `${settingWords(state)} How many rows of the padded input does no window read?`,
    answer: unusedLength(axis, length),
    worked: `(i + 2p − k) mod s = (${length} + 2·${axis.before} − ${axis.kernel}) mod ${axis.stride} = ${room} mod ${axis.stride} = ${unusedLength(axis, length)}.`,
    state,
  };
}

/** @param {Draw} draw @returns {Drill} */
function cornerVisits(draw) {
  const kernel = draw(2, 5);
  const state = square({ kernel, input: draw(kernel + 3, 16), padding: draw(0, kernel - 1) });
  const [axis, length] = axisOf(state);
  const [first] = visits(axis, length);
  return {
    words: `${settingWords(state)} How many windows read the pixel in the top left corner?`,
    answer: first ** 2,
    worked: `Along the rows ${first} of the windows reach it: p + 1 of them, as each starts a row further up, but no more than k. The same along the columns: ${first} · ${first} = ${first ** 2}.`,
    state,
  };
}

/** @param {Draw} draw @returns {Drill} */
function transposedSize(draw) {
  const [kernel, stride] = [draw(2, 5), draw(1, 4)];
  const state = square({ kernel, stride, input: draw(2, 14), padding: draw(0, Math.floor(kernel / 2)), added: draw(0, stride - 1) }, true);
  return { words: `${settingWords(state)} How many rows come out?`, answer: outputLength(...axisOf(state)), worked: worked(state), state };
}

/** @param {Draw} draw @returns {Drill} */
function keepsSize(draw) {
  const [half, dilation] = [draw(1, 4), draw(1, 3)];
  const kernel = 2 * half + 1;
  const state = square({ input: 16, kernel, dilation, padding: half * dilation });
  const gaps = dilation > 1 ? `, dilation ${dilation}` : "";
  return {
    words: `A convolution: kernel ${kernel} × ${kernel}, stride 1${gaps}. How much padding on each side keeps the size of the image?`,
    answer: half * dilation,
    worked: `The kernel reaches over k + (k − 1)(d − 1) = ${(kernel - 1) * dilation + 1}; half of what that is over 1 goes on each side: ${half * dilation}.`,
    state,
  };
}

/** @param {Draw} draw @returns {Drill} */
function largestInput(draw) {
  const [kernel, stride, output] = [draw(2, 5), draw(2, 4), draw(3, 6)];
  const [axis] = axesOf(square({ kernel, stride }));
  const [, most] = /** @type {[number, number]} */ (inputLengths(axis, output));
  return {
    words: `A convolution: kernel ${kernel} × ${kernel}, stride ${stride}, no padding. How many rows has the largest input that gives ${output} rows?`,
    answer: most,
    worked: `The last window starts at row ${stride}·(${output} − 1) and takes ${kernel}; ${stride - 1} more rows are too few for another window: ${stride}·(${output} − 1) + ${kernel} + ${stride - 1} = ${most}.`,
    state: square({ kernel, stride, input: most }),
  };
}

/** @param {Draw} draw @returns {Drill} */
function dilatedSize(draw) {
  const [kernel, dilation] = [draw(2, 4), draw(2, 3)];
  const extent = (kernel - 1) * dilation + 1;
  const state = square({ kernel, dilation, input: draw(extent + 2, 28), stride: draw(1, 3), padding: draw(0, 2) });
  const reach = `k̂ = ${kernel} + (${kernel} − 1)·(${dilation} − 1) = ${extent}; `;
  return { words: `${settingWords(state)} How many rows come out?`, answer: outputLength(...axisOf(state)), worked: reach + worked(state), state };
}
