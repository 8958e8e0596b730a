// The shape tracer: one state object, fields that change it, one render that shows it.

import { keyOf, readState, withState, writeState } from "../lib/address.js";
import { announcer } from "../lib/announce.js";
import { mount } from "../lib/base.js";
import { Complaint, field, typed } from "../lib/controls.js";
import { h, setText } from "../lib/dom.js";
import { writeLayer } from "../lib/layers.js";
import { shapeWords } from "../lib/shapes.js";
import { sharing } from "../lib/sharing.js";
import { builder } from "./builder.js";
import { clinic } from "./clinic.js";
import { mendedCode, readShape } from "./stack.js";
import { brokenState, FIRST, settingsOf, withSettings, workOut } from "./state.js";
import { COLUMNS, pytorchCode, resultWords, rowCells, sumCells } from "./words.js";

/** @typedef {import("./state.js").State} State */
/** @typedef {import("./state.js").Worked} Worked */

/**
 * Follows one image through a stack of layers: shapes, parameters, multiplications, receptive field.
 *
 * Attributes, all optional, set what it starts with: `code` (layers as PyTorch writes them, parted by
 * commas), `input` (`1x28x28`), `broken` (1 to 10: a network to mend).
 */
export class ShapeTracer extends HTMLElement {
  connectedCallback() {
    mount(this, (body) => start(this, body));
  }
}

/** @param {HTMLElement} host @param {HTMLElement} body */
function start(host, body) {
  const key = keyOf(host);
  const complaint = new Complaint(key);
  const given = new Map([...host.attributes].map(({ name, value }) => [name, value]));
  const authored = withSettings(FIRST, given);
  const shared = withSettings(authored.state, readState(host));
  const defaults = settingsOf(authored.state);
  let state = shared.state;

  const code = h("textarea", { rows: 10, autocomplete: "off", spellcheck: "false", autocapitalize: "off", wrap: "off" });
  code.addEventListener("input", () => change({ code: code.value }));
  const shape = h("input", { type: "text", autocomplete: "off", size: 14 });
  typed(shape, complaint, () => readShape(shape.value), (input) => change({ input }));
  const problem = h("div", { class: "cf-problem", id: `${key}-problem`, hidden: true });
  const table = h("div", { class: "cf-scroll cf-trace" });
  const result = h("p", { class: "cf-result", tabindex: -1 });
  const build = builder(key, (next) => restart({ ...state, code: next }));
  const patients = clinic(key, (broken) => restart(broken ? brokenState(broken) : { ...FIRST }));
  const spoken = announcer();
  const close = sharing(host, { address: () => withState(host, settingsOf(state), defaults), onReset: () => restart(authored.state) });

  /** @param {Partial<State>} next */
  function change(next) {
    state = { ...state, ...next };
    render();
  }
  /** @param {State} next */
  function restart(next) {
    complaint.clear();
    state = next;
    code.value = state.code;
    shape.value = state.input.join(", ");
    render();
  }
  function render() {
    const worked = workOut(state);
    const words = resultWords(worked);
    showProblem(problem, worked, words, (next) => {
      restart({ ...state, code: next });
      result.focus();
    }, state.code);
    if (worked.refused) code.setAttribute("aria-invalid", "true");
    else code.removeAttribute("aria-invalid");
    table.replaceChildren(...(worked.refused ? [] : [traceTable(worked)]));
    setText(result, problem.hidden ? words : "");
    result.hidden = !problem.hidden;
    build.draw(worked);
    patients.draw(state, worked);
    close.element.querySelector("details")?.toggleAttribute("hidden", worked.refused !== "");
    if (!worked.refused) close.setCode(pytorchCode(state));
    spoken.say(words);
    writeState(host, settingsOf(state), defaults);
  }

  const codeField = field(`${key}-code`, "Layers", code, "nn.Sequential(…) as you would write it, or as PyTorch prints it. It is read, never run.");
  code.setAttribute("aria-errormessage", problem.id);
  const shapeField = field(`${key}-input`, "Input", shape, "channels, height, width of one image");
  body.append(
    patients.element,
    codeField,
    h("div", { class: "cf-controls" }, shapeField),
    complaint.element,
    problem,
    table,
    result,
    build.element,
    close.element,
    spoken.region,
  );
  restart(state);
  const refused = [...authored.refused, ...shared.refused];
  if (refused.length) complaint.say(null, `Not everything that was asked for can be shown. ${refused.join(" ")}`);
}

/**
 * @param {HTMLElement} box
 * @param {Worked} worked
 * @param {string} words
 * @param {(code: string) => void} rewrite
 * @param {string} code
 */
function showProblem(box, { refused, layers, trace: { problem } }, words, rewrite, code) {
  box.hidden = !refused && !problem;
  if (box.hidden) return;
  const fixes = problem ? problem.fixes.map((fix) => h("button", { type: "button", onclick: () => rewrite(mendedCode(code, layers, problem.layer, fix)) }, fix.words)) : [];
  box.replaceChildren(h("p", { class: "cf-error" }, words), h("div", { class: "cf-buttons" }, ...fixes));
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
