// What the tracer shows, as one plain object: read from settings, written back, worked out. No DOM.

import { Refusal } from "../lib/numbers.js";
import { Choice } from "../lib/sequential_parser.js";
import { follow, readWhole } from "../lib/settings.js";
import { trace } from "../lib/shapes.js";
import { BROKEN_NETWORKS } from "./broken_networks.js";
import { verdictOf } from "./mending.js";
import { codeOf, entriesOf, readNetwork, readShape, readStack, shortCode, stackCode, writeStack } from "./stack.js";

/** @typedef {import("../lib/layers.js").Layer} Layer */
/** @typedef {import("../lib/sequential_parser.js").Part} Part */
/** @typedef {import("../lib/shapes.js").Shape} Shape */
/** @typedef {import("../lib/shapes.js").Trace} Trace */
/** @typedef {import("./broken_networks.js").BrokenNetwork} BrokenNetwork */
/**
 * @typedef {object} State
 * @property {string} code As typed; it may be no stack.
 * @property {string} part The stack that is chosen where the code holds several; else empty.
 * @property {Shape} input
 * @property {number} broken Which broken network is being mended, from 1; 0: none.
 */
/**
 * @typedef {object} Worked
 * @property {Layer[]} layers
 * @property {Part[]} parts The stacks to choose from, where the code holds several.
 * @property {string} refused Why the code can't be read; empty if it can.
 * @property {Trace} trace
 * @property {{mended: boolean, words: string} | null} verdict
 */

/** The network of these pages. @type {State} */
export const FIRST = {
  code: stackCode(["Conv2d(1, 16, 5)", "MaxPool2d(2)", "ReLU()", "Conv2d(16, 32, 5)", "MaxPool2d(2)", "ReLU()", "Flatten()", "Linear(512, 10)"]),
  part: "",
  input: [1, 28, 28],
  broken: 0,
};

/** @param {number} broken From 1. @returns {State} */
export function brokenState(broken) {
  const { layers, input } = BROKEN_NETWORKS[broken - 1];
  return { code: stackCode(layers), part: "", input, broken };
}

/** @param {State} state @returns {Worked} */
export function workOut(state) {
  try {
    const { layers, parts } = readNetwork(state.code, state.part);
    const traced = trace(layers, state.input);
    return { layers, parts, refused: "", trace: traced, verdict: state.broken ? judged(state, layers, traced) : null };
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    const parts = error instanceof Choice ? error.parts : [];
    return { layers: [], parts, refused: error.message, trace: { input: state.input, rows: [], problem: null }, verdict: null };
  }
}

/** @param {State} state @param {Layer[]} layers @param {Trace} traced */
function judged({ broken }, layers, traced) {
  const network = BROKEN_NETWORKS[broken - 1];
  const before = writeStack(readStack(stackCode(network.layers)));
  return verdictOf(network, before, writeStack(layers), traced);
}

/**
 * Follow settings that anyone may have written, each only if it can be used.
 *
 * @param {State} start
 * @param {Map<string, string>} settings
 * @returns {{state: State, refused: string[]}}
 */
export function withSettings(start, settings) {
  return follow(start, settings, READERS); // in their order: a broken network brings its own input and code
}

/** @type {import("../lib/settings.js").Readers<State>} */
const READERS = {
  broken: (text) => {
    const broken = readWhole("Broken", text, 0, BROKEN_NETWORKS.length);
    return broken ? brokenState(broken) : { broken };
  },
  input: (text) => ({ input: readShape(text) }),
  code: (text) => ({ code: codeOf(entriesOf(readStack(text))), part: "" }),
};

/** @param {State} state @returns {Record<string, string>} What `withSettings` reads; a code that can't be read is left out. */
export function settingsOf(state) {
  const { layers } = workOut(state);
  const code = layers.length ? shortCode(layers) : "";
  return { broken: String(state.broken), input: state.input.join("x"), ...(code ? { code } : {}) };
}

/**
 * Why a link to this state would not open what is shown; empty if it does: it is read back and compared.
 *
 * @param {State} state
 * @returns {string}
 */
export function linkProblem(state) {
  const shown = workOut(state);
  if (shown.refused) return "The code can't be read, so a link can't hold it.";
  if (!shown.layers.length) return "There is no layer that a link could hold.";
  const { state: read, refused } = withSettings(FIRST, new Map(Object.entries(settingsOf(state))));
  const opened = workOut(read);
  const same = refused.length === 0 && rowsOf(opened) === rowsOf(shown) && read.broken === state.broken;
  return same ? "" : "A link can't hold this network: read back, it is another one. Share the code instead.";
}

/** @param {Worked} worked @returns {string} All that a table shows, but the names of the layers. */
const rowsOf = ({ layers, trace: { input, rows, problem } }) => JSON.stringify([input, writeStack(layers), rows.map(({ layer: _, ...row }) => row), problem?.message]);
