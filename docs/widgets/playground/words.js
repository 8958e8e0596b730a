// What the playground says: to readers, to a screen reader, to PyTorch. No DOM.

import { termsOf } from "../lib/convolution.js";
import { nameOf, tensorCode } from "../lib/kernels.js";
import { formatNumber } from "../lib/numbers.js";

/** @typedef {import("./state.js").State} State */
/** @typedef {import("./state.js").Worked} Worked */
/** @typedef {import("./state.js").Bank} Bank */
/** @typedef {import("../lib/convolution.js").Stack} Stack */

/** @param {Worked} worked @param {Stack} image @returns {string} */
export function answerWords({ row, column, answer }, image) {
  const pixel = image.data[row * image.width + column];
  return `Row ${row}, column ${column}: brightness ${formatNumber(pixel)}, answer ${formatNumber(answer)}.`;
}

/** @param {Worked} worked @returns {string} */
export function rangeWords({ range, map }) {
  const [least, most, mean] = [range.least, range.most, range.mean].map((value) =>
    formatNumber(value),
  );
  return `All ${map.height} × ${map.width} answers lie between ${least} and ${most}; their mean is ${mean}.`;
}

/** @param {State} state @param {Worked} worked @param {Bank} bank @returns {string} */
export function kernelWords({ kernel }, { weights }, { kernels, about }) {
  const name = nameOf(kernel, kernels);
  const known = name ? about.get(name) : undefined;
  const sum = formatNumber(weights.flat().reduce((total, weight) => total + weight, 0));
  const gives = sum === "0" ? "0 whatever its brightness" : `${sum} times its brightness`;
  const flat = `The weights sum to ${sum}: a flat patch gives ${gives}.`;
  if (!known) return flat;
  const formula = known.formula.replace(/-(?=\d)/g, "−");
  return `${name}: ${formula}. A high answer means ${known.finds}. ${flat} Source: ${known.source}.`;
}

/** @param {Worked} worked @param {Stack} image @returns {import("../lib/table.js").TableData} */
export function termTable(worked, image) {
  const { kernel, row, column, top, left, answer } = worked;
  const terms = termsOf(image, kernel, {}, row - top, column - left);
  return {
    caption: `The products behind row ${row}, column ${column}; their sum is ${formatNumber(answer)}.`,
    columns: ["Pixel at", "Brightness", "Weight", "Product", "Sum so far"],
    rows: terms.map((term) => [
      `row ${term.row}, column ${term.column}`,
      ...[term.pixel, term.weight, term.product, term.sum].map((value) => formatNumber(value)),
    ]),
  };
}

/**
 * @param {State} state
 * @param {Worked} worked
 * @param {{file: string, address: string}} source The picture's file, and where to get it.
 * @returns {string} Runs beside the picture's file.
 */
export function pytorchCode(state, { map, row, column, top, left, answer }, { file, address }) {
  return [
    "import numpy as np",
    "import torch",
    "import torch.nn.functional as F",
    "from PIL import Image",
    "",
    `pixels = np.asarray(Image.open("${file}").convert("L")) / 255${address ? `  # ${address}` : ""}`,
    "photo = torch.from_numpy(pixels)",
    `kernel = ${tensorCode(state.kernel)}`,
    ...(state.centred ? ["kernel = kernel - kernel.mean()"] : []),
    ...(state.normalised ? ["kernel = kernel / kernel.abs().sum()"] : []),
    `# ${map.height} × ${map.width}; its [${row - top}, ${column - left}] is ${answer.toPrecision(6)}`,
    "F.conv2d(photo[None, None], kernel[None, None])[0, 0]",
  ].join("\n");
}
