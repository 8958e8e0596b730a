// The arithmetic playground: one state object, controls that change it, one render that shows it.

import { keyOf, readState, withState, writeState } from "../lib/address.js";
import { announcer } from "../lib/announce.js";
import { contributions, visits } from "../lib/arithmetic.js";
import { loadData, mount } from "../lib/base.js";
import { check, choice, Complaint } from "../lib/controls.js";
import { h, setText } from "../lib/dom.js";
import { player } from "../lib/player.js";
import { sharing } from "../lib/sharing.js";
import { tableView } from "../lib/table.js";
import { board, legend } from "./board.js";
import { channelControls, sizeControls } from "./controls.js";
import { pictureOf } from "./picture.js";
import { practice } from "./practice.js";
import { problemsOf } from "./problems.js";
import { axesFor, FIRST, settingsOf, withSettings } from "./state.js";
import * as words from "./words.js";

/** @typedef {import("./state.js").State} State */

/**
 * Sizes of any convolution: drawn cell by cell, computed with the formula's floor, asked as exercises.
 *
 * Attributes, all optional, set what it starts with: `input`, `kernel`, `stride`, `dilation`, `added`
 * (`3`, or rows and columns as `3x5`), `padding` (`1`, `1x2`, `1x1x0x0` or `same`), `transposed`,
 * `painted`, `counts` (0 or 1), `in`, `out`, `groups`, `step`, `seed`, `question`.
 */
export class ArithmeticPlayground extends HTMLElement {
  connectedCallback() {
    mount(this, (body) => start(this, body));
  }
}

/** @param {HTMLElement} host @param {HTMLElement} body */
async function start(host, body) {
  const relationships = await loadData("relationships");
  const key = keyOf(host);
  const complaint = new Complaint(key);
  const given = new Map([...host.attributes].map(({ name, value }) => [name, value]));
  const authored = withSettings(FIRST, given);
  const shared = withSettings(authored.state, readState(host));
  const defaults = settingsOf(authored.state);
  let state = shared.state;

  /** @param {Partial<State>} change */
  const change = (change) => {
    state = { ...state, ...change };
    render();
  };
  const steps = player(key, { label: "Step", words: (step, count) => `${step + 1} of ${count}`, onStep: (step) => change({ step }) });
  const parts = {
    operation: operationControls(key, change),
    near: board(),
    far: board((row, column) => pick(row, column)),
    marks: legend(),
    counts: check(`${key}-counts`, "Show how often each pixel is read", (counts) => change({ counts })),
    problem: h("div", { class: "cf-problem", hidden: true }),
    fitting: h("div"),
    result: h("p", { class: "cf-result", tabindex: -1 }),
    counted: h("p", { class: "cf-hint" }),
    size: h("div", { class: "cf-sizes" }),
  };
  const controls = [parts.operation, sizeControls(key, complaint, change), channelControls(key, complaint, change), practice(key, change)];
  const table = tableView("How often each pixel is read, as a table", () => countTable(state));
  const spoken = announcer();
  const close = sharing(host, { address: () => withState(host, settingsOf(state), defaults), onReset: () => restart(authored.state) });
  const code = close.element.querySelector("details");
  if (code) code.open = true; // the line to copy is part of the answer

  /** @param {State} next */
  function restart(next) {
    steps.stop();
    complaint.clear();
    state = next;
    controls.forEach((control) => control.reset(state));
    render();
  }
  /** @param {number} row @param {number} column */
  function pick(row, column) {
    const { painted, steps: [, width] } = pictureOf(state);
    if (!painted) steps.jump(row * width + column);
  }
  /** @param {Partial<State>} mend */
  function mended(mend) {
    restart({ ...state, ...mend });
    parts.result.focus();
  }

  function render() {
    const problems = problemsOf(state);
    controls.forEach((control) => control.draw(state));
    parts.problem.hidden = problems.length === 0;
    for (const part of [parts.fitting, table.element, close.element.lastElementChild])
      part?.toggleAttribute("hidden", problems.length > 0);
    if (problems.length) {
      steps.stop();
      parts.problem.replaceChildren(...problems.flatMap((problem) => problemView(problem, mended)));
      spoken.say(problems.map((problem) => problem.words).join(" "));
    } else draw();
    if (!steps.playing()) writeState(host, settingsOf(state), defaults);
  }
  function draw() {
    const picture = pictureOf(state);
    const [rows, columns] = picture.steps;
    state = { ...state, step: Math.min(state.step, rows * columns - 1) };
    steps.set(rows * columns, state.step);
    const names = words.captions(state, picture);
    const said = words.stepWords(state, picture);
    const across = Math.max(picture.near.columns.kinds.length, picture.far.columns.kinds.length);
    const shown = { words: said, across, counts: state.counts };
    parts.near.show(picture.near, { ...shown, name: names.near, reached: picture.painted ? state.step : undefined });
    parts.far.show(picture.far, { ...shown, name: names.far, reached: picture.painted ? undefined : state.step });
    parts.marks.show(marksOf(picture));
    parts.counts.control.checked = state.counts;
    setText(parts.counted, state.counts ? words.countWords(state) : "");
    setText(parts.result, `${words.outputWords(state)} ${said}`);
    parts.size.replaceChildren(...sizeView(state, relationships));
    close.setCode(words.pytorchCode(state));
    table.update();
    if (!steps.playing()) spoken.say(`${words.outputWords(state)} ${said}`);
  }

  parts.fitting.append(
    h("div", { class: "cf-boards" }, parts.near.element, parts.far.element),
    parts.marks.element,
    steps.element,
    parts.result,
    parts.counts.element,
    parts.counted,
    parts.size,
  );
  body.append(
    parts.operation.element,
    parts.problem,
    parts.fitting,
    ...controls.slice(1, 3).map((control) => control.element),
    complaint.element,
    table.element,
    controls[3].element,
    close.element,
    spoken.region,
  );
  restart(state);
  const refused = [...authored.refused, ...shared.refused];
  if (refused.length) complaint.say(null, `Not everything that was asked for can be shown. ${refused.join(" ")}`);
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

/** @param {import("./problems.js").Problem} problem @param {(change: Partial<State>) => void} mend @returns {HTMLElement[]} */
function problemView({ words: said, fixes }, mend) {
  const buttons = fixes.map(({ words: fix, change }) => h("button", { type: "button", onclick: () => mend(change) }, `Use ${fix}`));
  return [h("p", { class: "cf-error" }, said), h("div", { class: "cf-buttons" }, ...buttons)];
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
  const kinds = new Set(lines.flatMap((line) => line.kinds));
  const unread = lines.some((line) => line.read < line.kinds.length);
  return ["pixel", "padding", "gap", "unread", "cut", "window"].filter((mark) =>
    mark === "window" || (mark === "unread" ? unread : kinds.has(/** @type {any} */ (mark))),
  );
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
