// The stepper: one state object, controls that change it, one render that shows it.

import { announcer } from "../lib/announce.js";
import { keyOf, readState, withState, writeState } from "../lib/address.js";
import { loadData, mount } from "../lib/base.js";
import { colourBar } from "../lib/colour_bar.js";
import { check, Complaint } from "../lib/controls.js";
import { h, setText } from "../lib/dom.js";
import { player } from "../lib/player.js";
import { sharing } from "../lib/sharing.js";
import { tableView } from "../lib/table.js";
import { imageBoard, mapBoard, productBoard } from "./boards.js";
import { imageControls, kernelControls, numberControls } from "./controls.js";
import { changed, firstState, makeBank, settingsOf, withSettings, workOut } from "./state.js";
import { matchWords, pytorchCode, resultWords, sizeWords, termTable } from "./words.js";

/**
 * Steps a kernel over an image and shows every product.
 *
 * Attributes, all optional, set what it starts with: `digit`, `image` (rows parted by `;`),
 * `kernel` (rows, or a name), `flip` (0 or 1), `stride`, `padding`, `dilation`, `level`, `step`.
 */
export class ConvolutionStepper extends HTMLElement {
  connectedCallback() {
    mount(this, (body) => start(this, body));
  }
}

/** @param {HTMLElement} host @param {HTMLElement} body */
async function start(host, body) {
  const bank = makeBank(await loadData("digits"), await loadData("kernels"));
  const key = keyOf(host);
  const complaint = new Complaint(key);
  const given = new Map([...host.attributes].map(({ name, value }) => [name, value]));
  const authored = withSettings(firstState(bank), given, bank);
  const shared = withSettings(authored.state, readState(host), bank);
  const defaults = settingsOf(authored.state, bank);
  let state = shared.state;

  /** @param {Partial<import("./state.js").State>} change @throws {import("../lib/numbers.js").Refusal} */
  const change = (change) => {
    state = changed(state, change);
    render();
  };
  const steps = player(key, {
    label: "Output",
    words: (step, count) => `${step + 1} of ${count}`,
    onStep: (step) => change({ step }),
  });
  const boards = {
    image: imageBoard(key),
    products: productBoard(key),
    map: mapBoard(key, (step) => steps.jump(step)),
  };
  const bar = colourBar();
  const whole = check(`${key}-all`, "Show sums not reached yet", (on) => {
    boards.map.setAll(on);
    render();
  });
  const result = h("p", { class: "cf-result" });
  const match = h("span", { class: "cf-hint" });
  const size = h("p", { class: "cf-hint" });
  const spoken = announcer();
  const table = tableView("Products as a table", () => termTable(workOut(state)));
  const controls = [
    kernelControls(key, bank, complaint, change),
    imageControls(key, bank, complaint, change),
    numberControls(key, complaint, change),
  ];
  const close = sharing(host, {
    address: () => withState(host, settingsOf(state, bank), defaults),
    onReset: () => {
      steps.stop();
      complaint.clear();
      whole.control.checked = false;
      boards.map.setAll(false);
      change(authored.state);
      controls.forEach((control) => control.reset(state));
    },
  });

  function render() {
    const worked = workOut(state);
    boards.image.draw(state, worked);
    boards.products.draw(state, worked);
    boards.map.draw(state, worked);
    bar.draw(worked.scale);
    steps.set(worked.map.data.length, state.step);
    const words = resultWords(state, worked);
    setText(result.firstChild, words);
    setText(match, matchWords(worked));
    setText(size, sizeWords(state, worked));
    controls.forEach((control) => control.draw(state));
    close.setCode(pytorchCode(state, worked));
    table.update();
    if (steps.playing()) return;
    spoken.say(words);
    writeState(host, settingsOf(state, bank), defaults);
  }

  result.append(h("strong"), " ", match);
  body.append(
    h(
      "div",
      { class: "cf-stepper" },
      boards.image.element,
      steps.element,
      h("div", {}, boards.products.element, result),
      h("div", {}, boards.map.element, bar.element, whole.element, size),
      controls[0].element,
    ),
    h("div", { class: "cf-settings" }, controls[1].element, controls[2].element),
    complaint.element,
    table.element,
    close.element,
    spoken.region,
  );
  controls.forEach((control) => control.reset(state));
  render();
  const refused = [...authored.refused, ...shared.refused];
  if (refused.length)
    complaint.say(null, `Not everything that was asked for can be shown. ${refused.join(" ")}`);
}
