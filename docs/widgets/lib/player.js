// First, back, play, next, last, and a slider over the steps. Nothing moves until it is asked to.

import { h, setText } from "./dom.js";

const TEMPO = 400; // ms a step

/**
 * @typedef {object} Player
 * @property {HTMLElement} element
 * @property {(count: number, step: number) => void} set How many steps there are, and the present one.
 * @property {(step: number) => void} jump As if the reader had moved the slider there.
 * @property {() => void} stop
 * @property {() => boolean} playing
 */

/**
 * Controls that walk through numbered steps.
 *
 * @param {string} key The widget's key.
 * @param {object} options
 * @param {string} options.label What a step is: "Output".
 * @param {(step: number, count: number) => string} options.words The present step as a person would say it.
 * @param {(step: number, playing: boolean) => void} options.onStep Also called, not playing, when playing ends.
 * @param {number} [options.tempo] Milliseconds a step.
 * @returns {Player}
 */
export function player(key, { label, words, onStep, tempo = TEMPO }) {
  let [count, step, timer] = [1, 0, 0];
  const scrub = h("input", { type: "range", id: `${key}-step`, min: 0, step: 1 });
  const shown = h("span", { class: "cf-value" });
  const buttons = {
    first: button("First", () => go(0)),
    back: button("Back", () => go(step - 1)),
    play: button("Play", () => (timer ? stop() : start()), "cf-primary cf-play"),
    next: button("Next", () => go(step + 1)),
    last: button("Last", () => go(count - 1)),
  };
  scrub.addEventListener("input", () => go(Number(scrub.value)));
  scrub.addEventListener("keydown", stop); // a key during play takes over

  /** @param {number} wanted */
  function go(wanted) {
    stop();
    show(Math.max(0, Math.min(count - 1, wanted)));
    onStep(step, false);
  }
  function start() {
    if (step >= count - 1) show(0);
    setText(buttons.play, "Pause");
    timer = setInterval(tick, tempo);
    onStep(step, true);
  }
  function tick() {
    if (!scrub.isConnected || step >= count - 1) return stop();
    show(step + 1);
    if (step === count - 1) stop();
    else onStep(step, true);
  }
  function stop() {
    if (!timer) return;
    clearInterval(timer);
    timer = 0;
    setText(buttons.play, "Play");
    onStep(step, false);
  }
  /** @param {number} wanted */
  function show(wanted) {
    step = wanted;
    scrub.value = String(step);
    setText(shown, words(step, count));
    scrub.setAttribute("aria-valuetext", words(step, count));
    // aria-disabled, not disabled: a button that is pressed to the end keeps the focus
    for (const name of /** @type {const} */ (["first", "back"])) atEnd(buttons[name], step === 0);
    for (const name of /** @type {const} */ (["next", "last"]))
      atEnd(buttons[name], step === count - 1);
  }
  const element = h(
    "div",
    { class: "cf-player" },
    h(
      "div",
      { class: "cf-buttons", role: "group", "aria-label": "Steps" },
      ...Object.values(buttons),
    ),
    h(
      "div",
      { class: "cf-field" },
      h("span", { class: "cf-label-row" }, h("label", { for: scrub.id }, label), " ", shown),
      scrub,
    ),
  );
  return {
    element,
    set(steps, present) {
      count = Math.max(1, steps);
      scrub.max = String(count - 1);
      if (timer && present !== step) stop();
      show(Math.max(0, Math.min(count - 1, present)));
    },
    jump: go,
    stop,
    playing: () => timer !== 0,
  };
}

/** @param {string} text @param {() => void} onClick @param {string} [look] */
function button(text, onClick, look) {
  return h("button", { type: "button", class: look, onclick: onClick }, text);
}

/** @param {HTMLElement} element @param {boolean} reached */
function atEnd(element, reached) {
  if (reached) element.setAttribute("aria-disabled", "true");
  else element.removeAttribute("aria-disabled");
}
