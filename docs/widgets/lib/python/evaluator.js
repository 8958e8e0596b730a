// What expressions stand for: numbers, texts, lists, and modules of PyTorch as they were written. Names
// of other modules are never looked up, and nothing is run. No DOM.

import { quote, Refusal } from "../numbers.js";
import { placeWords } from "../tokens.js";
import { SIGNATURES } from "../torch/signatures.js";
import { Decimal } from "../torch/values.js";
import { computed, FUNCTIONS, isNumber, literal, negative } from "./numbers.js";

/** @typedef {import("./grammar.js").Node} Node */
/** @typedef {import("../torch/values.js").Value} Value */
/** @typedef {{kind: "layer", layer: string, values: Value[], named: Map<string, Value>, printed: boolean, start: number, end: number}} Leaf One object for one module, however often it is used. */
/** @typedef {{kind: "stack", layer: string, members: [name: string, module: Module][], start: number, end: number}} Stack */
/** @typedef {Leaf | Stack} Module */
/** @typedef {Map<any, any>} Dict */
/** @typedef {any} Thing A value, a list of things, a Dict or a Module. */

const NN = "torch.nn";
const LONGEST = 1000; // members of a list
const DEEPEST = 3; // lists in lists
const WORDS = new Map([["True", true], ["False", false], ["None", null]]);
const STACKS = new Set(["Sequential", "ModuleList"]);
/** As PyTorch prints some choices, without quotes. */
const CHOICES = new Set(["same", "valid", "reflect", "replicate", "circular"]);
const INFINITE = new Decimal(Infinity, "float('inf')");
/** What changes neither layers nor shapes. */
export const HARMLESS = new Set(["to", "cuda", "cpu", "eval", "train", "half", "float", "double", "bfloat16"]);
const ALIASES = { nn: NN, torch: "torch", OrderedDict: "collections.OrderedDict", collections: "collections" };

/** @param {Thing} thing @returns {thing is Module} */
export const isModule = (thing) => thing !== null && typeof thing === "object" && (thing.kind === "layer" || thing.kind === "stack");

export class Evaluator {
  /** @param {string} code For the places in messages. */
  constructor(code) {
    this.code = code;
    /** @type {Map<string, Thing | Refusal>} What names stand for; a Refusal where that can't be read. */
    this.scope = new Map();
    /** @type {Map<string, string>} Names of other modules, and where they are from. */
    this.imports = new Map(Object.entries(ALIASES));
    /** @type {WeakMap<Thing[], number>} Of lists: how deep they go. */
    this.depths = new WeakMap();
  }

  /** @param {Node} node @param {string} message @returns {never} */
  refuse(node, message) {
    throw new Refusal(`${placeWords(this.code, node.start)}: ${message}`);
  }

  /** @param {Node} node @returns {Thing} */
  value(node) {
    switch (node.kind) {
      case "number": return this.placed(node, () => literal(node.text));
      case "text": return node.text;
      case "name": return this.named(node);
      case "list":
      case "tuple": return this.items(node.items);
      case "dict": return new Map(node.pairs.map(([key, value]) => [this.value(key), this.value(value)]));
      case "star": return this.refuse(node, "“*” opens a list, and only inside of brackets.");
      case "negative": return negative(this.number(node.of));
      case "positive": return this.number(node.of);
      case "binary": return this.binary(node);
      case "attribute": return this.attribute(node);
      case "item": return this.refuse(node, "one of several is chosen here, and that is not run. Write it out.");
      case "call": return this.called(node);
    }
  }

  /** @param {Extract<Node, {kind: "name"}>} node @returns {Thing} */
  named(node) {
    if (WORDS.has(node.text)) return WORDS.get(node.text);
    return this.known(node, node.text);
  }

  /** @param {Node} node @param {string} name @returns {Thing} */
  known(node, name) {
    const known = this.scope.get(name);
    if (known instanceof Refusal) throw known;
    if (known !== undefined) return known;
    if (CHOICES.has(name)) return name;
    if (["torch.float32", "torch.float"].includes(name)) return null; // as usual
    if (["inf", "math.inf", "torch.inf"].includes(name)) return INFINITE;
    return this.refuse(node, this.unknown(name));
  }

  /** @param {string} name @returns {string} */
  unknown(name) {
    const [root, ...rest] = name.split(".");
    const full = [this.imports.get(root) ?? root, ...rest].join(".");
    if (/^(F|torch\.nn\.functional)\./.test(full)) return `${quote(name)} is a function, and a stack holds layers. Write the layer of that name.`;
    if (SIGNATURES.has(rest[rest.length - 1] ?? root)) return `${quote(name)} is a class. Write ${name}() for a layer.`;
    return `${quote(name)} is a name, and code is not run here. Write what it stands for.`;
  }

  /** Self.pool and the like are names, too. @param {Extract<Node, {kind: "attribute"}>} node @returns {Thing} */
  attribute(node) {
    const path = pathOf(node);
    if (path) return this.known(node, path);
    return this.refuse(node, `“.${node.name}” is not run here. Write out what it gives.`);
  }

  /** @param {Node[]} nodes @returns {Thing[]} */
  items(nodes) {
    return this.list(nodes[0], nodes.flatMap((node) => (node.kind === "star" ? this.spread(node.of) : [this.value(node)])));
  }

  /** A list that stays small, whatever is joined and repeated. @param {Node} node @param {Thing[]} list @returns {Thing[]} */
  list(node, list) {
    const depth = 1 + Math.max(0, ...list.slice(0, LONGEST).map((member) => (Array.isArray(member) ? (this.depths.get(member) ?? 1) : 0)));
    if (list.length > LONGEST || depth > DEEPEST) this.refuse(node, `a list has at most ${LONGEST} members, and lists in lists are read ${DEEPEST} deep.`);
    this.depths.set(list, depth);
    return list;
  }

  /** @param {Node} node @returns {Thing[]} */
  spread(node) {
    const value = this.value(node);
    if (Array.isArray(value)) return value;
    if (isModule(value) && value.kind === "stack") return value.members.map(([, module]) => module);
    return this.refuse(node, "only a list can be opened with “*”.");
  }

  /** @param {Node} node */
  number(node) {
    const value = this.value(node);
    return isNumber(value) ? value : this.refuse(node, "only numbers can be computed with.");
  }

  /** @param {Extract<Node, {kind: "binary"}>} node @returns {Thing} */
  binary(node) {
    const [left, right] = [this.value(node.left), this.value(node.right)];
    if (isNumber(left) && isNumber(right)) return this.placed(node, () => computed(node.operator, left, right));
    if (node.operator === "+" && Array.isArray(left) && Array.isArray(right)) return this.list(node, [...left, ...right]);
    const [list, times] = Array.isArray(left) ? [left, right] : [right, left];
    if (node.operator === "*" && Array.isArray(list) && typeof times === "number") return this.repeated(node, list, times);
    return this.refuse(node, "only numbers can be computed with, and lists be joined or repeated.");
  }

  /** @param {Node} node @param {Thing[]} list @param {number} times */
  repeated(node, list, times) {
    if (list.length * times > LONGEST) this.refuse(node, `a list has at most ${LONGEST} members.`);
    return this.list(node, Array(Math.max(0, times)).fill(list).flat()); // the same modules again, as in Python
  }

  /** @template T @param {Node} node @param {() => T} compute @returns {T} */
  placed(node, compute) {
    try {
      return compute();
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      return this.refuse(node, error.message.replace(/^Line .*?: /, ""));
    }
  }

  /** @param {Extract<Node, {kind: "call"}>} node @returns {Thing} */
  called(node) {
    const { callee } = node;
    if (callee.kind === "attribute" && HARMLESS.has(callee.name)) {
      const of = this.value(callee.of);
      if (isModule(of)) return of;
    }
    const path = pathOf(callee);
    if (!path) return this.refuse(callee, `${quote(this.code.slice(callee.end - 12, callee.end))} is not run here. Write out what it gives.`);
    const name = this.fullName(callee, path);
    if (name === "float" && node.items[0]?.kind === "text" && node.items[0].text === "inf") return INFINITE;
    if (FUNCTIONS.has(name)) return this.placed(node, () => /** @type {any} */ (FUNCTIONS.get(name))(...node.items.map((item) => this.number(item))));
    if (name === "len") return this.spread(node.items[0]).length;
    if (name === "list" || name === "tuple") return node.items.length ? [...this.spread(node.items[0])] : [];
    if (name === "collections.OrderedDict" || name === "dict") return this.dict(node);
    return this.module(node, name);
  }

  /** The full name of a class: where a name is from, as far as that is known. @param {Node} node @param {string} path */
  fullName(node, path) {
    const [root, ...rest] = path.split(".");
    if (this.scope.has(root)) return this.refuse(node, `${quote(path)} is not run here. Write out what it gives.`);
    return [this.imports.get(root) ?? root, ...rest].join(".");
  }

  /** @param {Extract<Node, {kind: "call"}>} node @returns {Dict} */
  dict(node) {
    const of = node.items.length ? this.value(node.items[0]) : [];
    const named = node.named.map(({ name, value }) => [name, this.value(value)]);
    if (of instanceof Map) return new Map([...of, ...named]);
    const isPairs = Array.isArray(of) && of.every((pair) => Array.isArray(pair) && pair.length === 2);
    if (!isPairs) return this.refuse(node, "an OrderedDict takes pairs: [(\"name\", layer), …].");
    return new Map(/** @type {[any, any][]} */ ([...of, ...named]));
  }

  /** @param {Extract<Node, {kind: "call"}>} node @param {string} name @returns {Module} */
  module(node, name) {
    const layer = this.className(node, name);
    const { start, end } = node;
    if (STACKS.has(layer)) return { kind: "stack", layer, members: this.members(node, layer), start, end };
    const values = this.items(node.items);
    const settings = node.named.filter(({ name }) => name !== "device"); // where it computes says nothing of shapes
    const named = new Map(settings.map((setting) => [setting.name, this.value(setting.value)]));
    return { kind: "layer", layer, values, named, printed: false, start, end };
  }

  /** @param {Extract<Node, {kind: "call"}>} node @param {string} name @returns {string} A class of torch.nn. */
  className(node, name) {
    const short = name.split(".").pop() ?? "";
    const place = name.slice(0, -short.length - 1);
    if (place === "" || place === NN || /^torch\.nn\.modules(\.[a-z_]+)?$/.test(place)) return short;
    const path = quote(this.code.slice(node.callee.start, node.callee.end));
    if (place.startsWith("torch.nn.utils")) return this.refuse(node, `${path} changes what a layer computes, and that is not known here.`);
    if (place.endsWith("functional") || place === "F") return this.refuse(node, `${path} is a function, and a stack holds layers. Write the layer of that name.`);
    if (/^torch(vision)?\.|^models?\./.test(`${place}.`) && /^[a-z]/.test(short)) return this.refuse(node, `${path} is not run here. Paste what print(model) shows.`);
    return this.refuse(node, `${path} is not from torch.nn, and only that is known here.`);
  }

  /** What a stack holds, by name. @param {Extract<Node, {kind: "call"}>} node @param {string} layer @returns {[string, Module][]} */
  members(node, layer) {
    const things = this.items(node.items);
    if (node.named.length) this.refuse(node, `${layer} takes layers without names. Names go into an OrderedDict.`);
    if (layer === "Sequential" && things.length === 1 && things[0] instanceof Map) {
      if (node.items[0].kind === "dict") this.refuse(node, "nn.Sequential({…}) takes no dict. Write nn.Sequential(OrderedDict({…})).");
      return [...things[0]].map(([name, module]) => [String(name), this.needModule(node, module)]);
    }
    const list = layer === "Sequential" ? things : (things[0] ?? []);
    if (layer === "Sequential" && things.some(Array.isArray)) this.refuse(node, "nn.Sequential takes layers, not a list of them. Write nn.Sequential(*[…]).");
    return list.map((/** @type {Thing} */ thing, /** @type {number} */ at) => [String(at), this.needModule(node, thing)]);
  }

  /** @param {Node} node @param {Thing} thing @returns {Module} */
  needModule(node, thing) {
    return isModule(thing) ? thing : this.refuse(node, "a layer is expected in a stack. Functions, numbers and texts are none.");
  }
}

/** @param {Node} node @returns {string} A name with its parts: nn.Conv2d; empty if it is no name. */
export function pathOf(node) {
  if (node.kind === "name") return node.text;
  if (node.kind !== "attribute") return "";
  const of = pathOf(node.of);
  return of && `${of}.${node.name}`;
}
