// A layer of PyTorch from what was written, its arguments read as its constructor reads them, and
// written back short. No DOM.

import { quote, Refusal } from "./numbers.js";
import { REFUSED } from "./torch/refused.js";
import { SIGNATURES } from "./torch/signatures.js";
import { Decimal, python } from "./torch/values.js";

/** @typedef {import("./torch/values.js").Value} Value */
/** @typedef {import("./torch/signatures.js").Argument} Argument */
/**
 * @typedef {object} Call A layer as it was written.
 * @property {string} path Its place, as PyTorch names it: "2", "features.0".
 * @property {string} layer Its class.
 * @property {Value[]} values By position.
 * @property {Map<string, Value>} named By name.
 * @property {boolean} printed As PyTorch prints it, which is not always as it is written.
 * @property {object} module The same for a module that is used again.
 * @property {number} start Where it stands in the code.
 * @property {number} end
 */
/**
 * @typedef {object} Layer
 * @property {string} name PyTorch's class.
 * @property {string} path
 * @property {Map<string, any>} settings A number for each axis of the image for sizes, or "same" for padding.
 * @property {object} module The same for a module that is used again, whose parameters are shared.
 * @property {{setting: string, usual: Value}[]} assumed What its print does not hold, so that the default is taken.
 * @property {number} start Where it stands in the code.
 * @property {number} end
 */

/**
 * A layer from what was written.
 *
 * @param {Call} call
 * @returns {Layer}
 * @throws {Refusal} PyTorch would refuse it too, or it is no layer that is known here.
 */
export function readLayer(call) {
  const { path, layer: name, module, start, end } = call;
  const reason = REFUSED.get(name);
  if (reason) throw new Refusal(`${name} can't be traced: ${reason}.`);
  const known = SIGNATURES.get(name);
  const alike = known ? undefined : [...SIGNATURES.keys()].find((other) => other.toLowerCase() === name.toLowerCase());
  if (alike) throw new Refusal(`${quote(name)} is no layer. Write ${alike}.`);
  if (!known) throw new Refusal(`${quote(name)} is no layer that is known here. Known are the layers of torch.nn with one input and one output.`);
  const given = name === "Identity" ? new Map() : argumentsOf(name, known, call.printed ? written(call) : call);
  const settings = new Map();
  for (const { name: setting, read, usual } of known) {
    const value = given.get(setting) ?? (given.has(setting) ? null : usual);
    if (value === undefined) throw new Refusal(`${name} needs ${setting}.${lost(call)}`);
    settings.set(setting, read(setting, value, rankOf(name)));
  }
  if (settings.get("stride") === null) settings.set("stride", settings.get("kernel_size"));
  const assumed = call.printed ? known.filter(({ name: setting, unprinted }) => unprinted && !given.has(setting)) : [];
  return { name, path, settings, module, assumed: assumed.map(({ name: setting, usual }) => ({ setting, usual: usual ?? null })), start, end };
}

/** @param {string} name @returns {number} Axes of the image that a layer is for: 1 to 3; 2 where the name does not say. */
export function rankOf(name) {
  return Number(/([123])d$/.exec(name)?.[1] ?? 2);
}

/**
 * Arguments by name.
 *
 * @param {string} name
 * @param {Argument[]} known
 * @param {{values: Value[], named: Map<string, Value>}} written
 * @returns {Map<string, Value>}
 */
function argumentsOf(name, known, { values, named }) {
  const placed = known.filter((argument) => !argument.named);
  if (values.length > placed.length)
    throw new Refusal(`${name} takes at most ${placed.length} ${placed.length === 1 ? "value" : "values"}; ${values.length} are given.`);
  const given = new Map(values.map((value, index) => [placed[index].name, value]));
  for (const [setting, value] of named) {
    if (!known.some((argument) => argument.name === setting))
      throw new Refusal(`${name} has no ${quote(setting)}. It has ${known.map((argument) => argument.name).join(", ") || "no settings"}.`);
    if (given.has(setting)) throw new Refusal(`${setting} of ${name} is given twice.`);
    given.set(setting, value);
  }
  return given;
}

/** What is printed of a lazy layer and of an upsampling names more than is written. @param {Call} call */
function written({ layer, values, named }) {
  if (layer === "LazyLinear" && named.get("in_features") === 0) return { values, named: without(named, "in_features") };
  if (layer.startsWith("Lazy") && values[0] === 0) return { values: values.slice(1), named };
  return { values, named: layer.startsWith("Upsampling") ? without(named, "mode") : named };
}

/** @param {Map<string, Value>} named @param {string} name */
const without = (named, name) => new Map([...named].filter(([other]) => other !== name));

/** @param {Call} call @returns {string} */
function lost({ printed, values, named }) {
  return printed && !values.length && !named.size ? " A print does not hold it: write the layer as in your code." : "";
}

/**
 * A layer as short as it can be written.
 *
 * @param {Layer} layer
 * @param {Record<string, any>} [changes]
 * @returns {string}
 */
export function writeLayer({ name, settings }, changes = {}) {
  const rank = rankOf(name);
  const parts = [];
  for (const argument of SIGNATURES.get(name) ?? []) {
    const { name: setting, usual, read } = argument;
    const value = setting in changes ? changes[setting] : settings.get(setting);
    if (usual === undefined) parts.push(python(shortest(argument, value, rank)));
    else {
      const usually = setting === "stride" && usual === null ? (changes.kernel_size ?? settings.get("kernel_size")) : read(setting, usual, rank);
      if (!same(value, usually)) parts.push(`${setting}=${python(shortest(argument, value, rank))}`);
    }
  }
  return `${name}(${parts.join(", ")})`;
}

/** @param {any} value @param {any} other */
const same = (value, other) => JSON.stringify(plain(value)) === JSON.stringify(plain(other));

/** @param {any} value */
const plain = (value) => (value instanceof Decimal ? value.value : value);

/** One number for all axes, if it says the same. @param {Argument} argument @param {any} value @param {number} rank */
function shortest({ name, read, spreads }, value, rank) {
  if (!spreads || !Array.isArray(value) || !value.length || value.some((member) => member !== value[0])) return value;
  return value[0] !== null && same(read(name, value[0], rank), value) ? value[0] : value;
}
