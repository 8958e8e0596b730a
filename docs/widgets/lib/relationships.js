// Which numbered relationship of Dumoulin & Visin's guide a convolution is. Their words and formulas
// come from cnnfilters.arithmetic.relationships, as widgets/data/relationships.json. No DOM.

/** @typedef {import("./arithmetic.js").Axis} Axis */
/**
 * @typedef {object} Relationship
 * @property {number} number
 * @property {string} name
 * @property {string} conditions
 * @property {string} formula As plain text.
 */

/** @type {[number, (axis: Axis) => boolean][]} The first that holds on both axes is the most specific. */
const DIRECT = [
  [1, (x) => x.dilation === 1 && x.stride === 1 && x.before === 0],
  [3, (x) => x.dilation === 1 && x.stride === 1 && x.kernel === 2 * x.before + 1],
  [4, (x) => x.dilation === 1 && x.stride === 1 && x.before === x.kernel - 1],
  [2, (x) => x.dilation === 1 && x.stride === 1],
  [5, (x) => x.dilation === 1 && x.before === 0],
  [6, (x) => x.dilation === 1],
  [15, () => true],
];
/** @type {typeof DIRECT} */
const TRANSPOSED = [
  [8, (x) => x.dilation === 1 && x.stride === 1 && x.before === 0],
  [10, (x) => x.dilation === 1 && x.stride === 1 && x.kernel === 2 * x.before + 1],
  [11, (x) => x.dilation === 1 && x.stride === 1 && x.before === x.kernel - 1],
  [9, (x) => x.dilation === 1 && x.stride === 1 && x.before <= x.kernel - 1],
  [12, (x) => x.dilation === 1 && x.before === 0 && x.added === 0],
  [13, (x) => x.dilation === 1 && x.before <= x.kernel - 1 && x.added === 0],
  [14, (x) => x.dilation === 1 && x.before <= x.kernel - 1 && x.added < x.stride],
];

/**
 * The most specific relationship that applies to every axis.
 *
 * @param {Axis[]} axes
 * @returns {number | null}
 */
export function relationshipOf(axes) {
  if (axes.some((axis) => axis.before !== axis.after)) return null; // the guide pads both sides alike
  const order = axes[0].transposed ? TRANSPOSED : DIRECT;
  const [number] = order.find(([, applies]) => axes.every(applies)) ?? [null];
  return number;
}

/**
 * Why the guide has no number for a convolution.
 *
 * @param {Axis[]} axes
 * @returns {string}
 */
export function whyNone(axes) {
  if (axes.some((axis) => axis.before !== axis.after)) return "its relationships pad both sides alike";
  if (axes.some((axis) => axis.dilation > 1)) return "its transposed relationships have no dilation";
  return "its transposed relationships need a padding of at most k − 1";
}
