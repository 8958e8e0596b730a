// Every layer that can be traced, by its name: what comes out, what it costs, sees and keeps. No DOM.

import { KINDS as ADAPTIVE } from "./adaptive.js";
import { KINDS as CONVOLUTIONS } from "./convolution.js";
import { KINDS as LINEAR } from "./linear.js";
import { KINDS as NORMALISATIONS } from "./normalisation.js";
import { KINDS as PADDINGS } from "./padding.js";
import { KINDS as POINTWISE } from "./pointwise.js";
import { KINDS as POOLINGS } from "./pooling.js";
import { KINDS as RESHAPINGS } from "./reshaping.js";
import { KINDS as RESIZINGS } from "./resizing.js";

/** @typedef {import("../layers.js").Layer} Layer */
/** @typedef {import("./problems.js").Shape} Shape */
/** @typedef {import("./sight.js").Window} Window */
/** @typedef {"input" | "output" | number} Saved A tensor that is there anyway, or bytes of a new one. */
/** @typedef {"always" | "rest" | "never"} Sharing When the output lies where the input lies: a view, in place, or dropout at rest. */
/**
 * @typedef {object} Kind
 * @property {(layer: Layer, shape: Shape) => Shape} output Throws a ShapeError.
 * @property {(layer: Layer, shape: Shape) => number} [parameters] Numbers that it learns; none.
 * @property {(layer: Layer, shape: Shape, output: Shape) => number} [macs] Multiply–accumulates with weights; none.
 * @property {(layer: Layer, shape: Shape, output: Shape) => Window[] | null | undefined} [sees] What `fieldAfter` takes; undefined.
 * @property {(layer: Layer, shape: Shape, output: Shape, flows: boolean) => Saved[]} [saves] For the backward pass of one
 *   image, in float32; nothing. `flows`: a gradient is wanted of the input, too.
 * @property {(layer: Layer, shape: Shape) => Sharing} [shares] "never".
 * @property {(layer: Layer, shape: Shape, output: Shape) => number} [writes] Bytes; four for each number that comes out.
 */

/** @type {Map<string, Kind>} */
export const KINDS = new Map(
  Object.entries({ ...CONVOLUTIONS, ...POOLINGS, ...ADAPTIVE, ...PADDINGS, ...NORMALISATIONS, ...LINEAR, ...RESHAPINGS, ...RESIZINGS, ...POINTWISE }),
);
