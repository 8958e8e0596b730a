// What the playground says: the formula with its numbers, the picture in words, the line for PyTorch.
// No DOM.

import { extentOf, inputLengths, outputLength, unusedLength } from "../lib/arithmetic.js";
import { relationshipOf, whyNone } from "../lib/relationships.js";
import { pairWords } from "./problems.js";
import { axesFor, sidesOf } from "./state.js";

/** @typedef {import("./state.js").State} State */
/** @typedef {import("./state.js").Axis} Axis */
/** @typedef {import("./picture.js").Picture} Picture */
/** @typedef {import("../lib/relationships.js").Relationship} Relationship */

const UNITS = /** @type {const} */ (["rows", "columns"]);

/** @param {number} count @param {string} unit "row" or "rows" alike. */
const many = (count, unit) => `${count} ${unit.replace(/s$/, "")}${count === 1 ? "" : "s"}`;

/**
 * The size formula of one axis, step by step, its floor shown.
 *
 * @param {Axis} axis
 * @param {number} length
 * @returns {string[]} What stands between the signs of equality.
 */
export function formulaSteps(axis, length) {
  const output = outputLength(axis, length);
  const [reach, extent] = axis.dilation > 1 ? ["k̂", extentOf(axis)] : ["k", axis.kernel];
  const even = axis.before === axis.after;
  const around = (/** @type {string} */ sign) =>
    even ? [`2p`, `2·${axis.before}`] : [`p₁ ${sign} p₂`, `${axis.before} ${sign} ${axis.after}`];
  if (axis.transposed) {
    const [letters, numbers] = around("−");
    return [
      "o′",
      `s(i′ − 1) + a + ${reach} − ${letters}`,
      `${axis.stride}·(${length} − 1) + ${axis.added} + ${extent} − ${numbers}`,
      String(output),
    ];
  }
  const [letters, numbers] = around("+");
  const room = length + axis.before + axis.after - extent;
  const share = room / axis.stride;
  return [
    "o",
    `⌊(i + ${letters} − ${reach}) / s⌋ + 1`,
    `⌊(${length} + ${numbers} − ${extent}) / ${axis.stride}⌋ + 1`,
    `⌊${room} / ${axis.stride}⌋ + 1`,
    ...(Number.isInteger(share) ? [] : [`⌊${shareWords(share)}⌋ + 1`]),
    `${Math.floor(share)} + 1`,
    String(output),
  ];
}

/** @param {number} share @returns {string} Two decimals, and dots if there are more. */
function shareWords(share) {
  const cut = Math.floor(share * 100) / 100;
  return cut === share ? String(cut) : `${cut.toFixed(2)}…`;
}

/** @param {Axis} axis @returns {string[]} How far a dilated kernel reaches; empty for others. */
export function extentSteps(axis) {
  if (axis.dilation === 1) return [];
  return ["k̂", "k + (k − 1)(d − 1)", `${axis.kernel} + (${axis.kernel} − 1)·(${axis.dilation} − 1)`, String(extentOf(axis))];
}

/** @param {State} state @returns {string} */
export function outputWords(state) {
  const [rows, columns] = axesFor(state).map((axis, at) => outputLength(axis, state.input[at]));
  return `${state.input.join(" × ")} becomes ${rows} × ${columns}.`;
}

/** @param {State} state @returns {string} What the floor forgot. */
export function remainderWords(state) {
  const axes = axesFor(state);
  const unused = axes.map((axis, at) => unusedLength(axis, state.input[at]));
  const places = ["at the bottom", "at the right"];
  const parts = unused.flatMap((count, at) => (count ? [`${many(count, UNITS[at])} ${places[at]}`] : []));
  const left = parts.length ? `${parts.join(" and ")} of the padded input ${unused[0] + unused[1] === 1 ? "is" : "are"} read by no window. ` : "";
  if (state.transposed) return "";
  const [rows, columns] = axes.map((axis, at) => rangeWords(inputLengths(axis, outputLength(axis, state.input[at]))));
  const alike = rows === columns ? `Inputs of ${rows} rows and columns` : `Inputs of ${rows} rows and ${columns} columns`;
  return `${left}${Math.max(...state.stride) > 1 ? `${alike} give this output.` : ""}`;
}

/** @param {[number, number] | null} range */
function rangeWords(range) {
  if (!range) return "no";
  return range[0] === range[1] ? String(range[0]) : `${range[0]} to ${range[1]}`;
}

/** @param {State} state @param {Relationship[]} known @returns {string} */
export function relationshipWords(state, known) {
  const axes = axesFor(state);
  const number = relationshipOf(axes);
  const found = known.find((relationship) => relationship.number === number);
  if (!found) return `The guide of Dumoulin and Visin has no number for this: ${whyNone(axes)}.`;
  return `Relationship ${number}, ${lowered(found.name)} (${found.conditions}): ${found.formula}.`;
}

/** @param {string} name */
const lowered = (name) => name[0].toLowerCase() + name.slice(1);

/** @param {Picture} picture @param {number} step @returns {[number, number]} Row and column of a step. */
function placeOf({ steps }, step) {
  return [Math.floor(step / steps[1]), step % steps[1]];
}

/** @param {State} state @param {Picture} picture @returns {string} What this step does. */
export function stepWords(state, picture) {
  const [row, column] = placeOf(picture, state.step);
  const moving = picture.painted ? picture.far : picture.near;
  const [down, across] = [moving.rows, moving.columns].map(({ taps }) => listWords(taps));
  const place = `row ${row}, column ${column}`;
  if (picture.painted) return `The input at ${place} is painted on rows ${down} and columns ${across}.`;
  const from = state.transposed ? "the stretched and padded input" : hasPadding(state) ? "the padded input" : "the input";
  const turned = state.transposed ? " through the kernel turned by 180°" : "";
  return `The output at ${place} reads rows ${down} and columns ${across} of ${from}${turned}.`;
}

/** @param {number[]} taps @returns {string} Counted from 0. */
function listWords(taps) {
  const [first, second, third] = taps;
  const last = taps[taps.length - 1];
  if (taps.length === 1) return String(first);
  if (second - first === 1) return `${first} to ${last}`;
  if (taps.length === 2) return `${first} and ${last}`;
  return taps.length === 3 ? `${first}, ${second} and ${third}` : `${first}, ${second}, …, ${last}`;
}

/** @param {State} state */
const hasPadding = (state) => axesFor(state).some(({ before, after }) => before + after > 0);

/** @param {State} state @param {Picture} picture @returns {{near: string, far: string}} Captions of the boards. */
export function captions(state, picture) {
  const size = (/** @type {import("./picture.js").Board} */ { rows, columns }) => `${rows.kinds.length} × ${columns.kinds.length}`;
  const [height, width] = axesFor(state).map((axis, at) => outputLength(axis, state.input[at]));
  const input = `Input, ${state.input.join(" × ")}`;
  const output = `Output, ${height} × ${width}`;
  if (picture.painted) return { near: input, far: hasPadding(state) ? `${output}, once the padding is cut off` : output };
  const stretched = state.transposed ? "stretched and padded to " : "padded to ";
  return { near: size(picture.near) === state.input.join(" × ") ? input : `${input}, ${stretched}${size(picture.near)}`, far: output };
}

/** @param {State} state @returns {string} */
export function countWords(state) {
  return state.transposed
    ? "On the input: how many outputs each pixel adds to. On the output: how many pixels each is made from. Uneven counts are what checkerboards come from."
    : "On the input: how many windows read each pixel. On the output: how many pixels each number is made from, zeros of the padding left out.";
}

/** @param {State} state @returns {string[]} Weights of all kernels, and multiplications. */
export function weightSteps({ kernel: [rows, columns], inChannels, outChannels, groups }) {
  const each = inChannels / groups;
  return ["weights", "out · (in / groups) · rows · columns", `${outChannels}·(${inChannels} / ${groups})·${rows}·${columns}`, (outChannels * each * rows * columns).toLocaleString("en")];
}

/** @param {State} state @returns {string} */
export function groupWords({ inChannels, outChannels, groups }) {
  if (groups === 1) return `Each of the ${many(outChannels, "filters")} reads all ${many(inChannels, "input channels")}.`;
  const [reads, makes] = [inChannels / groups, outChannels / groups];
  const depthwise = groups === inChannels ? " This is a depthwise convolution." : "";
  return `${groups} groups: ${makes === 1 ? "each filter reads" : `${makes} filters at a time read`} ${many(reads, "input channels")} of their own.${depthwise}`;
}

/** @param {State} state @returns {string} The line for PyTorch, and what it makes of an image. */
export function pytorchCode(state) {
  const output = axesFor(state).map((axis, at) => outputLength(axis, state.input[at]));
  const [channels, filters] = [state.inChannels, state.outChannels];
  return [
    "import torch",
    "from torch import nn",
    "",
    `layer = ${pytorchLine(state)}`,
    `image = torch.rand(1, ${channels}, ${state.input.join(", ")})`,
    `${cropping(state, output)}.shape  # (1, ${filters}, ${output.join(", ")})`,
  ].join("\n");
}

/** @param {State} state @returns {string} */
function pytorchLine(state) {
  const { transposed, inChannels, outChannels, groups } = state;
  const [rows, columns] = sidesOf(state);
  const even = rows[0] === rows[1] && columns[0] === columns[1];
  const around = state.padding === "same" ? '"same"' : even ? pairWords([rows[0], columns[0]]) : "0";
  const options = /** @type {[string, string, string][]} */ ([
    ["stride", pairWords(state.stride), "1"],
    ["padding", around, "0"],
    ["output_padding", transposed ? pairWords(state.added) : "0", "0"],
    ["dilation", pairWords(state.dilation), "1"],
    ["groups", String(groups), "1"],
  ]);
  const said = options.filter(([, value, usual]) => value !== usual).map(([name, value]) => `, ${name}=${value}`);
  const layer = `nn.${transposed ? "ConvTranspose2d" : "Conv2d"}(${inChannels}, ${outChannels}, kernel_size=${pairWords(state.kernel)}${said.join("")})`;
  if (even || state.padding === "same" || transposed) return layer;
  return `nn.Sequential(nn.ZeroPad2d((${[...columns, ...rows].join(", ")})), ${layer})`;
}

/** PyTorch pads both sides alike; what differs is cut from a transposed output. @param {State} state @param {number[]} output */
function cropping(state, [height, width]) {
  const [rows, columns] = sidesOf(state);
  const even = state.padding === "same" || (rows[0] === rows[1] && columns[0] === columns[1]);
  if (!state.transposed || even) return "layer(image)";
  return `layer(image)[..., ${rows[0]}:${rows[0] + height}, ${columns[0]}:${columns[0] + width}]`;
}
