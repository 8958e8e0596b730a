// Where a convolution that fits is shown: boards, steps, the result in words, the formula.

import { check } from "../lib/controls.js";
import { h, setText } from "../lib/dom.js";
import { Player } from "../lib/player.js";
import { board, legend } from "./board.js";
import { pictureOf } from "./picture.js";
import { axesFor } from "./state.js";
import * as words from "./words.js";

/** @typedef {import("./state.js").State} State */
/** @typedef {import("./picture.js").Picture} Picture */
/** @typedef {import("../lib/relationships.js").Relationship} Relationship */

/**
 * @param {string} key
 * @param {Relationship[]} relationships
 * @param {(change: Partial<State>) => void} change
 */
export function stage(key, relationships, change) {
  let width = 0; // outputs in a row; 0 while steps are no outputs
  const steps = new Player(key, { label: "Step", words: (step, count) => `${step + 1} of ${count}`, onStep: (step) => change({ step }) });
  const boards = { near: board(), far: board((row, column) => width && steps.jump(row * width + column)) };
  const marks = legend();
  const counts = check(`${key}-counts`, "Show how often each pixel is read", (on) => change({ counts: on }));
  const counted = h("p", { class: "cf-hint" });
  const result = h("p", { class: "cf-result", tabindex: -1 });
  const sizes = h("div", { class: "cf-sizes" });
  const element = h(
    "div",
    { class: "cf-shown" },
    steps.element,
    h("div", { class: "cf-boards" }, boards.near.element, boards.far.element),
    result,
    marks.element,
    counts.element,
    counted,
  );

  /** @param {State} state One that has no problem. @returns {string} What it says. */
  function draw(state) {
    const picture = pictureOf(state);
    const [rows, columns] = picture.steps;
    width = picture.painted ? 0 : columns;
    steps.set(rows * columns, state.step);
    drawBoards(boards, state, picture);
    marks.show(marksOf(picture));
    counts.control.checked = state.counts;
    setText(counted, state.counts ? words.countWords(state) : "");
    const said = `${words.outputWords(state)} ${words.stepWords(state, picture)}`;
    setText(result, said);
    sizes.replaceChildren(...sizeView(state, relationships));
    return said;
  }
  return { element, sizes, steps, draw, focus: () => result.focus() };
}

/** @param {Record<"near" | "far", ReturnType<typeof board>>} boards @param {State} state @param {Picture} picture */
function drawBoards({ near, far }, state, picture) {
  const names = words.captions(state, picture);
  const across = Math.max(picture.near.columns.kinds.length, picture.far.columns.kinds.length);
  const shown = { words: words.stepWords(state, picture), across, counts: state.counts };
  near.show(picture.near, { ...shown, name: names.near, reached: picture.painted ? state.step : undefined });
  far.show(picture.far, { ...shown, name: names.far, reached: picture.painted ? undefined : state.step });
}

/** @param {State} state @param {import("../lib/relationships.js").Relationship[]} relationships @returns {HTMLElement[]} */
function sizeView(state, relationships) {
  const axes = axesFor(state);
  const lines = axes.map((axis, at) => [words.extentSteps(axis), words.formulaSteps(axis, state.input[at])].filter((steps) => steps.length));
  const alike = JSON.stringify(lines[0]) === JSON.stringify(lines[1]);
  const named = alike ? [["Rows and columns", lines[0]]] : [["Rows", lines[0]], ["Columns", lines[1]]];
  return [
    ...named.flatMap(([name, formulas]) => [h("p", { class: "cf-formula-name" }, String(name)), .../** @type {string[][]} */ (formulas).map(formulaView)]),
    h("p", {}, words.relationshipWords(state, relationships)),
    h("p", {}, words.remainderWords(state)),
    h("p", { class: "cf-formula-name" }, "Channels"),
    formulaView(words.weightSteps(state)),
    h("p", {}, words.groupWords(state)),
  ].filter((part) => part.textContent);
}

/** @param {string[]} steps @returns {HTMLElement} Breaks only before a sign of equality. */
function formulaView([name, ...steps]) {
  return h("p", { class: "cf-steps" }, name, ...steps.flatMap((step) => [" ", h("span", {}, `= ${step}`)]));
}

/** @param {import("./picture.js").Picture} picture @returns {string[]} */
function marksOf({ near, far }) {
  const lines = [near.rows, near.columns, far.rows, far.columns];
  /** @type {Set<string>} */
  const kinds = new Set(lines.flatMap((line) => line.kinds));
  const unread = lines.some((line) => line.read < line.kinds.length);
  return ["pixel", "padding", "gap", "unread", "cut", "window"].filter((mark) =>
    mark === "window" || (mark === "unread" ? unread : kinds.has(mark)),
  );
}
