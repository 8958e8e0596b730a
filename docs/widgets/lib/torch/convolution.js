// Convolutions and transposed convolutions, of one to three axes. No DOM.

import { addsTooMuch, axesOf, extentOf, outputLength, paintedLength } from "../arithmetic.js";
import { rankOf } from "../layers.js";
import { needImage, replacing, ShapeError, unitOf } from "./problems.js";
import { product, windowsOf } from "./sight.js";

/** @typedef {import("../layers.js").Layer} Layer */
/** @typedef {import("../arithmetic.js").Axis} Axis */
/** @typedef {import("./problems.js").Shape} Shape */
/** @typedef {import("./kinds.js").Kind} Kind */

/** @param {Layer} layer @returns {boolean} */
const transposes = (layer) => layer.name.includes("Transpose");

/** @param {Layer} layer @returns {Axis[]} */
export function axesOfLayer(layer) {
  const { settings } = layer;
  const around = settings.get("padding") ?? settings.get("kernel_size").map(() => 0);
  const ones = settings.get("kernel_size").map(() => 1);
  return axesOf({
    kernel: settings.get("kernel_size"),
    stride: settings.get("stride"),
    padding: around === "same" ? around : around.map((/** @type {number} */ side) => [side, side]),
    dilation: settings.get("dilation") ?? ones,
    transposed: transposes(layer),
    added: settings.get("output_padding") ?? ones.map(() => 0),
  });
}

/** @param {Layer} layer @param {Shape} shape @returns {Shape} */
function output(layer, shape) {
  needImage(shape, rankOf(layer.name));
  needGroups(layer, shape[0]);
  needStride(layer);
  const axes = axesOfLayer(layer);
  if (axes.some(addsTooMuch)) throw overAdded(layer, axes);
  needRoom(layer, axes, shape.slice(1));
  return [layer.settings.get("out_channels"), ...fitted(layer, axes, shape.slice(1), outputLength)];
}

/** Channels and groups must fit each other, and what reaches the layer. @param {Layer} layer @param {number} channels */
function needGroups(layer, channels) {
  const [inputs, outputs, groups] = [layer.settings.get("in_channels") ?? channels, layer.settings.get("out_channels"), layer.settings.get("groups")];
  for (const [name, number] of [["in_channels", inputs], ["out_channels", outputs]])
    if (number % groups) throw undivided(layer, name, number, inputs);
  if (inputs === channels) return;
  const fits = channels % groups === 0;
  const also = fits ? "" : `, and groups (${groups}) must divide it`;
  throw new ShapeError(`in_channels (${inputs}) must be ${channels}, as many as reach it${also}.`, fits ? [replacing(layer, { in_channels: channels })] : []);
}

/** @param {Layer} layer @param {string} name @param {number} number @param {number} inputs */
function undivided(layer, name, number, inputs) {
  const [outputs, groups] = [layer.settings.get("out_channels"), layer.settings.get("groups")];
  let nearest = groups;
  while (inputs % nearest || outputs % nearest) nearest -= 1; // 1 always divides
  return new ShapeError(`groups (${groups}) must divide ${name} (${number}).`, [replacing(layer, { groups: nearest })]);
}

/** @param {Layer} layer */
function needStride(layer) {
  const stride = layer.settings.get("stride");
  if (layer.settings.get("padding") !== "same" || Math.max(...stride) === 1) return;
  const half = axesOfLayer(layer).map((axis) => Math.floor((extentOf(axis) - 1) / 2)); // keeps the size of an odd kernel at stride 1
  throw new ShapeError(`stride (${stride.join(", ")}) must be 1 when padding is 'same'.`, [
    replacing(layer, { stride: stride.map(() => 1) }),
    replacing(layer, { padding: half }),
  ]);
}

/** @param {Layer} layer @param {Axis[]} axes */
function overAdded(layer, axes) {
  const most = axes.map(({ stride, dilation, added }) => Math.min(added, Math.max(stride, dilation) - 1));
  return new ShapeError(
    `output_padding (${layer.settings.get("output_padding").join(", ")}) must be smaller than the stride or the dilation.`,
    [replacing(layer, { output_padding: most })],
  );
}

/** An image can be mirrored at most up to its far edge. @param {Layer} layer @param {Axis[]} axes @param {number[]} lengths */
function needRoom(layer, axes, lengths) {
  const mode = layer.settings.get("padding_mode");
  const most = mode === "reflect" ? -1 : mode === "circular" ? 0 : Infinity;
  axes.forEach(({ before, after }, at) => {
    if (Math.max(before, after) > lengths[at] + most)
      throw new ShapeError(
        `padding (${Math.max(before, after)}) must be ${mode === "reflect" ? "less than" : "at most"} the ${lengths[at]} ${unitOf(lengths.length, at)} that reach it when padding_mode is '${mode}'.`,
        [replacing(layer, { padding_mode: "zeros" })],
      );
  });
}

/**
 * How many positions come out along each axis.
 *
 * @param {Layer} layer
 * @param {Axis[]} axes
 * @param {number[]} lengths
 * @param {(axis: Axis, length: number) => number} length
 * @returns {number[]}
 * @throws {ShapeError} None do.
 */
export function fitted(layer, axes, lengths, length) {
  return axes.map((axis, at) => {
    const positions = length(axis, lengths[at]);
    if (positions > 0) return positions;
    throw axis.transposed ? cutAway(layer, axis, lengths[at], unitOf(axes.length, at)) : tooLarge(layer, axes, lengths, at);
  });
}

/** @param {Layer} layer @param {Axis} axis @param {number} length @param {string} unit */
function cutAway(layer, axis, length, unit) {
  return new ShapeError(
    `padding takes ${axis.before + axis.after} ${unit} off the ${paintedLength(axis, length)} that come out, and nothing is left. Use less padding.`,
    [replacing(layer, { padding: layer.settings.get("padding").map(() => 0) })],
  );
}

/** @param {Layer} layer @param {Axis[]} axes @param {number[]} lengths @param {number} at */
function tooLarge(layer, axes, lengths, at) {
  const padding = axes[at].before + axes[at].after;
  const most = axes.map((axis, place) => {
    const room = lengths[place] + axis.before + axis.after;
    return Math.min(axis.kernel, Math.floor((room - 1) / axis.dilation) + 1);
  });
  const keepsRule = !layer.name.includes("Pool") || padding === 0; // pooling pads half a window at most
  return new ShapeError(
    `kernel_size (${axes[at].kernel}) reaches over ${extentOf(axes[at])} ${unitOf(axes.length, at)}, but what reaches it has ${lengths[at]}${padding ? ` and ${padding} of padding` : ""}. Use a smaller kernel, or shrink the image less before.`,
    keepsRule ? [replacing(layer, { kernel_size: most })] : [],
  );
}

/** @param {Layer} layer @param {Shape} shape */
function weights({ settings }, shape) {
  const channels = ((settings.get("in_channels") ?? shape[0]) * settings.get("out_channels")) / settings.get("groups");
  return channels * product(settings.get("kernel_size"));
}

/** What the padding makes of the image is kept beside the image, where it is no plain zeros. @type {NonNullable<Kind["saves"]>} */
function saves(layer, shape, _, flows) {
  const axes = axesOfLayer(layer);
  const mode = layer.settings.get("padding_mode");
  const uneven = axes.some(({ before, after }) => before !== after);
  if (transposes(layer) || (mode === "zeros" && !uneven)) return ["input"];
  const even = (/** @type {Axis} */ { before, after }) => (mode === "zeros" ? Math.abs(after - before) : before + after); // zeros: only what is uneven is added beforehand
  const padded = 4 * shape[0] * product(axes.map((axis, at) => shape[at + 1] + even(axis)));
  return flows && ["reflect", "replicate"].includes(mode) ? ["input", padded] : [padded];
}

/** @type {Kind} */
const CONVOLUTION = {
  output,
  parameters: (layer, shape) => weights(layer, shape) + (layer.settings.get("bias") ? layer.settings.get("out_channels") : 0),
  // each weight once for each place where its kernel is put down; transposed: for each input
  macs: (layer, shape, next) => weights(layer, shape) * product((transposes(layer) ? shape : next).slice(1)),
  sees: (layer) => (transposes(layer) ? null : windowsOf(axesOfLayer(layer))),
  saves,
};

/** @type {Record<string, Kind>} */
export const KINDS = Object.fromEntries(
  ["Conv", "LazyConv", "ConvTranspose", "LazyConvTranspose"].flatMap((family) => [1, 2, 3].map((rank) => [`${family}${rank}d`, CONVOLUTION])),
);
