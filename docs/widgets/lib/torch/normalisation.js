// Normalisations: over the batch, over each image, over groups of channels, over the last axes. No DOM.

import { rankOf } from "../layers.js";
import { needChannels, needImage, replacing, ShapeError, shapeWords, unfitImage } from "./problems.js";
import { product } from "./sight.js";

/** @typedef {import("../layers.js").Layer} Layer */
/** @typedef {import("./problems.js").Shape} Shape */
/** @typedef {import("./kinds.js").Kind} Kind */

const NUMBER = 4; // bytes

/** @param {string} affine The argument that says whether it learns. @param {string} [bias] @returns {(layer: Layer) => number} Learned numbers for each channel. */
const learned = (affine, bias = "bias") => ({ settings }) => (settings.get(affine) ? 1 + (settings.get(bias) ? 1 : 0) : 0);

/** @param {Layer} layer @returns {boolean} Whether it holds a number for each channel. */
const holds = ({ settings }) => settings.get("affine") || settings.get("track_running_stats");

/** @param {Layer} layer @param {Shape} shape @returns {Shape} */
function batchOutput(layer, shape) {
  const rank = rankOf(layer.name);
  if (rank !== 1 || shape.length !== 1) needImage(shape, rank); // BatchNorm1d takes features, too
  if (layer.settings.has("num_features") && holds(layer)) needChannels(layer, "num_features", shape[0]);
  return shape;
}

/** @type {Kind} */
const BATCH = {
  output: batchOutput,
  parameters: (layer, shape) => learned("affine")(layer) * shape[0],
  saves: () => ["input"],
};

/** @param {Layer} layer @param {Shape} shape @returns {Shape} */
function instanceOutput(layer, shape) {
  const rank = rankOf(layer.name);
  const whole = shape.length === rank + 1;
  if (!whole && (shape.length !== rank || holds(layer))) throw unfitImage(shape, rank); // without channels, the batch would be taken for them
  if (layer.settings.has("num_features") && holds(layer)) needChannels(layer, "num_features", shape[0]);
  if (product(whole ? shape.slice(1) : shape) === 1)
    throw new ShapeError("It needs more than one place in each image to normalise over, but one reaches it. Leave it out here.");
  return shape;
}

/** Its numbers are repeated for each image. @type {NonNullable<Kind["saves"]>} */
function instanceSaves(layer, shape) {
  const channels = shape.length === rankOf(layer.name) ? 1 : shape[0];
  const held = (layer.settings.get("affine") ? 1 : 0) + (layer.settings.get("track_running_stats") ? 2 : 0);
  return ["input", NUMBER * channels * (2 + held)];
}

/** @type {Kind} */
const INSTANCE = { ...BATCH, output: instanceOutput, sees: () => null, saves: instanceSaves };

/** @param {Layer} layer @param {Shape} shape @returns {Shape} */
function groupOutput(layer, shape) {
  const [groups, channels] = [layer.settings.get("num_groups"), layer.settings.get("num_channels")];
  if (channels % groups) throw new ShapeError(`num_groups (${groups}) must divide num_channels (${channels}).`);
  if (layer.settings.get("affine") && channels !== shape[0]) {
    const fixes = shape[0] % groups ? [] : [replacing(layer, { num_channels: shape[0] })];
    throw new ShapeError(`num_channels (${channels}) must be ${shape[0]}, as many as reach it.`, fixes);
  }
  if (shape[0] % groups) throw new ShapeError(`num_groups (${groups}) must divide the ${shape[0]} channels that reach it.`);
  return shape;
}

/** @type {Kind} */
const GROUP = {
  output: groupOutput,
  parameters: (layer) => learned("affine")(layer) * layer.settings.get("num_channels"),
  sees: () => null,
  saves: (layer) => ["input", 2 * NUMBER * layer.settings.get("num_groups")],
};

/** @param {Layer} layer @param {Shape} shape @returns {Shape} */
function lastOutput(layer, shape) {
  const sizes = layer.settings.get("normalized_shape");
  if (!sizes.length) throw new ShapeError("normalized_shape must have one number at least.");
  const last = shape.slice(-sizes.length);
  if (last.join() === sizes.join()) return shape;
  const fixes = sizes.length <= shape.length ? [replacing(layer, { normalized_shape: last })] : [];
  throw new ShapeError(`normalized_shape (${sizes.join(", ")}) must be the last of ${shapeWords(shape)}${fixes.length ? `: ${last.join(", ")}` : ""}.`, fixes);
}

/** @param {Layer} layer @param {Shape} shape @returns {number} Means, one for each row of numbers. */
const rows = (layer, shape) => product(shape) / product(layer.settings.get("normalized_shape"));

/** @type {Kind} */
const LAYER = {
  output: lastOutput,
  parameters: (layer) => learned("elementwise_affine")(layer) * product(layer.settings.get("normalized_shape")),
  sees: () => null,
  saves: (layer, shape) => ["input", 2 * NUMBER * rows(layer, shape)],
};

/** What is normalised is kept for the weight, the rest for the input. @type {NonNullable<Kind["saves"]>} */
function rootMeanSquareSaves(layer, shape, _, flows) {
  const kept = layer.settings.get("elementwise_affine") ? NUMBER * product(shape) : 0;
  return flows ? ["input", NUMBER * rows(layer, shape), kept] : [kept];
}

/** @type {Kind} */
const ROOT_MEAN_SQUARE = { ...LAYER, parameters: (layer) => learned("elementwise_affine", "")(layer) * product(layer.settings.get("normalized_shape")), saves: rootMeanSquareSaves };

/** @type {Kind} */
const LOCAL_RESPONSE = {
  output(_, shape) {
    if (shape.length < 2) throw unfitImage(shape, 2);
    return shape;
  },
  // the padded squares, their means and those to a power
  saves({ settings }, shape) {
    const places = product(shape.slice(1));
    return ["input", NUMBER * places * (shape[0] + settings.get("size") - 1), 2 * NUMBER * product(shape)];
  },
};

/** @type {Kind} */
const CROSS_MAP = {
  output(_, shape) {
    needImage(shape, 2);
    return shape;
  },
  saves: () => ["input", "output"],
};

/** @type {Record<string, Kind>} */
export const KINDS = {
  ...Object.fromEntries(
    [1, 2, 3].flatMap((rank) => [[`BatchNorm${rank}d`, BATCH], [`LazyBatchNorm${rank}d`, BATCH], [`InstanceNorm${rank}d`, INSTANCE], [`LazyInstanceNorm${rank}d`, INSTANCE]]),
  ),
  GroupNorm: GROUP,
  LayerNorm: LAYER,
  RMSNorm: ROOT_MEAN_SQUARE,
  LocalResponseNorm: LOCAL_RESPONSE,
  CrossMapLRN2d: CROSS_MAP,
};
