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
import { Practice } from "./practice.js";
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
  async build(body) {
    return new Playground(this, await loadData("relationships")).fill(body);
  }
}

class Playground {
  /** @param {HTMLElement} host @param {import("../lib/relationships.js").Relationship[]} relationships */
  constructor(host, relationships) {
    const { key, complaint, authored, shared, refused } = boot(host, FIRST, withSettings);
    const change = (/** @type {Partial<State>} */ part) => this.change(part);
    this.host = host;
    this.complaint = complaint;
    this.authored = authored;
    this.refused = refused;
    this.state = shared;
    this.shown = stage(key, relationships, change);
    this.controls = {
      operation: operationControls(key, change),
      sizes: sizeControls(key, complaint, change),
      channels: channelControls(key, complaint, change),
      exercises: new Practice(key, change),
    };
    this.problem = problemView((part) => this.mend(part));
    this.table = tableView("How often each pixel is read, as a table", () => countTable(this.state));
    this.spoken = announcer();
    this.sharing = sharing(host, { address: () => withState(host, ...this.settings()), onReset: () => this.restart(authored) });
    this.sharing.element.querySelector("details")?.setAttribute("open", ""); // the line to copy is part of the answer
  }

  /** @param {HTMLElement} body */
  fill(body) {
    const { shown, problem, complaint } = this;
    const { operation, sizes, channels, exercises } = this.controls;
    const columns = h(
      "div",
      { class: "cf-columns cf-arithmetic" },
      h("div", { class: "cf-operation" }, operation.element),
      h("div", { class: "cf-sizes-part" }, sizes.element, complaint.element),
      h("div", { class: "cf-stage" }, problem.element, shown.element),
      h("div", { class: "cf-channels-part" }, channels.element),
      shown.sizes,
    );
    body.append(columns, ...[this.table, exercises, this.sharing].map((part) => part.element), this.spoken.region);
    this.restart(this.state);
    return { complaint, refused: this.refused };
  }

  /** @returns {[now: Record<string, string>, authored: Record<string, string>]} */
  settings() {
    return [settingsOf(this.state), settingsOf(this.authored)];
  }

  /** @param {Partial<State>} part */
  change(part) {
    this.state = { ...this.state, ...part };
    this.render();
  }

  /** @param {State} next */
  restart(next) {
    this.shown.steps.stop();
    this.complaint.clear();
    this.state = next;
    for (const control of Object.values(this.controls)) control.reset(next);
    this.render();
  }

  /** @param {Partial<State>} part */
  mend(part) {
    this.restart({ ...this.state, ...part });
    this.shown.focus();
  }

  render() {
    const { shown, table } = this;
    const problems = problemsOf(this.state);
    if (problems.length) shown.steps.stop();
    else this.state = { ...this.state, step: Math.min(this.state.step, stepsOf(this.state) - 1) };
    for (const control of Object.values(this.controls)) control.draw(this.state);
    shown.element.hidden = shown.sizes.hidden = table.element.hidden = problems.length > 0;
    this.problem.show(problems);
    const told = problems.map((one) => one.words).join(" ");
    const said = told || shown.draw(this.state);
    this.sharing.setCode(told ? `# ${told}` : pytorchCode(this.state));
    if (!told) table.update();
    if (shown.steps.playing()) return;
    this.spoken.say(said);
    writeState(this.host, ...this.settings());
  }
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
    columns: ["Row", ...across.map((_, column) => String(column))],
    rows: down.map((times, row) => [row, ...across.map((other) => times * other)]),
  };
}
