// The shape tracer: one state object, fields that change it, one render that shows it.

import { withState, writeState } from "../lib/address.js";
import { announcer } from "../lib/announce.js";
import { boot } from "../lib/boot.js";
import { field, typed } from "../lib/controls.js";
import { h } from "../lib/dom.js";
import { sharing } from "../lib/sharing.js";
import { Builder } from "./builder.js";
import { clinic } from "./clinic.js";
import { outcome } from "./outcome.js";
import { readShape } from "./stack.js";
import { brokenState, FIRST, linkProblem, settingsOf, withSettings, workOut } from "./state.js";
import { pytorchCode } from "./words.js";

/** @typedef {import("./state.js").State} State */

/**
 * Follows one image through a stack of layers: shapes, parameters, multiplications, receptive field.
 *
 * Attributes, all optional, set what it starts with: `code` (layers as PyTorch writes them, parted by
 * commas), `input` (`1x28x28`), `broken` (1 to 10: a network to mend).
 */
export class ShapeTracer extends HTMLElement {
  /** @param {HTMLElement} body */
  build(body) {
    return start(this, body);
  }
}

/** @param {HTMLElement} host @param {HTMLElement} body */
function start(host, body) {
  const { key, complaint, authored, shared, refused } = boot(host, FIRST, withSettings);
  const defaults = settingsOf(authored);
  let state = shared;

  /** @param {Partial<State>} next */
  const change = (next) => {
    state = { ...state, ...next };
    render();
  };
  const rewrite = (/** @type {Partial<State>} */ next) => restart({ ...state, ...next });
  const code = codeField(key, (code) => change({ code }));
  const input = h("input", { type: "text", inputmode: "text", autocomplete: "off", size: 14 });
  typed(input, complaint, () => readShape(input.value), (shape) => change({ input: shape }));
  const shape = field(`${key}-input`, "Input", input, "channels, height, width of one image; or as its layers need");
  const result = outcome(`${key}-problem`, rewrite, (part) => change({ part }));
  const build = new Builder(key, (code) => rewrite({ code, part: "" }));
  const patients = clinic(key, (broken) => restart(broken ? brokenState(broken) : FIRST));
  const spoken = announcer();
  const close = sharing(host, { address: () => withState(host, settingsOf(state), defaults), problem: () => linkProblem(state), onReset: () => restart(authored) });

  /** @param {State} next */
  function restart(next) {
    complaint.clear();
    state = next;
    code.control.value = state.code;
    input.value = state.input.join(", ");
    render();
  }
  function render() {
    const worked = workOut(state);
    code.refuse(worked.refused ? `${key}-problem` : null);
    spoken.say(`${result.draw(state, worked)} ${patients.draw(state, worked)}`.trim());
    build.draw(worked);
    close.setCode(worked.refused ? `# ${worked.refused}` : pytorchCode(state, worked));
    writeState(host, settingsOf(state), defaults);
  }

  const columns = h(
    "div",
    { class: "cf-columns cf-tracer" },
    h("div", { class: "cf-given" }, patients.element, h("div", {}, shape, complaint.element)),
    h("div", {}, code.element),
    h("div", {}, result.element, build.element),
  );
  body.append(columns, close.element, spoken.region);
  restart(state);
  return { complaint, refused };
}

/**
 * Where the layers are typed or pasted.
 *
 * @param {string} key
 * @param {(code: string) => void} onInput
 */
function codeField(key, onInput) {
  const control = h("textarea", { rows: 10, autocomplete: "off", spellcheck: "false", autocapitalize: "off", wrap: "off" });
  control.addEventListener("input", () => onInput(control.value));
  const element = field(`${key}-code`, "Layers", control, "nn.Sequential(…) as you would write it, or as PyTorch prints it. It is read, never run.");
  const hint = control.getAttribute("aria-describedby") ?? "";
  /** @param {string | null} problem The id of what says why; null: it can be read. */
  function refuse(problem) {
    if (problem) control.setAttribute("aria-invalid", "true");
    else control.removeAttribute("aria-invalid");
    control.setAttribute("aria-describedby", problem ? `${hint} ${problem}` : hint);
  }
  return { element, control, refuse };
}
