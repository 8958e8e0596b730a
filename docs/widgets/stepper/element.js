// The stepper: one state object, controls that change it, one render that shows it.

import { announcer } from "../lib/announce.js";
import { withState, writeState } from "../lib/address.js";
import { boot } from "../lib/boot.js";
import { colourBar } from "../lib/colour_bar.js";
import { check } from "../lib/controls.js";
import { loadData } from "../lib/data.js";
import { h, setText } from "../lib/dom.js";
import { Player } from "../lib/player.js";
import { sharing } from "../lib/sharing.js";
import { tableView } from "../lib/table.js";
import { imageBoard, mapBoard, productBoard } from "./boards.js";
import { imageControls, kernelControls, numberControls } from "./controls.js";
import { changed, firstState, makeBank, settingsOf, withSettings, workOut } from "./state.js";
import { matchWords, pytorchCode, resultWords, sizeWords, termTable } from "./words.js";

/** @typedef {import("./state.js").State} State */
/** @typedef {import("./state.js").Bank} Bank */

/**
 * Steps a kernel over an image and shows every product.
 *
 * Attributes, all optional, set what it starts with: `digit`, `image` (rows parted by `;`),
 * `kernel` (rows, or a name), `flip` (0 or 1), `stride`, `padding`, `dilation`, `level`, `step`.
 */
export class ConvolutionStepper extends HTMLElement {
  /** @param {HTMLElement} body */
  async build(body) {
    const [digits, kernels] = await Promise.all([loadData("digits"), loadData("kernels")]);
    return new Stepper(this, makeBank(digits, kernels)).fill(body);
  }
}

class Stepper {
  /** @param {HTMLElement} host @param {Bank} bank */
  constructor(host, bank) {
    const { key, complaint, authored, shared, refused } = boot(host, firstState(bank), (state, settings) =>
      withSettings(state, settings, bank),
    );
    this.host = host;
    this.bank = bank;
    this.key = key;
    this.authored = authored;
    this.state = shared;
    this.refused = refused;
    this.complaint = complaint;
    this.spoken = announcer();
    this.steps = this.makeSteps();
    this.boards = this.makeBoards();
    this.words = { result: h("strong"), match: hint("span"), size: hint("p") };
    this.parts = this.makeParts();
    this.whole = check(`${this.key}-all`, "Show sums not reached yet", (on) => this.showAll(on));
    this.table = tableView("Products as a table", () => termTable(workOut(this.state)));
    this.sharing = sharing(host, {
      address: () => withState(host, ...this.settings()),
      onReset: () => this.reset(),
    });
  }

  makeSteps() {
    return new Player(this.key, {
      label: "Output",
      words: (step, count) => `${step + 1} of ${count}`,
      onStep: (step) => this.change({ step }),
    });
  }

  makeBoards() {
    return {
      image: imageBoard(this.key),
      products: productBoard(this.key),
      map: mapBoard(this.key, (step) => this.steps.jump(step)),
      bar: colourBar(),
    };
  }

  makeParts() {
    const change = (/** @type {Partial<State>} */ part) => this.change(part);
    return {
      kernel: kernelControls(this.key, this.bank, this.complaint, change),
      pixels: imageControls(this.key, this.bank, this.complaint, change),
      numbers: numberControls(this.key, this.complaint, change),
    };
  }

  /** @param {HTMLElement} body */
  fill(body) {
    const { steps, boards, words, parts } = this;
    const result = h("p", { class: "cf-result" }, words.result, " ", words.match);
    const read = [boards.bar.element, this.whole.element, words.size];
    // in this order on a phone: each control above what it changes
    body.append(
      h(
        "div",
        { class: "cf-columns cf-stepper" },
        h("div", {}, parts.pixels.element, boards.image.element, steps.element, result),
        h("div", {}, parts.kernel.element, boards.products.element),
        h("div", {}, parts.numbers.element, boards.map.element, ...read),
      ),
      this.complaint.element,
      this.table.element,
      this.sharing.element,
      this.spoken.region,
    );
    for (const part of Object.values(this.parts)) part.reset(this.state);
    this.render();
    return { complaint: this.complaint, refused: this.refused };
  }

  /** @returns {[now: Record<string, string>, authored: Record<string, string>]} */
  settings() {
    return [settingsOf(this.state, this.bank), settingsOf(this.authored, this.bank)];
  }

  /** @param {Partial<State>} part @throws {import("../lib/numbers.js").Refusal} */
  change(part) {
    this.state = changed(this.state, part);
    this.render();
  }

  /** @param {boolean} on */
  showAll(on) {
    this.whole.control.checked = on;
    this.boards.map.setAll(on);
    this.render();
  }

  reset() {
    this.steps.stop();
    this.complaint.clear();
    this.change(this.authored);
    this.showAll(false);
    for (const part of Object.values(this.parts)) part.reset(this.state);
  }

  render() {
    const { state, boards, words } = this;
    const worked = workOut(state);
    for (const board of [boards.image, boards.products, boards.map]) board.draw(state, worked);
    boards.bar.draw(worked.scale);
    this.steps.set(worked.map.data.length, state.step);
    setText(words.result, resultWords(state, worked));
    setText(words.match, matchWords(worked));
    setText(words.size, sizeWords(state, worked));
    for (const part of Object.values(this.parts)) part.draw(state);
    this.sharing.setCode(pytorchCode(state, worked));
    this.table.update();
    if (this.steps.playing()) return;
    this.spoken.say(resultWords(state, worked));
    writeState(this.host, ...this.settings());
  }
}

/** @param {keyof HTMLElementTagNameMap} tag */
function hint(tag) {
  return h(tag, { class: "cf-hint" });
}
