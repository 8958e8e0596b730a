// Whether a line that can't be read may make a network out of one that is there: net = wrap(base). No DOM.

import { SIGNATURES } from "../torch/signatures.js";
import { pathOf } from "./expressions.js";
import { isModule } from "./stacks.js";

/** @typedef {import("./grammar.js").Node} Node */
/** @typedef {Map<string, any>} Scope What names stand for. */

/** Methods of a module that give no module. */
const PLAIN = /^(?:(?:named_)?(?:parameters|buffers|children|modules)|state_dict|load_state_dict|get_extra_state)$/;
/** Functions that look at a module and give something else. */
const LOOKING = /(?:^|\.)(?:print|len|str|repr|type|id|summary|isinstance|parameters_to_vector)$/;

/**
 * Whether a module goes into what an expression gives.
 *
 * @param {Node} node
 * @param {Scope} scope
 * @returns {boolean}
 */
export function mentions(node, scope) {
  const inside = (/** @type {Node} */ part) => mentions(part, scope);
  switch (node.kind) {
    case "name":
    case "attribute": return isModule(scope.get(pathOf(node))); // base.weight is none
    case "list":
    case "tuple": return node.items.some(inside);
    case "dict": return node.pairs.some(([, value]) => inside(value));
    case "star": return inside(node.of);
    case "item": return inside(node.of);
    case "binary": return inside(node.left) || inside(node.right);
    case "call": return calls(node, scope);
    default: return false;
  }
}

/** @param {Extract<Node, {kind: "call"}>} node @param {Scope} scope @returns {boolean} */
function calls({ callee, items, named }, scope) {
  const path = pathOf(callee);
  if (isModule(scope.get(path)) || LOOKING.test(path)) return false; // base(image) runs it
  const name = path.split(".").pop() ?? "";
  if (SIGNATURES.has(name) || name === "Sequential") return true;
  if (callee.kind === "attribute" && PLAIN.test(callee.name)) return false;
  const given = [...items, ...named.map(({ value }) => value)];
  return given.some((item) => mentions(item, scope)) || (callee.kind === "attribute" && mentions(callee.of, scope));
}

/**
 * The same of a line that is no expression here: the name of a module stands in it, neither called nor asked for a part.
 *
 * @param {string} text
 * @param {Scope} scope
 * @returns {boolean}
 */
export function textMentions(text, scope) {
  return [...scope].some(([name, thing]) => isModule(thing) && new RegExp(`(?<![\\w.])${name.replaceAll(".", "\\.")}(?![\\w.(])`).test(text));
}
