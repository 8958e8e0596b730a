// The code in the text field as layers, and layers as code. No DOM.

import { readLayer, writeLayer } from "../lib/layers.js";
import { parseNumber, Refusal } from "../lib/numbers.js";
import { parseSequential } from "../lib/sequential_parser.js";
import { placeWords } from "../lib/tokens.js";

/** @typedef {import("../lib/layers.js").Layer} Layer */
/** @typedef {import("../lib/shapes.js").Fix} Fix */
/** @typedef {import("../lib/shapes.js").Shape} Shape */

const SIDE = { least: 1, most: 100_000 };

/**
 * The layers of a code.
 *
 * @param {string} code
 * @returns {Layer[]}
 * @throws {Refusal} The message begins with the place.
 */
export function readStack(code) {
  return parseSequential(code).map((call) => {
    try {
      return readLayer(call);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      throw new Refusal(`${placeWords(code, call.start)}: ${error.message}`);
    }
  });
}

/** @param {string[]} layers As PyTorch writes them, without `nn.`. @returns {string} */
export function stackCode(layers) {
  return `nn.Sequential(\n${layers.map((layer) => `    nn.${layer},\n`).join("")})`;
}

/** @param {Layer[]} layers @returns {string[]} */
export function writeStack(layers) {
  return layers.map((layer) => writeLayer(layer));
}

/**
 * The code with one layer mended, all else as it was written.
 *
 * @param {string} code
 * @param {Layer[]} layers
 * @param {Layer} layer
 * @param {Fix} fix
 * @returns {string}
 */
export function mendedCode(code, layers, layer, { replace, insert }) {
  const old = code.slice(layer.start, layer.end);
  const prefix = old.slice(0, old.indexOf(layer.name));
  const indent = /[ \t]*$/.exec(code.slice(0, layer.start))?.[0] ?? "";
  const inserted = insert ? `${prefix}${insert},${indent ? `\n${indent}` : " "}` : "";
  const mended = code.slice(0, layer.start) + inserted + (replace ? prefix + replace : old) + code.slice(layer.end);
  try {
    if (readStack(mended).length === layers.length + (insert ? 1 : 0)) return mended;
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
  }
  // in OrderedDict([("name", layer)]) there is no room for a second layer: write the stack anew
  const texts = layers.flatMap((other) => (other === layer ? [...(insert ? [insert] : []), replace ?? writeLayer(other)] : [writeLayer(other)]));
  return stackCode(texts);
}

/**
 * The shape of an image as it is typed: `1, 28, 28`, `(1, 28, 28)` or `3 × 32 × 32`.
 *
 * @param {string} text
 * @returns {Shape}
 * @throws {Refusal}
 */
export function readShape(text) {
  if (text.length > 100) throw new Refusal(`The input has ${text.length.toLocaleString("en")} characters. Type three numbers.`);
  const parts = text.replace(/^\s*[([]|[)\]]\s*$/g, "").replace(/,\s*$/, "").split(/[,x×]/);
  if (parts.length === 4) throw new Refusal("The input has four numbers. Leave out the batch: PyTorch adds it in front, and no layer changes it.");
  if (parts.length !== 1 && parts.length !== 3) throw new Refusal("The input must be three numbers: channels, height, width.");
  return parts.map((part) => parseNumber(part, { label: "Each number of the input", ...SIDE, whole: true }));
}
