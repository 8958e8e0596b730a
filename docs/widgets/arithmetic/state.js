// What the playground shows, as one plain object: read from settings, written back. No DOM.

import { axesOf } from "../lib/arithmetic.js";
import { parseNumber, Refusal } from "../lib/numbers.js";
import { countedText, follow, readCounted } from "../lib/settings.js";

/** @typedef {import("../lib/arithmetic.js").Pair} Pair */
/** @typedef {import("../lib/arithmetic.js").Axis} Axis */
/**
 * @typedef {object} State Each number keeps its own rule; together they may not fit, and then it is said.
 * @property {boolean} transposed
 * @property {Pair} input
 * @property {Pair} kernel
 * @property {Pair} stride
 * @property {[Pair, Pair] | "same"} padding ((top, bottom), (left, right)).
 * @property {Pair} dilation
 * @property {Pair} added Output padding.
 * @property {number} inChannels
 * @property {number} outChannels
 * @property {number} groups
 * @property {boolean} painted Draw a transposed convolution as patches that inputs paint.
 * @property {boolean} counts
 * @property {number} step Which output (or, painted, which input), in reading order from 0.
 * @property {number} seed Of the exercises.
 * @property {number} question From 1; 0 while the exercises are closed.
 */

/** The pairs that a reader can set, in the order of the controls. */
export const SIZES = {
  input: { label: "Input size", least: 1, most: 32 },
  kernel: { label: "Kernel size", least: 1, most: 32 },
  stride: { label: "Stride", least: 1, most: 16 },
  dilation: { label: "Dilation", least: 1, most: 16 },
  added: { label: "Output padding", least: 0, most: 15 },
};
export const PADDING = { label: "Padding", least: 0, most: 32 };
export const CHANNELS = {
  inChannels: { label: "Input channels", least: 1, most: 512 },
  outChannels: { label: "Output channels", least: 1, most: 512 },
  groups: { label: "Groups", least: 1, most: 512 },
};
export const EXERCISES = {
  seed: { label: "Seed", least: 1, most: 999_999 },
  question: { label: "Question", least: 0, most: 10 },
};
const MOST_STEPS = 1_000_000;

/** @type {State} */
export const FIRST = {
  transposed: false,
  input: [7, 7],
  kernel: [3, 3],
  stride: [2, 2],
  padding: [[1, 1], [1, 1]],
  dilation: [1, 1],
  added: [0, 0],
  inChannels: 4,
  outChannels: 8,
  groups: 1,
  painted: false,
  counts: false,
  step: 0,
  seed: 1,
  question: 0,
};

/** @param {State} state @returns {Pair[]} Of the axes: before, after. Of "same" none are set. */
export function sidesOf({ padding }) {
  return padding === "same" ? [[0, 0], [0, 0]] : padding;
}

/** @param {State} state @returns {Axis[]} A direct convolution has no output padding. */
export function axesFor(state) {
  return axesOf({ ...state, added: state.transposed ? state.added : [0, 0] });
}

/**
 * Follow settings that anyone may have written, each only if it can be used.
 *
 * @param {State} start
 * @param {Map<string, string>} settings
 * @returns {{state: State, refused: string[]}}
 */
export function withSettings(start, settings) {
  const readers = Object.keys(settingsOf(start)).map((name) => [name, (/** @type {string} */ text) => readSetting(name, text)]);
  return follow(start, settings, Object.fromEntries(readers));
}

/** @param {string} name @param {string} text @returns {Partial<State>} @throws {Refusal} */
function readSetting(name, text) {
  const whole = (/** @type {{label: string, least: number, most: number}} */ rule) => parseNumber(text, { ...rule, whole: true });
  const on = () => whole({ label: name, least: 0, most: 1 }) === 1;
  switch (name) {
    case "transposed": return { transposed: on() };
    case "painted": return { painted: on() };
    case "counts": return { counts: on() };
    case "padding": return { padding: readPadding(text) };
    case "in": return { inChannels: whole(CHANNELS.inChannels) };
    case "out": return { outChannels: whole(CHANNELS.outChannels) };
    case "groups": return { groups: whole(CHANNELS.groups) };
    case "step": return { step: readCounted("Step", text, MOST_STEPS) };
    case "seed": return { seed: whole(EXERCISES.seed) };
    case "question": return { question: whole(EXERCISES.question) };
    default: {
      const [rows, columns = rows] = numbersIn(text, SIZES[/** @type {keyof typeof SIZES} */ (name)], [1, 2]);
      return { [name]: [rows, columns] };
    }
  }
}

/** @param {string} text @returns {[Pair, Pair] | "same"} `1`, `1x2` (rows, columns), `1x2x0x0` (top, bottom, left, right) or `same`. */
function readPadding(text) {
  if (text === "same") return text;
  const [first, second = first, left, right] = numbersIn(text, PADDING, [1, 2, 4]);
  return left === undefined ? [[first, first], [second, second]] : [[first, second], [left, right]];
}

/** @param {string} text @param {{label: string, least: number, most: number}} rule @param {number[]} lengths @returns {number[]} */
function numbersIn(text, rule, lengths) {
  const parts = text.split("x");
  if (!lengths.includes(parts.length)) throw new Refusal(`${rule.label} must be ${lengths.join(" or ")} numbers with an x between.`);
  return parts.map((part) => parseNumber(part, { ...rule, whole: true }));
}

/** @param {State} state @returns {Record<string, string>} What `withSettings` reads. */
export function settingsOf(state) {
  const pair = (/** @type {Pair} */ [rows, columns]) => (rows === columns ? `${rows}` : `${rows}x${columns}`);
  const even = state.padding !== "same" && state.padding.every(([before, after]) => before === after);
  const padding = state.padding === "same" ? "same" : even ? pair([state.padding[0][0], state.padding[1][0]]) : state.padding.flat().join("x");
  const on = (/** @type {boolean} */ value) => (value ? "1" : "0");
  return {
    transposed: on(state.transposed),
    input: pair(state.input),
    kernel: pair(state.kernel),
    stride: pair(state.stride),
    padding,
    dilation: pair(state.dilation),
    added: pair(state.added),
    in: String(state.inChannels),
    out: String(state.outChannels),
    groups: String(state.groups),
    painted: on(state.painted),
    counts: on(state.counts),
    step: countedText(state.step),
    seed: String(state.seed),
    question: String(state.question),
  };
}
