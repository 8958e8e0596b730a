// The network that a few lines of code describe: names are followed, lists and stacks filled, nothing is
// run. What is not understood is refused, unless the network does not use it. No DOM.

import { quote, Refusal } from "../numbers.js";
import { SIGNATURES } from "../torch/signatures.js";
import { HARMLESS } from "./evaluator.js";
import { pathOf } from "./expressions.js";
import { Filling } from "./filling.js";
import { mentions, textMentions } from "./mentions.js";
import { isModule, registered } from "./stacks.js";
import { statementsOf } from "./statements.js";

/** @typedef {import("./statements.js").Statement} Statement */
/** @typedef {import("./grammar.js").Node} Node */
/** @typedef {import("./evaluator.js").Module} Module */
/** @typedef {import("./evaluator.js").Stack} Stack */
/** @typedef {{name: string, module: Module}} Candidate A network that code or a print holds. */
/** @typedef {{candidates: Candidate[], doubt: string}} Networks One at least; `doubt`: what may be meant instead, and is not read. */

/** What says, saves or loads, and changes no layer. */
const SILENT = /(^|\.)(print|display|summary|save|manual_seed|load_state_dict|state_dict|zero_grad)$|^torch\.nn\.init\./;
const MOST_LAYERS = 1000; // that stand alone
const MEANT = /\b(Sequential|ModuleList)\s*\(/;

/**
 * The networks of a code; the last is what it ends with.
 *
 * @param {string} code
 * @returns {Networks}
 * @throws {Refusal}
 */
export function networksOf(code) {
  const program = new Program(code);
  for (const statement of statementsOf(code)) program.run(statement);
  return program.networks();
}

class Program extends Filling {
  /** @param {string} code */
  constructor(code) {
    super(code);
    /** @type {[name: string | null, module: Module][]} Layers that stand alone, one after another. */
    this.bare = [];
    /** @type {Module | null} A name that stands alone: that network is meant. */
    this.meant = null;
    /** @type {Refusal[]} */
    this.unread = [];
    /** @type {Map<string, string>} Names, and what of other networks they stand for, which is not read. */
    this.doubts = new Map();
  }

  /** @param {Statement} statement */
  run(statement) {
    if (statement.kind === "import") for (const [name, from] of statement.names) this.import(name, from);
    else if (statement.kind === "unread") this.leave(statement.targets, statement.error, statement.text, textMentions(statement.text, this.scope));
    else if (statement.kind === "assign") this.assign(statement);
    else this.express(statement.value);
  }

  /** @param {string} name @param {string} from */
  import(name, from) {
    this.scope.delete(name);
    this.imports.set(name, from);
  }

  /** A line that can't be read matters if it makes a stack, or if what it names is used. @param {string[]} targets @param {Refusal} error @param {string} text @param {boolean} fromModule */
  leave(targets, error, text, fromModule) {
    if (MEANT.test(text) || targets.some((target) => this.owner(target))) throw error;
    const names = targets.flatMap((target) => target.split(","));
    for (const name of names) this.scope.set(name, error);
    if (fromModule) this.doubt(names, text);
    this.unread.push(error);
  }

  /** @param {string[]} names @param {string} text */
  doubt(names, text) {
    for (const name of names) this.doubts.set(name, `${names.join(", ")} = ${text}`);
  }

  /** The module that a target is a part of, and the way to the part. @param {string} target @returns {{of: Module, rest: string} | null} */
  owner(target) {
    for (let at = target.lastIndexOf("."); at > 0; at = target.lastIndexOf(".", at - 1)) {
      const of = this.scope.get(target.slice(0, at));
      if (isModule(of)) return { of, rest: target.slice(at + 1) };
    }
    return null;
  }

  /** @param {Extract<Statement, {kind: "assign"}>} statement */
  assign({ targets, value, added }) {
    if (this.renames(targets, value)) return;
    const text = this.code.slice(value.start, value.end);
    const fromModule = mentions(value, this.scope);
    try {
      const thing = this.value(value);
      if (fromModule && isUnknown(thing)) this.refuse(value, `${quote(text)} is not run here. Write out what it makes.`);
      for (const name of targets.flatMap((target) => target.split(","))) this.doubts.delete(name);
      if (added) return this.add(targets[0], value, thing);
      for (const target of targets) this.bind(target.split(","), value, thing);
    } catch (error) {
      if (!(error instanceof Refusal) || added) throw error;
      this.leave(targets, error, text, fromModule);
    }
  }

  /** @param {string[]} names Several share a list. @param {Node} node @param {any} thing */
  bind(names, node, thing) {
    for (const name of names) this.change(name, node, thing);
    if (names.length === 1) this.scope.set(names[0], thing);
    else if (Array.isArray(thing) && thing.length === names.length) names.forEach((name, at) => this.scope.set(name, thing[at]));
    else this.refuse(node, `${names.length} names need ${names.length} values.`);
  }

  /** Conv = nn.Conv2d gives a class another name. @param {string[]} targets @param {Node} value */
  renames(targets, value) {
    const path = pathOf(value);
    const [root, ...rest] = path.split(".");
    if (!path || this.scope.has(root) || !SIGNATURES.has(rest[rest.length - 1] ?? root)) return false;
    const full = this.fullName(value, path);
    for (const target of targets) this.import(target, full);
    return true;
  }

  /** A module that is given to a stack joins it; a layer's own settings are not changed here. @param {string} target @param {Node} node @param {any} thing */
  change(target, node, thing) {
    const owner = this.owner(target);
    if (!owner) return;
    const { of, rest } = owner;
    if (of.kind === "stack" && !rest.includes(".")) return isModule(thing) ? registered(of, rest, thing) : undefined;
    this.refuse(node, `${target} is changed here, and that is not run. Write the layer as it is meant.`);
  }

  /** @param {string} target @param {Node} node @param {any} thing */
  add(target, node, thing) {
    const old = this.known(node, target);
    if (Array.isArray(old) && Array.isArray(thing)) this.extend(node, old, thing);
    else this.scope.set(target, this.binary({ kind: "binary", operator: "+", left: { kind: "name", text: target, start: node.start, end: node.start }, right: node, start: node.start, end: node.end }));
  }

  /** @param {Node} node */
  express(node) {
    if (node.kind === "text") return; // a comment in quotes
    if (node.kind === "call" && this.passes(node)) return;
    try {
      const thing = this.value(node);
      if (pathOf(node) && isModule(thing)) this.meant = thing;
      else this.collect(node, thing);
    } catch (error) {
      if (!(error instanceof Refusal) || !this.onlyLooks(node)) throw error;
      this.unread.push(error);
    }
  }

  /** Whether a line only asks for something: model(image).shape, a name. @param {Node} node @returns {boolean} */
  onlyLooks(node) {
    if (node.kind === "attribute" || node.kind === "item") return this.onlyLooks(node.of);
    if (node.kind === "call") return isModule(this.scope.get(pathOf(node.callee))) || (!pathOf(node.callee) && this.onlyLooks(node.callee));
    return node.kind === "name";
  }

  /** @param {Extract<Node, {kind: "call"}>} node @returns {boolean} Whether the call was followed, or says nothing of layers. */
  passes(node) {
    const { callee } = node;
    const path = pathOf(callee);
    if (!path) return callee.kind === "attribute" && (this.chained(callee.of) && this.fill(node, this.value(callee.of), callee.name) || isSuper(callee));
    const [root] = path.split(".");
    const full = this.scope.has(root) ? path : this.fullName(node, path);
    if (SILENT.test(full)) return true;
    const at = path.lastIndexOf(".");
    const [of, method] = [this.scope.get(path.slice(0, at)), path.slice(at + 1)];
    if (isModule(this.scope.get(path))) return true; // model(image): what comes out is not asked here
    if (at < 0 || of === undefined || of instanceof Refusal) return false;
    if (isModule(of) && HARMLESS.has(method)) return true;
    return this.fill(node, of, method);
  }

  /** Layers that stand alone, plain, named or in a list. @param {Node} node @param {any} thing */
  collect(node, thing) {
    if (this.bare.length > MOST_LAYERS) throw new Refusal(`More than ${MOST_LAYERS} layers stand here.`);
    if (isModule(thing)) this.bare.push([null, thing]);
    else if (Array.isArray(thing) && typeof thing[0] === "string" && isModule(thing[1])) this.bare.push([thing[0], thing[1]]);
    else if (Array.isArray(thing) && thing.length) for (const member of thing) this.collect(node, member);
    else if (thing instanceof Map) for (const [name, member] of thing) this.bare.push([String(name), this.needModule(node, member)]);
    else this.refuse(node, "a layer is expected.");
  }

  /** @returns {Networks} */
  networks() {
    const sure = this.bare.length ? this.alone() : this.meant;
    if (sure) return { candidates: [{ name: "", module: sure }], doubt: "" };
    const [doubt = ""] = [...this.doubts.values()].slice(-1);
    return { candidates: this.candidates(), doubt };
  }

  /** @returns {Candidate[]} */
  candidates() {
    const named = [...this.scope].filter(([, thing]) => isModule(thing)).map(([name, module]) => ({ name, module: /** @type {Module} */ (module) }));
    const stacks = outermost(named.filter(({ module }) => module.kind === "stack" && module.layer === "Sequential"));
    if (stacks.length) return stacks;
    if (named.length === 1) return named;
    if (named.length) throw new Refusal(`The code makes ${named.length} layers, and no stack of them. Write nn.Sequential(${named.map(({ name }) => name).join(", ").slice(0, 60)}) below.`);
    const lists = [...this.scope].filter(([, thing]) => Array.isArray(thing) && thing.some(isModule));
    if (lists.length) throw new Refusal(`The code makes a list of layers, and no stack of them. Write nn.Sequential(*${lists[0][0]}) below.`);
    throw this.unread[0] ?? new Refusal("There is no layer yet. Add one, or paste nn.Sequential(…).");
  }

  /** What stands alone, as one stack. @returns {Module} */
  alone() {
    if (this.bare.length === 1 && this.bare[0][0] === null) return this.bare[0][1];
    const members = this.bare.map(([name, module], at) => /** @type {[string, Module]} */ ([name ?? String(at), module]));
    return { kind: "stack", layer: "Sequential", members, start: 0, end: this.code.length };
  }
}

/** @param {any} thing @returns {boolean} Whether it is a layer of a class that is not known, or holds one. */
const isUnknown = (thing) => (Array.isArray(thing) ? thing.some(isUnknown) : isModule(thing) && thing.kind === "layer" && !SIGNATURES.has(thing.layer));

/** super().__init__() of a class that was left out. @param {Extract<Node, {kind: "attribute"}>} callee */
const isSuper = ({ of, name }) => name === "__init__" && of.kind === "call" && pathOf(of.callee) === "super";

/** @param {Candidate[]} candidates @returns {Candidate[]} Without those that are inside of another, and each once. */
export function outermost(candidates) {
  /** @type {Set<Module>} */
  const inside = new Set();
  const enter = (/** @type {Module} */ module) => {
    if (module.kind === "stack") for (const [, member] of module.members) if (!inside.has(member)) inside.add(member), enter(member);
  };
  for (const { module } of candidates) enter(module);
  const met = new Set();
  return candidates.filter(({ module }) => !inside.has(module) && !met.has(module) && met.add(module));
}
