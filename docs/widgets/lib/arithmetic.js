// Convolution arithmetic as cnnfilters.arithmetic has it: rows and columns never interact, so nearly
// everything here is about one axis. No DOM.

/** @typedef {[rows: number, columns: number]} Pair */
/**
 * @typedef {object} Geometry Everything about a convolution but its numbers, one for each axis of the image.
 * @property {number[]} kernel
 * @property {number[]} stride
 * @property {[before: number, after: number][] | "same"} padding ((top, bottom), (left, right)).
 * @property {number[]} dilation
 * @property {boolean} transposed
 * @property {number[]} added Output padding; 0 unless transposed.
 */
/**
 * @typedef {object} Axis One axis of a geometry.
 * @property {number} kernel
 * @property {number} stride
 * @property {number} before Padding at the top or left.
 * @property {number} after Padding at the bottom or right.
 * @property {number} dilation
 * @property {boolean} transposed
 * @property {number} added
 */

/** @param {{kernel: number, dilation: number}} axis @returns {number} How far the kernel reaches, its gaps included. */
export function extentOf({ kernel, dilation }) {
  return (kernel - 1) * dilation + 1;
}

/**
 * Zeros shared between two sides so that the size stays; a spare one goes to the end, as in PyTorch.
 *
 * @param {number} extent
 * @returns {Pair}
 */
function sameSides(extent) {
  const before = Math.floor((extent - 1) / 2);
  return [before, extent - 1 - before];
}

/** @param {Geometry} geometry @returns {Axis[]} In the order of the image: rows, columns. */
export function axesOf({ kernel, stride, padding, dilation, transposed, added }) {
  return kernel.map((size, at) => {
    const shape = { kernel: size, dilation: dilation[at] };
    const [before, after] = padding === "same" ? sameSides(extentOf(shape)) : padding[at];
    return { ...shape, stride: stride[at], before, after, transposed, added: added[at] };
  });
}

/** @param {Axis} axis @returns {boolean} Output padding only chooses between sizes that a stride confuses. */
export function addsTooMuch({ added, stride, dilation }) {
  return added > 0 && added >= Math.max(stride, dilation);
}

/** @param {Axis} axis @param {number} length @returns {number} Positions of a transposed output before its padding is cut off. */
export function paintedLength(axis, length) {
  return (length - 1) * axis.stride + extentOf(axis) + axis.added;
}

/**
 * Positions that come out.
 *
 * @param {Axis} axis
 * @param {number} length
 * @returns {number} 0 if nothing does.
 */
export function outputLength(axis, length) {
  const padding = axis.before + axis.after;
  if (axis.transposed) return Math.max(0, paintedLength(axis, length) - padding);
  const room = length + padding - extentOf(axis);
  return room < 0 ? 0 : Math.floor(room / axis.stride) + 1;
}

/**
 * Positions that come out of a pooling.
 *
 * @param {Axis} axis
 * @param {number} length
 * @param {boolean} ceil Whether a last window may hang over the far edge.
 * @returns {number} 0 if nothing does.
 */
export function pooledLength(axis, length, ceil) {
  const short = extentOf(axis) - length - axis.before - axis.after; // what a first window lacks
  if (!ceil || short >= axis.stride) return outputLength(axis, length);
  const output = Math.ceil(-short / axis.stride) + 1;
  const startsPastTheEnd = (output - 1) * axis.stride >= length + axis.before;
  return startsPastTheEnd ? output - 1 : output;
}

/**
 * The smallest and the largest input that give this output.
 *
 * @param {Axis} axis
 * @param {number} output
 * @returns {Pair | null}
 */
export function inputLengths(axis, output) {
  const padding = axis.before + axis.after;
  if (axis.transposed) {
    const steps = (output - axis.added - extentOf(axis) + padding) / axis.stride;
    return Number.isInteger(steps) && steps >= 0 ? [steps + 1, steps + 1] : null;
  }
  const least = (output - 1) * axis.stride + extentOf(axis) - padding;
  const most = least + axis.stride - 1;
  return most < 1 ? null : [Math.max(1, least), most];
}

/** @param {Axis} axis @param {number} length @returns {number} Positions at the end of the padded input that no window reaches. */
export function unusedLength(axis, length) {
  if (axis.transposed) return 0;
  const last = (outputLength(axis, length) - 1) * axis.stride;
  return length + axis.before + axis.after - extentOf(axis) - last;
}

/** @param {Axis} axis @param {number} length @returns {number[]} How many windows read each position of the input. */
export function visits(axis, length) {
  return countProducts(axis, length, "input");
}

/** @param {Axis} axis @param {number} length @returns {number[]} How many positions of the input each output is made from. */
export function contributions(axis, length) {
  return countProducts(axis, length, "output");
}

/** @param {Axis} axis @param {number} length @param {"input" | "output"} side @returns {number[]} */
function countProducts(axis, length, side) {
  const output = outputLength(axis, length);
  const counts = Array(side === "input" ? length : output).fill(0);
  const [steps, limit] = axis.transposed ? [length, output] : [output, length];
  const countsStarts = (side === "input") === axis.transposed;
  for (let step = 0; step < steps; step++)
    for (let element = 0; element < axis.kernel; element++) {
      const reached = step * axis.stride + element * axis.dilation - axis.before;
      if (reached >= 0 && reached < limit) counts[countsStarts ? step : reached] += 1;
    }
  return counts;
}

/**
 * The direct convolution that gives a transposed one's output from the stretched input.
 *
 * @param {Axis} axis
 * @returns {Axis | null} None if the padding cuts into the stretched input.
 */
export function directOf(axis) {
  const before = extentOf(axis) - 1 - axis.before;
  const after = extentOf(axis) - 1 - axis.after + axis.added;
  if (Math.min(before, after) < 0) return null;
  return { kernel: axis.kernel, dilation: axis.dilation, stride: 1, before, after, transposed: false, added: 0 };
}

/** @param {Axis} axis @param {number} length @returns {number} The input with its zeros in between. */
export function stretchedLength(axis, length) {
  return (length - 1) * axis.stride + 1;
}
