// One unit's pictures: its strongest patches, and what three methods make of it.

import { colourBar } from "../lib/colour_bar.js";
import { check, choice } from "../lib/controls.js";
import { h, setText } from "../lib/dom.js";
import { drawOn } from "../lib/map_canvas.js";
import { patchOf } from "./data.js";
import { METHODS } from "./state.js";
import { besideWords, maximisedWords, METHOD_WORDS, patchesCaption, patchWords, projectionWords } from "./words.js";

/** @typedef {import("../lib/convolution.js").Stack} Stack */
/** @typedef {import("./state.js").Worked} Worked */

/** Ink on paper: the more, the darker. @param {HTMLCanvasElement} canvas @param {Stack} map From 0 to 1. */
export function drawInk(canvas, map) {
  const { data, ...size } = map;
  drawOn(canvas, { ...size, data: Float64Array.from(data, (ink) => 1 - ink) }, { signed: false });
}

/**
 * The nine strongest patches, and those at the training's other end where they are asked for.
 *
 * @param {string} key
 * @param {(beside: boolean) => void} onBeside
 */
export function patchStrips(key, onBeside) {
  const [own, other] = [strip(`${key}-patches`, false), strip(`${key}-other-patches`, true)];
  const beside = check(`${key}-beside`, "", onBeside);
  const label = beside.element.querySelector("label") ?? beside.element;
  /** @param {Worked} worked */
  function draw({ state, units, twin }) {
    own.draw(units, state.unit);
    other.element.hidden = !twin;
    if (twin) other.draw(twin, state.unit);
    beside.control.checked = state.beside;
    setText(label, besideWords(state));
  }
  const element = h("div", { class: "cf-strips" }, own.element, beside.element, other.element);
  return { element, control: beside.control, draw };
}

/** @param {string} id @param {boolean} twin */
function strip(id, twin) {
  const caption = h("div", { class: "cf-caption", id });
  const list = h("ol", { class: "cf-patches", "aria-labelledby": id });
  /** @param {import("./data.js").Units} units @param {number} unit */
  function draw(units, unit) {
    if (list.children.length !== units.ranks) list.replaceChildren(...Array.from({ length: units.ranks }, patch));
    setText(caption, patchesCaption(units, unit, twin));
    [...list.children].forEach((item, rank) => {
      drawInk(/** @type {HTMLCanvasElement} */ (item.firstElementChild), patchOf(units, unit, rank));
      patchWords(units, unit, rank).forEach((words, line) => setText(item.children[line + 1], words));
    });
  }
  return { element: h("div", {}, caption, list), draw };
}

function patch() {
  return h("li", {}, h("canvas", { "aria-hidden": "true" }), h("span"), h("span", { class: "cf-value" }));
}

/**
 * The strongest patch, its projection and the maximised image.
 *
 * @param {string} key
 * @param {(method: string) => void} onMethod
 */
export function accounts(key, onMethod) {
  const methods = choice(`${key}-method`, "Projection", METHODS.map((each) => [each, METHOD_WORDS[each]]), onMethod);
  const [patchPart, projectionPart, maximisedPart] = [part(), part(), part()];
  const bar = colourBar();
  projectionPart.element.append(bar.element);
  const pictures = h("div", { class: "cf-accounts" }, ...[patchPart, projectionPart, maximisedPart].map((each) => each.element));
  const element = h("div", {}, h("div", { class: "cf-controls" }, methods.element), pictures);

  /** @param {Worked} worked */
  function draw(worked) {
    const { state, strongest, projection, maximised, scale } = worked;
    drawInk(patchPart.canvas, strongest);
    drawOn(projectionPart.canvas, projection, { scale, signed: true });
    drawInk(maximisedPart.canvas, maximised);
    bar.draw(scale);
    methods.control.value = state.method;
    patchPart.say("Strongest patch", `A piece of a ${worked.units.labels[state.unit][0]}; the more ink, the darker.`);
    projectionPart.say("Its projection", projectionWords(worked));
    maximisedPart.say("Maximised image", maximisedWords(worked));
  }
  return { element, draw };
}

/** A picture between its name and what there is to say about it. */
function part() {
  const canvas = /** @type {HTMLCanvasElement} */ (h("canvas", { "aria-hidden": "true" }));
  const [caption, words] = [h("div", { class: "cf-caption" }), h("p", { class: "cf-hint cf-steady" })];
  /** @param {string} name @param {string} about */
  function say(name, about) {
    setText(caption, name);
    setText(words, about);
  }
  return { element: h("div", { class: "cf-account" }, caption, canvas, words), canvas, say };
}
