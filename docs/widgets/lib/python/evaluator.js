// What calls stand for: modules of PyTorch as they were written, lists, dicts, and functions of numbers.
// Names of other modules are never looked up, and nothing is run. No DOM.

import { quote } from "../numbers.js";
import { Expressions, INFINITE, NN, pathOf } from "./expressions.js";
import { computed, FUNCTIONS } from "./numbers.js";
import { copied, isModule } from "./stacks.js";

/** @typedef {import("./grammar.js").Node} Node */
/** @typedef {import("../torch/values.js").Value} Value */
/** @typedef {{kind: "layer", layer: string, values: Value[], named: Map<string, Value>, printed: boolean, start: number, end: number}} Leaf One object for one module, however often it is used. */
/** @typedef {{kind: "stack", layer: string, members: [name: string, module: Module][], start: number, end: number}} Stack */
/** @typedef {Leaf | Stack} Module */
/** @typedef {Map<any, any>} Dict */
/** @typedef {any} Thing A value, a list of things, a Dict or a Module. */

const PRODUCT = new Set(["math.prod", "numpy.prod"]);
const STACKS = new Set(["Sequential", "ModuleList"]);
/** What changes neither layers nor shapes. */
export const HARMLESS = new Set(["to", "cuda", "cpu", "eval", "train", "half", "float", "double", "bfloat16"]);

export class Evaluator extends Expressions {
  /** @param {Extract<Node, {kind: "call"}>} node @returns {Thing} */
  called(node) {
    const { callee } = node;
    if (callee.kind === "attribute" && HARMLESS.has(callee.name)) {
      const of = this.value(callee.of);
      if (isModule(of)) return of;
    }
    const path = pathOf(callee);
    const last = callee.kind === "attribute" ? callee.name.length + 1 : 0;
    if (!path) return this.refuse(callee, `${quote(this.code.slice(callee.end - Math.max(12, last), callee.end))} is not run here. Write out what it gives.`);
    const name = this.fullName(callee, path);
    if (name === "float" && node.items[0]?.kind === "text" && node.items[0].text === "inf") return INFINITE;
    if (FUNCTIONS.has(name)) return this.placed(node, () => /** @type {any} */ (FUNCTIONS.get(name))(...node.items.map((item) => this.number(item))));
    if (name === "len") return this.spread(node.items[0]).length;
    if (PRODUCT.has(name)) return this.placed(node, () => this.spread(node.items[0]).reduce((all, size) => computed("*", all, size), 1));
    if (["list", "tuple", "torch.Size"].includes(name)) {
      const things = node.items.length ? [...this.spread(node.items[0])] : [];
      return name === "list" ? this.listed(things) : things;
    }
    if (name === "collections.OrderedDict" || name === "dict") return this.dict(node);
    if (name === "copy.deepcopy" && node.items.length) return this.copy(node, this.value(node.items[0]));
    return this.module(node, name);
  }

  /** @param {Node} node @param {Thing} thing @returns {Module} With weights of its own. */
  copy(node, thing) {
    return copied(this.needModule(node, thing));
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
    const named = this.settingsOf(node);
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
    const named = this.settingsOf(node, "device"); // where it computes says nothing of shapes
    return { kind: "layer", layer, values, named, printed: false, start, end };
  }

  /** What is given by name, `**options` among it. @param {Extract<Node, {kind: "call"}>} node @param {string} [skipped] @returns {Map<string, Thing>} */
  settingsOf(node, skipped) {
    const settings = new Map();
    for (const { name, value } of node.named.filter(({ name }) => name !== skipped)) {
      const given = name === "**" ? this.value(value) : new Map([[name, this.value(value)]]);
      if (!(given instanceof Map)) return this.refuse(value, "only a dict can be opened with “**”.");
      for (const [setting, thing] of given) {
        if (settings.has(setting)) this.refuse(value, `${quote(String(setting))} is given twice.`);
        if (setting !== skipped) settings.set(String(setting), thing);
      }
    }
    return settings;
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
