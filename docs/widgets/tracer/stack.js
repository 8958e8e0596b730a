// The code in the text field as layers, and layers as code. No DOM.

import { readLayer, writeLayer } from "../lib/layers.js";
import { parseNumber, Refusal } from "../lib/numbers.js";
import { parseSequential } from "../lib/sequential_parser.js";
import { placeWords } from "../lib/tokens.js";
import { KINDS } from "../lib/torch/kinds.js";

/** @typedef {import("../lib/layers.js").Layer} Layer */
/** @typedef {import("../lib/sequential_parser.js").Part} Part */
/** @typedef {import("../lib/shapes.js").Fix} Fix */
/** @typedef {import("../lib/shapes.js").Shape} Shape */
/** @typedef {{text: string, module: object, learns: boolean}} Entry A layer as it is written; the same module may stand in several. */

const SIDE = { least: 1, most: 100_000 };

/**
 * The layers of a code.
 *
 * @param {string} code
 * @param {string} [part] The stack that was chosen among several.
 * @returns {Layer[]}
 * @throws {Refusal} The message begins with the place.
 */
export function readStack(code, part = "") {
  return readNetwork(code, part).layers;
}

/**
 * The layers of a code, and the stacks to choose from.
 *
 * @param {string} code
 * @param {string} part
 * @returns {{layers: Layer[], parts: Part[]}}
 * @throws {Refusal}
 */
export function readNetwork(code, part) {
  const { calls, parts } = parseSequential(code, part);
  const layers = calls.map((call) => {
    try {
      return readLayer(call);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      throw new Refusal(`${placeWords(code, call.start)}: ${error.message}`);
    }
  });
  return { layers, parts };
}

/** @param {string[]} layers As PyTorch writes them, without `nn.`. @returns {string} */
export function stackCode(layers) {
  return stackOf(layers.map((layer) => `nn.${layer}`));
}

/** @param {string[]} members @returns {string} */
const stackOf = (members) => `nn.Sequential(\n${members.map((member) => `    ${member},\n`).join("")})`;

/** @param {Layer[]} layers @returns {string[]} */
export function writeStack(layers) {
  return layers.map((layer) => writeLayer(layer));
}

/** @param {Layer[]} layers @returns {Entry[]} */
export function entriesOf(layers) {
  return layers.map((layer) => ({ text: writeLayer(layer), module: layer.module, learns: KINDS.get(layer.name)?.parameters !== undefined }));
}

/**
 * Layers as code; a module that learns and is used again keeps its weights under a name.
 *
 * @param {Entry[]} entries
 * @returns {string}
 */
export function codeOf(entries) {
  const { lines, members } = named(entries, "nn.");
  return [...lines, stackOf(members)].join("\n");
}

/** The same as short as it can be, for an address. @param {Layer[]} layers @returns {string} */
export function shortCode(layers) {
  const { lines, members } = named(entriesOf(layers), "");
  return [...lines, members.join(",")].join(";").replace(/ = /g, "=").replace(/, /g, ",");
}

/** @param {Entry[]} entries @param {string} prefix @returns {{lines: string[], members: string[]}} */
function named(entries, prefix) {
  /** @type {Map<object, string>} */
  const names = new Map();
  const lines = entries.flatMap(({ text, module, learns }, at) => {
    const again = learns && entries.some((other, place) => place > at && other.module === module);
    if (!again || names.has(module)) return [];
    names.set(module, `shared${names.size + 1}`);
    return [`${names.get(module)} = ${prefix}${text}`];
  });
  return { lines, members: entries.map(({ text, module }) => names.get(module) ?? prefix + text) };
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
  const wanted = entriesOf(layers).flatMap((entry, at) => {
    const text = replace && entry.module === layer.module ? replace : entry.text;
    const before = insert && layers[at] === layer ? [{ text: insert, module: {}, learns: false }] : [];
    return [...before, { ...entry, text }];
  });
  const mended = inPlace(code, layer, replace, insert);
  return mended !== null && reads(mended, wanted) ? mended : codeOf(wanted); // in OrderedDict([("name", layer)]) there is no room for a second layer
}

/** @param {string} code @param {Layer} layer @param {string} [replace] @param {string} [insert] @returns {string | null} */
function inPlace(code, layer, replace, insert) {
  const old = code.slice(layer.start, layer.end);
  const at = old.indexOf(layer.name);
  if (at < 0 || /^[ \t]*\(/m.test(code.slice(0, layer.start).split("\n").pop() ?? "") && insert) return null; // (1): of a print
  const prefix = old.slice(0, at);
  const indent = /[ \t]*$/.exec(code.slice(0, layer.start))?.[0] ?? "";
  const inserted = insert ? `${prefix}${insert},${indent ? `\n${indent}` : " "}` : "";
  return code.slice(0, layer.start) + inserted + (replace ? prefix + replace : old) + code.slice(layer.end);
}

/** @param {string} code @param {Entry[]} wanted @returns {boolean} Whether the code reads as these layers. */
function reads(code, wanted) {
  try {
    const texts = writeStack(readStack(code));
    return texts.join("\n") === wanted.map(({ text }) => text).join("\n");
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return false;
  }
}

/**
 * The shape of an image as it is typed: `1, 28, 28`, `(1, 28, 28)` or `3 × 32 × 32`; `784` are features.
 *
 * @param {string} text
 * @returns {Shape}
 * @throws {Refusal}
 */
export function readShape(text) {
  if (text.length > 100) throw new Refusal(`The input has ${text.length.toLocaleString("en")} characters. Type one to four numbers.`);
  const bare = text.replace(/^\s*(?:torch\.Size\()?[([]?|[)\]]*\s*$/g, "");
  const parts = bare.replace(/,\s*$/, "").split(/[,x×]/);
  if (parts.length > 4) throw new Refusal(`The input has ${parts.length} numbers. At most four: channels, depth, height, width. Leave out the batch.`);
  return parts.map((part) => parseNumber(part, { label: "Each number of the input", ...SIDE, whole: true }));
}
