// Whether a broken network has been mended, and not merely replaced. No DOM.

import { shapeWords } from "../lib/torch/problems.js";

/** @typedef {import("./broken_networks.js").BrokenNetwork} BrokenNetwork */

/**
 * How many layers were changed, added or removed: the edit distance of two lists.
 *
 * @param {string[]} before
 * @param {string[]} after
 * @returns {number}
 * @public
 */
export function changesBetween(before, after) {
  let row = Array.from({ length: after.length + 1 }, (_, at) => at);
  before.forEach((layer, done) => {
    const next = [done + 1];
    after.forEach((other, at) => next.push(Math.min(row[at] + (layer === other ? 0 : 1), row[at + 1] + 1, next[at] + 1)));
    row = next;
  });
  return row[after.length];
}

/**
 * What is still to do, in a sentence.
 *
 * @param {BrokenNetwork} network Its layers written as `after` is.
 * @param {string[]} before
 * @param {string[]} after
 * @param {import("../lib/shapes.js").Trace} trace
 * @returns {{mended: boolean, words: string}}
 */
export function verdictOf({ input, goal, most }, before, after, trace) {
  const changes = changesBetween(before, after);
  const output = trace.rows.length ? trace.rows[trace.rows.length - 1].shape : trace.input;
  if (trace.input.join() !== input.join()) return no(`The input must stay ${shapeWords(input)}.`);
  if (trace.problem) return no("Not mended yet: a layer fails.");
  if (output.join() !== goal.join()) return no(`Not mended yet: ${shapeWords(output)} comes out, and it should be ${shapeWords(goal)}.`);
  if (changes > most) return no(`It works, but ${changes} layers differ. ${most === 1 ? "One change is" : `${most} changes are`} enough.`);
  return { mended: true, words: `Mended, with ${changes} ${changes === 1 ? "change" : "changes"}: ${shapeWords(goal)} comes out.` };
}

/** @param {string} words */
const no = (words) => ({ mended: false, words });
