// nn.Sequential as people write or print it, read and never run, unfolded into its layers. No DOM.

import { quote, Refusal } from "./numbers.js";
import { isPrinted, sourceOf } from "./python/source.js";
import { networksOf, outermost } from "./python/program.js";
import { IN_ORDER, printedModule } from "./python/printed.js";
import { REFUSED } from "./torch/refused.js";
import { SIGNATURES } from "./torch/signatures.js";

/** What can be read, of the field and of the address; a print says the same at greater length. */
const LONGEST = { code: 20_000, print: 100_000 }; // characters
const MOST_LAYERS = 200;
/** As torchsummary, torchinfo and Lightning print. */
const TABLE = /^[ \t]*(?:Layer \(type|[├└]─|\| *(?:│ *)?Name +[|┃│] *Type)/m;
const MOST_VISITS = 5000; // of stacks and layers

/** @typedef {import("./layers.js").Call} Call */
/** @typedef {import("./python/evaluator.js").Module} Module */
/** @typedef {import("./python/evaluator.js").Stack} Stack */
/** @typedef {import("./python/program.js").Candidate} Candidate */
/** @typedef {{name: string, layers: number}} Part A stack that can be chosen. */

/** Several stacks are there, or one inside of what can't be followed: the reader must choose. */
export class Choice extends Refusal {
  /** @param {string} message @param {Part[]} parts */
  constructor(message, parts) {
    super(message);
    this.parts = parts;
  }
}

/**
 * Every layer of a stack, nested stacks unfolded.
 *
 * @param {string} code
 * @param {string} [part] The stack that was chosen among several.
 * @returns {{calls: Call[], parts: Part[]}} With what else could be chosen.
 * @throws {Refusal} It says where, and what can be written there; a Choice where one must be chosen.
 */
export function parseSequential(code, part = "") {
  needShort(code);
  if (!code.trim()) throw new Refusal("There is no layer yet. Add one, or paste nn.Sequential(…).");
  if (TABLE.test(code)) throw new Refusal("A table of layers does not hold their arguments. Paste what print(model) shows.");
  const source = sourceOf(code);
  return isPrinted(source) ? ofPrint(printedModule(source), part) : ofCode(networksOf(source), part);
}

/** @param {string} code @throws {Refusal} */
function needShort(code) {
  const kind = isPrinted(code.slice(0, LONGEST.code)) ? "print" : "code";
  if (code.length <= LONGEST[kind]) return;
  const part = kind === "print" ? "Paste one part of it, as print(model.layer1) shows it" : "Paste a part of it";
  throw new Refusal(`The ${kind} has ${code.length.toLocaleString("en")} characters. At most ${LONGEST[kind].toLocaleString("en")} can be read. ${part}.`);
}

/** @param {import("./python/program.js").Networks} networks @param {string} part */
function ofCode({ candidates, doubt }, part) {
  if (doubt) return chosen(candidates, part, `What ${quote(doubt, 40)} makes is not read here. Choose the stack to trace.`);
  if (candidates.length === 1) return { calls: unfolded(candidates[0].module), parts: [] };
  return chosen(candidates, part, `The code makes ${candidates.length} stacks, and which runs after which is not read here. Choose one, or put them into one nn.Sequential(…).`);
}

/** @param {Module} module @param {string} part */
function ofPrint(module, part) {
  const whole = asStack(module);
  if (!strange(whole)) return { calls: unfolded(whole), parts: [] };
  const stacks = outermost(readable(module, ""));
  const stranger = strange(module);
  const why = stranger === "ModuleList" ? "A ModuleList has no forward of its own, and a print does not hold the order of the one that uses it." : `${stranger} is a class of its own, and a print does not hold the order of its forward.`;
  if (!stacks.length) throw new Refusal(`${why} No nn.Sequential that can be traced is printed in it.`);
  return chosen(stacks, part, `${why} Choose one of the stacks that are printed in it.`);
}

/** @param {Candidate[]} candidates @param {string} part @param {string} message */
function chosen(candidates, part, message) {
  const parts = candidates.map(({ name, module }) => ({ name, layers: unfolded(module).length }));
  const found = candidates.find(({ name }) => name === part);
  if (!found) throw new Choice(message, parts);
  return { calls: unfolded(found.module), parts };
}

/** AlexNet and VGG of torchvision run their parts in this order. @param {Module} module @returns {Module} */
function asStack(module) {
  if (module.kind === "layer" || !["AlexNet", "VGG"].includes(module.layer)) return module;
  if (module.members.map(([name]) => name).join() !== "features,avgpool,classifier") return module;
  const [features, avgpool, classifier] = module.members;
  const end = avgpool[1].end;
  /** @type {Module} */
  const flatten = { kind: "layer", layer: "Flatten", values: [], named: new Map(), printed: true, start: end, end };
  return { ...module, layer: "Sequential", members: [features, avgpool, ["flatten", flatten], classifier] };
}

/** @param {Module} module @returns {string} The first class whose forward is not known; empty if there is none. */
function strange(module) {
  if (module.kind === "layer") return SIGNATURES.has(module.layer) || REFUSED.has(module.layer) ? "" : module.layer;
  if (REFUSED.has(module.layer) && !/^Module/.test(module.layer)) return ""; // for a reason that is told
  if (!IN_ORDER.has(module.layer) && module.layer !== "ModuleList") return module.layer;
  for (const [, member] of module.members) {
    const name = strange(member);
    if (name) return name;
  }
  return module.layer === "ModuleList" ? "ModuleList" : "";
}

/** The stacks of a print that can be traced. @param {Module} module @param {string} path @returns {Candidate[]} */
function readable(module, path) {
  if (module.kind === "layer") return [];
  const own = IN_ORDER.has(module.layer) && module.members.length && !strange(module) ? [{ name: path || module.layer, module }] : [];
  return [...own, ...module.members.flatMap(([name, member]) => readable(member, path ? `${path}.${name}` : name))];
}

/** @param {Module} module @returns {Call[]} */
function unfolded(module) {
  /** @type {Call[]} */
  const calls = [];
  let visits = 0; // a stack of empty stacks has no layers to count
  const enter = (/** @type {Module} */ inner, /** @type {string} */ path) => {
    visits += 1;
    if (visits > MOST_VISITS) throw new Refusal("The stacks in this stack are too many.");
    if (inner.kind === "stack" && IN_ORDER.has(inner.layer)) {
      for (const [name, member] of inner.members) enter(member, path ? `${path}.${name}` : name);
      return;
    }
    if (calls.length >= MOST_LAYERS) throw new Refusal(`The stack has more than ${MOST_LAYERS} layers. Paste a part of it.`);
    const { values, named, printed } = inner.kind === "layer" ? inner : { values: [], named: new Map(), printed: true };
    calls.push({ path: path || "0", layer: inner.layer, values, named, printed, module: inner, start: inner.start, end: inner.end });
  };
  enter(module, "");
  return calls;
}
