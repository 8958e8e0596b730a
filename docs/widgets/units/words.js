// What the browser says: to readers, to a screen reader, to PyTorch. No DOM.

import { codeNumber, formatNumber, percent } from "../lib/numbers.js";
import { runWords } from "../lib/runs.js";
import { FAMILIES, meanOf, nameWords } from "../lib/timeline.js";
import { commonestOf, twinOf } from "./state.js";

/** @typedef {import("./state.js").State} State */
/** @typedef {import("./state.js").Worked} Worked */
/** @typedef {import("./data.js").Units} Units */

/** @type {Record<string, string>} */
export const END_WORDS = { trained: "trained", start: "untrained start" };
/** @type {Record<string, string>} */
export const METHOD_WORDS = { guided: "guided backpropagation", gradient: "gradient", deconvnet: "deconvnet" };
/** @type {Record<string, string>} */
const METHOD_MEANS = {
  gradient: "How much the response would change with the ink of each pixel.",
  guided: "The gradient, which on its way back drops what is negative and what ReLU had stopped. Chapter 15 tests how much it depends on the weights.",
  deconvnet: "The response sent back through the transposed kernels, which on its way back drops what is negative.",
};

const FIRST_LAYER = "Between conv1 and the ink lies no ReLU, so all three methods give the same: the kernel, over the 0.3081 by which ink is divided.";

const COUNT_WORDS = ["none", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"];
/** @param {number} count */
const inWords = (count) => COUNT_WORDS[count] ?? String(count);
/** Two decimals, so that numbers in a row line up. @param {number} value @returns {string} */
export const fixed = (value) => value.toFixed(2).replace(/^-(0\.00)$/, "$1").replace("-", "−");

/** @param {State} state @returns {string} */
const unitName = ({ layer, unit }) => `Unit ${unit} of ${layer}`;

/** @param {string} end @returns {string} The network, with its article. */
const networkName = (end) => (end === "trained" ? "the trained network" : "its untrained start");

/** @param {Worked} worked @returns {string} */
export function resultWords({ state, units, commonest }) {
  const responses = units.responses[state.unit];
  const [most, least] = [responses[0], responses[responses.length - 1]].map(fixed);
  const whose = `${unitName(state)}, ${state.end === "trained" ? "trained" : "untrained"}: `;
  const digits = commonest.count === 1 ? "the digits all differ." : `${inWords(commonest.count)} show a ${commonest.digit}.`;
  return `${whose}its nine strongest patches reach ${most} to ${least}; ${digits}`;
}

/** @param {Worked} worked @returns {string} How alike the patches are, beside the other network's. */
export function coherenceWords({ state, units }) {
  const [own, other] = [units.coherence, units.otherCoherence];
  return [
    `Coherence, the mean correlation of two of them: ${fixed(own[state.unit])};`,
    `of the same unit in ${networkName(twinOf(state.end))}, ${fixed(other[state.unit])}.`,
    `Means of all ${units.count} units: ${fixed(meanOf(own))} and ${fixed(meanOf(other))}.`,
  ].join(" ");
}

/** @param {State} state @returns {string} */
export function besideWords({ end }) {
  return `Show the same unit’s patches in ${networkName(twinOf(end))} too`;
}

/** @param {Worked} worked @returns {string} */
export function silentWords({ state, units }) {
  return units.responses[state.unit][0] > 0 ? "" : "The unit is silent: no response is above 0, so ReLU lets nothing through.";
}

/** @param {Units} units @returns {string} */
export function tilesCaption({ layer, count }) {
  return `The ${count} units of ${layer}, each as the mean of its nine patches`;
}

/** @param {Units} units @param {number} unit @returns {string} */
export function tileWords({ labels, responses, coherence, layer }, unit) {
  const { digit, count } = commonestOf(labels[unit]);
  return `Unit ${unit} of ${layer}: strongest response ${fixed(responses[unit][0])}, coherence ${fixed(coherence[unit])}, ${count} of ${labels[unit].length} patches show a ${digit}`;
}

/** @param {Units} units @param {number} unit @param {boolean} twin @returns {string} */
export function patchesCaption({ end, side, images, coherence }, unit, twin) {
  if (twin) return `The same unit ${end === "start" ? "before" : "after"} training: coherence ${fixed(coherence[unit])}`;
  return `Its strongest patches in ${images}, one from each image: ${side}\u00a0×\u00a0${side} pixels, all that it sees`;
}

/** @param {Units} units @param {number} unit @param {number} rank @returns {[digit: string, response: string]} */
export function patchWords({ labels, responses }, unit, rank) {
  return [`digit ${labels[unit][rank]}`, fixed(responses[unit][rank])];
}

/** @param {Worked} worked @returns {string} */
export function projectionWords({ state, alike }) {
  const means = state.layer === "conv1" ? FIRST_LAYER : METHOD_MEANS[state.method];
  return `${means}${alike === null ? "" : ` It correlates ${fixed(alike)} with the patch.`}`;
}

/** @param {Worked} worked @returns {string} */
export function maximisedWords({ state, units }) {
  const [reached, strongest] = [units.reached[state.unit], units.responses[state.unit][0]].map(fixed);
  return `Steps up the gradient, from grey noise; ink that gains little is left away. It reaches ${reached}, the strongest patch ${strongest}.`;
}

/** @param {Worked} worked @returns {string} */
export function compositionWords({ state, units }) {
  const { unit, layer } = state;
  if (layer === "conv1") {
    const fits = FAMILIES.map((family) => units.fits[family][unit]);
    const best = FAMILIES[fits.indexOf(Math.max(...fits))];
    return nameWords(units.names[unit], best, units.chance[best].limit);
  }
  const norms = units.norms[unit];
  const energy = norms.reduce((sum, norm) => sum + norm ** 2, 0);
  const shown = units.drawn[unit].reduce((sum, channel) => sum + norms[channel] ** 2, 0);
  const count = units.drawn[unit].length;
  return `The ${inWords(count)} strongest of its sixteen slices hold ${percent(energy > 0 ? shown / energy : 0)} of the sum of squared weights; ${inWords(count)} of sixteen alike would hold ${percent(count / norms.length)}.`;
}

/** @param {Worked} worked @returns {string} */
export function compositionCaption({ state }) {
  return state.layer === "conv1" ? `Kernel ${state.unit}: how much of it each explains` : `Filter ${state.unit}: the norm of each slice, by the kernel of conv1 whose map it reads`;
}

/** @param {Worked} worked @returns {string} */
export function weightsCaption({ state }) {
  return state.layer === "conv1" ? "Its weights" : "Its strongest slices, each beside the kernel whose map it reads";
}

/** @param {number} kernels @param {number} slices @returns {string} */
export function scalesWords(kernels, slices) {
  return `Strongest colours: kernels ${fixed(kernels)}, slices ${fixed(slices)}.`;
}

/** @param {Worked} worked @returns {import("../lib/table.js").TableData} */
export function patchTable({ state, units, twin }) {
  const { unit } = state;
  const networks = [units, ...(twin ? [twin] : [])];
  return {
    caption: `${unitName(state)}: strongest patches, with the place of their first pixel in the image.`,
    columns: ["Patch", ...networks.flatMap(({ end }) => ["digit", "response", "image", "row", "column"].map((name) => (twin ? `${END_WORDS[end]}: ${name}` : name)))],
    rows: units.labels[unit].map((_, rank) => [
      rank,
      ...networks.flatMap(({ labels, responses, indices, rows, columns }) => [
        labels[unit][rank],
        formatNumber(responses[unit][rank]),
        indices[unit][rank],
        rows[unit][rank],
        columns[unit][rank],
      ]),
    ]),
  };
}

/** @param {Worked} worked @returns {import("../lib/table.js").TableData} */
export function unitTable({ state, units }) {
  const { layer, coherence, otherCoherence, labels, responses, reached } = units;
  return {
    caption: `All units of ${layer}, ${runWords(state.run)}, ${END_WORDS[state.end]}.`,
    columns: ["Unit", "strongest response", "maximised image", "coherence", `coherence, ${END_WORDS[twinOf(state.end)]}`, "commonest digit", "of nine"],
    rows: responses.map((each, unit) => {
      const { digit, count } = commonestOf(labels[unit]);
      return [unit, fixed(each[0]), fixed(reached[unit]), fixed(coherence[unit]), fixed(otherCoherence[unit]), digit, count];
    }),
  };
}

/** @param {Worked} worked @returns {import("../lib/table.js").TableData} */
export function compositionTable({ state, units }) {
  const { unit, layer } = state;
  const caption = `${unitName(state)}: what it is made of.`;
  if (layer === "conv1") return { caption, columns: ["Family", "best fit, %", "chance, mean, %", "chance, 99 % point, %"], rows: FAMILIES.map((family) => fitRow(units, family, unit)) };
  return { caption, columns: ["Kernel of conv1", "norm of the slice"], rows: units.norms[unit].map((norm, channel) => [channel, formatNumber(norm)]) };
}

/** @param {Units} units @param {"edge" | "line" | "blob"} family @param {number} unit */
function fitRow({ fits, chance }, family, unit) {
  const values = [fits[family][unit], chance[family].mean, chance[family].limit];
  return [family, ...values.map((value) => formatNumber(100 * value, 1))];
}

/** @param {Worked} worked @returns {string} Finds the nine responses again; its last line gives them. */
export function pytorchCode({ state, units }) {
  const { run, unit, layer } = state;
  const { padding, side, source } = units;
  const [by, offset] = layer === "conv1" ? ["", padding] : ["2 * ", 3 * padding]; // pixels from a unit to the next
  const around = offset ? `functional.pad(images, 4 * [${offset}])` : "images";
  const deeper = layer === "conv1" ? [] : ["    maps = network.conv2(functional.relu(functional.max_pool2d(maps, 2)))"];
  return [
    "import torch",
    "from torch.nn import functional",
    "",
    "from cnnfilters.config import headline_configs",
    "from cnnfilters.digits import MEAN, STD, load_digits",
    "from cnnfilters.model import SmallCNN",
    "from cnnfilters.training import train",
    "",
    `run = train(headline_configs("${source}")["${run}"])  # ${runWords(run)}: about a minute`,
    `at = ${state.end === "trained" ? "-1  # the trained end; 0 is its start" : "0  # the untrained start; -1 is the trained end"}`,
    `network = SmallCNN(padding=${padding})`,
    "network.load_state_dict({name: torch.tensor(array[at]) for name, array in run.weights.items()})",
    `images = torch.tensor(load_digits("${source}").held_out_images[:1000], dtype=torch.float32)[:, None]`,
    "with torch.no_grad():",
    "    maps = network.conv1((images - MEAN) / STD)",
    ...deeper,
    `strongest = maps[:, ${unit}].flatten(1).max(dim=1)  # unit ${unit}, one place for each image`,
    "responses, image = strongest.values.topk(9)",
    "place, side = strongest.indices[image], maps.shape[-1]",
    `row, column = ${by}(place // side), ${by}(place % side)`,
    `padded = ${around}`,
    `patches = [padded[i, 0, r : r + ${side}, c : c + ${side}] for i, r, c in zip(image, row, column)]`,
    `responses  # ${units.responses[unit].map((each) => codeNumber(Number(each.toFixed(3)))).join(", ")}`,
  ].join("\n");
}
