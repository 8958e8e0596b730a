// What the stepper shows, as one plain object: read from settings, written back, worked out. No DOM.

import { crossCorrelate, oneMap, outputSize, termsOf, turned } from "../lib/convolution.js";
import { scaleOf } from "../lib/colours.js";
import { MOST_INK, smallDigit } from "../lib/digits.js";
import { kernelsUpTo, matrixText, nameOf, readKernel } from "../lib/kernels.js";
import { parseMatrix, parseNumber, Refusal } from "../lib/numbers.js";
import { countedText, readCounted } from "../lib/settings.js";

export const IMAGE_SIDE = 10;
export const SIDES = [1, 2, 3, 4, 5];
const PIXEL = { least: -99, most: 99 };

/** The whole numbers that a reader can set, in the order of the controls. */
export const NUMBERS = {
  stride: { label: "Stride", least: 1, most: 4 },
  padding: { label: "Padding", least: 0, most: 3 },
  dilation: { label: "Dilation", least: 1, most: 3 },
  level: { label: "Added to every pixel", least: 0, most: MOST_INK },
};

/**
 * @typedef {object} State
 * @property {number | null} digit Which digit is shown; null: numbers that were typed.
 * @property {number[][]} image Before `level` is added.
 * @property {number[][]} kernel As it is typed.
 * @property {boolean} flip Turn the kernel by 180° first: convolution.
 * @property {number} stride
 * @property {number} padding
 * @property {number} dilation
 * @property {number} level
 * @property {number} step Which output, in reading order from 0.
 */
/**
 * @typedef {object} Bank What the build wrote for the stepper.
 * @property {number[][][]} digits Ten small digits.
 * @property {import("../lib/kernels.js").Kernels} kernels None larger than the stepper takes.
 */

/**
 * @param {{images: number[][]}} digits
 * @param {{name: string, weights: number[][]}[]} kernels
 * @returns {Bank}
 */
export function makeBank({ images }, kernels) {
  return { digits: images.map(smallDigit), kernels: kernelsUpTo(kernels, SIDES[SIDES.length - 1]) };
}

/** @param {Bank} bank @returns {State} */
export function firstState(bank) {
  return {
    digit: 7,
    image: bank.digits[7],
    kernel: bank.kernels.get("prewitt-x") ?? [[-1, 0, 1]],
    flip: false,
    stride: 1,
    padding: 0,
    dilation: 1,
    level: 0,
    step: 0,
  };
}

/** @param {string} text @returns {number[][]} @throws {Refusal} */
export function readImage(text) {
  return parseMatrix(text, {
    label: "The image",
    mostRows: IMAGE_SIDE,
    mostColumns: IMAGE_SIDE,
    ...PIXEL,
  });
}

/**
 * Follow settings that anyone may have written, each only if it can be used.
 *
 * @param {State} start
 * @param {Map<string, string>} settings
 * @param {Bank} bank
 * @returns {{state: State, refused: string[]}}
 */
export function withSettings(start, settings, bank) {
  let state = start;
  /** @type {string[]} */
  const refused = [];
  for (const name of ["digit", "image", "kernel", "flip", ...Object.keys(NUMBERS), "step"]) {
    const text = settings.get(name);
    if (text === undefined) continue;
    try {
      state = changed(state, readSetting(name, text, bank));
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      refused.push(error.message);
    }
  }
  return { state, refused };
}

/** @param {string} name @param {string} text @param {Bank} bank @returns {Partial<State>} @throws {Refusal} */
function readSetting(name, text, bank) {
  if (name === "image") return { digit: null, image: readImage(text) };
  if (name === "kernel") return { kernel: readKernel(text, bank.kernels, SIDES) };
  if (name === "flip")
    return { flip: parseNumber(text, { label: "Flip", least: 0, most: 1, whole: true }) === 1 };
  if (name === "digit") {
    const digit = parseNumber(text, { label: "Digit", least: 0, most: 9, whole: true });
    return { digit, image: bank.digits[digit] };
  }
  if (name === "step")
    return { step: readCounted("Step", text, 1e6) };
  const rule = NUMBERS[/** @type {keyof typeof NUMBERS} */ (name)];
  return { [name]: parseNumber(text, { ...rule, whole: true }) };
}

/**
 * The state after a change, with the step still on the map.
 *
 * @param {State} state
 * @param {Partial<State>} change
 * @returns {State}
 * @throws {Refusal} No window would fit.
 */
export function changed(state, change) {
  const next = { ...state, ...change };
  const [rows, columns] = mapSize(next);
  if (rows * columns === 0) throw new Refusal(tooLarge(next));
  return { ...next, step: Math.min(next.step, rows * columns - 1) };
}

/** @param {State} state @returns {[rows: number, columns: number]} */
function mapSize(state) {
  const { image, kernel } = state;
  return [
    outputSize(image.length, kernel.length, state),
    outputSize(image[0].length, kernel[0].length, state),
  ];
}

/** @param {State} state */
function tooLarge({ image, kernel, padding, dilation }) {
  const reach = dilation * (kernel.length - 1) + 1;
  const side = Math.min(image.length, image[0].length) + 2 * padding;
  return `No window fits: the kernel reaches over ${reach} pixels, and the image with its padding has ${side}.`;
}

/** @param {State} state @param {Bank} bank @returns {Record<string, string>} What `withSettings` reads. */
export function settingsOf(state, bank) {
  const named = nameOf(state.kernel, bank.kernels);
  return {
    digit: state.digit === null ? "" : String(state.digit),
    image: state.digit === null ? matrixText(state.image) : "",
    kernel: named ?? matrixText(state.kernel),
    flip: state.flip ? "1" : "0",
    ...Object.fromEntries(
      Object.keys(NUMBERS).map((name) => [
        name,
        String(state[/** @type {keyof typeof NUMBERS} */ (name)]),
      ]),
    ),
    step: countedText(state.step),
  };
}

/** @typedef {ReturnType<typeof workOut>} Worked */

/**
 * Everything that the page shows of a state.
 *
 * @param {State} state
 */
export function workOut(state) {
  const image = oneMap(state.image.map((row) => row.map((pixel) => pixel + state.level)));
  const typed = oneMap(state.kernel);
  const kernel = state.flip ? turned(typed) : typed;
  const map = crossCorrelate(image, kernel, state);
  const row = Math.floor(state.step / map.width);
  const column = state.step % map.width;
  const terms = termsOf(image, kernel, state, row, column);
  const scale = scaleOf(map.data);
  return { image, kernel, map, row, column, terms, scale, sum: terms[terms.length - 1].sum };
}
