// Upsampling: an image at another size, by one of several rules. No DOM.

import { savesMean } from "./adaptive.js";
import { ShapeError, shapeWords, unfitImage } from "./problems.js";
import { Decimal } from "./values.js";

/** @typedef {import("../layers.js").Layer} Layer */
/** @typedef {import("./problems.js").Shape} Shape */
/** @typedef {import("./kinds.js").Kind} Kind */

/** How many axes of an image a mode is for. @type {Map<string, number[]>} */
const MODES = new Map([
  ["nearest", [1, 2, 3]],
  ["nearest-exact", [1, 2, 3]],
  ["area", [1, 2, 3]],
  ["linear", [1]],
  ["bilinear", [2]],
  ["bicubic", [2]],
  ["trilinear", [3]],
]);
const ALIGNED = ["linear", "bilinear", "bicubic", "trilinear"];

/** @param {Layer} layer @returns {string} */
function modeOf({ name, settings }) {
  if (name === "UpsamplingNearest2d") return "nearest";
  return name === "UpsamplingBilinear2d" ? "bilinear" : settings.get("mode");
}

/** @param {Layer} layer @param {Shape} shape @returns {Shape} */
function output(layer, shape) {
  const mode = modeOf(layer);
  const rank = shape.length - 1;
  const ranks = MODES.get(mode);
  if (!ranks) throw new ShapeError(`mode ('${mode}') must be ${[...MODES.keys()].map((name) => `'${name}'`).join(", ")}.`);
  if (!ranks.includes(rank)) throw ranks.length === 1 ? unfitImage(shape, ranks[0]) : new ShapeError(`It needs an image of one to three axes and its channels, but ${shapeWords(shape)} reaches it.`);
  if ((layer.settings.get("align_corners") ?? null) !== null && !ALIGNED.includes(mode)) throw new ShapeError(`align_corners is for ${ALIGNED.join(", ")} only. Leave it out.`);
  return [shape[0], ...resized(layer, shape.slice(1))];
}

/** @param {Layer} layer @param {number[]} image @returns {number[]} */
function resized({ settings }, image) {
  const [size, factor] = [settings.get("size"), settings.get("scale_factor")];
  if ((size === null) === (factor === null)) throw new ShapeError("Either size or scale_factor must be given, and not both.");
  if (size !== null && settings.get("recompute_scale_factor")) throw new ShapeError("recompute_scale_factor is for scale_factor, not for size. Leave it out.");
  const given = size ?? factor;
  const all = Array.isArray(given) ? given : image.map(() => given);
  const name = size === null ? "scale_factor" : "size";
  if (all.length !== image.length) throw new ShapeError(`${name} has ${all.length} ${all.length === 1 ? "number" : "numbers"}, but the image has ${image.length} axes.`);
  if (size !== null) return all;
  const next = all.map((member, at) => Math.floor(image[at] * (member instanceof Decimal ? member.value : member)));
  if (next.some((length) => length < 1)) throw new ShapeError("scale_factor is so small that nothing is left of the image.");
  return next;
}

/** @type {Kind} */
const RESIZED = {
  output,
  sees: () => null,
  saves: (layer, _, next) => (modeOf(layer) === "area" ? savesMean(next.slice(1)) : []), // an adaptive mean
};

/** @type {Record<string, Kind>} */
export const KINDS = { Upsample: RESIZED, UpsamplingNearest2d: RESIZED, UpsamplingBilinear2d: RESIZED };
