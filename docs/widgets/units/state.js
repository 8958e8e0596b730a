// What the browser shows, as one plain object: read from settings, written back, worked out. No DOM.

import { scaleOf } from "../lib/colours.js";
import { quote } from "../lib/numbers.js";
import { RUN_NAMES } from "../lib/runs.js";
import { countedText, follow, readChoice, readCounted } from "../lib/settings.js";
import { correlation, maximisedOf, patchOf, projectionOf } from "./data.js";

/** @typedef {import("./data.js").Units} Units */
/**
 * @typedef {object} State
 * @property {string} run
 * @property {string} end Of the training: `trained`, or its untrained `start`.
 * @property {string} layer
 * @property {number} unit From 0.
 * @property {boolean} beside Show the twin's patches too: the same unit at the other end of the training.
 * @property {string} method How the strongest patch is projected.
 */

export const ENDS = ["trained", "start"];
export const LAYERS = ["conv1", "conv2"];
export const METHODS = ["guided", "gradient", "deconvnet"];
/** @type {Record<string, number>} */
const COUNTS = { conv1: 16, conv2: 32 };
const SWITCH = ["no", "yes"];

/** @type {State} */
export const FIRST = { run: "default", end: "trained", layer: "conv2", unit: 0, beside: false, method: "guided" };

/** @type {import("../lib/settings.js").Readers<State>} */
const READERS = {
  run: (text) => ({ run: readChoice("Training", text, RUN_NAMES) }),
  end: (text) => ({ end: readChoice("Network", text, ENDS) }),
  layer: (text) => ({ layer: readChoice("Layer", text, LAYERS) }),
  unit: (text) => ({ unit: readCounted("Unit", text, COUNTS.conv2) }),
  beside: (text) => ({ beside: readChoice("Patches beside", text, SWITCH) === "yes" }),
  method: (text) => ({ method: readChoice("Projection", text, METHODS) }),
};

/** @param {State} start @param {Map<string, string>} settings */
export function withSettings(start, settings) {
  const { state, refused } = follow(start, settings, READERS);
  const most = COUNTS[state.layer];
  if (state.unit < most) return { state, refused };
  const asked = settings.get("unit");
  const words = asked === undefined ? [] : [`Unit, counted from 1 in an address, (${quote(asked)}) must be at most ${most} in ${state.layer}.`];
  return { state: { ...state, unit: Math.min(start.unit, most - 1) }, refused: [...refused, ...words] };
}

/** @param {State} state @returns {Record<string, string>} What `withSettings` reads. */
export function settingsOf(state) {
  return { ...state, unit: countedText(state.unit), beside: state.beside ? "yes" : "no" };
}

/** @param {string} layer @param {number} unit @returns {number} A unit that the layer has. */
export const unitWithin = (layer, unit) => Math.min(unit, COUNTS[layer] - 1);

/** @param {string} end @returns {string} The other end of the training. */
export const twinOf = (end) => (end === "trained" ? "start" : "trained");

/** @param {State} state @returns {string[]} The files that it needs. */
export function filesOf({ run, end, layer, beside }) {
  return [end, ...(beside ? [twinOf(end)] : [])].map((each) => `units-${run}-${layer}-${each}`);
}

/** @typedef {ReturnType<typeof workOut>} Worked */

/**
 * Everything that the page shows of a state.
 *
 * @param {State} state
 * @param {Units} units
 * @param {Units | null} twin Where its patches are shown.
 */
export function workOut(state, units, twin) {
  const { unit, method } = state;
  const [strongest, projection] = [patchOf(units, unit, 0), projectionOf(units, unit, method)];
  return {
    state,
    units,
    twin,
    strongest,
    projection,
    maximised: maximisedOf(units, unit),
    scale: scaleOf(projection.data),
    alike: correlation(strongest.data, projection.data),
    commonest: commonestOf(units.labels[unit]),
  };
}

/**
 * The digit that most patches come from.
 *
 * @param {number[]} labels
 * @returns {{digit: number, count: number}} The smaller digit of two as common.
 */
export function commonestOf(labels) {
  const counts = Array.from({ length: 10 }, (_, digit) => labels.filter((label) => label === digit).length);
  const count = Math.max(...counts);
  return { digit: counts.indexOf(count), count };
}
