// Fully connected layers, which read the last axis only. No DOM.

import { replacing, ShapeError, shapeWords } from "./problems.js";
import { product } from "./sight.js";

/** @typedef {import("../layers.js").Layer} Layer */
/** @typedef {import("./problems.js").Shape} Shape */
/** @typedef {import("./kinds.js").Kind} Kind */

/** @param {Layer} layer @param {Shape} shape @returns {number} */
const inputs = (layer, shape) => layer.settings.get("in_features") ?? shape[shape.length - 1];

/** @param {Layer} layer @param {Shape} shape @returns {Shape} */
function output(layer, shape) {
  const last = shape[shape.length - 1];
  if (inputs(layer, shape) !== last) throw unfit(layer, shape, last);
  return [...shape.slice(0, -1), layer.settings.get("out_features")];
}

/** @param {Layer} layer @param {Shape} shape @param {number} last @returns {ShapeError} */
function unfit(layer, shape, last) {
  const features = layer.settings.get("in_features");
  const numbers = product(shape);
  const linear = replacing(layer, { in_features: numbers });
  if (shape.length === 1) return new ShapeError(`in_features (${features}) must be ${last}, as many as reach it.`, [linear]);
  const flatten = { words: "Put nn.Flatten() before it", insert: "Flatten()" };
  const both = { words: `Put nn.Flatten() before it and write ${linear.replace}`, replace: linear.replace, insert: "Flatten()" };
  return new ShapeError(
    `in_features (${features}) must be ${last}, the last of ${shapeWords(shape)}. A Flatten before it makes them ${numbers}.`,
    [numbers === features ? flatten : both],
  );
}

/** @type {Kind} */
const LINEAR = {
  output,
  parameters: (layer, shape) => (inputs(layer, shape) + (layer.settings.get("bias") ? 1 : 0)) * layer.settings.get("out_features"),
  macs: (layer, shape, next) => inputs(layer, shape) * product(next),
  sees: () => null,
  saves: () => ["input"],
};

/** @type {Record<string, Kind>} */
export const KINDS = { Linear: LINEAR, LazyLinear: LINEAR };
