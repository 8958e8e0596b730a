// The unit browser: one state object, controls that change it, one render that shows it.

import { announcer } from "../lib/announce.js";
import { withState, writeState } from "../lib/address.js";
import { boot } from "../lib/boot.js";
import { choice } from "../lib/controls.js";
import { loadData } from "../lib/data.js";
import { h, setText } from "../lib/dom.js";
import { RUNS } from "../lib/runs.js";
import { sharing } from "../lib/sharing.js";
import { tableView } from "../lib/table.js";
import { composition } from "./composition.js";
import { readUnits } from "./data.js";
import { accounts, patchStrips } from "./pictures.js";
import { ENDS, FIRST, filesOf, LAYERS, settingsOf, unitWithin, withSettings, workOut } from "./state.js";
import { unitTiles } from "./tiles.js";
import { coherenceWords, compositionTable, END_WORDS, patchTable, pytorchCode, resultWords, silentWords, unitTable } from "./words.js";

/** @typedef {import("./state.js").State} State */
/** @typedef {import("./data.js").Units} Units */

/**
 * Shows what drives a unit of a small network, in four ways, beside the network before training.
 *
 * Attributes, all optional, set what it starts with: `run`, `end`, `layer`, `unit`, `beside`, `method`.
 */
export class UnitBrowser extends HTMLElement {
  /** @param {HTMLElement} body */
  build(body) {
    return start(this, body);
  }
}

/** Files by name, each fetched once. @returns {(name: string) => Promise<Units>} */
function shelf() {
  /** @type {Map<string, Promise<Units>>} */
  const known = new Map();
  return (name) => {
    const file = known.get(name) ?? loadData(name).then(readUnits);
    known.set(name, file);
    file.catch(() => known.delete(name)); // so that it can be tried again
    return file;
  };
}

/** @param {HTMLElement} host @param {HTMLElement} body */
async function start(host, body) {
  const { key, complaint, authored, shared, refused } = boot(host, FIRST, withSettings);
  const defaults = settingsOf(authored);
  const get = shelf();
  /** What a state needs. @param {State} state @returns {Promise<[Units, Units | null]>} */
  const fetched = async (state) => {
    const [units, twin = null] = await Promise.all(filesOf(state).map(get));
    return [units, twin];
  };
  let wanted = shared; // ahead of what is shown while a file is on its way
  let worked = workOut(wanted, ...(await fetched(wanted)));

  /** @param {Partial<State>} part What needs no other file. */
  const change = (part) => {
    wanted = { ...wanted, ...part };
    worked = workOut({ ...worked.state, ...part }, worked.units, worked.twin);
    render();
  };
  let asked = 0;
  /** @param {Partial<State>} part What may need another file. @param {HTMLElement} control */
  const changeFile = async (part, control) => {
    const turn = ++asked;
    wanted = { ...wanted, ...part };
    const found = await fetched(wanted).catch(() => null);
    if (turn !== asked) return; // something else has been chosen since
    complaint.settle(control);
    if (found) worked = workOut({ ...wanted, unit: unitWithin(wanted.layer, wanted.unit) }, ...found);
    else complaint.say(control, "This part of the data could not be fetched. The last one stays in view.");
    wanted = worked.state;
    render();
  };

  const selects = {
    run: choice(`${key}-run`, "Training", RUNS, (run) => changeFile({ run }, selects.run.control)),
    end: choice(`${key}-end`, "Network", ENDS.map((each) => [each, END_WORDS[each]]), (end) => changeFile({ end }, selects.end.control)),
    layer: choice(`${key}-layer`, "Layer", LAYERS.map((each) => [each, each]), (layer) => changeFile({ layer }, selects.layer.control)),
  };
  const tiles = unitTiles(key, (unit) => change({ unit }));
  const strips = patchStrips(key, (beside) => changeFile({ beside }, strips.control));
  const pictures = accounts(key, (method) => change({ method }));
  const made = composition(key);
  const [result, coherence] = [h("strong"), h("span")];
  const spoken = announcer();
  const tables = [
    tableView("Its patches as a table", () => patchTable(worked)),
    tableView("What it is made of, as a table", () => compositionTable(worked)),
    tableView("All units as a table", () => unitTable(worked)),
  ];
  const close = sharing(host, {
    address: () => withState(host, settingsOf(worked.state), defaults),
    onReset: () => {
      complaint.clear();
      changeFile(authored, selects.run.control);
    },
  });

  function render() {
    const { state } = worked;
    for (const part of [tiles, strips, pictures, made]) part.draw(worked);
    for (const [name, { control }] of Object.entries(selects)) control.value = state[/** @type {"run"} */ (name)];
    setText(result, resultWords(worked));
    setText(coherence, [coherenceWords(worked), silentWords(worked)].filter(Boolean).join(" "));
    close.setCode(pytorchCode(worked));
    tables.forEach((table) => table.update());
    spoken.say(`${result.textContent} ${coherence.textContent}`);
    writeState(host, settingsOf(state), defaults);
  }

  body.append(
    h("div", { class: "cf-controls cf-even" }, ...Object.values(selects).map(({ element }) => element)),
    h(
      "div",
      { class: "cf-columns cf-units" },
      h("div", { class: "cf-who" }, tiles.element, h("p", { class: "cf-result" }, result, " ", coherence)),
      h("div", { class: "cf-seen" }, strips.element, pictures.element),
      h("div", { class: "cf-made" }, made.bars),
      h("div", { class: "cf-made-weights" }, made.weights),
    ),
    complaint.element,
    ...tables.map(({ element }) => element),
    close.element,
    spoken.region,
  );
  render();
  return { complaint, refused };
}
