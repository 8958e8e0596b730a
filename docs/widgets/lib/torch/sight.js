// What units see of the image: a box that grows from layer to layer. No DOM.

import { extentOf } from "../arithmetic.js";
import { Refusal } from "../numbers.js";

/** @typedef {import("../arithmetic.js").Axis} Axis */
/**
 * @typedef {object} Field What a unit sees: a box of pixels, and how far apart neighbours' boxes are.
 * @property {number[]} size
 * @property {number[]} jump
 * @property {number[]} start Of the first unit's box; negative in the padding.
 */
/** @typedef {{extent: number, stride: number, before: number}} Window What one output reads along an axis. */

/** @param {number} rank @returns {Field} What a pixel sees. */
export const firstField = (rank) => ({ size: Array(rank).fill(1), jump: Array(rank).fill(1), start: Array(rank).fill(0) });

/** @param {number[]} numbers */
export const product = (numbers) => numbers.reduce((all, number) => all * number, 1);

/** @param {number} number @returns {number} @throws {Refusal} A double can't hold it exactly. */
export function counted(number) {
  if (!Number.isSafeInteger(number)) throw new Refusal("The numbers grow past 9 quadrillion here. Make the layers smaller.");
  return number;
}

/** @param {Axis[]} axes @returns {Window[]} */
export const windowsOf = (axes) => axes.map((axis) => ({ extent: extentOf(axis), stride: axis.stride, before: axis.before }));

/**
 * @param {Field | null} field
 * @param {Window[] | null | undefined} windows One for each axis; undefined: every place sees what it saw; null: units have no box of one size.
 * @returns {Field | null}
 */
export function fieldAfter(field, windows) {
  if (windows === undefined || !field) return field;
  if (windows === null || windows.length !== field.size.length) return null; // the channels are an axis, too
  return {
    size: windows.map(({ extent }, at) => counted(field.size[at] + (extent - 1) * field.jump[at])),
    jump: windows.map(({ stride }, at) => counted(field.jump[at] * stride)),
    start: windows.map(({ before }, at) => field.start[at] - before * field.jump[at]),
  };
}
