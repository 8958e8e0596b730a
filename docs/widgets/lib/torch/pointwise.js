// Layers that keep the shape: activations, dropout, softmax; and gates, which halve an axis. No DOM.

import { needChannels, ShapeError, unfitImage } from "./problems.js";
import { axisOf } from "./reshaping.js";
import { product } from "./sight.js";
import { Decimal } from "./values.js";

/** @typedef {import("../layers.js").Layer} Layer */
/** @typedef {import("./problems.js").Shape} Shape */
/** @typedef {import("./kinds.js").Kind} Kind */
/** @typedef {import("./kinds.js").Saved} Saved */

const NUMBER = 4; // bytes

/** @param {any} value */
const numeric = (value) => (value instanceof Decimal ? value.value : value);
/** @type {Kind["output"]} */
const kept = (_, shape) => shape;
/** @type {Kind["shares"]} */
const inPlace = ({ settings }) => (settings.get("inplace") ? "always" : "never");

/** @param {Saved[]} what @returns {Kind} An activation that keeps this, in place or not. */
const keeping = (...what) => ({ output: kept, shares: inPlace, saves: () => what });
/** In place it must copy the input that it would have kept. @type {Kind} */
const COPYING = { output: kept, shares: inPlace, saves: ({ settings }, shape) => [settings.get("inplace") ? NUMBER * product(shape) : "input"] };
/** Keeps its input, and a number for each place. @type {Kind} */
const KEEPING_TWO = { output: kept, shares: inPlace, saves: (_, shape) => ["input", NUMBER * product(shape)] };

/** @param {string} low @param {string} high @param {(low: number, high: number) => boolean} holds @param {string} rule @returns {Kind["output"]} */
const ordered = (low, high, holds, rule) => ({ settings }, shape) => {
  const [least, most] = [low, high].map((name) => numeric(settings.get(name.replace("val", "value")) ?? settings.get(name))); // by their older names, too
  if (!holds(least, most)) throw new ShapeError(`${low} (${least}) must be ${rule} ${high} (${most}).`);
  return shape;
};

/** @param {number[]} ranks Axes of the shapes that it takes. @returns {Kind["output"]} */
const shaped = (...ranks) => (_, shape) => {
  if (!ranks.includes(shape.length)) throw unfitImage(shape, ranks[ranks.length - 1] - 1);
  return shape;
};

/**
 * @param {(shape: Shape) => number} masked How many numbers decide what is dropped.
 * @param {Kind["output"]} [output]
 * @param {boolean} [copies] Whether it makes a new tensor even in place.
 * @returns {Kind}
 */
function dropping(masked, output = kept, copies = false) {
  /** @type {(layer: Layer) => number} */
  const probability = ({ settings }) => numeric(settings.get("p"));
  return {
    output,
    shares: (layer) => (probability(layer) === 0 || (layer.settings.get("inplace") && !copies) ? "always" : "rest"),
    saves: (layer, shape) => (probability(layer) % 1 ? [NUMBER * masked(shape)] : []), // all or none need no mask
  };
}

/** @param {Shape} shape */
const channels = (shape) => shape[0];

/** The axis that a softmax runs along, the batch being 0. @param {Layer} layer @param {Shape} shape */
function softmaxAxis({ name, settings }, shape) {
  if (name === "Softmax2d") return shape.length - 2;
  const dim = settings.get("dim");
  return dim === null ? (shape.length === 2 ? 0 : 1) : axisOf("dim", dim, shape); // PyTorch's guess where none is given
}

/** @type {Kind["sees"]} */
const seesAlong = (layer, shape) => (softmaxAxis(layer, shape) > 1 ? null : undefined);
/** @type {Kind} */
const SOFTMAX = {
  output(layer, shape) {
    softmaxAxis(layer, shape);
    return shape;
  },
  sees: seesAlong,
  saves: () => ["output"],
};

/** @type {Kind} */
const GATE = {
  output({ settings }, shape) {
    const axis = axisOf("dim", settings.get("dim"), shape);
    if (axis === 0) throw new ShapeError(`dim (${settings.get("dim")}) is the batch: half of the images would gate the others.`);
    if (shape[axis - 1] % 2) throw new ShapeError(`The ${shape[axis - 1]} of axis ${axis} must be even, to be halved.`);
    return shape.map((length, at) => (at === axis - 1 ? length / 2 : length));
  },
  sees: ({ settings }, shape) => (axisOf("dim", settings.get("dim"), shape) > 1 ? null : undefined),
  saves: () => ["input"],
};

/** @type {Kind} */
const PARAMETRIC = {
  output(layer, shape) {
    if (layer.settings.get("num_parameters") !== 1) needChannels(layer, "num_parameters", shape[0]);
    return shape;
  },
  parameters: ({ settings }) => settings.get("num_parameters"),
  saves: () => ["input"],
};

/** @param {string} names @param {Kind} kind @returns {Record<string, Kind>} */
const all = (names, kind) => Object.fromEntries(names.split(" ").map((name) => [name, kind]));

/** @type {Record<string, Kind>} */
export const KINDS = {
  Identity: { output: kept, shares: () => "always" },
  ...all("ReLU Sigmoid Tanh", keeping("output")),
  ...all("CELU ELU GELU Hardshrink LeakyReLU SELU Softplus Softshrink", keeping("input")),
  ...all("Hardsigmoid Hardswish Mish ReLU6 SiLU Threshold", COPYING),
  Hardtanh: { ...COPYING, output: ordered("min_val", "max_val", (low, high) => low < high, "less than") },
  RReLU: { ...KEEPING_TWO, output: ordered("lower", "upper", (low, high) => low <= high, "at most") },
  ...all("LogSigmoid Softsign", KEEPING_TWO),
  Tanhshrink: { output: kept, saves: (_, shape) => [NUMBER * product(shape)] },
  ...all("Softmax LogSoftmax Softmin", SOFTMAX),
  Softmax2d: { ...SOFTMAX, output: shaped(2, 3) },
  GLU: GATE,
  PReLU: PARAMETRIC,
  Dropout: dropping(product),
  AlphaDropout: dropping(product, kept, true),
  FeatureAlphaDropout: dropping(channels, kept, true),
  Dropout1d: dropping((shape) => (shape.length === 1 ? 1 : shape[0]), shaped(1, 2)), // without channels, an image is one
  Dropout2d: dropping(channels),
  Dropout3d: dropping((shape) => (shape.length === 4 ? shape[0] : 1)),
};
