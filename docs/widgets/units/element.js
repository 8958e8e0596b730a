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
  async build(body) {
    const start = boot(this, FIRST, withSettings);
    const get = shelf();
    return new Browser(this, start, get, await get(start.shared)).fill(body);
  }
}

/** @typedef {[units: Units, twin: Units | null]} Files */
/** Finds what a state needs; each file is fetched once. @returns {(state: State) => Promise<Files>} */
function shelf() {
  /** @type {Map<string, Promise<Units>>} */
  const known = new Map();
  const get = (/** @type {string} */ name) => {
    const file = known.get(name) ?? loadData(name).then(readUnits);
    known.set(name, file);
    file.catch(() => known.delete(name)); // so that it can be tried again
    return file;
  };
  return async (state) => {
    const [units, twin = null] = await Promise.all(filesOf(state).map(get));
    return [units, twin];
  };
}

class Browser {
  /**
   * @param {HTMLElement} host
   * @param {import("../lib/boot.js").Start<State>} start
   * @param {(state: State) => Promise<Files>} get
   * @param {Files} files What it shows first needs them.
   */
  constructor(host, { key, complaint, authored, shared, refused }, get, files) {
    this.host = host;
    this.key = key;
    this.complaint = complaint;
    this.authored = authored;
    this.refused = refused;
    this.get = get;
    this.asked = 0;
    this.wanted = shared; // ahead of what is shown while a file is on its way
    this.worked = workOut(shared, ...files);
    this.selects = this.makeSelects();
    this.tiles = unitTiles(key, (unit) => this.change({ unit }));
    this.strips = patchStrips(key, (beside) => this.changeFile({ beside }, this.strips.control));
    this.pictures = accounts(key, (method) => this.change({ method }));
    this.made = composition(key);
    this.words = { result: h("strong"), coherence: h("span") };
    this.spoken = announcer();
    this.tables = [
      tableView("Its patches as a table", () => patchTable(this.worked)),
      tableView("What it is made of, as a table", () => compositionTable(this.worked)),
      tableView("All units as a table", () => unitTable(this.worked)),
    ];
    this.sharing = sharing(host, {
      address: () => withState(host, ...this.settings()),
      onReset: () => this.reset(),
    });
  }

  makeSelects() {
    const { key } = this;
    return {
      run: choice(`${key}-run`, "Training", RUNS, (run) => this.changeFile({ run }, this.selects.run.control)),
      end: choice(`${key}-end`, "Network", ENDS.map((each) => [each, END_WORDS[each]]), (end) => this.changeFile({ end }, this.selects.end.control)),
      layer: choice(`${key}-layer`, "Layer", LAYERS.map((each) => [each, each]), (layer) => this.changeFile({ layer }, this.selects.layer.control)),
    };
  }

  /** @param {HTMLElement} body */
  fill(body) {
    const { tiles, strips, pictures, made, words, complaint } = this;
    body.append(
      h("div", { class: "cf-controls cf-even" }, ...Object.values(this.selects).map(({ element }) => element)),
      h(
        "div",
        { class: "cf-columns cf-units" },
        h("div", { class: "cf-who" }, tiles.element, h("p", { class: "cf-result" }, words.result, " ", words.coherence)),
        h("div", { class: "cf-seen" }, strips.element, pictures.element),
        h("div", { class: "cf-made" }, made.bars),
        h("div", { class: "cf-made-weights" }, made.weights),
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
    return [settingsOf(this.worked.state), settingsOf(this.authored)];
  }

  /** @param {Partial<State>} part What needs no other file. */
  change(part) {
    const { state, units, twin } = this.worked;
    this.wanted = { ...this.wanted, ...part };
    this.worked = workOut({ ...state, ...part }, units, twin);
    this.render();
  }

  /** @param {Partial<State>} part What may need another file. @param {HTMLElement} control */
  async changeFile(part, control) {
    const turn = ++this.asked;
    this.wanted = { ...this.wanted, ...part };
    const found = await this.get(this.wanted).catch(() => null);
    if (turn !== this.asked) return; // something else has been chosen since
    const { wanted, complaint } = this;
    complaint.settle(control);
    if (found) this.worked = workOut({ ...wanted, unit: unitWithin(wanted.layer, wanted.unit) }, ...found);
    else complaint.say(control, "This part of the data could not be fetched. The last one stays in view.");
    this.wanted = this.worked.state;
    this.render();
  }

  reset() {
    this.complaint.clear();
    this.changeFile(this.authored, this.selects.run.control);
  }

  render() {
    const { worked, words } = this;
    for (const part of [this.tiles, this.strips, this.pictures, this.made]) part.draw(worked);
    for (const [name, { control }] of Object.entries(this.selects)) control.value = worked.state[/** @type {"run"} */ (name)];
    setText(words.result, resultWords(worked));
    setText(words.coherence, [coherenceWords(worked), silentWords(worked)].filter(Boolean).join(" "));
    this.sharing.setCode(pytorchCode(worked));
    this.tables.forEach((table) => table.update());
    this.spoken.say(`${words.result.textContent} ${words.coherence.textContent}`);
    writeState(this.host, ...this.settings());
  }
}
