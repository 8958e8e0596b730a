// What the timeline shows, as one plain object: read from settings, written back, worked out. No DOM.

import { scaleOf } from "../lib/colours.js";
import { RUN_NAMES } from "../lib/runs.js";
import { follow, readChoice, readWhole } from "../lib/settings.js";
import { kernelAt, nearestSnapshot, sharedScale } from "../lib/timeline.js";

/** @typedef {import("../lib/timeline.js").Timeline} Timeline */
/**
 * @typedef {object} State
 * @property {string} run
 * @property {string} show `weights`, or `learned`: weights less their start.
 * @property {string} scale `shared` by all kernels and steps, or each its `own`.
 * @property {string} order By `number` or by `orientation`.
 * @property {number} kernel From 0.
 * @property {number} step Of the training; the nearest snapshot is shown.
 */

const SHOWS = ["weights", "learned"];
const SCALES = ["shared", "own"];
const ORDERS = ["orientation", "number"];
const KERNELS = 16;
const MOST_STEPS = 1e6;

/** @type {State} */
export const FIRST = { run: "default", show: "weights", scale: "shared", order: "orientation", kernel: 0, step: 0 };

/** @type {import("../lib/settings.js").Readers<State>} */
const READERS = {
  run: (text) => ({ run: readChoice("Training", text, RUN_NAMES) }),
  show: (text) => ({ show: readChoice("Shown", text, SHOWS) }),
  scale: (text) => ({ scale: readChoice("Scale", text, SCALES) }),
  order: (text) => ({ order: readChoice("Order", text, ORDERS) }),
  kernel: (text) => ({ kernel: readWhole("Kernel", text, 1, KERNELS) - 1 }),
  step: (text) => ({ step: readWhole("Step", text, 0, MOST_STEPS) }),
};

/** @param {State} start @param {Map<string, string>} settings */
export const withSettings = (start, settings) => follow(start, settings, READERS);

/** @param {State} state @returns {Record<string, string>} What `withSettings` reads. */
export function settingsOf(state) {
  return { ...state, kernel: String(state.kernel + 1), step: String(state.step) };
}

/** @typedef {ReturnType<typeof workOut>} Worked */

/**
 * Everything that the page shows of a state.
 *
 * @param {State} state
 * @param {Timeline} timeline
 */
export function workOut(state, timeline) {
  const learned = state.show === "learned";
  const snapshot = nearestSnapshot(timeline.steps, state.step);
  const looks = learned ? timeline.learned : timeline.weights;
  const filters = [...timeline.order.keys()];
  const kernels = filters.map((filter) => kernelAt(timeline, snapshot, filter, learned));
  const shared = sharedScale(timeline, learned);
  return {
    timeline,
    snapshot,
    looks,
    kernels,
    order: state.order === "orientation" ? timeline.order : filters,
    scales: kernels.map(({ data }) => (state.scale === "shared" ? shared : scaleOf(data))),
  };
}
