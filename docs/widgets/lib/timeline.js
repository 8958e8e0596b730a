// A training's first layer at every snapshot, as the build wrote it. No DOM.

import { scaleOf } from "./colours.js";
import { percent } from "./numbers.js";
import { unpack } from "./packed.js";

export const FAMILIES = /** @type {const} */ (["edge", "line", "blob"]);

/**
 * @typedef {object} Looks One list a snapshot, with one value a kernel.
 * @property {number[][]} edge How much of the kernel the best edge explains, from 0 to 1.
 * @property {number[][]} line
 * @property {number[][]} blob
 * @property {number[][]} smoothness
 * @property {string[][]} names
 */
/** @typedef {{mean: number, limit: number}} Chance Of random kernels, one in a hundred fits beyond the limit. */
/**
 * @typedef {object} Timeline
 * @property {string} name
 * @property {string} accuracy_on
 * @property {number[]} steps
 * @property {number[]} accuracy
 * @property {number[]} loss
 * @property {number[]} cosine With the start.
 * @property {number[]} change Length of the change over the length of the start.
 * @property {Looks} weights
 * @property {Looks} learned The same of the weights less their start.
 * @property {number[]} order The kernels by their orientation at the end.
 * @property {Record<string, Chance>} chance Of the fit of each family.
 * @property {Float32Array} numbers All weights.
 * @property {[snapshots: number, filters: number, height: number, width: number]} shape
 */

/**
 * @param {any} data What the build wrote.
 * @returns {Timeline}
 */
export function readTimeline(data) {
  return { ...data, numbers: unpack(data.kernels), shape: data.kernels.shape };
}

/**
 * One kernel at one snapshot.
 *
 * @param {Timeline} timeline
 * @param {number} snapshot
 * @param {number} filter
 * @param {boolean} learned Less its start.
 * @returns {import("./convolution.js").Stack}
 */
export function kernelAt({ numbers, shape }, snapshot, filter, learned) {
  const [, filters, height, width] = shape;
  const area = height * width;
  const data = Float64Array.from(numbers.subarray((snapshot * filters + filter) * area).subarray(0, area));
  if (learned) data.forEach((_, index) => (data[index] -= numbers[filter * area + index]));
  return { data, channels: 1, height, width };
}

/**
 * The largest weight of all kernels and snapshots: one scale, so that time can be compared too.
 *
 * @param {Timeline} timeline
 * @param {boolean} learned
 * @returns {number}
 */
export function sharedScale(timeline, learned) {
  const [snapshots, filters] = timeline.shape;
  let scale = 0;
  for (let snapshot = 0; snapshot < snapshots; snapshot++)
    for (let filter = 0; filter < filters; filter++)
      scale = Math.max(scale, scaleOf(kernelAt(timeline, snapshot, filter, learned).data));
  return scale;
}

/**
 * The snapshot nearest to a step.
 *
 * @param {number[]} steps
 * @param {number} step
 * @returns {number}
 */
export function nearestSnapshot(steps, step) {
  return steps.reduce((best, each, index) => (Math.abs(each - step) < Math.abs(steps[best] - step) ? index : best), 0);
}

/** @param {number[]} values @returns {number} */
export function meanOf(values) {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/**
 * How many kernels have earned each name.
 *
 * @param {string[]} names
 * @returns {Record<"edge" | "line" | "blob" | "none", number>}
 */
export function countNames(names) {
  const count = (/** @type {string} */ wanted) => names.filter((name) => name === wanted).length;
  return { edge: count("edge"), line: count("line"), blob: count("blob"), none: count("none") };
}

/** Why a kernel has its name, or none. @param {string} name @param {string} best The family that fits best. @param {number} limit @returns {string} */
export function nameWords(name, best, limit) {
  const reached = `${percent(limit)}, which one random kernel in a hundred exceeds`;
  if (name === "none") return `No name: the best fit, ${article(best)}, is not beyond ${reached}.`;
  return `Named ${article(name)}: this fits best, and beyond ${reached}.`;
}

/** @param {string} name */
const article = (name) => `${name === "edge" ? "an" : "a"} ${name}`;
