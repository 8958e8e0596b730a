// Walk through a stack of layers: shapes, parameters, multiplications, receptive field. What
// cnnfilters.arithmetic.trace gives in Python. No DOM.

import { addsTooMuch, axesOf, extentOf, outputLength, paintedLength, pooledLength } from "./arithmetic.js";
import { counted, FIRST_FIELD, fieldAfter, macsOf, parametersOf, product } from "./layer_costs.js";
import { geometryOf, writeLayer } from "./layers.js";
import { Refusal } from "./numbers.js";

/** @typedef {import("./layers.js").Layer} Layer */
/** @typedef {number[]} Shape (channels, height, width), or (features). */
/** @typedef {{words: string, replace?: string, insert?: string}} Fix Code for the layer, or to put before it. */
/** @typedef {import("./layer_costs.js").Field} Field */
/**
 * @typedef {object} Row
 * @property {Layer} layer
 * @property {string} text The layer, as short as it can be written.
 * @property {Shape} shape What comes out.
 * @property {number} parameters
 * @property {number} macs Multiply–accumulates for one image.
 * @property {Field | null} field None where units have none of one size.
 */
/**
 * @typedef {object} Trace
 * @property {Shape} input
 * @property {Row[]} rows Up to the layer that fails.
 * @property {{layer: Layer, message: string, fixes: Fix[]} | null} problem
 */

/** A layer can't take what reaches it; the message says what to change, the fixes change it. */
export class ShapeError extends Refusal {
  /** @param {string} message @param {Fix[]} fixes */
  constructor(message, fixes = []) {
    super(message);
    this.fixes = fixes;
  }
}

/**
 * What each layer makes of one image.
 *
 * @param {Layer[]} layers
 * @param {Shape} input Without the batch.
 * @returns {Trace}
 */
export function trace(layers, input) {
  /** @type {Row[]} */
  const rows = [];
  let shape = input;
  /** @type {Field | null} */
  let field = input.length === 3 ? FIRST_FIELD : null;
  for (const layer of layers) {
    try {
      const next = outputShape(layer, shape);
      const counts = { parameters: counted(parametersOf(layer)), macs: counted(macsOf(layer, shape, next)) };
      shape = next.map(counted);
      field = fieldAfter(field, layer);
      rows.push({ layer, text: writeLayer(layer), shape, ...counts, field });
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      const fixes = error instanceof ShapeError ? error.fixes : [];
      return { input, rows, problem: { layer, message: error.message, fixes } };
    }
  }
  return { input, rows, problem: null };
}

/** @param {Shape} shape @returns {string} */
export const shapeWords = (shape) => shape.map((length) => length.toLocaleString("en")).join(" × ");

/** @param {Layer} layer @param {Shape} shape @returns {Shape} @throws {ShapeError} */
function outputShape(layer, shape) {
  switch (layer.name) {
    case "Conv2d":
    case "ConvTranspose2d": return convolved(layer, shape);
    case "MaxPool2d":
    case "AvgPool2d": return pooled(layer, shape);
    case "Linear": return joined(layer, shape);
    case "Flatten": return [product(shape)];
    case "BatchNorm2d": return matched(layer, image(shape), "num_features");
    case "PReLU": return layer.settings.get("num_parameters") === 1 ? shape : matched(layer, shape, "num_parameters");
    default: return shape;
  }
}

/** @param {Layer} layer @param {Shape} shape @returns {Shape} */
function convolved(layer, shape) {
  const [channels, height, width] = image(shape);
  const [inputs, outputs, groups] = ["in_channels", "out_channels", "groups"].map((name) => layer.settings.get(name));
  for (const [name, number] of [["in_channels", inputs], ["out_channels", outputs]])
    if (number % groups) throw undivided(layer, name, number, groups);
  if (inputs !== channels) {
    const fits = channels % groups === 0;
    const fixes = fits ? [replacing(layer, { in_channels: channels })] : [];
    const also = fits ? "" : `, and groups (${groups}) must divide it`;
    throw new ShapeError(`in_channels (${inputs}) must be ${channels}, as many as reach it${also}.`, fixes);
  }
  const geometry = geometryOf(layer);
  if (geometry.padding === "same" && Math.max(...geometry.stride) > 1)
    throw new ShapeError(
      `stride (${geometry.stride.join(", ")}) must be 1 when padding is 'same'.`,
      [replacing(layer, { stride: [1, 1] }), replacing(layer, { padding: halfOf(layer) })],
    );
  const axes = axesOf(geometry);
  if (axes.some(addsTooMuch)) throw overAdded(layer, axes);
  return [outputs, ...fitted(layer, axes, [height, width], outputLength)];
}

/** @param {Layer} layer @param {string} name @param {number} number @param {number} groups */
function undivided(layer, name, number, groups) {
  const [inputs, outputs] = ["in_channels", "out_channels"].map((other) => layer.settings.get(other));
  const divides = (/** @type {number} */ group) => inputs % group === 0 && outputs % group === 0;
  let nearest = groups;
  while (!divides(nearest)) nearest -= 1; // 1 always divides
  return new ShapeError(`groups (${groups}) must divide ${name} (${number}).`, [replacing(layer, { groups: nearest })]);
}

/** @param {Layer} layer @param {import("./arithmetic.js").Axis[]} axes */
function overAdded(layer, axes) {
  const most = axes.map(({ stride, dilation, added }) => Math.min(added, Math.max(stride, dilation) - 1));
  return new ShapeError(
    `output_padding (${layer.settings.get("output_padding").join(", ")}) must be smaller than the stride or the dilation.`,
    [replacing(layer, { output_padding: most })],
  );
}

/** @param {Layer} layer @returns {[number, number]} The padding that keeps the size of an odd kernel at stride 1. */
function halfOf(layer) {
  const [rows, columns] = axesOf(geometryOf(layer)).map((axis) => Math.floor((extentOf(axis) - 1) / 2));
  return [rows, columns];
}

/** @param {Layer} layer @param {Shape} shape @returns {Shape} */
function pooled(layer, shape) {
  const [channels, height, width] = image(shape);
  const kernel = layer.settings.get("kernel_size");
  const padding = layer.settings.get("padding");
  const most = kernel.map((/** @type {number} */ side) => Math.floor(side / 2));
  if (padding.some((/** @type {number} */ side, /** @type {number} */ at) => side > most[at]))
    throw new ShapeError(
      `padding (${padding.join(", ")}) must be at most half of kernel_size (${kernel.join(", ")}).`,
      [replacing(layer, { padding: padding.map((/** @type {number} */ side, /** @type {number} */ at) => Math.min(side, most[at])) })],
    );
  const ceil = layer.settings.get("ceil_mode");
  const length = (/** @type {any} */ axis, /** @type {number} */ size) => pooledLength(axis, size, ceil);
  return [channels, ...fitted(layer, axesOf(geometryOf(layer)), [height, width], length)];
}

/**
 * @param {Layer} layer
 * @param {import("./arithmetic.js").Axis[]} axes
 * @param {number[]} sizes
 * @param {(axis: import("./arithmetic.js").Axis, size: number) => number} length
 */
function fitted(layer, axes, sizes, length) {
  return axes.map((axis, at) => {
    const output = length(axis, sizes[at]);
    if (output > 0) return output;
    const unit = ["rows", "columns"][at];
    const padding = axis.before + axis.after;
    if (axis.transposed)
      throw new ShapeError(
        `padding takes ${padding} ${unit} off the ${paintedLength(axis, sizes[at])} that come out, and nothing is left. Use less padding.`,
        [replacing(layer, { padding: [0, 0] })],
      );
    const most = axes.map((other, place) => {
      const room = sizes[place] + other.before + other.after;
      return Math.min(other.kernel, Math.floor((room - 1) / other.dilation) + 1);
    });
    const keepsRule = !layer.name.includes("Pool") || padding === 0; // pooling pads half a window at most
    throw new ShapeError(
      `kernel_size (${axis.kernel}) reaches over ${extentOf(axis)} ${unit}, but what reaches it has ${sizes[at]}${padding ? ` and ${padding} of padding` : ""}. Use a smaller kernel, or shrink the image less before.`,
      keepsRule ? [replacing(layer, { kernel_size: most })] : [],
    );
  });
}

/** @param {Layer} layer @param {Shape} shape @returns {Shape} */
function joined(layer, shape) {
  const features = layer.settings.get("in_features");
  if (shape[shape.length - 1] === features) return [...shape.slice(0, -1), layer.settings.get("out_features")];
  const numbers = product(shape);
  const flattens = shape.length > 1;
  const right = numbers === features;
  const linear = replacing(layer, { in_features: numbers });
  const flatten = { words: "Put nn.Flatten() before it", insert: "Flatten()" };
  const both = { words: `Put nn.Flatten() before it and write ${linear.replace}`, replace: linear.replace, insert: "Flatten()" };
  throw new ShapeError(
    `in_features (${features}) must be ${shape[shape.length - 1]}, ` +
      (flattens
        ? `the last of ${shapeWords(shape)}. A Flatten before it makes them ${numbers}.`
        : "as many as reach it."),
    [!flattens ? linear : right ? flatten : both],
  );
}

/** @param {Layer} layer @param {Shape} shape @param {string} name @returns {Shape} */
function matched(layer, shape, name) {
  if (layer.settings.get(name) !== shape[0])
    throw new ShapeError(
      `${name} (${layer.settings.get(name)}) must be ${shape[0]}, as many as reach it.`,
      [replacing(layer, { [name]: shape[0] })],
    );
  return shape;
}

/** @param {Layer} layer @param {Record<string, any>} changes @returns {Fix} */
function replacing(layer, changes) {
  const replace = writeLayer(layer, changes);
  return { words: `Write ${replace}`, replace };
}

/** @param {Shape} shape @returns {Shape} @throws {ShapeError} */
function image(shape) {
  if (shape.length !== 3)
    throw new ShapeError(`It needs an image (channels, height, width), but ${shapeWords(shape)} reaches it. Put it before Flatten.`);
  return shape;
}
