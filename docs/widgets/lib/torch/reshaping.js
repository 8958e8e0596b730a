// The same numbers in another shape or order; the axes are counted with the batch in front. No DOM.

import { outputLength } from "../arithmetic.js";
import { axesOfLayer, fitted } from "./convolution.js";
import { needImage, ShapeError, shapeWords } from "./problems.js";
import { product } from "./sight.js";

/** @typedef {import("../layers.js").Layer} Layer */
/** @typedef {import("./problems.js").Shape} Shape */
/** @typedef {import("./kinds.js").Kind} Kind */

/**
 * An axis, the batch being 0.
 *
 * @param {string} name Of the argument.
 * @param {number} dim Negative: from the end.
 * @param {Shape} shape
 * @returns {number}
 */
export function axisOf(name, dim, shape) {
  const most = shape.length;
  if (dim < -most - 1 || dim > most) throw new ShapeError(`${name} (${dim}) must be from ${-most - 1} to ${most}: ${shapeWords(shape)} reaches it, with the batch in front.`);
  return dim < 0 ? dim + most + 1 : dim;
}

/** @param {Layer} layer @param {Shape} shape @returns {Shape} */
function flattened({ settings }, shape) {
  const [start, end] = ["start_dim", "end_dim"].map((name) => axisOf(name, settings.get(name), shape));
  if (start > end) throw new ShapeError(`start_dim (${settings.get("start_dim")}) must not come after end_dim (${settings.get("end_dim")}).`);
  if (start === 0 && end > 0) throw new ShapeError(`start_dim (${settings.get("start_dim")}) is the batch: all images would become one. Write Flatten().`, [{ words: "Write Flatten()", replace: "Flatten()" }]);
  if (start === end) return shape;
  return [...shape.slice(0, start - 1), product(shape.slice(start - 1, end)), ...shape.slice(end)];
}

/** @param {Layer} layer @param {Shape} shape @returns {Shape} */
function unflattened({ settings }, shape) {
  const axis = axisOf("dim", settings.get("dim"), shape);
  const sizes = settings.get("unflattened_size");
  if (axis === 0 && sizes.join() === "-1") return shape;
  if (axis === 0) throw new ShapeError(`dim (${settings.get("dim")}) is the batch. The first axis of an image is 1.`);
  const length = shape[axis - 1];
  const known = product(sizes.filter((/** @type {number} */ size) => size !== -1));
  const open = sizes.filter((/** @type {number} */ size) => size === -1).length;
  const fits = open === 1 ? known > 0 && length % known === 0 : open === 0 && known === length;
  if (!fits || !sizes.length || known < 1) throw new ShapeError(`unflattened_size (${sizes.join(", ")}) must multiply to the ${length} of axis ${axis}.`);
  return [...shape.slice(0, axis - 1), ...sizes.map((/** @type {number} */ size) => (size === -1 ? length / known : size)), ...shape.slice(axis)];
}

/** Channels become places, or the other way round. @param {Layer} layer @param {Shape} shape @returns {Shape} */
function shuffled(layer, shape) {
  const unshuffles = layer.settings.has("downscale_factor");
  const name = unshuffles ? "downscale_factor" : "upscale_factor";
  const factor = layer.settings.get(name);
  if (shape.length === 2 && factor === 1) return shape;
  if (shape.length < 3) needImage(shape, 2);
  const [channels, height, width] = shape.slice(-3);
  const divides = unshuffles ? height % factor === 0 && width % factor === 0 : channels % factor ** 2 === 0;
  if (!divides) throw new ShapeError(unshuffles ? `${name} (${factor}) must divide the ${height} rows and the ${width} columns.` : `${name} (${factor}) times itself must divide the ${channels} channels that reach it.`);
  const next = unshuffles ? [channels * factor ** 2, height / factor, width / factor] : [channels / factor ** 2, height * factor, width * factor];
  return [...shape.slice(0, -3), ...next];
}

/** @param {Layer} layer @param {Shape} shape @returns {Shape} */
function reordered({ settings }, shape) {
  if (shape.length < 2) needImage(shape, 1);
  if (shape[0] % settings.get("groups")) throw new ShapeError(`groups (${settings.get("groups")}) must divide the ${shape[0]} channels that reach it.`);
  return shape;
}

/** @param {Layer} layer @param {Shape} shape @returns {Shape} */
function unfolded(layer, shape) {
  needImage(shape, 2);
  return [shape[0] * product(layer.settings.get("kernel_size")), product(fitted(layer, axesOfLayer(layer), shape.slice(1), outputLength))];
}

/** @param {Layer} layer @param {Shape} shape @returns {Shape} */
function folded(layer, shape) {
  if (shape.length !== 2) throw new ShapeError(`It needs blocks (numbers, places), as Unfold gives them, but ${shapeWords(shape)} reaches it.`);
  const numbers = product(layer.settings.get("kernel_size"));
  const image = layer.settings.get("output_size");
  const places = product(fitted(layer, axesOfLayer(layer), image, outputLength));
  if (shape[0] % numbers) throw new ShapeError(`The ${shape[0]} numbers of a block must be a multiple of the kernel's ${numbers}.`);
  if (shape[1] !== places) throw new ShapeError(`It needs ${places} blocks for ${shapeWords(image)}, but ${shape[1]} reach it.`);
  return [shape[0] / numbers, ...image];
}

/** @type {(output: Kind["output"]) => Kind} */
const moved = (output) => ({ output, sees: () => null });
/** PyTorch writes blocks where the larger of both has room. @type {(output: Kind["output"]) => Kind} */
const blocked = (output) => ({ ...moved(output), writes: (_, shape, next) => 4 * Math.max(product(shape), product(next)) });
/** @type {(output: Kind["output"]) => Kind} */
const viewed = (output) => ({ output, sees: () => null, shares: () => "always" });

/** @type {Record<string, Kind>} */
export const KINDS = {
  Flatten: viewed(flattened),
  Unflatten: viewed(unflattened),
  PixelShuffle: moved(shuffled),
  PixelUnshuffle: moved(shuffled),
  ChannelShuffle: { output: reordered },
  Unfold: blocked(unfolded),
  Fold: blocked(folded),
};
