// The playground: a picture, a kernel, the answer; one state object and one render.

import { announcer } from "../lib/announce.js";
import { keyOf, readState, withState, writeState } from "../lib/address.js";
import { loadData, mount } from "../lib/base.js";
import { colourBar } from "../lib/colour_bar.js";
import { Complaint } from "../lib/controls.js";
import { h, setText } from "../lib/dom.js";
import { sharing } from "../lib/sharing.js";
import { tableView } from "../lib/table.js";
import { kernelPart, probePart, viewPart } from "./controls.js";
import { picture } from "./pictures.js";
import { sourcePart } from "./source_part.js";
import { photoAddress } from "./sources.js";
import { checkFit, firstState, makeBank, settingsOf, withSettings, workOut } from "./state.js";
import { answerWords, kernelWords, pytorchCode, rangeWords, termTable } from "./words.js";

/** @typedef {import("./state.js").State} State */
/** @typedef {import("./state.js").Worked} Worked */
/** @typedef {import("../lib/convolution.js").Stack} Stack */

/**
 * Puts a kernel over a photograph and shows the answer.
 *
 * Attributes, all optional, set what it starts with: `photo`, `kernel` (rows parted by `;`, or a
 * name), `centred`, `normalised`, `picture` (0 or 1), `row`, `column`.
 */
export class KernelPlayground extends HTMLElement {
  connectedCallback() {
    mount(this, (body) => start(this, body));
  }

  disconnectedCallback() {
    this.dispatchEvent(new Event("cf-away")); // the camera stops
  }
}

/** @param {HTMLElement} host @param {HTMLElement} body */
async function start(host, body) {
  const bank = makeBank(await loadData("photographs"), await loadData("kernels"));
  const key = keyOf(host);
  const complaint = new Complaint(key);
  const given = new Map([...host.attributes].map(({ name, value }) => [name, value]));
  const authored = withSettings(firstState(bank), given, bank);
  const shared = withSettings(authored.state, readState(host), bank);
  const defaults = settingsOf(authored.state, bank);
  let state = shared.state;
  /** @type {import("./source_part.js").Found} */
  let shown;
  /** @type {Worked} */
  let worked;

  /** @param {Partial<State>} part @throws {import("../lib/numbers.js").Refusal} */
  const change = (part, found = shown) => {
    const next = { ...state, ...part };
    checkFit(next, found.image);
    [state, shown] = [next, found];
    render();
  };
  const point = (/** @type {number} */ row, /** @type {number} */ column) =>
    change({ row, column });
  const [photo, answer] = [picture(point), picture(point)];
  const bar = colourBar();
  const result = h("strong");
  const range = h("span", { class: "cf-hint" });
  const about = h("p", { class: "cf-hint" });
  const credit = h("p", { class: "cf-hint" });
  const spoken = announcer();
  const table = tableView("Products as a table", () => termTable(worked, shown.image));
  const source = sourcePart(host, key, bank, complaint, (found) =>
    change({ photo: found.photo }, found),
  );
  const parts = [
    kernelPart(key, bank, complaint, (kernel) => change({ kernel }), change),
    viewPart(key, change, () => worked.scale),
    probePart(key, change),
  ];
  const close = sharing(host, {
    address: () => withState(host, settingsOf(state, bank), defaults),
    onReset: async () => {
      complaint.clear();
      await source.choose(authored.state.photo);
      change(authored.state);
      parts.forEach((part) => part.reset(state));
    },
  });

  function render() {
    const { image } = shown;
    worked = workOut(state, image);
    drawPictures(photo, answer, shown, state, worked);
    bar.element.hidden = state.picture;
    bar.draw(worked.scale, true);
    const words = answerWords(worked, image);
    setText(result, words);
    setText(range, rangeWords(worked));
    setText(about, kernelWords(state, worked, bank));
    setText(credit, shown.credit);
    parts.forEach((part) => part.draw(state, worked, image));
    const address = state.photo ? photoAddress(state.photo).href : "";
    close.setCode(pytorchCode(state, worked, { file: shown.file, address }));
    table.update();
    if (source.live()) return;
    spoken.say(words);
    writeState(host, settingsOf(state, bank), defaults);
  }

  if (!(await source.choose(state.photo))) throw new Error(complaint.element.textContent ?? "");
  parts.forEach((part) => part.reset(state));
  body.append(
    h(
      "div",
      { class: "cf-playground" },
      h("div", {}, photo.element, credit),
      h("div", {}, answer.element, bar.element),
    ),
    h("p", { class: "cf-result" }, result, " ", range),
    h(
      "div",
      { class: "cf-playground" },
      h("div", {}, parts[0].element, about),
      h("div", { class: "cf-on-screen" }, source.element, parts[1].element, parts[2].element),
    ),
    complaint.element,
    table.element,
    close.element,
    spoken.region,
  );
  const refused = [...authored.refused, ...shared.refused];
  if (refused.length)
    complaint.say(null, `Not everything that was asked for can be shown. ${refused.join(" ")}`);
}

/** @typedef {ReturnType<typeof picture>} Picture */
/**
 * @param {Picture} photo
 * @param {Picture} answer
 * @param {{image: Stack, words: string}} shown
 * @param {State} state
 * @param {Worked} worked
 */
function drawPictures(photo, answer, { image, words }, state, worked) {
  const size = `${image.height} × ${image.width}`;
  for (const pane of [photo, answer]) pane.size(image.width, image.height);
  photo.draw(image, { scale: 1, signed: false, top: 0, left: 0 });
  photo.mark(worked, worked.kernel.width);
  photo.name(`Photograph, ${size}`, `Photograph: ${words}.`);
  answer.draw(worked.map, {
    scale: worked.scale,
    signed: !state.picture,
    top: worked.top,
    left: worked.left,
  });
  answer.mark(worked, 1);
  answer.name(
    `Answer, ${worked.map.height} × ${worked.map.width}`,
    `The kernel's answer. ${rangeWords(worked)}`,
  );
}
