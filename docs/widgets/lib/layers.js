// PyTorch's layers by name: what each is given, in its order, read with care and written back short.
// No DOM.

import { quote, Refusal } from "./numbers.js";
import { Decimal } from "./sequential_parser.js";

/** @typedef {import("./sequential_parser.js").Call} Call */
/** @typedef {import("./sequential_parser.js").Value} Value */
/** @typedef {(label: string, value: Value) => any} Read Throws a Refusal. */
/** @typedef {[name: string, read: Read, usual?: any]} Setting Without `usual` it must be given. */
/**
 * @typedef {object} Layer
 * @property {string} name PyTorch's class.
 * @property {string} path
 * @property {Map<string, any>} settings Pairs for sizes, ((top, bottom), (left, right)) or "same" for padding.
 * @property {number} start Where it stands in the code.
 * @property {number} end
 */

/** @param {Value} value @returns {string} As Python writes it. */
function python(value) {
  if (Array.isArray(value)) return `(${value.map(python).join(", ")}${value.length === 1 ? "," : ""})`;
  if (value instanceof Decimal) return String(value.value);
  if (typeof value === "string") return `'${value}'`;
  return value === null ? "None" : value === true ? "True" : value === false ? "False" : String(value);
}

/** @param {number} least @returns {Read} */
const integer = (least) => (label, value) => {
  const said = `${label} (${quote(python(value))})`;
  if (typeof value !== "number") throw new Refusal(`${said} must be a whole number.`);
  if (value < least) throw new Refusal(`${said} must be at least ${least}.`);
  return value;
};
/** @param {number} least @returns {Read} */
const pair = (least) => (label, value) => {
  if (!Array.isArray(value)) return Array(2).fill(integer(least)(label, value));
  if (value.length !== 2) throw new Refusal(`${label} (${quote(python(value))}) must be a number or a pair (height, width).`);
  return value.map((member) => integer(least)(label, member));
};
/** @type {Read} */
const padding = (label, value) => {
  if (value === "same") return value;
  if (value === "valid") return [0, 0];
  if (typeof value === "string") throw new Refusal(`${label} (${quote(value)}) must be 'same', 'valid' or a number.`);
  return pair(0)(label, value);
};
/** @type {Read} */
const truth = (label, value) => {
  if (typeof value !== "boolean") throw new Refusal(`${label} (${quote(python(value))}) must be True or False.`);
  return value;
};
/** @param {Value} usual @returns {Read} */
const only = (usual) => (label, value) => {
  if (value !== usual) throw new Refusal(`${label} (${quote(python(value))}) is not known here. Leave it out.`);
  return usual;
};
/** @type {Read} Whatever it is, shapes do not depend on it. */
const free = (_, value) => value;

/** @type {(names: string) => Setting[]} */
const frees = (names) => names.split(" ").filter(Boolean).map((name) => [name, free, undefined]);
const [count, size, none] = [integer(1), pair(1), pair(0)];
/** @type {Setting[]} */
const PLACE = frees("device dtype");
/** @type {Setting[]} */
const ENDS = [["bias", truth, true]];
/** @type {Setting} */
const ZEROS = ["padding_mode", only("zeros"), "zeros"];

/** @type {Map<string, Setting[]>} */
const SETTINGS = new Map([
  ["Conv2d", [["in_channels", count], ["out_channels", count], ["kernel_size", size], ["stride", size, [1, 1]], ["padding", padding, [0, 0]], ["dilation", size, [1, 1]], ["groups", count, 1], ...ENDS, ZEROS, ...PLACE]],
  ["ConvTranspose2d", [["in_channels", count], ["out_channels", count], ["kernel_size", size], ["stride", size, [1, 1]], ["padding", none, [0, 0]], ["output_padding", none, [0, 0]], ["groups", count, 1], ...ENDS, ["dilation", size, [1, 1]], ZEROS, ...PLACE]],
  ["MaxPool2d", [["kernel_size", size], ["stride", size, null], ["padding", none, [0, 0]], ["dilation", size, [1, 1]], ["return_indices", only(false), false], ["ceil_mode", truth, false]]],
  ["AvgPool2d", [["kernel_size", size], ["stride", size, null], ["padding", none, [0, 0]], ["ceil_mode", truth, false], ...frees("count_include_pad divisor_override")]],
  ["Linear", [["in_features", count], ["out_features", count], ...ENDS, ...PLACE]],
  ["Flatten", [["start_dim", only(1), 1], ["end_dim", only(-1), -1]]],
  ["BatchNorm2d", [["num_features", count], ...frees("eps momentum"), ["affine", truth, true], ...frees("track_running_stats device dtype")]],
  ["PReLU", [["num_parameters", count, 1], ...frees("init device dtype")]],
  ...Object.entries({
    Dropout: "p inplace", Dropout2d: "p inplace", ELU: "alpha inplace", GELU: "approximate",
    Hardswish: "inplace", Identity: "", LeakyReLU: "negative_slope inplace", LogSoftmax: "dim",
    ReLU: "inplace", ReLU6: "inplace", SELU: "inplace", SiLU: "inplace", Sigmoid: "", Softmax: "dim",
    Softplus: "beta threshold", Tanh: "",
  }).map(([name, names]) => /** @type {[string, Setting[]]} */ ([name, frees(names)])),
]);

/** The layers that can be traced, as a sentence names them. */
export const KNOWN = [...SETTINGS.keys()].join(", ");

/**
 * A layer from what was written.
 *
 * @param {Call} call
 * @returns {Layer}
 * @throws {Refusal} PyTorch would refuse it too, or it is no layer that is known here.
 */
export function readLayer({ path, layer: name, values, named, start, end }) {
  const known = SETTINGS.get(name);
  if (!known) throw new Refusal(`${quote(name)} is no layer that is known here. Known are ${KNOWN}.`);
  if (values.length > known.length)
    throw new Refusal(`${name} takes at most ${known.length} values; ${values.length} are given.`);
  const given = new Map(values.map((value, index) => [known[index][0], value]));
  for (const [setting, value] of named) {
    if (!known.some(([other]) => other === setting))
      throw new Refusal(`${name} has no ${quote(setting)}. It has ${known.map(([other]) => other).join(", ") || "no settings"}.`);
    if (given.has(setting)) throw new Refusal(`${setting} of ${name} is given twice.`);
    given.set(setting, value);
  }
  const settings = new Map();
  for (const [setting, read, usual] of known) {
    const value = given.get(setting);
    if (value === undefined && read !== free && usual === undefined)
      throw new Refusal(`${name} needs ${setting}.`);
    if (value !== undefined && !(value === null && usual === null)) settings.set(setting, read(setting, value));
    else settings.set(setting, usual);
  }
  if (settings.get("stride") === null) settings.set("stride", settings.get("kernel_size"));
  return { name, path, settings, start, end };
}

/**
 * A layer as short as it can be written.
 *
 * @param {Layer} layer
 * @param {Record<string, any>} [changes]
 * @returns {string}
 */
export function writeLayer({ name, settings }, changes = {}) {
  const parts = [];
  for (const [setting, , usual] of SETTINGS.get(name) ?? []) {
    const value = setting in changes ? changes[setting] : settings.get(setting);
    const usually = usual === null ? (changes.kernel_size ?? settings.get("kernel_size")) : usual;
    if (usual !== undefined || value === undefined) {
      if (value === undefined || same(value, usually)) continue;
      parts.push(`${setting}=${python(shortest(value))}`);
    } else parts.push(required(name, setting) ? python(shortest(value)) : `${setting}=${python(value)}`);
  }
  return `${name}(${parts.join(", ")})`;
}

/** @param {string} name @param {string} setting */
function required(name, setting) {
  const [, read, usual] = SETTINGS.get(name)?.find(([other]) => other === setting) ?? [];
  return read !== free && usual === undefined;
}

/** @param {any} value @param {any} other */
function same(value, other) {
  return JSON.stringify(value) === JSON.stringify(other);
}

/** @param {any} value */
function shortest(value) {
  return Array.isArray(value) && value.length === 2 && value[0] === value[1] ? value[0] : value;
}

/** @param {Layer} layer @returns {import("./arithmetic.js").Geometry} Of a convolution or a pooling. */
export function geometryOf({ name, settings }) {
  const around = settings.get("padding");
  return {
    kernel: settings.get("kernel_size"),
    stride: settings.get("stride"),
    padding: around === "same" ? around : around.map((/** @type {number} */ side) => [side, side]),
    dilation: settings.get("dilation") ?? [1, 1],
    transposed: name === "ConvTranspose2d",
    added: settings.get("output_padding") ?? [0, 0],
  };
}
