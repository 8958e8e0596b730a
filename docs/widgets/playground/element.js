// The playground: a picture, a kernel, the answer; one state object and one render.

import { announcer } from "../lib/announce.js";
import { withState, writeState } from "../lib/address.js";
import { boot } from "../lib/boot.js";
import { colourBar } from "../lib/colour_bar.js";
import { loadData } from "../lib/data.js";
import { h, setText } from "../lib/dom.js";
import { sharing } from "../lib/sharing.js";
import { tableView } from "../lib/table.js";
import { kernelPart, probePart, viewPart } from "./controls.js";
import { picture } from "./pictures.js";
import { SourcePart } from "./source_part.js";
import { photoAddress } from "./sources.js";
import { checkFit, firstState, makeBank, settingsOf, withSettings, workOut } from "./state.js";
import { answerWords, kernelWords, pytorchCode, rangeWords, termTable } from "./words.js";

/** @typedef {import("./state.js").State} State */
/** @typedef {import("./state.js").Worked} Worked */
/** @typedef {import("./state.js").Bank} Bank */
/** @typedef {import("./source_part.js").Found} Found */

/**
 * Puts a kernel over a photograph and shows the answer.
 *
 * Attributes, all optional, set what it starts with: `photo`, `kernel` (rows parted by `;`, or a
 * name), `centred`, `normalised`, `picture` (0 or 1), `row`, `column`.
 */
export class KernelPlayground extends HTMLElement {
  /** @param {HTMLElement} body */
  async build(body) {
    const [photographs, kernels] = await Promise.all([loadData("photographs"), loadData("kernels")]);
    return new Playground(this, makeBank(photographs, kernels)).fill(body);
  }

  disconnectedCallback() {
    this.dispatchEvent(new Event("cf-away")); // the camera stops
  }
}

class Playground {
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
    this.shown = /** @type {Found} */ (/** @type {unknown} */ (null)); // until `fill`
    this.worked = /** @type {Worked} */ (/** @type {unknown} */ (null));
    this.complaint = complaint;
    this.spoken = announcer();
    this.panes = this.makePanes();
    this.words = { result: h("strong"), range: hint("span"), about: steady(), credit: steady() };
    this.source = new SourcePart(host, this.key, bank, this.complaint, (found) =>
      this.change({ photo: found.photo }, found),
    );
    this.parts = this.makeParts();
    this.table = tableView("Products as a table", () => termTable(this.worked, this.shown.image));
    this.sharing = sharing(host, {
      address: () => withState(host, ...this.settings()),
      onReset: () => this.reset(),
      allow: "camera",
    });
  }

  makePanes() {
    const point = (/** @type {number} */ row, /** @type {number} */ column) =>
      this.change({ row, column });
    return { photo: picture(point), answer: picture(point), bar: colourBar() };
  }

  makeParts() {
    const { key } = this;
    const change = (/** @type {Partial<State>} */ part) => this.change(part);
    const onKernel = (/** @type {number[][]} */ kernel) => this.change({ kernel });
    return {
      kernel: kernelPart(key, this.bank, this.complaint, onKernel, change),
      view: viewPart(key, change, () => this.worked.scale),
      probe: probePart(key, change),
    };
  }

  /** @param {HTMLElement} body */
  async fill(body) {
    const { complaint, panes, words, parts } = this;
    const result = h("p", { class: "cf-result" }, words.result, " ", words.range);
    const found = await this.source.choose(this.state.photo);
    if (!found) throw new Error(complaint.element.textContent ?? "");
    for (const part of Object.values(parts)) part.reset(this.state);
    // in this order on a phone: each control above what it changes
    body.append(
      h(
        "div",
        { class: "cf-columns cf-playground" },
        h("div", { class: "cf-source" }, this.source.element),
        h("div", { class: "cf-photo" }, panes.photo.element, words.credit),
        h("div", { class: "cf-weights-part" }, parts.kernel.element),
        h("div", { class: "cf-answer-pane" }, panes.answer.element, panes.bar.element),
        h("div", { class: "cf-view" }, parts.view.element),
        h("div", { class: "cf-probe" }, parts.probe.element, result),
        h("div", { class: "cf-about" }, words.about, this.source.file),
      ),
      complaint.element,
      this.table.element,
      this.sharing.element,
      this.spoken.region,
    );
    return { complaint, refused: this.refused };
  }

  /** @returns {[now: Record<string, string>, authored: Record<string, string>]} */
  settings() {
    return [settingsOf(this.state, this.bank), settingsOf(this.authored, this.bank)];
  }

  /**
   * @param {Partial<State>} part
   * @param {Found} [found] Another picture.
   * @throws {import("../lib/numbers.js").Refusal}
   */
  change(part, found = this.shown) {
    const next = { ...this.state, ...part };
    checkFit(next, found.image);
    [this.state, this.shown] = [next, found];
    this.render();
  }

  async reset() {
    this.complaint.clear();
    await this.source.choose(this.authored.photo);
    this.change(this.authored);
    for (const part of Object.values(this.parts)) part.reset(this.state);
  }

  render() {
    const { state, shown, words } = this;
    const worked = workOut(state, shown.image);
    this.worked = worked;
    this.draw(worked);
    setText(words.result, answerWords(worked, shown.image));
    setText(words.range, rangeWords(worked));
    setText(words.about, kernelWords(state, worked, this.bank));
    setText(words.credit, shown.credit);
    for (const part of Object.values(this.parts)) part.draw(state, worked);
    const address = state.photo ? photoAddress(state.photo).href : "";
    this.sharing.setCode(pytorchCode(state, worked, { file: shown.file, address }));
    this.table.update();
    if (this.source.live()) return;
    this.spoken.say(answerWords(worked, shown.image));
    writeState(this.host, ...this.settings());
  }

  /** @param {Worked} worked */
  draw(worked) {
    const { photo, answer, bar } = this.panes;
    const { image, words } = this.shown;
    const { map, kernel, scale, top, left } = worked;
    const signed = !this.state.picture;
    for (const pane of [photo, answer]) pane.size(image.width, image.height);
    photo.draw(image, { scale: 1, signed: false, top: 0, left: 0 });
    photo.mark(worked, kernel.width);
    photo.name(`Photograph, ${image.height} × ${image.width}`, `Photograph: ${words}.`);
    answer.draw(map, { scale, signed, top, left });
    answer.mark(worked, 1);
    answer.name(`Answer, ${map.height} × ${map.width}`, `The answer. ${rangeWords(worked)}`);
    bar.element.hidden = !signed;
    bar.draw(scale, true);
  }
}

/** @param {keyof HTMLElementTagNameMap} tag */
function hint(tag) {
  return h(tag, { class: "cf-hint" });
}

function steady() {
  return h("p", { class: "cf-hint cf-steady" });
}
