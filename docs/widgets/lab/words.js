// What the lab says: to readers, to a screen reader, to PyTorch. No DOM.

import { channelOf } from "../lib/network.js";
import { rowsOf } from "../lib/convolution.js";
import { codeNumber, formatNumber, percent } from "../lib/numbers.js";
import { BOX } from "../lib/preparation.js";
import { anyOff, offOf } from "./state.js";

/** @typedef {import("./state.js").State} State */
/** @typedef {import("./state.js").Worked} Worked */

const LAYERS = ["First layer", "Second layer"];

/** A filter of the first layer is one kernel. @param {number} layer @param {number} filter @returns {string} */
export function mapName(layer, filter) {
  return layer === 0 ? `Kernel ${filter}` : `Filter ${filter}`;
}

/** @param {import("../lib/network.js").Network} network @returns {string} */
export function accuracyWords({ accuracy, accuracyOn }) {
  return accuracy === null ? "Its accuracy is not known." : `${percent(accuracy)} of ${accuracyOn ?? "its digits"} are right.`;
}

/** @param {number} layer @param {import("../lib/convolution.js").Stack} maps @param {State} state @returns {string} */
export function layerCaption(layer, { channels, height, width }, { maps }) {
  return `${LAYERS[layer]}, ${maps === "after" ? "after pooling and ReLU" : "before ReLU"}: ${channels} maps of ${height}\u00a0×\u00a0${width}`;
}

/** @param {State} state @returns {string} */
export function placeWords({ row, column }) {
  return `Row ${row}, column ${column}`;
}

/** @param {Worked} worked @returns {string} */
export function sumCaption({ state, networks }) {
  const whose = networks.length > 1 ? `, ${networks[state.of].name}` : "";
  return `${LAYERS[state.layer]}, ${mapName(state.layer, state.filter).toLowerCase()}${whose}`;
}

/** @param {ArrayLike<number>} probabilities @returns {string} */
function verdict(probabilities) {
  const best = Array.from(probabilities).reduce((most, value, digit) => (value > probabilities[most] ? digit : most), 0);
  return `a ${best}, with ${percent(probabilities[best])}`;
}

/** @param {Worked} worked @returns {string} */
export function resultWords({ answers, networks, ink }) {
  const blank = ink.every((value) => value === 0) ? "The paper is blank, and still: " : "";
  const words = answers.map(({ probabilities }, index) => `${networks[index].name} sees ${verdict(probabilities)}`).join("; ");
  return `${blank}${blank ? words : words.charAt(0).toUpperCase() + words.slice(1)}.`;
}

/** @param {Worked} worked @returns {string} How the drawing became what the network sees. */
export function seenWords({ state, place, ink }) {
  if (state.digit !== null) return "A digit of MNIST comes prepared.";
  if (state.seen === "drawn") return "As it was drawn: neither scaled nor moved.";
  if (ink.every((value) => value === 0)) return "Blank paper stays as it is.";
  return `Scaled by ${formatNumber(place.scale, 2)} to ${BOX} × ${BOX} pixels, drawn with MNIST’s pen, and moved until its ink balances in the middle.`;
}

/** @param {Worked} worked @returns {string} What switching off has changed. */
export function offWords({ state, whole, networks }) {
  return networks
    .map(({ name }, index) => {
      if (!anyOff(state, index)) return "";
      const list = offOf(state, index).flatMap((filters, layer) => [...filters].map((filter) => mapName(layer, filter).toLowerCase()));
      return `Without ${list.join(", ")}; with everything on, ${name} sees ${verdict(whole[index].probabilities)}.`;
    })
    .filter(Boolean)
    .join(" ");
}

/** @param {Worked} worked @returns {string} */
export function sumWords({ state, sum }) {
  const { block, parts, response, bias, convolution } = sum;
  const total = parts.reduce((all, part) => all + part, 0);
  const count = convolution.side ** 2;
  const products = parts.length === 1 ? `${count} products` : `${parts.length} × ${count} products`;
  const arithmetic = `${products} sum to ${formatNumber(total)}; with the bias ${formatNumber(bias)} that is ${formatNumber(response)}.`;
  if (state.maps === "before") return `${placeWords(state)}: ${arithmetic} ${reluWords(response)}`;
  const four = block.map(({ value }) => formatNumber(value, 2)).join(", ");
  return `${placeWords(state)}: the largest of ${four}. Its ${arithmetic} ${reluWords(response)}`;
}

/** @param {number} response */
function reluWords(response) {
  return response > 0 ? "ReLU keeps it." : "ReLU makes it 0.";
}

/** @param {Worked} worked @returns {string} */
export function channelWords({ sum: { parts, shown } }) {
  return parts.length === 1 ? "" : `The 25 products shown are those of channel ${shown}: they add ${formatNumber(parts[shown])}.`;
}

/** @param {Worked} worked @returns {import("../lib/table.js").TableData} */
export function answerRows({ answers, networks }) {
  return {
    caption: "What each network answers.",
    columns: ["Digit", ...networks.flatMap(({ name }) => [`${name}, logit`, `${name}, probability in %`])],
    rows: [...Array(10).keys()].map((digit) => [
      digit,
      ...answers.flatMap(({ logits, probabilities }) => [formatNumber(logits[digit]), formatNumber(100 * probabilities[digit], 2)]),
    ]),
  };
}

/** @param {Worked} worked @returns {import("../lib/table.js").TableData} */
export function partRows({ state, sum: { parts, bias, response } }) {
  let running = 0;
  const rows = parts.map((part, channel) => [`channel ${channel}`, formatNumber(part), formatNumber((running += part))]);
  return {
    caption: `What each channel adds to ${placeWords(state).toLowerCase()}.`,
    columns: ["Part", "adds", "sum so far"],
    rows: [...rows, ["bias", formatNumber(bias), formatNumber(response)]],
  };
}

/** @param {Worked} worked @returns {string} Runs as it stands; its last line gives the response. */
export function pytorchCode({ state, sum, networks }) {
  const { convolution, shown, parts, terms, bias, response, place } = sum;
  const square = (/** @type {"pixel" | "weight"} */ name) => {
    const stack = { data: Float64Array.from(terms, (term) => term[name]), channels: 1, height: convolution.side, width: convolution.side };
    return rowsOf(channelOf(stack, 0)).map((row) => `    [${row.map((value) => codeNumber(Number(value.toPrecision(7)))).join(", ")}],`);
  };
  const others = parts.reduce((all, part, channel) => (channel === shown ? all : all + part), bias);
  return [
    "import torch",
    "",
    `# ${networks[state.of].name.replace(/[^\p{L}\p{N} .,’'-]/gu, " ")}: ${LAYERS[state.layer].toLowerCase()}, ${mapName(state.layer, state.filter).toLowerCase()}, row ${place.row}, column ${place.column} before ReLU`,
    "window = torch.tensor([", ...square("pixel"), "])",
    "kernel = torch.tensor([", ...square("weight"), "])",
    `others = ${codeNumber(Number(others.toPrecision(7)))}  # ${parts.length > 1 ? `the other ${parts.length - 1} channels and the bias` : "the bias"}`,
    `(window * kernel).sum() + others  # ${codeNumber(Number(response.toPrecision(5)))}`,
  ].join("\n");
}
