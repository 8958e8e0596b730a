// What comes of a stack: the table and the result in words, or what fails and what would mend it.

import { h, setText } from "../lib/dom.js";
import { writeLayer } from "../lib/layers.js";
import { shapeWords } from "../lib/shapes.js";
import { mendedCode } from "./stack.js";
import { COLUMNS, resultWords, rowCells, sumCells } from "./words.js";

/** @typedef {import("./state.js").State} State */
/** @typedef {import("./state.js").Worked} Worked */

/**
 * @param {string} id Of the box that says what is wrong.
 * @param {(code: string) => void} rewrite
 */
export function outcome(id, rewrite) {
  const problem = h("div", { class: "cf-problem", id, hidden: true });
  const table = h("div", { class: "cf-scroll cf-trace" });
  const result = h("p", { class: "cf-result", tabindex: -1 });
  const element = h("div", {}, problem, result, table);
  /** @param {string} code */
  function mend(code) {
    rewrite(code);
    result.focus();
  }
  let shown = "";
  /** @param {State} state @param {Worked} worked @returns {string} What it says. */
  function draw({ code, input }, worked) {
    const words = resultWords(worked);
    const asked = [code, ...input].join();
    if (asked === shown) return words; // a button that is being pressed must stay
    shown = asked;
    const failing = worked.trace.problem;
    const fails = worked.refused !== "" || failing !== null;
    const fixes = (failing?.fixes ?? []).map((fix) =>
      h("button", { type: "button", onclick: () => mend(mendedCode(code, worked.layers, /** @type {any} */ (failing).layer, fix)) }, fix.words),
    );
    problem.hidden = !fails;
    result.hidden = fails;
    if (fails) problem.replaceChildren(h("p", { class: "cf-error" }, words), h("div", { class: "cf-buttons" }, ...fixes));
    else setText(result, words);
    table.replaceChildren(...(worked.refused ? [] : [traceTable(worked)]));
    return words;
  }
  return { element, draw };
}

/** @param {Worked} worked @returns {HTMLElement} */
function traceTable(worked) {
  const { layers, trace: { rows, input, problem } } = worked;
  const row = (/** @type {string} */ name, /** @type {string[]} */ cells, look = "") =>
    h("tr", { class: look || null }, h("th", { scope: "row" }, name), ...cells.map((cell) => h("td", {}, cell)));
  const failed = problem ? [row(`✗ ${problem.layer.path} ${writeLayer(problem.layer)}`, ["does not fit", "", "", "", ""], "cf-failed")] : [];
  const rest = problem ? layers.slice(rows.length + 1).map((layer) => row(`${layer.path} ${writeLayer(layer)}`, ["not reached", "", "", "", ""], "cf-unreached")) : [];
  return h(
    "table",
    { class: "cf-values" },
    h("caption", {}, "One image, layer by layer. Sees: the receptive field of a unit, in pixels; step: pixels between neighbours."),
    h("thead", {}, h("tr", {}, ...COLUMNS.map((name) => h("th", { scope: "col" }, name)))),
    h(
      "tbody",
      {},
      row("input", [shapeWords(input), "", "", input.length === 3 ? "1 × 1" : "–", input.length === 3 ? "1" : "–"]),
      ...rows.map((traced) => row(`${traced.layer.path} ${traced.text}`, rowCells(traced))),
      ...failed,
      ...rest,
      ...(problem ? [] : [row("all layers", sumCells(worked), "cf-total")]),
    ),
  );
}
