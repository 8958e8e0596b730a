// Ten questions from a seed, with a place to answer; no answer is on the page before it is asked for.

import { Complaint, field, whole } from "../lib/controls.js";
import { h, setText } from "../lib/dom.js";
import { parseNumber } from "../lib/numbers.js";
import { drill, QUESTIONS } from "./drills.js";
import { EXERCISES } from "./state.js";

/** @typedef {import("./state.js").State} State */

/**
 * @param {string} key
 * @param {(change: Partial<State>) => void} change
 */
export function practice(key, change) {
  const complaint = new Complaint(`${key}-practice`);
  let [seed, question] = [1, 0];
  const title = h("p", { class: "cf-board-name" });
  const words = h("p");
  const answer = h("input", { type: "text", inputmode: "numeric", autocomplete: "off", size: 6 });
  const verdict = h("output", { class: "cf-result", hidden: true });
  const seeded = whole(`${key}-seed`, EXERCISES.seed.label, EXERCISES.seed, complaint, (value) => change({ seed: value, question: 1 }));
  const buttons = {
    back: h("button", { type: "button", onclick: () => move(-1) }, "Previous question"),
    next: h("button", { type: "button", onclick: () => move(1) }, "Next question"),
  };
  /** @param {number} by */
  const move = (by) => change({ question: Math.max(1, Math.min(QUESTIONS, question + by)) });
  /** @param {string} text */
  function tell(text) {
    verdict.hidden = text === "";
    setText(verdict, text);
  }
  function check() {
    complaint.try(answer, () => {
      const given = parseNumber(answer.value, { label: "The answer", whole: true });
      const asked = drill(seed, question);
      tell(given === asked.answer ? `${given} is right. ${asked.worked}` : `${given} is not it. Try again, or ask for the answer.`);
    });
  }
  function reveal() {
    const asked = drill(seed, question);
    tell(`The answer is ${asked.answer}. ${asked.worked}`);
  }
  function load() {
    const { transposed, input, kernel, stride, padding, dilation, added } = drill(seed, question).state;
    change({ transposed, input, kernel, stride, padding, dilation, added, step: 0 });
  }
  const form = h(
    "form",
    { onsubmit: (/** @type {Event} */ event) => (event.preventDefault(), check()) },
    h("div", { class: "cf-controls" }, field(`${key}-answer`, "Your answer", answer)),
    h(
      "div",
      { class: "cf-buttons" },
      h("button", { type: "submit", class: "cf-primary" }, "Check"),
      h("button", { type: "button", onclick: reveal }, "Show the answer"),
      h("button", { type: "button", onclick: load }, "Show it in the grid"),
    ),
  );
  const element = h(
    "details",
    { class: "cf-practice" },
    h("summary", {}, "Exercises"),
    title,
    words,
    form,
    verdict,
    complaint.element,
    h("div", { class: "cf-controls" }, seeded.element, h("div", { class: "cf-buttons" }, buttons.back, buttons.next)),
    h("p", { class: "cf-hint" }, "The same seed asks everyone the same ten questions."),
  );
  element.addEventListener("toggle", () => {
    if (element.open !== question > 0) change({ question: element.open ? 1 : 0 });
  });

  /** @param {State} state */
  function draw(state) {
    const asked = state.question > 0 && (state.seed !== seed || state.question !== question);
    [seed, question] = [state.seed, state.question];
    if (element.open !== question > 0) element.open = question > 0;
    if (!asked) return;
    setText(title, `Question ${question} of ${QUESTIONS}`);
    setText(words, drill(seed, question).words);
    answer.value = "";
    complaint.clear();
    tell("");
    for (const [button, end] of /** @type {const} */ ([[buttons.back, 1], [buttons.next, QUESTIONS]]))
      if (question === end) button.setAttribute("aria-disabled", "true");
      else button.removeAttribute("aria-disabled");
  }
  /** @param {State} state */
  function reset(state) {
    seeded.set(state.seed);
    draw(state);
  }
  return { element, draw, reset };
}
