// Padding of an image's edges: with a number, or with what the image itself shows. No DOM.

import { rankOf } from "../layers.js";
import { ShapeError, unfitImage } from "./problems.js";

/** @typedef {import("../layers.js").Layer} Layer */
/** @typedef {import("./problems.js").Shape} Shape */
/** @typedef {import("./kinds.js").Kind} Kind */

/** Pairs for the last axes of the shape, in the order of the shape. @param {Layer} layer @returns {[before: number, after: number][]} */
function pairsOf({ settings }) {
  const sides = settings.get("padding");
  const pairs = [];
  for (let at = sides.length - 2; at >= 0; at -= 2) pairs.push(/** @type {[number, number]} */ ([sides[at], sides[at + 1]]));
  return pairs;
}

/** @param {Layer} layer @param {Shape} shape @returns {Shape} */
function constant(layer, shape) {
  const sides = layer.settings.get("padding");
  if (sides.length % 2) throw new ShapeError(`padding (${sides.join(", ")}) must be pairs, before and after, for one axis each.`);
  let pairs = pairsOf(layer);
  if (pairs.length === shape.length + 1 && pairs[0].every((side) => side === 0)) pairs = pairs.slice(1); // nothing is added to the batch
  if (pairs.length > shape.length) throw new ShapeError(`padding (${sides.join(", ")}) is for ${pairs.length} axes, but ${shape.length === 1 ? "one reaches" : `${shape.length} reach`} it.`);
  checkCrop(pairs, shape);
  return padded(pairs, shape);
}

/** PyTorch crops before it pads, but where it copies an edge. @param {[number, number][]} pairs @param {Shape} shape */
function checkCrop(pairs, shape) {
  pairs.forEach(([before, after], at) => {
    const length = shape[at + shape.length - pairs.length];
    const cropped = -Math.min(before, 0) - Math.min(after, 0);
    if (cropped > length) throw new ShapeError(`padding (${before}, ${after}) crops ${cropped} of the ${length} that reach it.`);
  });
}

/** @param {Layer} layer @param {Shape} shape @returns {Shape} */
function mirrored(layer, shape) {
  const pairs = pairsOf(layer);
  const rank = layer.name.startsWith("Circular") ? rankOf(layer.name) : pairs.length; // the others follow the numbers, not the name
  if (pairs.length !== rank || rank > 3 || layer.settings.get("padding").length % 2)
    throw new ShapeError(`padding (${layer.settings.get("padding").join(", ")}) must be a number or ${2 * rankOf(layer.name)} of them, the last axis first.`);
  if (shape.length !== rank && shape.length !== rank + 1) throw unfitImage(shape, rank);
  const most = layer.name.startsWith("Reflection") ? -1 : layer.name.startsWith("Circular") ? 0 : Infinity;
  const image = shape.slice(-rank);
  pairs.flat().forEach((side, at) => {
    const length = image[Math.floor(at / 2)];
    if (side > length + most) throw new ShapeError(`padding (${side}) must be ${most < 0 ? "less than" : "at most"} the ${length} that it continues.`);
  });
  if (layer.name.startsWith("Circular")) checkCrop(pairs, shape);
  return padded(pairs, shape);
}

/** @param {[number, number][]} pairs @param {Shape} shape @returns {Shape} @throws {ShapeError} Nothing is left. */
function padded(pairs, shape) {
  const first = shape.length - pairs.length;
  return shape.map((length, at) => {
    const [before, after] = pairs[at - first] ?? [0, 0];
    const next = length + before + after;
    if (next < 1) throw new ShapeError(`padding (${before}, ${after}) takes away all ${length} that reach it.`);
    return next;
  });
}

/** @type {NonNullable<Kind["sees"]>} */
function sees(layer, shape) {
  const pairs = pairsOf(layer);
  const beside = shape.length - 1 - pairs.length; // axes that are not padded
  if (beside < 0) return null;
  return Array.from({ length: shape.length - 1 }, (_, at) => ({ extent: 1, stride: 1, before: pairs[at - beside]?.[0] ?? 0 }));
}

/** @type {Kind} */
const CONSTANT = { output: constant, sees };
/** @type {Kind} */
const MIRRORED = { output: mirrored, sees, saves: () => ["input"] };
/** It is put together from pieces, which need nothing kept. @type {Kind} */
const CIRCULAR = { output: mirrored, sees };

/** @type {Record<string, Kind>} */
export const KINDS = Object.fromEntries(
  [1, 2, 3].flatMap((rank) => [
    [`ZeroPad${rank}d`, CONSTANT],
    [`ConstantPad${rank}d`, CONSTANT],
    [`ReflectionPad${rank}d`, MIRRORED],
    [`ReplicationPad${rank}d`, MIRRORED],
    [`CircularPad${rank}d`, CIRCULAR],
  ]),
);
