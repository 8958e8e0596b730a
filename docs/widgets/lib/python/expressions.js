// What expressions stand for: numbers, texts, names, lists and their members. Nothing is run. No DOM.

import { quote, Refusal } from "../numbers.js";
import { placeWords } from "../tokens.js";
import { SIGNATURES } from "../torch/signatures.js";
import { Decimal, List } from "../torch/values.js";
import { computed, isNumber, literal, negative } from "./numbers.js";
import { isModule, isSequential, joined, modulesOf, repeated } from "./stacks.js";

/** @typedef {import("./grammar.js").Node} Node */
/** @typedef {import("../torch/values.js").Value} Value */
/** @typedef {import("./evaluator.js").Module} Module */
/** @typedef {import("./evaluator.js").Stack} Stack */
/** @typedef {import("./evaluator.js").Thing} Thing */

export const NN = "torch.nn";
const LONGEST = 1000; // members of a list
const DEEPEST = 3; // lists in lists
const WORDS = new Map([["True", true], ["False", false], ["None", null]]);
const DTYPE = /^torch\.(?:b?float\d*|half|double|u?int\d+|long|short|bool|complex\d+)$/;
export const INFINITE = new Decimal(Infinity, "float('inf')");
const ALIASES = { nn: NN, torch: "torch", OrderedDict: "collections.OrderedDict", collections: "collections", np: "numpy" };

export class Expressions {
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
      case "list": return this.listed(this.items(node.items));
      case "tuple": return this.items(node.items);
      case "dict": return new Map(node.pairs.map(([key, value]) => [this.value(key), this.value(value)]));
      case "star": return this.refuse(node, "“*” opens a list, and only inside of brackets.");
      case "negative": return negative(this.number(node.of));
      case "positive": return this.number(node.of);
      case "binary": return this.binary(node);
      case "attribute": return this.attribute(node);
      case "item": return this.item(node);
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
    if (["torch.float32", "torch.float"].includes(name)) return null; // as usual
    if (DTYPE.test(name)) return name; // refused where it is used
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

  /** One member: sizes[0], options["width"], net[-1]. @param {Extract<Node, {kind: "item"}>} node @returns {Thing} */
  item(node) {
    if (!node.index) return this.refuse(node, "several members are chosen here, and that is not run. Write them out.");
    const [given, index] = [this.value(node.of), this.value(node.index)];
    const list = isModule(given) && given.kind === "stack" ? modulesOf(given) : given;
    const found = list instanceof Map ? list.get(index) : Array.isArray(list) && typeof index === "number" ? list.at(index) : undefined;
    return found === undefined ? this.refuse(node, "there is no such member.") : found;
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

  /** @param {Thing[]} things @returns {List} */
  listed(things) {
    const list = List.from(things);
    this.depths.set(list, this.depths.get(things) ?? 1);
    return list;
  }

  /** @param {Thing[]} like A list, or a tuple. @param {Thing[]} things */
  alike(like, things) {
    return like instanceof List ? this.listed(things) : things;
  }

  /** @param {Node} node @returns {Thing[]} */
  spread(node) {
    const value = this.value(node);
    if (Array.isArray(value)) return value;
    if (isModule(value) && value.kind === "stack") return modulesOf(value);
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
    if (node.operator === "+" && Array.isArray(left) && Array.isArray(right)) return this.alike(left, this.list(node, [...left, ...right]));
    if (isSequential(left) && isSequential(right) && node.operator === "+") return this.short(node, joined(left, right));
    const [list, times] = typeof left === "number" ? [right, left] : [left, right];
    if (node.operator === "*" && Array.isArray(list) && typeof times === "number") return this.repeated(node, list, times);
    if (node.operator === "*" && isSequential(list) && typeof times === "number" && times > 0) return this.short(node, repeated(list, Math.min(times, LONGEST)));
    return this.refuse(node, "only numbers can be computed with, and lists be joined or repeated.");
  }

  /** @param {Node} node @param {Stack} stack @returns {Stack} */
  short(node, stack) {
    this.list(node, stack.members);
    return { ...stack, start: node.start, end: node.end };
  }

  /** @param {Node} node @param {Thing[]} list @param {number} times */
  repeated(node, list, times) {
    if (list.length * times > LONGEST) this.refuse(node, `a list has at most ${LONGEST} members.`);
    return this.alike(list, this.list(node, Array(Math.max(0, times)).fill(list).flat())); // the same modules again, as in Python
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

  /** Calls are read by a class of their own. @param {Extract<Node, {kind: "call"}>} node @returns {Thing} */
  called(node) {
    return this.refuse(node, "a call is not run here.");
  }
}

/** @param {Node} node @returns {string} A name with its parts: nn.Conv2d; empty if it is no name. */
export function pathOf(node) {
  if (node.kind === "name") return node.text;
  if (node.kind !== "attribute") return "";
  const of = pathOf(node.of);
  return of && `${of}.${node.name}`;
}
