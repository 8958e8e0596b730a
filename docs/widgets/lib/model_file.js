// A network from a file that anyone may have written: every part is checked, nothing is executed. No DOM.
// The format is described on the page "Model format".

import { LIMITS } from "./model_limits.js";
import { POOL, SIDE } from "./network.js";
import { quote, Refusal } from "./numbers.js";
import { unpack } from "./packed.js";

/** @typedef {import("./network.js").Network} Network */

export const LARGEST_FILE = LIMITS.bytes;
const FORMAT = "cnnfilters-model";
const VERSION = 1;
const CLASSES = 10;
const BASE64 = /^[A-Za-z0-9+/]*={0,2}$/;

/**
 * The network that a file holds.
 *
 * @param {string} text
 * @returns {Network}
 * @throws {Refusal} It says which part is wrong.
 */
export function readModel(text) {
  if (text.length > LARGEST_FILE)
    throw new Refusal(`The file has ${text.length.toLocaleString("en")} characters. At most ${LARGEST_FILE.toLocaleString("en")} are read.`);
  let data;
  try {
    data = JSON.parse(text);
  } catch {
    throw new Refusal("The file is not JSON. Weights of PyTorch have to be exported first, by cnnfilters.export.export_module.");
  }
  return modelOf(data);
}

/**
 * The same from what JSON.parse gave.
 *
 * @param {unknown} data
 * @returns {Network}
 * @throws {Refusal}
 */
export function modelOf(data) {
  const model = objectOf(data, "The file");
  if (model.get("format") !== FORMAT) throw new Refusal(`\`format\` (=${said(model.get("format"))}) must be “${FORMAT}”.`);
  if (model.get("version") !== VERSION)
    throw new Refusal(`\`version\` (=${said(model.get("version"))}) must be ${VERSION}. This page reads no other.`);
  const input = objectOf(model.get("input"), "`input`");
  if (String(listOf(input.get("size"), "`input.size`", 2)) !== `${SIDE},${SIDE}`)
    throw new Refusal(`\`input.size\` must be ${SIDE} and ${SIDE}.`);
  const layers = listOf(model.get("layers"), "`layers`", 6 + 2 * LIMITS.linears).map((layer, index) => objectOf(layer, `layer ${index + 1}`));
  const { convolutions, features } = readConvolutions(layers);
  const accuracy = model.get("accuracy");
  const accuracyOn = model.get("accuracy_on");
  return {
    name: wordsOf(model.get("name"), "`name`"),
    accuracy: accuracy === null ? null : numberOf(accuracy, "`accuracy`", 0, 1),
    accuracyOn: accuracyOn === null ? null : wordsOf(accuracyOn, "`accuracy_on`"),
    mean: numberOf(input.get("mean"), "`input.mean`", -LIMITS.number, LIMITS.number),
    std: numberOf(input.get("std"), "`input.std`", LIMITS.least_std, LIMITS.number),
    convolutions,
    linears: readLinears(layers.slice(6), features),
  };
}

/** @param {Map<string, unknown>[]} layers */
function readConvolutions(layers) {
  const order = ["conv", "max-pool", "relu", "conv", "max-pool", "relu"];
  order.forEach((type, index) => expectType(layers, index, type));
  let [channels, side] = [1, SIDE];
  const convolutions = [0, 3].map((index) => {
    const convolution = readConvolution(layers[index], `layer ${index + 1}`, channels);
    const pool = layers[index + 1].get("size");
    if (pool !== POOL) throw new Refusal(`Layer ${index + 2}: \`size\` (=${said(pool)}) must be ${POOL}.`);
    side = Math.floor((side + 2 * convolution.padding - convolution.side + 1) / POOL);
    if (side < 1) throw new Refusal(`Layer ${index + 1}: no window of ${convolution.side} × ${convolution.side} fits what comes in.`);
    channels = convolution.filters;
    return convolution;
  });
  return { convolutions, features: channels * side ** 2 };
}

/** @param {Map<string, unknown>} layer @param {string} where @param {number} channels @returns {import("./network.js").Convolution} */
function readConvolution(layer, where, channels) {
  const { shape, numbers } = arrayOf(layer.get("weight"), `${where}, \`weight\``, 4);
  const [filters, takes, side, width] = shape;
  if (takes !== channels) throw new Refusal(`${capital(where)} takes ${takes} channels and would get ${channels}.`);
  if (side !== width) throw new Refusal(`${capital(where)}: kernels of ${side} × ${width} are not square.`);
  atMost(filters, LIMITS.filters, `${where}, filters`);
  atMost(side, LIMITS.kernel, `${where}, rows of a kernel`);
  const padding = numberOf(layer.get("padding"), `${where}, \`padding\``, 0, side - 1, true);
  return { name: wordsOf(layer.get("name"), `${where}, \`name\``), padding, filters, channels, side, weight: numbers, bias: biasOf(layer, where, filters) };
}

/** @param {Map<string, unknown>[]} layers @param {number} features @returns {import("./network.js").Linear[]} */
function readLinears(layers, features) {
  if (layers.length % 2 === 0) throw new Refusal("The file must end with a linear layer, and have a relu between two of them.");
  const linears = [];
  for (let index = 0, inputs = features; index < layers.length; index++) {
    expectType(layers, index, index % 2 ? "relu" : "linear", 6);
    if (index % 2) continue;
    const linear = readLinear(layers[index], `layer ${index + 7}`, inputs);
    linears.push(linear);
    inputs = linear.outputs;
  }
  const { outputs } = linears[linears.length - 1];
  if (outputs !== CLASSES) throw new Refusal(`The last layer gives ${outputs} numbers. It must give ${CLASSES}, one for each digit.`);
  return linears;
}

/** @param {Map<string, unknown>} layer @param {string} where @param {number} inputs @returns {import("./network.js").Linear} */
function readLinear(layer, where, inputs) {
  const { shape, numbers } = arrayOf(layer.get("weight"), `${where}, \`weight\``, 2);
  const [outputs, takes] = shape;
  if (takes !== inputs) throw new Refusal(`${capital(where)} takes ${takes.toLocaleString("en")} numbers and would get ${inputs.toLocaleString("en")}.`);
  atMost(outputs, LIMITS.outputs, `${where}, outputs`);
  return { name: wordsOf(layer.get("name"), `${where}, \`name\``), outputs, inputs, weight: numbers, bias: biasOf(layer, where, outputs) };
}

/** @param {Map<string, unknown>} layer @param {string} where @param {number} count */
function biasOf(layer, where, count) {
  const { shape, numbers } = arrayOf(layer.get("bias"), `${where}, \`bias\``, 1);
  if (shape[0] !== count) throw new Refusal(`${capital(where)}: \`bias\` has ${shape[0]} numbers. It must have ${count}.`);
  return numbers;
}

/** A packed array whose text is as long as its shape says. @param {unknown} value @param {string} where @param {number} axes */
function arrayOf(value, where, axes) {
  const packed = objectOf(value, where);
  const shape = listOf(packed.get("shape"), `${where}, \`shape\``, axes).map((size) => numberOf(size, `${where}, \`shape\``, 1, LIMITS.features, true));
  if (shape.length !== axes) throw new Refusal(`${capital(where)}: \`shape\` has ${shape.length} sizes. It must have ${axes}.`);
  const bytes = 4 * shape.reduce((product, size) => product * size, 1);
  const text = packed.get("float32");
  if (typeof text !== "string" || text.length !== 4 * Math.ceil(bytes / 3) || !BASE64.test(text))
    throw new Refusal(`${capital(where)}: \`float32\` must be base64 of the ${(bytes / 4).toLocaleString("en")} numbers that \`shape\` asks for.`);
  const numbers = unpack({ shape, float32: text });
  if (numbers.length !== bytes / 4) throw new Refusal(`${capital(where)}: \`float32\` holds ${numbers.length} numbers, \`shape\` asks for ${bytes / 4}.`);
  if (!numbers.every((number) => Math.abs(number) <= LIMITS.number)) // NaN fails too
    throw new Refusal(`${capital(where)} holds a number that is not finite, or beyond ${LIMITS.number.toLocaleString("en")}.`);
  return { shape, numbers };
}

/** @param {Map<string, unknown>[]} layers @param {number} index @param {string} type @param {number} [before] */
function expectType(layers, index, type, before = 0) {
  const found = layers[index]?.get("type");
  if (found === type) return;
  throw new Refusal(`Layer ${index + before + 1} (=${said(found)}) must be ${type}: conv, max-pool, relu, the same again, then linear layers with relu between.`);
}


/** The fields that an object has itself; none that every object inherits. @param {unknown} value @param {string} where @returns {Map<string, unknown>} */
function objectOf(value, where) {
  if (typeof value !== "object" || value === null || Array.isArray(value)) throw new Refusal(`${capital(where)} must be an object.`);
  return new Map(Object.entries(value));
}

/** @param {unknown} value @param {string} where @param {number} most @returns {unknown[]} */
function listOf(value, where, most) {
  if (!Array.isArray(value)) throw new Refusal(`${capital(where)} must be a list.`);
  atMost(value.length, most, `${where}, entries`);
  return value;
}

/** @param {unknown} value @param {string} where @param {number} least @param {number} most @param {boolean} [whole] @returns {number} */
function numberOf(value, where, least, most, whole = false) {
  if (typeof value !== "number" || !(value >= least && value <= most) || (whole && !Number.isInteger(value)))
    throw new Refusal(`${capital(where)} (=${said(value)}) must be a ${whole ? "whole " : ""}number from ${least} to ${most.toLocaleString("en")}.`);
  return value;
}

/** @param {unknown} value @param {string} where @returns {string} */
function wordsOf(value, where) {
  if (typeof value === "string" && value.trim() && value.length <= LIMITS.characters) return value;
  throw new Refusal(`${capital(where)} must be a text of 1 to ${LIMITS.characters} characters.`);
}

/** @param {number} count @param {number} most @param {string} what */
function atMost(count, most, what) {
  if (count > most) throw new Refusal(`${capital(what)}: ${count.toLocaleString("en")} are too many. At most ${most.toLocaleString("en")} can be read.`);
}

/** A value short enough for a message. @param {unknown} value */
function said(value) {
  return typeof value === "string" ? quote(value) : typeof value === "object" && value ? "an object" : String(value);
}

/** @param {string} words */
function capital(words) {
  return words.charAt(0).toUpperCase() + words.slice(1);
}
