// What an argument of a layer may be, read with care: a number, a size for each axis, a choice. No DOM.

import { quote, Refusal } from "../numbers.js";

/** @typedef {number | Decimal | boolean | string | null | Value[]} Value What Python code can give a layer. */
/** @typedef {(label: string, value: Value, rank: number) => any} Read Throws a Refusal; `rank`: axes of the layer's image. */

/** A number with a decimal point: PyTorch takes it for no size, even if it is whole. */
export class Decimal {
  /** @param {number} value @param {string} [text] As it was written. */
  constructor(value, text = String(value)) {
    this.value = value;
    this.text = text;
  }
}

/** What stood in [brackets], not in (parentheses): some arguments take a tuple only. */
export class List extends Array {}

const MOST = 12; // members that are written
/** @param {Value} value @returns {string} As Python writes it. */
export function python(value) {
  if (Array.isArray(value)) return `(${value.slice(0, MOST).map(python).join(", ")}${value.length === 1 ? "," : ""}${value.length > MOST ? ", …" : ""})`;
  if (value instanceof Decimal) return value.text;
  if (typeof value === "string") return `'${value}'`;
  return value === null ? "None" : value === true ? "True" : value === false ? "False" : String(value);
}

/** @param {string} label @param {Value} value @param {string} rule @returns {Refusal} */
const unfit = (label, value, rule) => new Refusal(`${label} (${quote(python(value))}) must be ${rule}.`);

/** @param {number} least @returns {Read} */
const whole = (least) => (label, value) => {
  if (typeof value !== "number") throw unfit(label, value, "a whole number");
  if (value < least) throw unfit(label, value, `at least ${least}`);
  return value;
};

const AXES = ["", "length", "height, width", "depth, height, width"];

/** A number for each axis of the image. @param {number} least @param {boolean} [short] Whether (2,) may stand for 2. @returns {Read} */
const sizes = (least, short = false) => (label, value, rank) => {
  if (!Array.isArray(value)) return Array(rank).fill(whole(least)(label, value, rank));
  const all = short && value.length === 1 ? Array(rank).fill(value[0]) : value;
  if (all.length !== rank) throw unfit(label, value, rank === 1 ? "one number" : `a number or ${rank} of them (${AXES[rank]})`);
  return all.map((member) => whole(least)(label, member, rank));
};

/** @param {Read} read @returns {Read} */
const optional = (read) => (label, value, rank) => (value === null ? null : read(label, value, rank));

/** @type {Read} */
const real = (label, given) => {
  const value = typeof given === "boolean" ? Number(given) : given;
  if (value instanceof Decimal) return value.value;
  if (typeof value !== "number") throw unfit(label, value, "a number");
  return value;
};

/** Zeros at the edges: a number, one for each axis, or a word. @type {Read} */
const around = (label, value, rank) => {
  if (value === "same") return value;
  if (value === "valid") return Array(rank).fill(0);
  if (typeof value === "string") throw unfit(label, value, "'same', 'valid' or a number");
  return sizes(0)(label, value, rank);
};

/** A number, for the one axis of a sequence: a list is none here. @type {Read} */
const window = (label, value, rank) => [whole(1)(label, value, rank)];

/** A list of whole numbers of any length. @param {number} least @returns {Read} */
const list = (least) => (label, value, rank) => (Array.isArray(value) ? value : [value]).map((member) => whole(least)(label, member, rank));

/** Sizes to part an axis into; -1 is what is left. @type {Read} */
const parts = (label, value, rank) => {
  if (!Array.isArray(value)) throw unfit(label, value, "sizes in brackets");
  return value.map((member) => whole(-1)(label, member, rank));
};

/** @param {string[]} words @returns {Read} */
const oneOf = (...words) => (label, value) => {
  if (typeof value !== "string" || !words.includes(value)) throw unfit(label, value, words.map((word) => `'${word}'`).join(" or "));
  return value;
};

/** @type {Read} */
const truth = (label, value) => {
  if (typeof value === "boolean") return value;
  if (value === null || typeof value === "number") return Boolean(value); // as Python takes them
  throw unfit(label, value, "True or False");
};

/** PyTorch takes no number for it. @type {Read} */
const strictly = (label, value) => {
  if (typeof value !== "boolean") throw unfit(label, value, "True or False");
  return value;
};

/** @type {Read} */
const oneThing = (label, value) => {
  if (truth(label, value, 0)) throw new Refusal(`${label} makes it give two things, the numbers and their places. A stack hands on one: leave it out.`);
  return false;
};

/** @type {Read} */
const probability = (label, value) => {
  const number = real(label, value, 0);
  if (!(number >= 0 && number <= 1)) throw unfit(label, value, "from 0 to 1");
  return value;
};

/** @param {(number: number) => boolean} holds @param {string} rule @returns {Read} */
const realThat = (holds, rule) => (label, value, rank) => {
  if (!holds(real(label, value, rank))) throw unfit(label, value, rule);
  return value;
};

/** Numbers to add on each side, the last axis first: one for all, or pairs. @type {Read} */
const sides = (label, value, rank) => {
  if (!Array.isArray(value)) return Array(2 * rank).fill(whole(-Infinity)(label, value, rank));
  return value.map((member) => whole(-Infinity)(label, member, rank));
};

/** A size for each axis, or None to keep it. @type {Read} */
const kept = (label, value, rank) => {
  if (!Array.isArray(value)) return Array(rank).fill(whole(1)(label, value, rank));
  if (value.length !== rank) throw unfit(label, value, `a number or ${rank} of them`);
  return value.map((member) => (member === null && rank > 1 ? null : whole(1)(label, member, rank)));
};

/** A number, or one for each axis; how many axes there are is seen later. @param {Read} read @returns {Read} */
const each = (read) => (label, value, rank) => (Array.isArray(value) ? value.map((member) => read(label, member, rank)) : read(label, value, rank));

/** Numbers, one for each axis, that PyTorch takes in a tuple alone. @param {Read} read @returns {Read} */
const tuple = (read) => (label, value, rank) => {
  if (value instanceof List) throw new Refusal(`${label} takes a tuple, not a list. Write ${label}=${python(value)}.`);
  return read(label, value, rank);
};

/** Readers by the names that the signatures use. @type {Record<string, Read>} */
export const READ = {
  count: whole(1),
  features: (label, value, rank) => whole(1)(label, value === true ? 1 : value, rank), // as PyTorch takes it there
  whole: whole(-Infinity),
  natural: whole(0),
  sizes: sizes(1),
  strides: optional(sizes(1)),
  zeros: sizes(0),
  windows: sizes(1, true),
  window,
  steps: optional(sizes(1, true)),
  margins: sizes(0, true),
  around,
  truth,
  strictly,
  oneThing,
  real: (label, value, rank) => (real(label, value, rank), value),
  maybeReal: optional((label, value, rank) => (real(label, value, rank), value)),
  aboveZero: realThat((number) => number > 0, "more than 0, or training would fail"),
  nonzero: realThat((number) => number !== 0, "another number than 0"),
  positive: realThat((number) => number >= 0, "at least 0"),
  probability,
  mode: oneOf("zeros", "reflect", "replicate", "circular"),
  zerosMode: oneOf("zeros"),
  gelu: oneOf("none", "tanh"),
  dim: whole(-Infinity),
  maybeDim: optional(whole(-Infinity)),
  list: list(1),
  parts,
  sides,
  kept,
  divisor: optional((label, value, rank) => {
    if (value === 0) throw unfit(label, value, "another number than 0");
    return whole(-Infinity)(label, value, rank);
  }),
  maybeSizes: optional(sizes(1)),
  maybeEach: optional(each(whole(1))),
  factors: optional(tuple(each((label, value, rank) => (real(label, value, rank), value)))),
  ratios: optional(each((label, value, rank) => (real(label, value, rank), value))),
  dtype: (label, value) => {
    if (value !== null) throw unfit(label, value, "left out: sizes in memory are of float32");
    return null;
  },
  any: (_, value) => value, // shapes do not depend on it
};

/** Readers that take one number for all axes. */
export const SPREADING = new Set(["sizes", "strides", "zeros", "windows", "window", "steps", "margins", "around", "sides", "kept", "maybeSizes"]);
