// The timeline: one state object, controls that change it, one render that shows it.

import { announcer } from "../lib/announce.js";
import { withState, writeState } from "../lib/address.js";
import { boot } from "../lib/boot.js";
import { colourBar } from "../lib/colour_bar.js";
import { choice } from "../lib/controls.js";
import { loadData } from "../lib/data.js";
import { h, setText } from "../lib/dom.js";
import { player } from "../lib/player.js";
import { RUNS } from "../lib/runs.js";
import { sharing } from "../lib/sharing.js";
import { tableView } from "../lib/table.js";
import { readTimeline } from "../lib/timeline.js";
import { chart } from "./chart.js";
import { FIRST, settingsOf, withSettings, workOut } from "./state.js";
import { numbers, sharesKey, tiles } from "./tiles.js";
import { changeWords, chosenCaption, chosenWords, kernelTable, pytorchCode, resultWords, scaleWords, stepTable, stepWords } from "./words.js";

const TEMPO = 700; // ms a snapshot: sixteen kernels can't be looked at faster

/** @typedef {import("./state.js").State} State */
/** @typedef {import("./state.js").Worked} Worked */

/**
 * Shows the kernels of a first layer at every snapshot of a training.
 *
 * Attributes, all optional, set what it starts with: `run`, `show`, `scale`, `order`, `kernel`, `step`.
 */
export class KernelTimeline extends HTMLElement {
  /** @param {HTMLElement} body */
  build(body) {
    return start(this, body);
  }
}

/** @param {string} run */
const load = async (run) => readTimeline(await loadData(`timeline-${run}`));

/** @param {HTMLElement} host @param {HTMLElement} body */
async function start(host, body) {
  const { key, complaint, authored, shared, refused } = boot(host, FIRST, withSettings);
  let state = shared;
  let worked = workOut(state, await load(state.run));

  /** @param {Partial<State>} part */
  const change = (part) => {
    state = { ...state, ...part };
    worked = workOut(state, worked.timeline);
    render();
  };
  /** Show another training, at the same snapshot or at a step. @param {State} next @param {number} [step] */
  const changeRun = async (next, step) => {
    steps.stop();
    state = next;
    const timeline = await load(next.run).catch(() => null);
    if (state.run !== next.run) return; // another has been chosen since
    complaint.settle(runs.control);
    if (!timeline) return complaint.say(runs.control, "This training could not be fetched. The last one stays in view.");
    state = { ...state, step: step ?? timeline.steps[worked.snapshot] };
    worked = workOut(state, timeline);
    render();
  };

  const runs = choice(`${key}-run`, "Training", RUNS, (run) => changeRun({ ...state, run }));
  const selects = {
    show: choice(`${key}-show`, "Show", [["weights", "weights"], ["learned", "weights less their start"]], (show) => change({ show })),
    scale: choice(`${key}-scale`, "Scale", [["shared", "one for all"], ["own", "each its own"]], (scale) => change({ scale })),
    order: choice(`${key}-order`, "Order", [["orientation", "by orientation at the end"], ["number", "by number"]], (order) => change({ order })),
  };
  const steps = player(key, {
    label: "Step",
    words: (snapshot) => stepWords(worked.timeline.steps, snapshot),
    onStep: (snapshot) => change({ step: worked.timeline.steps[snapshot] }),
    tempo: TEMPO,
  });
  const kernels = tiles((kernel) => change({ kernel }));
  const curves = chart();
  const weights = numbers(key);
  const bar = colourBar();
  const [result, moved, chosen, scaled] = [h("strong"), h("p", { class: "cf-steady" }), h("p", { class: "cf-steady" }), h("p", { class: "cf-hint" })];
  const spoken = announcer();
  const tables = [
    tableView("Kernels at this step as a table", () => kernelTable(state, worked)),
    tableView("All steps as a table", () => stepTable(state, worked)),
  ];
  const close = sharing(host, {
    address: () => withState(host, settingsOf(state), settingsOf(authored)),
    onReset: () => {
      complaint.clear();
      changeRun(authored, authored.step);
    },
  });

  function render() {
    kernels.draw(state, worked);
    curves.draw(worked);
    weights.draw(chosenCaption(state), state, worked);
    bar.draw(worked.scales[state.kernel]);
    steps.set(worked.timeline.steps.length, worked.snapshot);
    runs.control.value = state.run;
    for (const [name, { control }] of Object.entries(selects)) control.value = state[/** @type {"show"} */ (name)];
    setText(result, resultWords(worked));
    setText(moved, changeWords(state, worked));
    setText(chosen, chosenWords(state, worked));
    setText(scaled, scaleWords(state));
    close.setCode(pytorchCode(state, worked));
    tables.forEach((table) => table.update());
    if (steps.playing()) return;
    spoken.say(`${resultWords(worked)} ${chosenCaption(state)}: ${chosenWords(state, worked)}`);
    writeState(host, settingsOf(state), settingsOf(authored));
  }

  body.append(
    h("div", { class: "cf-controls cf-even" }, runs.element, ...Object.values(selects).map(({ element }) => element)),
    h(
      "div",
      { class: "cf-columns cf-timeline" },
      h("div", { class: "cf-now-part" }, steps.element, h("p", { class: "cf-result" }, result)),
      h("div", { class: "cf-tiles-part" }, kernels.element, sharesKey()),
      h("div", { class: "cf-chosen-part" }, weights.element, bar.element, chosen, scaled, moved),
      h("div", { class: "cf-curves-part" }, curves.element),
    ),
    complaint.element,
    ...tables.map(({ element }) => element),
    close.element,
    spoken.region,
  );
  render();
  return { complaint, refused };
}
