// Why some numbers do not fit together, and which would. No DOM.

import { addsTooMuch, extentOf, outputLength, paintedLength } from "../lib/arithmetic.js";
import { axesFor, PADDING, SIZES, sidesOf } from "./state.js";

/** @typedef {import("./state.js").State} State */
/** @typedef {import("./state.js").Axis} Axis */
/** @typedef {{words: string, change: Partial<State>}} Fix */
/** @typedef {{words: string, fixes: Fix[]}} Problem */

const UNITS = /** @type {const} */ (["rows", "columns"]);

/**
 * Everything that keeps a state from being a convolution, with what would mend it.
 *
 * @param {State} state
 * @returns {Problem[]} Empty if it is one.
 */
export function problemsOf(state) {
  return found(state).map(({ words, fixes }) => {
    const stays = (/** @type {Fix} */ { change }) => found({ ...state, ...change }).some((problem) => problem.words === words);
    return { words, fixes: fixes.filter((fix) => !stays(fix)) };
  });
}

/** @param {State} state @returns {Problem[]} */
function found(state) {
  const same = state.padding === "same" ? sameProblems(state) : [];
  const rows = same.length ? null : axisProblem(state, 0);
  const columns = same.length ? null : axisProblem(state, 1);
  const twice = rows && columns && rows.words === columns.words.replaceAll("columns", "rows");
  return [...same, ...groupProblems(state), ...[rows, twice ? null : columns].filter((problem) => problem !== null)];
}

/** @param {State} state @returns {Problem[]} */
function sameProblems(state) {
  const half = axesFor({ ...state, transposed: false }).map((axis) => Math.floor((extentOf(axis) - 1) / 2));
  const numbers = { words: `padding ${pairWords(half)}`, change: { padding: [[half[0], half[0]], [half[1], half[1]]] } };
  if (state.transposed) return [{ words: "Padding “same” is for direct convolutions only. A transposed one takes numbers.", fixes: [/** @type {Fix} */ (numbers)] }];
  if (Math.max(...state.stride) === 1) return [];
  return [
    {
      words: `With padding “same”, PyTorch allows stride 1 only; the stride is ${pairWords(state.stride)}.`,
      fixes: [{ words: "stride 1", change: { stride: [1, 1] } }, /** @type {Fix} */ (numbers)],
    },
  ];
}

/** @param {State} state @returns {Problem[]} */
function groupProblems({ groups, inChannels, outChannels }) {
  const valid = divisors(inChannels, outChannels);
  if (valid.includes(groups)) return [];
  const near = valid.filter((group) => group < groups).slice(-3);
  return [
    {
      words: `Groups (${groups}) must divide both the ${inChannels} input channels and the ${outChannels} output channels. Valid here: ${valid.join(", ")}.`,
      fixes: near.map((group) => ({ words: `groups ${group}`, change: { groups: group } })),
    },
  ];
}

/** @param {number} first @param {number} second @returns {number[]} Every number that divides both. */
export function divisors(first, second) {
  const least = Math.min(first, second);
  return Array.from({ length: least }, (_, index) => index + 1).filter((part) => first % part === 0 && second % part === 0);
}

/** @param {State} state @param {0 | 1} at @returns {Problem | null} */
function axisProblem(state, at) {
  const axis = axesFor(state)[at];
  if (addsTooMuch(axis)) return addedProblem(state, at, axis);
  if (outputLength(axis, state.input[at]) > 0) return null;
  return axis.transposed ? cutProblem(state, at, axis) : fitProblem(state, at, axis);
}

/** @param {State} state @param {0 | 1} at @param {Axis} axis @returns {Problem} */
function addedProblem(state, at, { stride, dilation, added }) {
  const most = Math.max(stride, dilation) - 1;
  return {
    words: `Output padding (${added} ${UNITS[at]}) must be smaller than the stride (${stride}) or the dilation (${dilation}): it only chooses among the sizes that a stride can't tell apart. Valid here: ${most === 0 ? "0" : `0 to ${most}`}.`,
    fixes: [fix(state, at, "added", most), ...(added < SIZES.stride.most ? [fix(state, at, "stride", added + 1)] : [])],
  };
}

/** @param {State} state @param {0 | 1} at @param {Axis} axis @returns {Problem} */
function cutProblem(state, at, axis) {
  const painted = paintedLength(axis, state.input[at]);
  const most = Math.floor((painted - 1) / 2);
  return {
    words: `Padding takes ${axis.before + axis.after} ${UNITS[at]} off the ${painted} that a transposed convolution gives here, so nothing is left. Valid on each side: ${most === 0 ? "0" : `0 to ${most}`}.`,
    fixes: [padded(state, at, most)],
  };
}

/** @param {State} state @param {0 | 1} at @param {Axis} axis @returns {Problem} */
function fitProblem(state, at, axis) {
  const [length, extent] = [state.input[at], extentOf(axis)];
  const room = length + axis.before + axis.after;
  const kernel = Math.floor((room - 1) / axis.dilation) + 1;
  const dilation = axis.kernel > 1 ? Math.floor((room - 1) / (axis.kernel - 1)) : 0;
  const side = Math.ceil((extent - length) / 2);
  const fixes = [fix(state, at, "kernel", kernel)];
  if (axis.dilation > 1 && dilation >= 1) fixes.push(fix(state, at, "dilation", dilation));
  if (side <= PADDING.most) fixes.push(padded(state, at, side));
  if (extent <= SIZES.input.most) fixes.push(fix(state, at, "input", extent));
  return {
    words: `The kernel reaches over ${extent} ${UNITS[at]}, but the padded input has only ${room}. No window fits. Valid here: a kernel of at most ${kernel}, or padding of at least ${side} on each side.`,
    fixes,
  };
}

/** @param {State} state @param {0 | 1} at @param {"input" | "kernel" | "stride" | "dilation" | "added"} name @param {number} value @returns {Fix} */
function fix(state, at, name, value) {
  const alike = state[name][0] === state[name][1];
  const pair = alike ? [value, value] : state[name].map((old, axis) => (axis === at ? value : old));
  const which = alike ? "" : `, ${UNITS[at]}`;
  return { words: `${SIZES[name].label.toLowerCase()}${which} ${value}`, change: { [name]: pair } };
}

/** @param {State} state @param {0 | 1} at @param {number} side @returns {Fix} */
function padded(state, at, side) {
  const sides = sidesOf(state).map((old, axis) => (axis === at ? [side, side] : old));
  const alike = state.padding === "same" || new Set(state.padding.flat()).size === 1;
  const padding = /** @type {State["padding"]} */ (alike ? [[side, side], [side, side]] : sides);
  return { words: `padding${alike ? "" : `, ${UNITS[at]}`} ${side}`, change: { padding } };
}

/** @param {readonly number[]} pair */
export function pairWords([rows, columns]) {
  return rows === columns ? String(rows) : `(${rows}, ${columns})`;
}
