// First, back, play, next, last, and a slider over the steps. Nothing moves until it is asked to.

import { h, setIdle, setText } from "./dom.js";

const TEMPO = 400; // ms a step

/**
 * @typedef {object} Options
 * @property {string} label What a step is: "Output".
 * @property {(step: number, count: number) => string} words The present step as a person would say it.
 * @property {(step: number, playing: boolean) => void} onStep Also called, not playing, when playing ends.
 * @property {number} [tempo] Milliseconds a step.
 */

/** Controls that walk through numbered steps. */
export class Player {
  /** @param {string} key The widget's key. @param {Options} options */
  constructor(key, { label, words, onStep, tempo = TEMPO }) {
    this.options = { words, onStep, tempo };
    this.count = 1;
    this.step = 0;
    this.timer = 0; // of the browser, while it plays
    this.scrub = h("input", { type: "range", id: `${key}-step`, min: 0, step: 1 });
    this.shown = h("span", { class: "cf-value" });
    this.buttons = {
      first: button("First", () => this.jump(0)),
      back: button("Back", () => this.jump(this.step - 1)),
      play: button("Play", () => (this.playing() ? this.stop() : this.play()), "cf-primary cf-play"),
      next: button("Next", () => this.jump(this.step + 1)),
      last: button("Last", () => this.jump(this.count - 1)),
    };
    this.scrub.addEventListener("input", () => this.jump(Number(this.scrub.value)));
    this.scrub.addEventListener("keydown", () => this.stop()); // a key during play takes over
    const title = h("span", { class: "cf-label-row" }, h("label", { for: this.scrub.id }, label), " ", this.shown);
    this.element = h(
      "div",
      { class: "cf-player" },
      h("div", { class: "cf-buttons", role: "group", "aria-label": "Steps" }, ...Object.values(this.buttons)),
      h("div", { class: "cf-field" }, title, this.scrub),
    );
  }

  playing() {
    return this.timer !== 0;
  }

  /** How many steps there are, and the present one. @param {number} count @param {number} step */
  set(count, step) {
    this.count = Math.max(1, count);
    this.scrub.max = String(this.count - 1);
    if (this.playing() && step !== this.step) this.stop();
    this.show(this.within(step));
  }

  /** As if the reader had moved the slider there. @param {number} step */
  jump(step) {
    this.stop();
    this.show(this.within(step));
    this.options.onStep(this.step, false);
  }

  play() {
    if (this.step >= this.count - 1) this.show(0);
    setText(this.buttons.play, "Pause");
    this.timer = setInterval(() => this.tick(), this.options.tempo);
    this.options.onStep(this.step, true);
  }

  tick() {
    if (!this.scrub.isConnected || this.step >= this.count - 1) return this.stop();
    this.show(this.step + 1);
    if (this.step === this.count - 1) this.stop();
    else this.options.onStep(this.step, true);
  }

  stop() {
    if (!this.playing()) return;
    clearInterval(this.timer);
    this.timer = 0;
    setText(this.buttons.play, "Play");
    this.options.onStep(this.step, false);
  }

  /** @param {number} step */
  within(step) {
    return Math.max(0, Math.min(this.count - 1, step));
  }

  /** @param {number} step */
  show(step) {
    this.step = step;
    const words = this.options.words(step, this.count);
    this.scrub.value = String(step);
    setText(this.shown, words);
    this.scrub.setAttribute("aria-valuetext", words);
    const { first, back, next, last } = this.buttons;
    for (const each of [first, back]) setIdle(each, step === 0);
    for (const each of [next, last]) setIdle(each, step === this.count - 1);
  }
}

/** @param {string} text @param {() => void} onClick @param {string} [look] */
function button(text, onClick, look) {
  return h("button", { type: "button", class: look, onclick: onClick }, text);
}
