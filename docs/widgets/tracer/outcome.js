// What comes of a stack: the table and the result in words, or what fails and what would mend it.

import { choice } from "../lib/controls.js";
import { h, setText } from "../lib/dom.js";
import { writeLayer } from "../lib/layers.js";
import { shapeWords } from "../lib/torch/problems.js";
import { mendedCode } from "./stack.js";
import { assumedWords, COLUMNS, resultWords, rowCells, sumCells } from "./words.js";

/** @typedef {import("./state.js").State} State */
/** @typedef {import("./state.js").Worked} Worked */

/**
 * @param {string} id Of the box that says what is wrong.
 * @param {(next: Partial<State>) => void} rewrite
 * @param {(part: string) => void} choose One of several stacks.
 */
export function outcome(id, rewrite, choose) {
  const problem = h("div", { class: "cf-problem", id, hidden: true });
  const table = h("div", { class: "cf-scroll cf-trace" });
  const result = h("p", { class: "cf-result", tabindex: -1 });
  const assumed = h("p", { class: "cf-hint cf-assumed", hidden: true });
  const part = choice(`${id}-part`, "Stack to trace", [], choose);
  const parts = h("div", { class: "cf-controls", hidden: true }, part.element);
  const element = h("div", {}, problem, parts, result, assumed, table);
  /** @param {Partial<State>} next */
  function mend(next) {
    rewrite(next);
    result.focus();
  }
  let shown = "";
  /** @param {State} state @param {Worked} worked @returns {string} What it says. */
  function draw({ code, input, part: chosen }, worked) {
    const words = resultWords(worked);
    const left = assumedWords(worked.layers);
    const said = `${words} ${left}`.trim();
    const asked = [code, chosen, ...input].join();
    if (asked === shown) return said; // a button that is being pressed must stay
    shown = asked;
    const failing = worked.trace.problem;
    const fails = worked.refused !== "" || failing !== null;
    const fixes = (failing?.fixes ?? []).map((fix) =>
      h("button", { type: "button", onclick: () => mend(mended(code, worked, fix)) }, fix.words),
    );
    parts.hidden = !worked.parts.length;
    drawParts(part.control, worked.parts, chosen);
    problem.hidden = !fails;
    result.hidden = fails;
    if (fails) problem.replaceChildren(h("p", { class: "cf-error" }, words), h("div", { class: "cf-buttons" }, ...fixes));
    else setText(result, words);
    assumed.hidden = left === "";
    setText(assumed, left);
    table.replaceChildren(...(worked.refused ? [] : [traceTable(worked)]));
    return said;
  }
  return { element, draw };
}

/** @param {string} code @param {Worked} worked @param {import("../lib/shapes.js").Fix} fix @returns {Partial<State>} */
function mended(code, { layers, trace: { problem } }, fix) {
  return fix.input ? { input: fix.input } : { code: mendedCode(code, layers, /** @type {NonNullable<typeof problem>} */ (problem).layer, fix), part: "" };
}

/** @param {HTMLSelectElement} control @param {import("../lib/sequential_parser.js").Part[]} parts @param {string} chosen */
function drawParts(control, parts, chosen) {
  const found = parts.some(({ name }) => name === chosen);
  const options = parts.map(({ name, layers }) => h("option", { value: name, selected: name === chosen }, `${name}: ${layers} ${layers === 1 ? "layer" : "layers"}`));
  control.replaceChildren(...(found ? [] : [h("option", { value: "", selected: true }, "choose one")]), ...options);
}

/** @param {Worked} worked @returns {HTMLElement} */
function traceTable(worked) {
  const { layers, trace: { rows, input, problem } } = worked;
  const row = (/** @type {string} */ name, /** @type {string[]} */ cells, look = "") =>
    h("tr", { class: look || null }, h("th", { scope: "row" }, name), ...cells.map((cell) => h("td", {}, cell)));
  const nothing = COLUMNS.slice(2).map(() => "");
  const seen = input.length > 1 ? [input.slice(1).map(() => 1).join(" × "), "1"] : ["–", "–"];
  const failed = problem ? [row(`✗ ${problem.layer.path} ${writeLayer(problem.layer)}`, ["does not fit", ...nothing], "cf-failed")] : [];
  const rest = problem ? layers.slice(rows.length + 1).map((layer) => row(`${layer.path} ${writeLayer(layer)}`, ["not reached", ...nothing], "cf-unreached")) : [];
  return h(
    "table",
    { class: "cf-values" },
    h("caption", {}, "One image, layer by layer. Sees: the receptive field of a unit, in pixels; step: pixels between neighbours. Writes: memory of what comes out; keeps: memory that training holds until the backward pass."),
    h("thead", {}, h("tr", {}, ...COLUMNS.map((name) => h("th", { scope: "col" }, name)))),
    h(
      "tbody",
      {},
      row("input", [shapeWords(input), "", "", ...seen, "", ""]),
      ...rows.map((traced) => row(`${traced.layer.path} ${traced.text}`, rowCells(traced))),
      ...failed,
      ...rest,
      ...(problem ? [] : [row("all layers", sumCells(worked), "cf-total")]),
    ),
  );
}
