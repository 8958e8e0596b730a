// Kernels as rows of numbers: read, named, resized, scaled. No DOM.

import { codeNumber, parseMatrix, parseNumber, quote, Refusal } from "./numbers.js";

const WEIGHT = { least: -99, most: 99 };

/** @typedef {Map<string, number[][]>} Kernels By name, in the order in which to offer them. */

/**
 * The named kernels that a widget can show.
 *
 * @param {{name: string, weights: number[][]}[]} bank What the build wrote.
 * @param {number} most Rows.
 * @returns {Kernels}
 */
export function kernelsUpTo(bank, most) {
  const small = bank.filter(({ weights }) => weights.length <= most);
  return new Map(small.map(({ name, weights }) => [name, weights]));
}

/** @param {string} text @param {string} label @returns {number} @throws {Refusal} */
export function readWeight(text, label) {
  return parseNumber(text, { label, ...WEIGHT });
}

/**
 * A square kernel from rows of numbers, or from its name.
 *
 * @param {string} text
 * @param {Kernels} kernels
 * @param {number[]} sides Which sizes are allowed, the largest last.
 * @returns {number[][]}
 * @throws {Refusal}
 */
export function readKernel(text, kernels, sides) {
  const named = kernels.get(text.trim());
  if (named) return named;
  if (/^[a-z][a-z0-9-]{1,30}$/.test(text.trim()))
    throw new Refusal(`The kernel (${quote(text)}) is none of ${[...kernels.keys()].join(", ")}.`);
  const most = sides[sides.length - 1];
  const rows = parseMatrix(text, {
    label: "The kernel",
    mostRows: most,
    mostColumns: most,
    ...WEIGHT,
  });
  const size = `${rows.length} × ${rows[0].length}`;
  if (rows.length !== rows[0].length)
    throw new Refusal(`The kernel is ${size}. It must be square.`);
  if (!sides.includes(rows.length))
    throw new Refusal(`The kernel is ${size}. It must be at least ${sides[0]} × ${sides[0]}.`);
  return rows;
}

/**
 * Rows as text that `parseMatrix` reads back.
 *
 * @param {number[][]} rows
 * @param {string} [separator]
 * @returns {string}
 */
export function matrixText(rows, separator = ";") {
  return rows.map((row) => row.map(codeNumber).join(" ")).join(separator);
}

/** @param {number[][]} kernel @param {Kernels} kernels @returns {string | undefined} */
export function nameOf(kernel, kernels) {
  const text = matrixText(kernel);
  return [...kernels].find(([, weights]) => matrixText(weights) === text)?.[0];
}

/**
 * Another size for a kernel: zeros around it, or its middle cut out.
 *
 * @param {number[][]} kernel
 * @param {number} side
 * @returns {number[][]}
 */
export function resized(kernel, side) {
  const shift = Math.floor((kernel.length - side) / 2);
  return Array.from({ length: side }, (_, row) =>
    Array.from({ length: side }, (__, column) => kernel[row + shift]?.[column + shift] ?? 0),
  );
}

/**
 * Take the mean away, so that flat patches give 0; then divide by the sum of absolute weights, so
 * that pixels from 0 to 1 give answers from -1 to 1.
 *
 * @param {number[][]} kernel
 * @param {{centred: boolean, normalised: boolean}} wanted
 * @returns {number[][]}
 */
export function adjusted(kernel, { centred, normalised }) {
  const weights = kernel.flat();
  const mean = centred ? weights.reduce((sum, weight) => sum + weight, 0) / weights.length : 0;
  const size = weights.reduce((sum, weight) => sum + Math.abs(weight - mean), 0);
  const by = normalised && size > 1e-12 ? size : 1; // a flat kernel has nothing left to divide
  return kernel.map((row) => row.map((weight) => (weight - mean) / by));
}

/**
 * The literal of a tensor in PyTorch.
 *
 * @param {number[][]} rows
 * @returns {string}
 */
export function tensorCode(rows) {
  const lines = rows.map((row) => `    [${row.map(codeNumber).join(", ")}],`);
  return ["torch.tensor([", ...lines, "], dtype=torch.float64)"].join("\n");
}
