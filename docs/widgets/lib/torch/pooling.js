// Poolings over windows: the largest, the mean, a power mean, and windows of random sizes. No DOM.

import { pooledLength } from "../arithmetic.js";
import { rankOf } from "../layers.js";
import { axesOfLayer, fitted } from "./convolution.js";
import { replacing, ShapeError, unfitImage, unitOf } from "./problems.js";
import { product, windowsOf } from "./sight.js";
import { Decimal } from "./values.js";

/** @typedef {import("../layers.js").Layer} Layer */
/** @typedef {import("./problems.js").Shape} Shape */
/** @typedef {import("./kinds.js").Kind} Kind */

/**
 * The lengths of the image's axes: PyTorch pools channels, too, if there is an axis too few.
 *
 * @param {Layer} layer
 * @param {Shape} shape
 * @returns {[before: Shape, image: number[]]}
 */
export function pooledAxes(layer, shape) {
  const rank = rankOf(layer.name);
  if (shape.length !== rank && shape.length !== rank + 1) throw unfitImage(shape, rank);
  return [shape.slice(0, -rank), shape.slice(-rank)];
}

/** @param {Layer} layer @param {Shape} shape @returns {Shape} */
function output(layer, shape) {
  const [before, image] = pooledAxes(layer, shape);
  needHalf(layer);
  const ceil = layer.settings.get("ceil_mode");
  const axes = axesOfLayer(layer);
  const places = fitted(layer, axes, image, (axis, length) => pooledLength(axis, length, ceil));
  if (UNPADDED.has(layer.name)) needRoom(layer, image);
  return [...before, ...places];
}

/** PyTorch wants their kernel to fit without padding. */
const UNPADDED = new Set(["AvgPool3d", "LPPool3d"]);

/** @param {Layer} layer @param {number[]} image @throws {ShapeError} The kernel is longer than the image. */
function needRoom({ settings }, image) {
  const kernel = settings.get("kernel_size");
  if (image.every((length, at) => kernel[at] <= length)) return;
  throw new ShapeError(`kernel_size (${kernel.join(", ")}) must be at most the ${image.join(" × ")} that reach it, padding apart.`);
}

/** @param {Layer} layer @throws {ShapeError} It pads more than half a window. */
function needHalf(layer) {
  const kernel = layer.settings.get("kernel_size");
  const padding = layer.settings.get("padding");
  const most = kernel.map((/** @type {number} */ side) => Math.floor(side / 2));
  if (!padding?.some((/** @type {number} */ side, /** @type {number} */ at) => side > most[at])) return;
  throw new ShapeError(`padding (${padding.join(", ")}) must be at most half of kernel_size (${kernel.join(", ")}).`, [
    replacing(layer, { padding: padding.map((/** @type {number} */ side, /** @type {number} */ at) => Math.min(side, most[at])) }),
  ]);
}

/** @param {Layer} layer @param {Shape} shape @returns {Shape} */
function fractionalOutput(layer, shape) {
  const [before, image] = pooledAxes(layer, shape);
  const kernel = layer.settings.get("kernel_size");
  const sizes = fractionalSizes(layer, image);
  const spare = image.length === 3 ? 1 : 0; // PyTorch wants one place more of a volume
  sizes.forEach((size, at) => {
    if (size < 1 || size + kernel[at] - 1 + spare > image[at])
      throw new ShapeError(`The ${image[at]} ${unitOf(image.length, at)} that reach it have no room for ${size} windows of kernel_size (${kernel[at]}).`);
  });
  return [...before, ...sizes];
}

/** @param {Layer} layer @param {number[]} image @returns {number[]} */
function fractionalSizes({ settings }, image) {
  const [sizes, ratios] = [settings.get("output_size"), settings.get("output_ratio")];
  if ((sizes === null) === (ratios === null)) throw new ShapeError("Either output_size or output_ratio must be given, and not both.");
  if (sizes) return sizes;
  const all = (Array.isArray(ratios) ? ratios : image.map(() => ratios)).map((ratio) => (ratio instanceof Decimal ? ratio.value : ratio));
  if (all.length !== image.length || all.some((ratio) => !(ratio > 0 && ratio < 1))) throw new ShapeError("output_ratio must be between 0 and 1, one number or one for each axis.");
  return all.map((ratio, at) => Math.floor(image[at] * ratio));
}

const INDEX = 8; // bytes of the place that a largest number came from
const NUMBER = 4; // bytes

/** @type {Kind["saves"]} */
export const savesPlaces = (_, __, next) => ["input", INDEX * product(next)];
/** @type {Kind} */
const MEAN = { output, sees: (layer) => windowsOf(axesOfLayer(layer)), saves: () => ["input"] };
/** @type {Kind} */
const LARGEST = { ...MEAN, saves: savesPlaces };
/** Powers, means, their signs and sizes: each step keeps its own; an infinite power is the largest of sizes. @type {Kind} */
const POWER = {
  ...MEAN,
  saves({ settings }, shape, next) {
    const norm = settings.get("norm_type");
    const largest = norm instanceof Decimal && Math.abs(norm.value) === Infinity;
    return ["input", NUMBER * product(shape), (largest ? INDEX : 4 * NUMBER) * product(next)];
  },
};
/** @type {Kind} */
const FRACTIONAL = { output: fractionalOutput, sees: () => null, saves: savesPlaces };

/** @type {Record<string, Kind>} */
export const KINDS = {
  ...Object.fromEntries([1, 2, 3].flatMap((rank) => [[`MaxPool${rank}d`, LARGEST], [`AvgPool${rank}d`, MEAN], [`LPPool${rank}d`, POWER]])),
  FractionalMaxPool2d: FRACTIONAL,
  FractionalMaxPool3d: FRACTIONAL,
};
