// What the playground shows, as one plain object: read from settings, written back, worked out. No DOM.

import { crossCorrelate, oneMap } from "../lib/convolution.js";
import { mostOf, summary } from "../lib/greys.js";
import { adjusted, kernelsUpTo, matrixText, nameOf, readKernel } from "../lib/kernels.js";
import { parseNumber, quote, Refusal } from "../lib/numbers.js";
import { countedText, readCounted } from "../lib/settings.js";

export const SIDES = [3, 4, 5, 6, 7];
const SHARE = 0.99; // of the answers lie on the colour scale; a few bright spots would make the rest pale
const SWITCHES = /** @type {const} */ (["centred", "normalised", "picture"]);

/**
 * @typedef {object} State
 * @property {string} photo The name of one of ours; "" for the reader's own.
 * @property {number[][]} kernel As it is typed.
 * @property {boolean} centred Take the mean of the weights away.
 * @property {boolean} normalised Divide by the sum of absolute weights.
 * @property {boolean} picture Show answers as grey from 0 to 1 rather than signed.
 * @property {number} row Of the pixel that is read, from 0.
 * @property {number} column
 * @property {number} keptScale The colour scale that is kept; 0: the answers set it.
 */
/** @typedef {{name: string, shows: string, attribution: string}} Photo */
/**
 * @typedef {object} Bank What the build wrote for the playground.
 * @property {Photo[]} photos
 * @property {import("../lib/kernels.js").Kernels} kernels
 * @property {Map<string, {formula: string, finds: string, source: string}>} about
 */
/** @typedef {import("../lib/convolution.js").Stack} Stack */

/**
 * @param {Photo[]} photos
 * @param {{name: string, weights: number[][], formula: string, finds: string, source: string}[]} kernels
 * @returns {Bank}
 */
export function makeBank(photos, kernels) {
  const about = new Map(kernels.map((kernel) => [kernel.name, kernel]));
  return { photos, kernels: kernelsUpTo(kernels, SIDES[SIDES.length - 1]), about };
}

/** @param {Bank} bank @returns {State} */
export function firstState({ photos, kernels }) {
  const middle = { row: 127, column: 127 };
  const off = { centred: false, normalised: false, picture: false, keptScale: 0 };
  return {
    photo: photos[0].name,
    kernel: kernels.get("sobel-x") ?? [[-1, 0, 1]],
    ...middle,
    ...off,
  };
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
  for (const name of ["photo", "kernel", ...SWITCHES, "row", "column"]) {
    const text = settings.get(name);
    if (text === undefined) continue;
    try {
      state = { ...state, ...readSetting(name, text, bank) };
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      refused.push(error.message);
    }
  }
  return { state, refused };
}

/** @param {string} name @param {string} text @param {Bank} bank @returns {Partial<State>} @throws {Refusal} */
function readSetting(name, text, bank) {
  if (name === "kernel") return { kernel: readKernel(text, bank.kernels, SIDES) };
  if (name === "photo") {
    const names = bank.photos.map((photo) => photo.name);
    if (!names.includes(text))
      throw new Refusal(`The photograph (${quote(text)}) is none of ${names.join(", ")}.`);
    return { photo: text };
  }
  const label = name[0].toUpperCase() + name.slice(1);
  if (name === "row" || name === "column")
    return { [name]: readCounted(label, text, 512) };
  return { [name]: parseNumber(text, { label, least: 0, most: 1, whole: true }) === 1 };
}

/** @param {State} state @param {Bank} bank @returns {Record<string, string>} What `withSettings` reads. */
export function settingsOf(state, { kernels }) {
  return {
    ...(state.photo ? { photo: state.photo } : {}),
    kernel: nameOf(state.kernel, kernels) ?? matrixText(state.kernel),
    ...Object.fromEntries(SWITCHES.map((name) => [name, state[name] ? "1" : "0"])),
    row: countedText(state.row),
    column: countedText(state.column),
  };
}

/**
 * Refuse a picture that holds not one window of the kernel.
 *
 * @param {State} state
 * @param {Stack} image
 * @throws {Refusal}
 */
export function checkFit({ kernel }, { height, width }) {
  const side = kernel.length;
  if (Math.min(height, width) < side)
    throw new Refusal(
      `The picture, ${height} × ${width}, is smaller than the kernel, ${side} × ${side}.`,
    );
}

/** @typedef {ReturnType<typeof workOut>} Worked */

/**
 * Everything that the page shows of a state.
 *
 * @param {State} state
 * @param {Stack} image
 */
export function workOut(state, image) {
  const changed = state.centred || state.normalised;
  const weights = changed ? adjusted(state.kernel, state) : state.kernel;
  const kernel = oneMap(weights);
  const map = crossCorrelate(image, kernel);
  const range = summary(map.data);
  // window (0, 0) is centred here: what lies before it has no answer
  const [top, left] = [Math.floor((kernel.height - 1) / 2), Math.floor((kernel.width - 1) / 2)];
  const row = clamp(state.row, top, top + map.height - 1);
  const column = clamp(state.column, left, left + map.width - 1);
  const answer = map.data[(row - top) * map.width + column - left];
  const scale = state.keptScale || mostOf(map.data, SHARE);
  return { weights, changed, kernel, map, range, scale, top, left, row, column, answer };
}

/** @param {number} value @param {number} least @param {number} most */
function clamp(value, least, most) {
  return Math.max(least, Math.min(most, value));
}
