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
import { drawingBoard } from "./drawing_board.js";
import { networkMaps } from "./map_boards.js";
import { fileField, networkBank, offered } from "./networks.js";
import { seenPart } from "./seen_part.js";
import { firstState, nothingOff, OWN, settingsOf, unsaid, withSettings, workOut } from "./state.js";
import { mapPart, productsPart } from "./sum_part.js";
import { answerRows, channelWords, offWords, partRows, pytorchCode, resultWords, sumWords } from "./words.js";

/** @typedef {import("./state.js").State} State */

/**
 * Shows a digit, the reader's own if they wish, to trained networks, and every number on the way.
 *
 * Attributes, all optional, set what it starts with: `digit`, `drawing`, `strokes`, `seen`, `network`,
 * `compare`, `off`, `off2`, `maps`, `of`, `layer`, `kernel`, `row`, `column`, `channel`.
 */
export class DigitLab extends HTMLElement {
  /** @param {HTMLElement} body */
  build(body) {
    return start(this, body);
  }
}

/** @param {HTMLElement} host @param {HTMLElement} body */
async function start(host, body) {
  const { images } = await loadData("digits");
  const bank = networkBank();
  const { key, complaint, authored, shared, refused } = boot(host, firstState(), withSettings);
  const defaults = settingsOf(authored);
  const networksOf = (/** @type {State} */ { network, compare }) => Promise.all([network, compare].filter(Boolean).map(bank.get));
  let worked = workOut(shared, await networksOf(shared), images);

  /** @param {Partial<State>} part */
  const change = (part) => {
    worked = workOut({ ...worked.state, ...part }, worked.networks, images);
    render();
  };
  let asked = 0;
  /** Show other networks. @param {Partial<State>} part @param {HTMLElement} control */
  const changeNetworks = async (part, control) => {
    const turn = ++asked;
    const next = { ...worked.state, ...part };
    const found = await networksOf(next).catch(() => null);
    if (turn !== asked) return; // something else has been chosen since
    complaint.settle(control);
    if (found) worked = workOut({ ...worked.state, ...part }, found, images);
    else complaint.say(control, "This network could not be fetched. The last one stays in view.");
    render();
  };

  const first = choice(`${key}-network`, "Network", offered(null), (network) => changeNetworks({ network, off: nothingOff() }, first.control));
  const second = choice(`${key}-compare`, "Compare with", [["", "none"], ...offered(null)], (compare) => changeNetworks({ compare, off2: nothingOff() }, second.control));
  const maps = choice(`${key}-shown`, "Maps", [["before", "before ReLU"], ["after", "after pooling and ReLU"]], (value) => change({ maps: value }));
  const file = fileField(key, complaint, (network) => {
    bank.open(network);
    const options = offered(network).map(([value, text]) => h("option", { value }, text));
    first.control.replaceChildren(...options);
    second.control.replaceChildren(h("option", { value: "" }, "none"), ...options.map((option) => option.cloneNode(true)));
    changeNetworks({ network: OWN, off: nothingOff() }, first.control);
  });
  const spoken = announcer();
  const paper = drawingBoard(key, images, change, (words) => spoken.say(`${words} ${resultWords(worked)}`));
  const seen = seenPart(key, change);
  const answers = answerTable(key);
  const networks = [0, 1].map((of) => networkMaps(key, of, change));
  const large = mapPart(key, change);
  const products = productsPart(key, change);
  const bar = colourBar();
  const [result, off, sum, channel] = [h("strong"), h("span"), h("strong"), h("span")];
  const tables = [
    tableView("Logits and probabilities as a table", () => answerRows(worked)),
    tableView("What each channel adds, as a table", () => partRows(worked)),
  ];
  const close = sharing(host, {
    address: () => withState(host, settings(), unsaid(settings(), defaults)),
    onReset: () => {
      complaint.clear();
      paper.reset();
      file.clear();
      changeNetworks(authored, first.control);
    },
  });
  const settings = () => settingsOf(worked.state);
  let said = ["", ""];

  function render() {
    const { state } = worked;
    for (const part of [paper, seen, answers, ...networks, large, products]) part.draw(worked);
    bar.draw(worked.scales[state.layer]);
    first.control.value = state.network;
    second.control.value = state.compare;
    maps.control.value = state.maps;
    setText(result, resultWords(worked));
    setText(off, offWords(worked));
    setText(sum, sumWords(worked));
    setText(channel, channelWords(worked));
    close.setCode(pytorchCode(worked));
    tables.forEach((table) => table.update());
    const [answer, number] = [`${result.textContent} ${off.textContent}`, `${sum.textContent} ${channel.textContent}`];
    if (answer !== said[0]) spoken.say(answer);
    else if (number !== said[1]) spoken.say(number);
    said = [answer, number];
    writeState(host, settings(), unsaid(settings(), defaults));
  }

  body.append(
    h(
      "div",
      { class: "cf-bench" },
      h("div", { class: "cf-hand" }, paper.source, paper.paper, h("p", { class: "cf-result" }, result, " ", off), paper.tools),
      h("div", { class: "cf-sight" }, seen.element, answers.element),
      h("div", { class: "cf-inside" }, ...networks.map(({ element }) => element), bar.element, h("div", { class: "cf-controls cf-even" }, first.element, second.element, maps.element)),
    ),
    h("div", { class: "cf-lab" }, large.element, h("div", {}, h("p", { class: "cf-result" }, sum, " ", channel), large.switches), products.element),
    file.element,
    complaint.element,
    ...tables.map(({ element }) => element),
    close.element,
    spoken.region,
  );
  render();
  return { complaint, refused };
}
