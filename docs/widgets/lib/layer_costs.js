// What a layer costs, and what its units see of the image. No DOM.

import { axesOf, extentOf } from "./arithmetic.js";
import { geometryOf } from "./layers.js";
import { Refusal } from "./numbers.js";

/** @typedef {import("./layers.js").Layer} Layer */
/** @typedef {import("./shapes.js").Shape} Shape */
/**
 * @typedef {object} Field What a unit sees: a box of pixels, and how far apart neighbours' boxes are.
 * @property {[number, number]} size
 * @property {[number, number]} jump
 * @property {[number, number]} start Of the first unit's box; negative in the padding.
 */

/** @type {Field} What a pixel sees. */
export const FIRST_FIELD = { size: [1, 1], jump: [1, 1], start: [0, 0] };

/** @param {number[]} numbers */
export const product = (numbers) => numbers.reduce((all, number) => all * number, 1);

/** @param {number} number @returns {number} @throws {Refusal} A double can't hold it exactly. */
export function counted(number) {
  if (!Number.isSafeInteger(number))
    throw new Refusal("The numbers grow past 9 quadrillion here. Make the layers smaller.");
  return number;
}

/** @param {Layer} layer @returns {number} Numbers that it learns. */
export function parametersOf({ name, settings }) {
  const outputs = settings.get("out_channels") ?? settings.get("out_features");
  const bias = settings.get("bias") ? outputs : 0;
  if (name.startsWith("Conv")) return weightsOf(settings) + bias;
  if (name === "Linear") return settings.get("in_features") * outputs + bias;
  if (name === "BatchNorm2d") return settings.get("affine") ? 2 * settings.get("num_features") : 0;
  return name === "PReLU" ? settings.get("num_parameters") : 0;
}

/** @param {Map<string, any>} settings */
function weightsOf(settings) {
  const channels = (settings.get("in_channels") * settings.get("out_channels")) / settings.get("groups");
  return channels * product(settings.get("kernel_size"));
}

/** Each weight once for each place where its kernel is put down, for one image. @param {Layer} layer @param {Shape} shape @param {Shape} output */
export function macsOf({ name, settings }, shape, output) {
  if (name === "Linear") return settings.get("in_features") * product(output);
  if (!name.startsWith("Conv")) return 0;
  const places = name === "ConvTranspose2d" ? shape : output; // transposed: put down for each input
  return weightsOf(settings) * product(places.slice(1));
}

/** @param {Field | null} field @param {Layer} layer @returns {Field | null} */
export function fieldAfter(field, layer) {
  if (["Linear", "Flatten", "ConvTranspose2d"].includes(layer.name)) return null;
  if (!field || !layer.settings.has("kernel_size")) return field;
  const axes = axesOf(geometryOf(layer));
  const along = (/** @type {(axis: import("./arithmetic.js").Axis, at: number) => number} */ read) =>
    /** @type {[number, number]} */ (axes.map(read));
  return {
    size: along((axis, at) => counted(field.size[at] + (extentOf(axis) - 1) * field.jump[at])),
    jump: along((axis, at) => counted(field.jump[at] * axis.stride)),
    start: along((axis, at) => field.start[at] - axis.before * field.jump[at]),
  };
}
