// The timeline: one state object, controls that change it, one render that shows it.

import { announcer } from "../lib/announce.js";
import { withState, writeState } from "../lib/address.js";
import { boot } from "../lib/boot.js";
import { colourBar } from "../lib/colour_bar.js";
import { choice } from "../lib/controls.js";
import { loadData } from "../lib/data.js";
import { h, setText } from "../lib/dom.js";
import { Player } from "../lib/player.js";
import { RUNS } from "../lib/runs.js";
import { sharing } from "../lib/sharing.js";
import { tableView } from "../lib/table.js";
import { readTimeline } from "../lib/timeline.js";
import { chart } from "./chart.js";
import { FIRST, settingsOf, withSettings, workOut } from "./state.js";
import { numbers, fitsKey, tiles } from "./tiles.js";
import { changeWords, chosenCaption, chosenWords, kernelTable, pytorchCode, resultWords, scaleWords, stepTable, stepWords } from "./words.js";

const TEMPO = 700; // ms a snapshot: sixteen kernels can't be looked at faster

/** @typedef {import("./state.js").State} State */
/** @typedef {import("../lib/timeline.js").Timeline} Training */

/**
 * Shows the kernels of a first layer at every snapshot of a training.
 *
 * Attributes, all optional, set what it starts with: `run`, `show`, `scale`, `order`, `kernel`, `step`.
 */
export class KernelTimeline extends HTMLElement {
  /** @param {HTMLElement} body */
  async build(body) {
    const start = boot(this, FIRST, withSettings);
    return new Timeline(this, start, await load(start.shared.run)).fill(body);
  }
}

/** @param {string} run @returns {Promise<Training>} */
const load = async (run) => readTimeline(await loadData(`timeline-${run}`));

class Timeline {
  /** @param {HTMLElement} host @param {import("../lib/boot.js").Start<State>} start @param {Training} training */
  constructor(host, { key, complaint, authored, shared, refused }, training) {
    this.host = host;
    this.key = key;
    this.complaint = complaint;
    this.authored = authored;
    this.refused = refused;
    this.state = shared;
    this.worked = workOut(shared, training);
    this.selects = this.makeSelects();
    this.steps = this.makeSteps();
    this.kernels = tiles((kernel) => this.change({ kernel }));
    this.curves = chart();
    this.weights = numbers(key);
    this.bar = colourBar();
    this.words = { result: h("strong"), moved: steady(), chosen: steady(), scaled: h("p", { class: "cf-hint" }) };
    this.spoken = announcer();
    this.tables = [
      tableView("Kernels at this step as a table", () => kernelTable(this.state, this.worked)),
      tableView("All steps as a table", () => stepTable(this.state, this.worked)),
    ];
    this.sharing = sharing(host, {
      address: () => withState(host, ...this.settings()),
      onReset: () => this.reset(),
    });
  }

  makeSelects() {
    const { key } = this;
    const change = (/** @type {Partial<State>} */ part) => this.change(part);
    return {
      run: choice(`${key}-run`, "Training", RUNS, (run) => this.changeRun({ ...this.state, run })),
      show: choice(`${key}-show`, "Show", [["weights", "weights"], ["learned", "what changed"]], (show) => change({ show })),
      scale: choice(`${key}-scale`, "Scale", [["shared", "one for all"], ["own", "each its own"]], (scale) => change({ scale })),
      order: choice(`${key}-order`, "Order by", [["orientation", "orientation"], ["number", "number"]], (order) => change({ order })),
    };
  }

  makeSteps() {
    return new Player(this.key, {
      label: "Step",
      words: (snapshot) => stepWords(this.worked.timeline.steps, snapshot),
      onStep: (snapshot) => this.change({ step: this.worked.timeline.steps[snapshot] }),
      tempo: TEMPO,
    });
  }

  /** @param {HTMLElement} body */
  fill(body) {
    const { selects, steps, kernels, weights, bar, words, complaint } = this;
    body.append(
      h("div", { class: "cf-controls cf-even" }, ...Object.values(selects).map(({ element }) => element)),
      h(
        "div",
        { class: "cf-columns cf-timeline" },
        h("div", { class: "cf-now-part" }, steps.element, h("p", { class: "cf-result" }, words.result)),
        h("div", { class: "cf-tiles-part" }, kernels.element, fitsKey()),
        h("div", { class: "cf-chosen-part" }, weights.element, bar.element, words.chosen, words.scaled, words.moved),
        h("div", { class: "cf-curves-part" }, this.curves.element),
      ),
      complaint.element,
      ...this.tables.map(({ element }) => element),
      this.sharing.element,
      this.spoken.region,
    );
    this.render();
    return { complaint, refused: this.refused };
  }

  /** @returns {[now: Record<string, string>, authored: Record<string, string>]} */
  settings() {
    return [settingsOf(this.state), settingsOf(this.authored)];
  }

  /** @param {Partial<State>} part */
  change(part) {
    this.state = { ...this.state, ...part };
    this.worked = workOut(this.state, this.worked.timeline);
    this.render();
  }

  /** Show another training, at the same snapshot or at a step. @param {State} next @param {number} [step] */
  async changeRun(next, step) {
    const { complaint, selects } = this;
    this.steps.stop();
    this.state = next;
    const training = await load(next.run).catch(() => null);
    if (this.state.run !== next.run) return; // another has been chosen since
    complaint.settle(selects.run.control);
    if (!training) return complaint.say(selects.run.control, "This training could not be fetched. The last one stays in view.");
    this.state = { ...this.state, step: step ?? training.steps[this.worked.snapshot] };
    this.worked = workOut(this.state, training);
    this.render();
  }

  reset() {
    this.complaint.clear();
    this.changeRun(this.authored, this.authored.step);
  }

  render() {
    const { state, worked, words } = this;
    this.kernels.draw(state, worked);
    this.curves.draw(worked);
    this.weights.draw(chosenCaption(state), state, worked);
    this.bar.draw(worked.scales[state.kernel]);
    this.steps.set(worked.timeline.steps.length, worked.snapshot);
    for (const [name, { control }] of Object.entries(this.selects)) control.value = state[/** @type {"show"} */ (name)];
    setText(words.result, resultWords(worked));
    setText(words.moved, changeWords(state, worked));
    setText(words.chosen, chosenWords(state, worked));
    setText(words.scaled, scaleWords(state));
    this.sharing.setCode(pytorchCode(state, worked));
    this.tables.forEach((table) => table.update());
    if (this.steps.playing()) return;
    this.spoken.say(`${resultWords(worked)} ${chosenCaption(state)}: ${chosenWords(state, worked)}`);
    writeState(this.host, ...this.settings());
  }
}

function steady() {
  return h("p", { class: "cf-steady" });
}
