// Cross-correlation, the operation of a network's layer, and what one number of it is made of.
// Channels first: an image is [channels][height][width] in one flat array. No DOM.

/**
 * @typedef {object} Stack Equal maps, one a channel, row by row.
 * @property {Float64Array | Float32Array} data
 * @property {number} channels
 * @property {number} height
 * @property {number} width
 */
/**
 * @typedef {object} Geometry
 * @property {number} [stride]
 * @property {number} [padding] Zeros on all four sides.
 * @property {number} [dilation]
 */

/**
 * One map from rows of numbers.
 *
 * @param {number[][]} rows
 * @returns {Stack}
 */
export function oneMap(rows) {
  return {
    data: Float64Array.from(rows.flat()),
    channels: 1,
    height: rows.length,
    width: rows[0].length,
  };
}

/**
 * The rows of one channel.
 *
 * @param {Stack} stack
 * @param {number} [channel]
 * @returns {number[][]}
 */
export function rowsOf({ data, height, width }, channel = 0) {
  return Array.from({ length: height }, (_, row) => {
    const start = (channel * height + row) * width;
    return [...data.subarray(start, start + width)];
  });
}

/**
 * How many windows fit along one axis: floor((size + 2 padding - reach) / stride) + 1.
 *
 * @param {number} size Of the input.
 * @param {number} kernel Size of the kernel.
 * @param {Geometry} [geometry]
 * @returns {number} 0 where not even one fits.
 */
export function outputSize(size, kernel, { stride = 1, padding = 0, dilation = 1 } = {}) {
  const reach = dilation * (kernel - 1) + 1;
  return Math.max(0, Math.floor((size + 2 * padding - reach) / stride) + 1);
}

/**
 * Turn every channel by 180°: with the turned kernel, cross-correlation is convolution.
 *
 * @param {Stack} kernel
 * @returns {Stack}
 */
export function turned(kernel) {
  const area = kernel.height * kernel.width;
  const data = kernel.data.slice();
  for (let start = 0; start < data.length; start += area)
    data.subarray(start, start + area).reverse();
  return { ...kernel, data };
}

/**
 * Slide one filter over an image.
 *
 * @param {Stack} image
 * @param {Stack} filter As many channels as the image.
 * @param {Geometry} [geometry]
 * @param {number} [bias]
 * @returns {Stack} One channel.
 */
export function crossCorrelate(image, filter, geometry = {}, bias = 0) {
  const { stride = 1, padding = 0, dilation = 1 } = geometry;
  const height = outputSize(image.height, filter.height, geometry);
  const width = outputSize(image.width, filter.width, geometry);
  const data = new Float64Array(height * width).fill(bias);
  // weight by weight, not window by window: the innermost loop then runs along rows of both
  filter.data.forEach((weight, index) => {
    if (weight === 0) return;
    const column = index % filter.width;
    const row = Math.floor(index / filter.width) % filter.height;
    const channel = Math.floor(index / (filter.width * filter.height));
    const left = column * dilation - padding;
    const [from, to] = inside(left, image.width, width, stride);
    for (let y = 0; y < height; y++) {
      const sourceRow = y * stride + row * dilation - padding;
      if (sourceRow < 0 || sourceRow >= image.height) continue;
      const source = (channel * image.height + sourceRow) * image.width + left;
      const target = y * width;
      for (let x = from; x < to; x++) data[target + x] += weight * image.data[source + x * stride];
    }
  });
  return { data, channels: 1, height, width };
}

/**
 * The outputs x for which left + x stride lies in the image.
 *
 * @param {number} left @param {number} size @param {number} outputs @param {number} stride
 * @returns {[from: number, to: number]}
 */
function inside(left, size, outputs, stride) {
  const from = Math.max(0, Math.ceil(-left / stride));
  return [from, Math.min(outputs, Math.ceil((size - left) / stride))];
}

/**
 * @typedef {object} Term One product of a dot product, and the sum so far.
 * @property {number} row Of the pixel, counted in the image; outside it is padding.
 * @property {number} column
 * @property {boolean} padded
 * @property {number} pixel
 * @property {number} weight
 * @property {number} product
 * @property {number} sum
 */

/**
 * The products behind one output, in reading order.
 *
 * @param {Stack} image One channel.
 * @param {Stack} kernel One channel.
 * @param {Geometry} geometry
 * @param {number} outputRow
 * @param {number} outputColumn
 * @returns {Term[]}
 */
export function termsOf(
  image,
  kernel,
  { stride = 1, padding = 0, dilation = 1 },
  outputRow,
  outputColumn,
) {
  let sum = 0;
  return Array.from(kernel.data, (weight, index) => {
    const row = outputRow * stride - padding + Math.floor(index / kernel.width) * dilation;
    const column = outputColumn * stride - padding + (index % kernel.width) * dilation;
    const padded = row < 0 || column < 0 || row >= image.height || column >= image.width;
    const pixel = padded ? 0 : image.data[row * image.width + column];
    const product = pixel * weight || 0; // never -0
    sum += product;
    return { row, column, padded, pixel, weight, product, sum };
  });
}

/**
 * How well a window matches a kernel whatever its brightness and contrast: the cosine between the
 * two after taking away their means.
 *
 * @param {Term[]} terms
 * @returns {number} From -1 to 1; 0 where either is flat.
 */
export function matchOf(terms) {
  const pixelMean = meanOf(terms, (term) => term.pixel);
  const weightMean = meanOf(terms, (term) => term.weight);
  let [dot, pixels, weights] = [0, 0, 0];
  for (const { pixel, weight } of terms) {
    dot += (pixel - pixelMean) * (weight - weightMean);
    pixels += (pixel - pixelMean) ** 2;
    weights += (weight - weightMean) ** 2;
  }
  const flat = 1e-12; // rounding leaves about this much of a flat patch
  return pixels > flat && weights > flat ? dot / Math.sqrt(pixels * weights) : 0;
}

/** @param {Term[]} terms @param {(term: Term) => number} read */
function meanOf(terms, read) {
  return terms.reduce((sum, term) => sum + read(term), 0) / terms.length;
}
