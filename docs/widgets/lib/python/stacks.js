// What Python does to a stack that is there already: joined, repeated, filled, changed. No DOM.

/** @typedef {import("./evaluator.js").Module} Module */
/** @typedef {import("./evaluator.js").Stack} Stack */
/** @typedef {import("./evaluator.js").Thing} Thing */
/** @typedef {[name: string, module: Module]} Member */

/** @param {Thing} thing @returns {thing is Module} */
export const isModule = (thing) => thing !== null && typeof thing === "object" && (thing.kind === "layer" || thing.kind === "stack");

/** @param {Thing} thing @returns {thing is Stack} */
export const isSequential = (thing) => isModule(thing) && thing.kind === "stack" && thing.layer === "Sequential";

/** @param {Module[]} modules @param {Stack} like @returns {Stack} Named by their places, as PyTorch does. */
const stackOf = (modules, like) => ({ ...like, members: modules.map((module, at) => /** @type {Member} */ ([String(at), module])) });

/** @param {Stack} stack @returns {Module[]} */
export const modulesOf = (stack) => stack.members.map(([, module]) => module);

/** @param {Stack} left @param {Stack} right */
export const joined = (left, right) => stackOf([...modulesOf(left), ...modulesOf(right)], left);

/** The same modules again and again. @param {Stack} stack @param {number} times */
export const repeated = (stack, times) => stackOf(Array(times).fill(modulesOf(stack)).flat(), stack);

/**
 * Put a module before another; those behind it move on.
 *
 * @param {Stack} stack
 * @param {number} at From the end, if it is negative.
 * @param {Module} module
 * @returns {boolean} Whether it could be done: there is such a place, and places are the names.
 */
export function inserted(stack, at, module) {
  const count = stack.members.length;
  if (Math.abs(at) > count || stack.members.some(([name], place) => name !== String(place))) return false;
  const modules = modulesOf(stack);
  modules.splice(at < 0 ? at + count : at, 0, module);
  stack.members = stackOf(modules, stack).members;
  return true;
}

/** A module under a name, in the place of the one that had it. @param {Stack} stack @param {string} name @param {Module} module */
export function registered(stack, name, module) {
  const old = stack.members.find((member) => member[0] === name);
  if (old) old[1] = module;
  else stack.members.push([name, module]);
}

/** Another module that looks the same, with weights of its own. @param {Module} module @returns {Module} */
export function copied(module) {
  if (module.kind === "layer") return { ...module };
  return { ...module, members: module.members.map(([name, member]) => [name, copied(member)]) };
}
