// The broken networks: choose one, read what is wrong with it, ask for a hint or the solution.

import { choice } from "../lib/controls.js";
import { h, setText } from "../lib/dom.js";
import { shapeWords } from "../lib/torch/problems.js";
import { BROKEN_NETWORKS } from "./broken_networks.js";
import { stackCode } from "./stack.js";

/** @typedef {import("./state.js").State} State */
/** @typedef {import("./state.js").Worked} Worked */

/**
 * @param {string} key
 * @param {(broken: number) => void} onChoose 0: none.
 */
export function clinic(key, onChoose) {
  const names = BROKEN_NETWORKS.map(({ title }, index) => /** @type {[string, string]} */ ([String(index + 1), `${index + 1} ${title}`]));
  const network = choice(`${key}-broken`, "Broken network to mend", [["0", "none"], ...names], (value) => onChoose(Number(value)));
  const story = h("p");
  const verdict = h("p", { class: "cf-result" });
  const help = h("p", { hidden: true });
  const code = h("pre", { hidden: true }, h("code"));
  const buttons = h("div", { class: "cf-buttons" });
  const patient = h("div", { hidden: true }, story, verdict, buttons, help, code);
  let shown = -1;
  /** @param {HTMLElement} element @param {string} text */
  function reveal(element, text) {
    element.hidden = false;
    setText(element.matches("pre") ? /** @type {Node} */ (element.firstChild) : element, text);
  }
  buttons.append(
    h("button", { type: "button", onclick: () => reveal(help, BROKEN_NETWORKS[shown - 1].hint) }, "Hint"),
    h("button", { type: "button", onclick: () => reveal(code, stackCode(BROKEN_NETWORKS[shown - 1].solution)) }, "Show the solution"),
    h("button", { type: "button", onclick: () => onChoose(shown) }, "Start again"),
  );
  /** @param {State} state @param {Worked} worked @returns {string} What to say; empty without a patient. */
  function draw({ broken }, worked) {
    patient.hidden = broken === 0;
    if (broken !== shown) {
      shown = broken;
      network.control.value = String(broken);
      for (const part of [help, code]) {
        part.hidden = true;
        setText(part.matches("pre") ? /** @type {Node} */ (part.firstChild) : part, "");
      }
    }
    if (broken === 0) return "";
    const { story: words, input, goal } = BROKEN_NETWORKS[broken - 1];
    setText(story, `${words} In: ${shapeWords(input)}. Out: ${shapeWords(goal)}.`);
    const said = worked.verdict ? worked.verdict.words : "Not mended yet: the code can't be read.";
    setText(verdict, said);
    verdict.classList.toggle("cf-mended", worked.verdict?.mended ?? false);
    return said;
  }
  return { element: h("div", { class: "cf-clinic" }, h("div", { class: "cf-controls" }, network.element), patient), draw };
}
