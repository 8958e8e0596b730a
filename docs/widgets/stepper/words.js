// What the stepper says: to readers, to a screen reader, to PyTorch. No DOM.

import { matchOf, outputSize } from "../lib/convolution.js";
import { tensorCode } from "../lib/kernels.js";
import { codeNumber, formatNumber } from "../lib/numbers.js";

/** @typedef {import("./state.js").State} State */
/** @typedef {import("./state.js").Worked} Worked */

/** @param {State} state @returns {string} */
export function imageCaption({ digit, image }) {
  const size = `${image.length} × ${image[0].length}`;
  return digit === null ? `Your image, ${size}` : `A handwritten ${digit}, ${size}`;
}

/** @param {State} state @param {Worked} worked @returns {string} */
export function resultWords(state, { map, row, column, sum }) {
  return `Row ${row}, column ${column} of the map: the sum is ${formatNumber(sum)}. Output ${state.step + 1} of ${map.data.length}.`;
}

/** @param {Worked} worked @returns {string} */
export function matchWords({ terms }) {
  return `Match without brightness and contrast: ${formatNumber(matchOf(terms), 2)}, on a scale from −1 to 1.`;
}

/** @param {State} state @param {Worked} worked @returns {string} The size formula with its floor, row by row. */
export function sizeWords(state, { map }) {
  const axis = (/** @type {number} */ size, /** @type {number} */ kernel) => {
    const reach = state.dilation * (kernel - 1) + 1;
    return `⌊(${size} + 2·${state.padding} − ${reach}) / ${state.stride}⌋ + 1 = ${outputSize(size, kernel, state)}`;
  };
  const rows = axis(state.image.length, state.kernel.length);
  const columns = axis(state.image[0].length, state.kernel[0].length);
  const size = `The map is ${map.height} × ${map.width}`;
  return rows === columns ? `${size}: ${rows}.` : `${size}: rows ${rows}; columns ${columns}.`;
}

/** @param {Worked} worked @returns {import("../lib/table.js").TableData} */
export function termTable({ terms, row, column, sum }) {
  return {
    caption: `The products behind row ${row}, column ${column}; their sum is ${formatNumber(sum)}.`,
    columns: ["Pixel at", "Pixel", "Weight", "Product", "Sum so far"],
    rows: terms.map((term) => [
      term.padded ? "padding" : `row ${term.row}, column ${term.column}`,
      ...[term.pixel, term.weight, term.product, term.sum].map((value) => formatNumber(value)),
    ]),
  };
}

/** @param {State} state @param {Worked} worked @returns {string} Runs as it stands; its last line gives the map. */
export function pytorchCode(state, { map, row, column, sum }) {
  const level = state.level ? ` + ${state.level}` : "";
  const kernel = state.flip ? "kernel.flip(0, 1)" : "kernel";
  const options = ["stride", "padding", "dilation"]
    .map((name) => `${name}=${state[/** @type {"stride"} */ (name)]}`)
    .join(", ");
  return [
    "import torch",
    "import torch.nn.functional as F",
    "",
    `image = ${tensorCode(state.image)}${level}`,
    `kernel = ${tensorCode(state.kernel)}`,
    `# ${map.height} × ${map.width}; row ${row}, column ${column} is ${codeNumber(sum)}`,
    `F.conv2d(image[None, None], ${kernel}[None, None], ${options})[0, 0]`,
  ].join("\n");
}
