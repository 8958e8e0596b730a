// Ten questions from a seed, with a place to answer; no answer is on the page before it is asked for.

import { Complaint, field, whole } from "../lib/controls.js";
import { h, setIdle, setText } from "../lib/dom.js";
import { parseNumber } from "../lib/numbers.js";
import { drill, QUESTIONS } from "./drills.js";
import { EXERCISES } from "./state.js";

/** @typedef {import("./state.js").State} State */

export class Practice {
  /** @param {string} key @param {(change: Partial<State>) => void} change */
  constructor(key, change) {
    this.key = key;
    this.change = change;
    this.seed = 1;
    this.question = 0;
    this.complaint = new Complaint(`${key}-practice`);
    this.title = h("p", { class: "cf-board-name" });
    this.words = h("p");
    this.answer = h("input", { type: "text", inputmode: "numeric", autocomplete: "off", size: 6 });
    this.verdict = h("output", { class: "cf-result", hidden: true });
    this.seeded = whole(`${key}-seed`, EXERCISES.seed.label, EXERCISES.seed, this.complaint, (seed) => change({ seed, question: 1 }));
    this.back = button("Previous question", () => this.move(-1));
    this.next = button("Next question", () => this.move(1));
    this.element = this.makeElement();
  }

  makeElement() {
    const element = h(
      "details",
      { class: "cf-practice" },
      h("summary", {}, "Exercises"),
      this.title,
      this.words,
      this.makeForm(),
      this.verdict,
      this.complaint.element,
      h("div", { class: "cf-controls" }, this.seeded.element, h("div", { class: "cf-buttons" }, this.back, this.next)),
      h("p", { class: "cf-hint" }, "The same seed asks everyone the same ten questions."),
    );
    element.addEventListener("toggle", () => {
      if (element.open !== this.question > 0) this.change({ question: element.open ? 1 : 0 });
    });
    return element;
  }

  makeForm() {
    return h(
      "form",
      { onsubmit: (event) => (event.preventDefault(), this.check()) },
      h("div", { class: "cf-controls" }, field(`${this.key}-answer`, "Your answer", this.answer)),
      h(
        "div",
        { class: "cf-buttons" },
        h("button", { type: "submit", class: "cf-primary" }, "Check"),
        button("Show the answer", () => this.reveal()),
        button("Show it in the grid", () => this.load()),
      ),
    );
  }

  /** The question that is asked. */
  asked() {
    return drill(this.seed, this.question);
  }

  /** @param {number} by */
  move(by) {
    this.change({ question: Math.max(1, Math.min(QUESTIONS, this.question + by)) });
  }

  /** @param {string} text */
  tell(text) {
    this.verdict.hidden = text === "";
    setText(this.verdict, text);
  }

  check() {
    this.complaint.try(this.answer, () => {
      const given = parseNumber(this.answer.value, { label: "The answer", whole: true });
      const { answer, worked } = this.asked();
      this.tell(given === answer ? `${given} is right. ${worked}` : `${given} is not it. Try again, or ask for the answer.`);
    });
  }

  reveal() {
    const { answer, worked } = this.asked();
    this.tell(`The answer is ${answer}. ${worked}`);
  }

  load() {
    const { transposed, input, kernel, stride, padding, dilation, added } = this.asked().state;
    this.change({ transposed, input, kernel, stride, padding, dilation, added, step: 0 });
  }

  /** @param {State} state */
  draw({ seed, question }) {
    const isNew = question > 0 && (seed !== this.seed || question !== this.question);
    [this.seed, this.question] = [seed, question];
    if (this.element.open !== question > 0) this.element.open = question > 0;
    if (!isNew) return;
    setText(this.title, `Question ${question} of ${QUESTIONS}`);
    setText(this.words, this.asked().words);
    this.answer.value = "";
    this.complaint.clear();
    this.tell("");
    setIdle(this.back, question === 1);
    setIdle(this.next, question === QUESTIONS);
  }

  /** @param {State} state */
  reset(state) {
    this.seeded.set(state.seed);
    this.draw(state);
  }
}

/** @param {string} words @param {() => void} onclick */
const button = (words, onclick) => h("button", { type: "button", onclick }, words);
