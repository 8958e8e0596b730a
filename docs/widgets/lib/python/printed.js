// A network as PyTorch prints it: each module by its class, its parts under their names. No DOM.

import { Refusal } from "../numbers.js";
import { SIGNATURES } from "../torch/signatures.js";
import { placeWords } from "../tokens.js";
import { Evaluator } from "./evaluator.js";
import { Grammar } from "./grammar.js";
import { copied } from "./stacks.js";

/** @typedef {import("./evaluator.js").Module} Module */
/** @typedef {import("./evaluator.js").Stack} Stack */
/** @typedef {import("./grammar.js").Node} Node */
/** @typedef {import("../tokens.js").Token} Token */

/** Classes that run their parts one after another. */
export const IN_ORDER = new Set(["Sequential", "Conv2dNormActivation", "Conv3dNormActivation"]);
/** As PyTorch prints some choices, without quotes; older ones print modes so, too. */
const CHOICES = ["same", "valid", "reflect", "replicate", "circular", "nearest", "nearest-exact", "linear", "bilinear", "bicubic", "trilinear", "area"];
const MOST_MODULES = 2000; // of a print, those that are repeated counted

/**
 * @param {string} code
 * @returns {Module} What stands alone, as one stack.
 * @throws {Refusal}
 */
export function printedModule(code) {
  const reader = new Printed(code);
  const members = reader.parts(null);
  const alone = members.length === 1 && !reader.labelled ? members[0][1] : null;
  return alone ?? { kind: "stack", layer: "Sequential", members, start: 0, end: code.length };
}

class Printed extends Grammar {
  /** @param {string} code */
  constructor(code) {
    super(code.replaceAll("=nearest-exact", "=nearest_exact")); // one word, without quotes
    this.tokens = unlisted(this.tokens.filter(({ kind }) => kind !== "newline")).flatMap(inplace);
    this.evaluator = new Evaluator(code);
    for (const choice of CHOICES) this.evaluator.scope.set(choice.replace("-", "_"), choice);
    this.made = 0;
    this.labelled = false; // a part of a print, pasted without its class
  }

  /** Parts up to a closing bracket, or to the end. @param {string | null} close @returns {[string, Module][]} */
  parts(close) {
    /** @type {[string, Module][]} */
    const members = [];
    while (close ? !this.take(close) : this.peek()) {
      if (!this.peek()) this.fail(`“${close}” is expected`);
      const label = this.label();
      if (label !== null && !close) this.labelled = true;
      const times = this.times();
      const made = this.made;
      const module = this.module();
      this.made += (times - 1) * (this.made - made);
      if (!(this.made <= MOST_MODULES)) throw new Refusal(`The print has more than ${MOST_MODULES.toLocaleString("en")} modules. Paste one part of it.`);
      const all = label === null ? [String(members.length)] : names(label, times);
      all.forEach((name, turn) => members.push([name, turn ? copied(module) : module]));
      this.take(",");
    }
    return members;
  }

  /** @returns {string | null} “conv1” of “(conv1): ”. */
  label() {
    if (!this.isLabel()) return null;
    const start = this.tokens[this.at].end;
    while (this.peek()?.text !== ")") this.at += 1;
    const label = this.code.slice(start, this.tokens[this.at].start).trim();
    this.at += 2; // “):”
    return label;
  }

  isLabel() {
    if (this.peek()?.text !== "(") return false;
    let ahead = 1;
    while (this.peek(ahead) && !["(", ")"].includes(this.peek(ahead)?.text ?? "")) ahead += 1;
    return ahead > 1 && this.peek(ahead)?.text === ")" && this.peek(ahead + 1)?.text === ":";
  }

  /** @returns {number} 3 of “3 x Conv2d(…)”. */
  times() {
    if (this.peek()?.kind !== "number" || this.peek(1)?.text !== "x") return 1;
    const times = Number(this.peek()?.text);
    this.at += 2;
    return times;
  }

  /** @returns {Module} */
  module() {
    this.made += 1;
    const start = this.peek()?.start ?? 0;
    if (this.peek()?.kind !== "name") this.fail("a layer is expected");
    let layer = this.word();
    while (this.take(".")) layer = this.word(); // torch.nn.Conv2d
    if (!this.take("(")) this.fail(`“(” is expected after “${layer}”`);
    return this.deeper(() => {
      if (this.isLabel()) return { kind: "stack", layer, members: this.parts(")"), start, end: this.end };
      if (SIGNATURES.has(layer)) return this.leaf(layer, start);
      return this.other(layer, start);
    });
  }

  /** @param {string} layer @param {number} start @returns {Module} */
  leaf(layer, start) {
    const { items, named } = this.settings();
    const value = (/** @type {Node} */ node) => this.evaluator.value(node);
    const settings = new Map(named.map((setting) => [setting.name, value(setting.value)]));
    return { kind: "layer", layer, values: items.map(value), named: settings, printed: true, start, end: this.end };
  }

  /** A class that is not known: its parts, whatever else it says. @param {string} layer @param {number} start @returns {Module} */
  other(layer, start) {
    /** @type {[string, Module][]} */
    const members = [];
    for (let open = 0; open >= 0; ) {
      if (open === 0 && this.isLabel()) {
        const label = /** @type {string} */ (this.label());
        this.times();
        members.push([label, this.module()]);
        continue;
      }
      const token = this.peek();
      if (!token) throw new Refusal(`${placeWords(this.code, start)}: “)” is missing after ${layer}(…`);
      if (token.text === "(") open += 1;
      if (token.text === ")") open -= 1;
      this.at += 1;
    }
    if (IN_ORDER.has(layer) || members.length) return { kind: "stack", layer, members, start, end: this.end };
    return { kind: "layer", layer, values: [], named: new Map(), printed: true, start, end: this.end };
  }
}

/** “inplace”, as older versions print inplace=True. @param {Token} token @param {number} at @param {Token[]} all @returns {Token[]} */
function inplace(token, at, all) {
  if (token.text !== "inplace" || all[at + 1]?.text === "=") return [token];
  return [token, { ...token, kind: "mark", text: "=" }, { ...token, text: "True" }];
}

/** A list of layers, without its brackets. @param {Token[]} tokens */
const unlisted = (tokens) => (tokens[0]?.text === "[" && tokens.at(-1)?.text === "]" ? tokens.slice(1, -1) : tokens);

/** The names of modules that are printed as one: “0-2”. @param {string} label @param {number} times */
function names(label, times) {
  const first = /^(\d+)-\d+$/.exec(label)?.[1];
  return times === 1 || first === undefined ? [label] : Array.from({ length: times }, (_, at) => String(Number(first) + at));
}
