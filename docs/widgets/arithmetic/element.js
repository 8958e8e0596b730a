// The arithmetic playground: one state object, controls that change it, one render that shows it.

import { withState, writeState } from "../lib/address.js";
import { announcer } from "../lib/announce.js";
import { contributions, visits } from "../lib/arithmetic.js";
import { boot } from "../lib/boot.js";
import { choice } from "../lib/controls.js";
import { loadData } from "../lib/data.js";
import { h } from "../lib/dom.js";
import { sharing } from "../lib/sharing.js";
import { tableView } from "../lib/table.js";
import { channelControls, sizeControls } from "./controls.js";
import { pictureOf } from "./picture.js";
import { practice } from "./practice.js";
import { problemsOf } from "./problems.js";
import { stage } from "./stage.js";
import { axesFor, FIRST, settingsOf, withSettings } from "./state.js";
import { pytorchCode } from "./words.js";

/** @typedef {import("./state.js").State} State */

/**
 * Sizes of any convolution: drawn cell by cell, computed with the formula's floor, asked as exercises.
 *
 * Attributes, all optional, set what it starts with: `input`, `kernel`, `stride`, `dilation`, `added`
 * (`3`, or rows and columns as `3x5`), `padding` (`1`, `1x2`, `1x1x0x0` or `same`), `transposed`,
 * `painted`, `counts` (0 or 1), `in`, `out`, `groups`, `step`, `seed`, `question`.
 */
export class ArithmeticPlayground extends HTMLElement {
  /** @param {HTMLElement} body */
  build(body) {
    return start(this, body);
  }
}

/** @param {HTMLElement} host @param {HTMLElement} body */
async function start(host, body) {
  const { key, complaint, authored, shared, refused } = boot(host, FIRST, withSettings);
  const defaults = settingsOf(authored);
  let state = shared;

  /** @param {Partial<State>} change */
  const change = (change) => {
    state = { ...state, ...change };
    render();
  };
  const shown = stage(key, await loadData("relationships"), change);
  const operation = operationControls(key, change);
  const exercises = practice(key, change);
  const settings = [sizeControls(key, complaint, change), channelControls(key, complaint, change)];
  const controls = [operation, ...settings, exercises];
  const problem = problemView(mend);
  const table = tableView("How often each pixel is read, as a table", () => countTable(state));
  const spoken = announcer();
  const close = sharing(host, { address: () => withState(host, settingsOf(state), defaults), onReset: () => restart(authored) });
  close.element.querySelector("details")?.setAttribute("open", ""); // the line to copy is part of the answer

  /** @param {State} next */
  function restart(next) {
    shown.steps.stop();
    complaint.clear();
    state = next;
    controls.forEach((control) => control.reset(state));
    render();
  }
  /** @param {Partial<State>} change */
  function mend(change) {
    restart({ ...state, ...change });
    shown.focus();
  }
  function render() {
    const problems = problemsOf(state);
    if (problems.length) shown.steps.stop();
    else state = { ...state, step: Math.min(state.step, stepsOf(state) - 1) };
    controls.forEach((control) => control.draw(state));
    shown.element.hidden = shown.sizes.hidden = table.element.hidden = problems.length > 0;
    problem.show(problems);
    const told = problems.map((one) => one.words).join(" ");
    const said = told || shown.draw(state);
    close.setCode(told ? `# ${told}` : pytorchCode(state));
    if (!told) table.update();
    if (shown.steps.playing()) return;
    spoken.say(said);
    writeState(host, settingsOf(state), defaults);
  }

  const [sizes, channels] = settings;
  const columns = h(
    "div",
    { class: "cf-columns cf-arithmetic" },
    h("div", { class: "cf-operation" }, operation.element),
    h("div", { class: "cf-sizes-part" }, sizes.element, complaint.element),
    h("div", { class: "cf-stage" }, problem.element, shown.element),
    h("div", { class: "cf-channels-part" }, channels.element),
    shown.sizes,
  );
  body.append(columns, ...[table, exercises, close].map((part) => part.element), spoken.region);
  restart(state);
  return { complaint, refused };
}

/** @param {State} state One that has no problem. */
function stepsOf(state) {
  const [rows, columns] = pictureOf(state).steps;
  return rows * columns;
}

/** @param {string} key @param {(change: Partial<State>) => void} change */
function operationControls(key, change) {
  const kind = choice(`${key}-kind`, "Operation", [["0", "Convolution"], ["1", "Transposed convolution"]], (value) => change({ transposed: value === "1", step: 0 }));
  const way = choice(`${key}-way`, "Drawn as", [["0", "a window on the stretched input"], ["1", "patches that inputs paint"]], (value) => change({ painted: value === "1", step: 0 }));
  /** @param {State} state */
  function draw(state) {
    kind.control.value = state.transposed ? "1" : "0";
    way.control.value = state.painted ? "1" : "0";
    way.element.hidden = !state.transposed;
  }
  return { element: h("div", { class: "cf-controls" }, kind.element, way.element), draw, reset: draw };
}

/**
 * What does not fit, with a button for each way to mend it.
 *
 * @param {(change: Partial<State>) => void} mend
 */
function problemView(mend) {
  const element = h("div", { class: "cf-problem", hidden: true });
  let shown = "";
  /** @param {import("./problems.js").Problem[]} problems */
  function show(problems) {
    const asked = JSON.stringify(problems);
    if (asked === shown) return; // a button that is being pressed must stay
    shown = asked;
    element.hidden = problems.length === 0;
    element.replaceChildren(
      ...problems.flatMap(({ words, fixes }) => [
        h("p", { class: "cf-error" }, words),
        h("div", { class: "cf-buttons" }, ...fixes.map(({ words: fix, change }) => h("button", { type: "button", onclick: () => mend(change) }, `Use ${fix}`))),
      ]),
    );
  }
  return { element, show };
}

/** @param {State} state @returns {import("../lib/table.js").TableData} */
function countTable(state) {
  const count = state.transposed ? contributions : visits;
  const [down, across] = axesFor(state).map((axis, at) => count(axis, state.input[at]));
  return {
    caption: state.transposed ? "How many pixels each output is made from." : "How many windows read each pixel of the input.",
    columns: ["Row", ...across.map((_, column) => String(column + 1))],
    rows: down.map((times, row) => [row + 1, ...across.map((other) => times * other)]),
  };
}
