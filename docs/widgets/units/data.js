// The units of one layer of one network, as the build wrote them. No DOM.

import { unpack, unpackLevels, unpackSigned } from "../lib/packed.js";

/** @typedef {import("../lib/convolution.js").Stack} Stack */
/** @typedef {{levels: Int8Array, scales: number[]}} Signed Level 127 stands for the scale, one for each picture. */
/**
 * @typedef {object} Units
 * @property {string} layer `conv1` or `conv2`.
 * @property {string} end `trained` or `start`.
 * @property {number} padding Of both layers.
 * @property {string} source `sample` or `mnist`.
 * @property {string} images What the patches are cut from, in words.
 * @property {number} count Of units.
 * @property {number} ranks Patches of each.
 * @property {number} side Of the receptive field, in pixels.
 * @property {Uint8Array} patches Ink from 0 to 255.
 * @property {number[][]} labels For each unit and rank.
 * @property {number[][]} responses Before ReLU.
 * @property {number[][]} indices Which image.
 * @property {number[][]} rows Of the image, from 0, where the patch begins; below 0 in the padding.
 * @property {number[][]} columns
 * @property {number[]} coherence Mean correlation of the patches; a flat one counts as 0.
 * @property {number[]} otherCoherence The same at the training's other end.
 * @property {Record<string, Signed>} projections By method.
 * @property {Uint8Array} maximised Ink from 0 to 255.
 * @property {number[]} reached The response to the maximised image.
 * @property {Float32Array} kernels Of the first layer, 25 weights each.
 * @property {Record<string, number[]>} fits Of the first layer's kernels: how much the best edge, line and blob explain.
 * @property {Record<string, import("../lib/timeline.js").Chance>} chance Of each fit.
 * @property {string[]} names Of the first layer's kernels.
 * @property {number[][]} norms Of each slice of a filter; of the second layer alone.
 * @property {number[][]} drawn The channels whose slices are drawn, strongest first.
 * @property {Signed} slices
 */

const LEVELS = { ink: 255, signed: 127 };
export const KERNEL = 5; // rows and columns

/** @param {any} data What the build wrote. @returns {Units} */
export function readUnits(data) {
  const [count, ranks, side] = data.patches.shape;
  return {
    ...data,
    ...{ count, ranks, side, otherCoherence: data.other_coherence },
    patches: unpackLevels(data.patches),
    maximised: unpackLevels(data.maximised),
    projections: Object.fromEntries(Object.entries(data.projections).map(([method, each]) => [method, signed(each)])),
    kernels: unpack(data.kernels),
    slices: data.slices && signed(data.slices),
  };
}

/** @param {any} packed @returns {Signed} */
const signed = (packed) => ({ levels: unpackSigned(packed), scales: packed.scales });

/** @param {ArrayLike<number>} values @param {number} at @param {number} side @param {number} by @returns {Stack} */
function square(values, at, side, by) {
  const area = side * side;
  return { data: Float64Array.from({ length: area }, (_, index) => values[at * area + index] * by), channels: 1, height: side, width: side };
}

/** Ink from 0 to 1. @param {Units} units @param {number} unit @param {number} rank From 0, the strongest. @returns {Stack} */
export function patchOf({ patches, ranks, side }, unit, rank) {
  return square(patches, unit * ranks + rank, side, 1 / LEVELS.ink);
}

/** What a unit's patches have in common. @param {Units} units @param {number} unit @returns {Stack} */
export function meanPatch(units, unit) {
  const mean = patchOf(units, unit, 0);
  for (let rank = 1; rank < units.ranks; rank++) patchOf(units, unit, rank).data.forEach((ink, index) => (mean.data[index] += ink));
  mean.data.forEach((ink, index) => (mean.data[index] = ink / units.ranks));
  return mean;
}

/** @param {Units} units @param {number} unit @param {string} method @returns {Stack} */
export function projectionOf({ projections, side }, unit, method) {
  const { levels, scales } = projections[method];
  return square(levels, unit, side, scales[unit] / LEVELS.signed);
}

/** Ink from 0 to 1. @param {Units} units @param {number} unit @returns {Stack} */
export function maximisedOf({ maximised, side }, unit) {
  return square(maximised, unit, side, 1 / LEVELS.ink);
}

/** A kernel of the first layer. @param {Units} units @param {number} channel @returns {Stack} */
export function kernelAt({ kernels }, channel) {
  return square(kernels, channel, KERNEL, 1);
}

/**
 * The strongest slices of a filter of the second layer.
 *
 * @param {Units} units
 * @param {number} unit
 * @returns {{channel: number, slice: Stack, scale: number}[]}
 */
export function slicesOf({ slices, drawn }, unit) {
  const { levels, scales } = slices;
  return drawn[unit].map((channel, rank) => ({
    channel,
    slice: square(levels, unit * drawn[unit].length + rank, KERNEL, scales[unit] / LEVELS.signed),
    scale: scales[unit], // one for all slices of a filter: their strengths can be compared
  }));
}

/**
 * Pearson's correlation.
 *
 * @param {ArrayLike<number>} first
 * @param {ArrayLike<number>} second As long.
 * @returns {number | null} Null where one of them does not vary.
 */
export function correlation(first, second) {
  const centred = [first, second].map((values) => {
    const mean = Array.from(values).reduce((sum, value) => sum + value, 0) / values.length;
    return Float64Array.from(values, (value) => value - mean);
  });
  const dot = (/** @type {Float64Array} */ a, /** @type {Float64Array} */ b) => a.reduce((sum, value, index) => sum + value * b[index], 0);
  const size = Math.sqrt(dot(centred[0], centred[0]) * dot(centred[1], centred[1]));
  return size > 1e-12 ? dot(centred[0], centred[1]) / size : null;
}
