// Adaptive poolings: as many windows as are asked for, however large the image is. No DOM.

import { pooledAxes, savesPlaces } from "./pooling.js";

/** @typedef {import("../layers.js").Layer} Layer */
/** @typedef {import("./problems.js").Shape} Shape */
/** @typedef {import("./sight.js").Window} Window */
/** @typedef {import("./kinds.js").Kind} Kind */

/** @param {Layer} layer @param {Shape} shape @returns {Shape} */
function output(layer, shape) {
  const [before, image] = pooledAxes(layer, shape);
  return [...before, ...image.map((length, at) => layer.settings.get("output_size")[at] ?? length)];
}

/**
 * Windows of one size, if the lengths divide; uneven ones have none.
 *
 * @param {number[]} image
 * @param {number[]} sizes
 * @returns {Window[] | null}
 */
function evenWindows(image, sizes) {
  if (image.some((length, at) => length % sizes[at])) return null;
  return image.map((length, at) => ({ extent: length / sizes[at], stride: length / sizes[at], before: 0 }));
}

/** @type {NonNullable<Kind["sees"]>} */
function sees(layer, shape, next) {
  const [, image] = pooledAxes(layer, shape);
  return evenWindows(image, next.slice(-image.length));
}

/** A mean of the whole image keeps nothing. @param {number[]} sizes @returns {("input")[]} */
export const savesMean = (sizes) => (sizes.every((size) => size === 1) ? [] : ["input"]);

/** @type {Kind} */
const MEAN = { output, sees, saves: (layer, shape, next) => savesMean(next.slice(-pooledAxes(layer, shape)[1].length)) };
/** @type {Kind} */
const LARGEST = { output, sees, saves: savesPlaces };

/** @type {Record<string, Kind>} */
export const KINDS = Object.fromEntries([1, 2, 3].flatMap((rank) => [[`AdaptiveAvgPool${rank}d`, MEAN], [`AdaptiveMaxPool${rank}d`, LARGEST]]));
