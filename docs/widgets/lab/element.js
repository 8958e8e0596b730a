// The digit lab: one state object, controls that change it, one render that shows it.

import { announcer } from "../lib/announce.js";
import { withState, writeState } from "../lib/address.js";
import { boot } from "../lib/boot.js";
import { colourBar } from "../lib/colour_bar.js";
import { choice } from "../lib/controls.js";
import { loadData } from "../lib/data.js";
import { h, setText } from "../lib/dom.js";
import { sharing } from "../lib/sharing.js";
import { tableView } from "../lib/table.js";
import { answerTable } from "./answer_table.js";
import { DrawingBoard } from "./drawing_board.js";
import { networkMaps } from "./map_boards.js";
import { fileField, networkBank, offered } from "./networks.js";
import { seenPart } from "./seen_part.js";
import { firstState, nothingOff, OWN, settingsOf, unsaid, withSettings, workOut } from "./state.js";
import { mapPart, productsPart } from "./sum_part.js";
import { answerRows, channelWords, offWords, partRows, pytorchCode, resultWords, sumWords } from "./words.js";

/** @typedef {import("./state.js").State} State */
/** @typedef {import("../lib/network.js").Network} Network */

/**
 * Shows a digit, the reader's own if they wish, to trained networks, and every number on the way.
 *
 * Attributes, all optional, set what it starts with: `digit`, `drawing`, `strokes`, `seen`, `network`,
 * `compare`, `off`, `off2`, `maps`, `of`, `layer`, `kernel`, `row`, `column`, `channel`.
 */
export class DigitLab extends HTMLElement {
  /** @param {HTMLElement} body */
  async build(body) {
    const { images } = await loadData("digits");
    const bank = networkBank();
    const start = boot(this, firstState(), withSettings);
    return new Lab(this, start, images, bank, await networksOf(start.shared, bank)).fill(body);
  }
}

/** @typedef {ReturnType<typeof networkBank>} Bank */
/** Those that a state shows. @param {State} state @param {Bank} bank */
const networksOf = ({ network, compare }, bank) => Promise.all([network, compare].filter(Boolean).map(bank.get));

class Lab {
  /**
   * @param {HTMLElement} host
   * @param {import("../lib/boot.js").Start<State>} start
   * @param {number[][]} images
   * @param {Bank} bank
   * @param {Network[]} networks What it shows first needs them.
   */
  constructor(host, { key, complaint, authored, shared, refused }, images, bank, networks) {
    this.host = host;
    this.key = key;
    this.complaint = complaint;
    this.authored = authored;
    this.refused = refused;
    this.images = images;
    this.bank = bank;
    this.asked = 0;
    this.said = ["", ""];
    this.worked = workOut(shared, networks, images);
    this.selects = this.makeSelects();
    this.parts = this.makeParts();
    this.words = { result: h("strong"), off: h("span"), sum: h("strong"), channel: h("span") };
    this.spoken = announcer();
    this.tables = [
      tableView("Logits and probabilities as a table", () => answerRows(this.worked)),
      tableView("What each channel adds, as a table", () => partRows(this.worked)),
    ];
    this.file = fileField(key, complaint, (network) => this.open(network));
    this.sharing = sharing(host, { address: () => withState(host, ...this.settings()), onReset: () => this.reset() });
  }

  makeSelects() {
    const { key } = this;
    return {
      network: choice(`${key}-network`, "Network", offered(null), (network) => this.changeNetworks({ network, off: nothingOff() }, this.selects.network.control)),
      compare: choice(`${key}-compare`, "Compare with", [["", "none"], ...offered(null)], (compare) => this.changeNetworks({ compare, off2: nothingOff() }, this.selects.compare.control)),
      maps: choice(`${key}-shown`, "Maps", [["before", "before ReLU"], ["after", "after pooling and ReLU"]], (maps) => this.change({ maps })),
    };
  }

  makeParts() {
    const { key } = this;
    const change = (/** @type {Partial<State>} */ part) => this.change(part);
    const say = (/** @type {string} */ words) => this.spoken.say(`${words} ${resultWords(this.worked)}`);
    return {
      paper: new DrawingBoard(key, this.images, this.worked, change, say),
      seen: seenPart(key, change),
      answers: answerTable(key),
      networks: [0, 1].map((of) => networkMaps(key, of, change)),
      bar: colourBar(),
      large: mapPart(key, change),
      products: productsPart(key, change),
    };
  }

  /** @param {HTMLElement} body */
  fill(body) {
    const { network, compare, maps } = this.selects;
    const { paper, seen, answers, networks, bar, large, products } = this.parts;
    const { result, off, sum, channel } = this.words;
    body.append(
      h(
        "div",
        { class: "cf-lab" },
        h("div", { class: "cf-hand" }, paper.source, paper.paper, h("p", { class: "cf-result" }, result, " ", off), paper.tools),
        h("div", { class: "cf-sight" }, seen.element, answers.element),
        h("div", { class: "cf-inside" }, h("div", { class: "cf-controls cf-even" }, network.element, compare.element, maps.element), ...networks.map(({ element }) => element), bar.element),
        large.element,
        h("div", { class: "cf-sum" }, h("p", { class: "cf-result" }, sum, " ", channel), large.switches),
        products.element,
      ),
      this.file.element,
      this.complaint.element,
      ...this.tables.map(({ element }) => element),
      this.sharing.element,
      this.spoken.region,
    );
    this.render();
    return { complaint: this.complaint, refused: this.refused };
  }

  /** @returns {[now: Record<string, string>, authored: Record<string, string>]} */
  settings() {
    const now = settingsOf(this.worked.state);
    return [now, unsaid(now, settingsOf(this.authored))];
  }

  /** @param {Partial<State>} part */
  change(part) {
    const { state, networks } = this.worked;
    this.worked = workOut({ ...state, ...part }, networks, this.images);
    this.render();
  }

  /** Show other networks. @param {Partial<State>} part @param {HTMLElement} control */
  async changeNetworks(part, control) {
    const turn = ++this.asked;
    const found = await networksOf({ ...this.worked.state, ...part }, this.bank).catch(() => null);
    if (turn !== this.asked) return; // something else has been chosen since
    this.complaint.settle(control);
    if (found) this.worked = workOut({ ...this.worked.state, ...part }, found, this.images);
    else this.complaint.say(control, "This network could not be fetched. The last one stays in view.");
    this.render();
  }

  /** Show a network from a file. @param {Network} opened */
  open(opened) {
    const { network, compare } = this.selects;
    this.bank.open(opened);
    const options = offered(opened).map(([value, text]) => h("option", { value }, text));
    network.control.replaceChildren(...options);
    compare.control.replaceChildren(h("option", { value: "" }, "none"), ...options.map((option) => option.cloneNode(true)));
    this.changeNetworks({ network: OWN, off: nothingOff() }, network.control);
  }

  reset() {
    this.complaint.clear();
    this.parts.paper.reset();
    this.file.clear();
    this.changeNetworks(this.authored, this.selects.network.control);
  }

  render() {
    const { worked, words } = this;
    const { bar, networks, ...parts } = this.parts;
    for (const part of [...Object.values(parts), ...networks]) part.draw(worked);
    bar.draw(worked.scales[worked.state.layer]);
    for (const name of /** @type {const} */ (["network", "compare", "maps"])) this.selects[name].control.value = worked.state[name];
    setText(words.result, resultWords(worked));
    setText(words.off, offWords(worked));
    setText(words.sum, sumWords(worked));
    setText(words.channel, channelWords(worked));
    this.sharing.setCode(pytorchCode(worked));
    this.tables.forEach((table) => table.update());
    this.speak();
    writeState(this.host, ...this.settings());
  }

  /** Say the answer if it changed, else the number that is taken apart. */
  speak() {
    const { result, off, sum, channel } = this.words;
    const [answer, number] = [`${result.textContent} ${off.textContent}`, `${sum.textContent} ${channel.textContent}`];
    if (answer !== this.said[0]) this.spoken.say(answer);
    else if (number !== this.said[1]) this.spoken.say(number);
    this.said = [answer, number];
  }
}
