// Stacks and lists that grow after they were made: net.append(layer), layers.extend([…]). No DOM.

import { Evaluator } from "./evaluator.js";
import { inserted, isModule, registered } from "./stacks.js";

/** @typedef {import("./grammar.js").Node} Node */
/** @typedef {import("./evaluator.js").Stack} Stack */

const FILLS = new Set(["append", "extend", "insert", "add_module", "register_module"]);
const CHAINED = new Set(["append", "extend", "insert"]); // they give the stack again

export class Filling extends Evaluator {
  /** Whether a stack comes out that was just filled: net.append(…) in net.append(…).append(…). @param {Node} node @returns {node is Extract<Node, {kind: "call"}>} */
  chained(node) {
    return node.kind === "call" && node.callee.kind === "attribute" && CHAINED.has(node.callee.name);
  }

  /** @param {Extract<Node, {kind: "call"}>} node @returns {any} */
  called(node) {
    if (!this.chained(node) || node.callee.kind !== "attribute") return super.called(node);
    const of = this.value(node.callee.of);
    if (!isModule(of)) return super.called(node);
    this.fill(node, of, node.callee.name);
    return of;
  }

  /** @param {Extract<Node, {kind: "call"}>} node @param {any} of @param {string} method @returns {boolean} */
  fill(node, of, method) {
    const stack = isModule(of) && of.kind === "stack";
    if (!stack && !Array.isArray(of)) return false;
    if (!FILLS.has(method)) this.refuse(node, `“.${method}(…)” is not run here. Leave it out, or write out what it makes.`);
    const given = this.items(node.items);
    if (Array.isArray(of)) {
      if (method === "append") this.extend(node, of, [given[0]]);
      else if (method === "extend" && Array.isArray(given[0])) this.extend(node, of, given[0]);
      else if (method === "insert" && typeof given[0] === "number") of.splice(given[0], 0, given[1]);
      else this.refuse(node, `“.${method}(…)” is not run here. Write out what it makes.`);
    } else this.grow(node, of, method, given);
    return true;
  }

  /** @param {Extract<Node, {kind: "call"}>} node @param {Stack} stack @param {string} method @param {any[]} given */
  grow(node, stack, method, given) {
    const next = () => String(stack.members.length);
    if (method === "append") stack.members.push([next(), this.needModule(node, given[0])]);
    else if (method === "extend") for (const thing of this.spread(node.items[0])) stack.members.push([next(), this.needModule(node, thing)]);
    else if (["add_module", "register_module"].includes(method) && typeof given[0] === "string") {
      registered(stack, given[0], this.needModule(node, given[1]));
    } else if (method !== "insert" || typeof given[0] !== "number" || !inserted(stack, given[0], this.needModule(node, given[1]))) this.refuse(node, `“.${method}(…)” is not run here. Write out what it makes.`);
  }

  /** In place, as Python does. @param {Node} node @param {any[]} list @param {any[]} more */
  extend(node, list, more) {
    this.list(node, [...list, ...more]);
    list.push(...more);
  }
}
