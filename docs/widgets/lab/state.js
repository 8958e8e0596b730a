// What the lab shows, as one plain object: read from settings, written back, worked out. No DOM.

import { scaleOf } from "../lib/colours.js";
import { termsOf } from "../lib/convolution.js";
import { blank, drawingText, readDrawing } from "../lib/drawing.js";
import { channelOf, forward, kernelOf, POOL } from "../lib/network.js";
import { AS_IT_IS, inked, preparation } from "../lib/preparation.js";
import { RUN_NAMES } from "../lib/runs.js";
import { countedText, follow, readChoice, readCounted, readWhole } from "../lib/settings.js";
import { readStrokes, strokesText } from "../lib/strokes.js";

/** @typedef {import("../lib/network.js").Network} Network */
/** @typedef {import("../lib/network.js").Answer} Answer */
/** @typedef {[Set<number>, Set<number>]} Off The filters switched off, for each of two layers. */
/**
 * @typedef {object} State
 * @property {number | null} digit Which held-out digit; null: a drawing.
 * @property {Uint8Array} drawing A picture to draw on; kept while a digit is shown, as are the strokes.
 * @property {import("../lib/strokes.js").Stroke[]} strokes
 * @property {string} seen What the networks see: the drawing `prepared` as MNIST was, or as `drawn`.
 * @property {string} network A headline Run, or OWN.
 * @property {string} compare The same, or "": no second network.
 * @property {Off} off Of the first network.
 * @property {Off} off2 Of the second.
 * @property {string} maps `before` ReLU, or `after` pooling and ReLU.
 * @property {number} of Whose map is looked at: 0 or 1.
 * @property {number} layer 0 or 1.
 * @property {number} filter From 0.
 * @property {number} row Of the map that is shown, from 0.
 * @property {number} column
 * @property {number} channel Of the layer's input; -1: the one that adds most.
 */

export const OWN = "own"; // opened from a file: it can't be in an address
const MAPS = ["before", "after"];
const SEEN = ["prepared", "drawn"];
const MOST = { filter: 64, place: 64 };

/** @returns {State} */
export function firstState() {
  return {
    digit: 7, drawing: blank(), strokes: [], seen: "prepared", network: "default", compare: "", off: nothingOff(), off2: nothingOff(),
    maps: "before", of: 0, layer: 0, filter: 0, row: 11, column: 11, channel: -1,
  };
}

/** @returns {Off} */
export const nothingOff = () => [new Set(), new Set()];

/** @type {import("../lib/settings.js").Readers<State>} */
const READERS = {
  digit: (text) => ({ digit: text === "" ? null : readWhole("Digit", text, 0, 9) }),
  // a link from before there was a preparation means what it showed then
  drawing: (text) => (text === "" ? { drawing: blank() } : { digit: null, drawing: readDrawing(text), seen: "drawn" }),
  strokes: (text) => (text === "" ? { strokes: [] } : { digit: null, strokes: readStrokes(text) }),
  seen: (text) => ({ seen: readChoice("What the network sees", text, SEEN) }),
  network: (text) => ({ network: readChoice("Network", text, RUN_NAMES) }),
  compare: (text) => ({ compare: readChoice("Compare with", text, ["", ...RUN_NAMES]) }),
  off: (text) => ({ off: readOff(text) }),
  off2: (text) => ({ off2: readOff(text) }),
  maps: (text) => ({ maps: readChoice("Maps", text, MAPS) }),
  of: (text) => ({ of: readCounted("Network of the map", text, 2) }),
  layer: (text) => ({ layer: readCounted("Layer", text, 2) }),
  kernel: (text) => ({ filter: readCounted("Kernel", text, MOST.filter) }),
  row: (text) => ({ row: readCounted("Row", text, MOST.place) }),
  column: (text) => ({ column: readCounted("Column", text, MOST.place) }),
  channel: (text) => ({ channel: text === "0" ? -1 : readCounted("Channel", text, MOST.filter) }),
};

/** @param {State} start @param {Map<string, string>} settings */
export const withSettings = (start, settings) => follow(start, settings, READERS);

/** `1.3 2.17`: the third kernel of the first layer and the 17th of the second. @param {string} text @returns {Off} */
function readOff(text) {
  const off = nothingOff();
  for (const word of text.split(" ").filter(Boolean)) {
    const [layer, filter] = word.split(".");
    const at = readCounted("Layer to switch off", layer, 2);
    off[at].add(readCounted("Kernel to switch off", filter ?? "", MOST.filter));
  }
  return off;
}

/** @param {Off} off */
const offText = (off) =>
  off.flatMap((filters, layer) => [...filters].sort((a, b) => a - b).map((filter) => `${countedText(layer)}.${countedText(filter)}`)).join(" ");

/** @param {State} state @returns {Record<string, string>} What `withSettings` reads. */
export function settingsOf(state) {
  return {
    digit: state.digit === null ? "" : String(state.digit),
    drawing: state.digit === null && state.drawing.some((level) => level > 0) ? drawingText(state.drawing) : "",
    strokes: state.digit === null ? strokesText(state.strokes) : "",
    seen: state.seen,
    network: state.network === OWN ? "default" : state.network,
    compare: state.compare === OWN ? "" : state.compare,
    off: offText(state.off),
    off2: offText(state.off2),
    maps: state.maps,
    of: countedText(state.of),
    layer: countedText(state.layer),
    kernel: countedText(state.filter),
    row: countedText(state.row),
    column: countedText(state.column),
    channel: countedText(state.channel),
  };
}

/**
 * What an address need not say: with a picture in it, `drawn` goes without saying.
 *
 * @param {Record<string, string>} settings
 * @param {Record<string, string>} authored What the page itself asks for.
 */
export const unsaid = ({ drawing }, authored) => ({ ...authored, seen: drawing && drawing !== authored.drawing ? "drawn" : authored.seen });

/** @typedef {ReturnType<typeof workOut>} Worked */

/**
 * Everything that the page shows of a state.
 *
 * @param {State} asked Its places may lie outside these networks' maps.
 * @param {Network[]} networks One, or two.
 * @param {number[][]} digits Ten pictures, ink from 0 to 255.
 */
export function workOut(asked, networks, digits) {
  const shown = asked.digit === null ? seenOf(asked) : heldOut(digits[asked.digit]);
  const { ink } = shown;
  const answers = networks.map((network, index) => forward(network, ink, offOf(asked, index)));
  const whole = networks.map((network, index) => (anyOff(asked, index) ? forward(network, ink) : answers[index]));
  const scales = [0, 1].map((layer) => Math.max(...answers.map((answer) => scaleOf(answer.layers[layer].before.data))));
  const state = fitted(asked, answers);
  return { state, ...shown, networks, answers, whole, scales, sum: sumAt(state, networks[state.of], answers[state.of]) };
}

/** @typedef {{ink: Float64Array, drawn: Float64Array, place: import("../lib/preparation.js").Place}} Seen The networks' input, that of the paper, and what lies between. */

/** @param {State} state @returns {Seen} */
function seenOf({ drawing: levels, strokes, seen }) {
  const drawing = { levels, strokes };
  const drawn = inked(drawing, AS_IT_IS);
  const place = seen === "drawn" ? AS_IT_IS : preparation(drawing);
  return { drawn, place, ink: place === AS_IT_IS ? drawn : inked(drawing, place) };
}

/** A digit of MNIST is prepared already. @param {number[]} digit From 0 to 255. @returns {Seen} */
function heldOut(digit) {
  const ink = Float64Array.from(digit, (value) => value / 255);
  return { ink, drawn: ink, place: AS_IT_IS };
}

/** @param {State} state @param {number} index Of the network. */
export const offOf = (state, index) => (index === 0 ? state.off : state.off2);
/** @param {State} state @param {number} index */
export const anyOff = (state, index) => offOf(state, index).some((filters) => filters.size > 0);

/** The state with its place on a map that there is. @param {State} state @param {Answer[]} answers @returns {State} */
function fitted(state, answers) {
  const of = Math.min(state.of, answers.length - 1);
  const map = shownMaps(answers[of], state.layer, state.maps);
  const within = (/** @type {number} */ value, /** @type {number} */ count) => Math.min(value, count - 1);
  return {
    ...state,
    of,
    filter: within(state.filter, map.channels),
    row: within(state.row, map.height),
    column: within(state.column, map.width),
    channel: within(state.channel, answers[of].layers[state.layer].input.channels),
  };
}

/** @param {Answer} answer @param {number} layer @param {string} maps */
export function shownMaps(answer, layer, maps) {
  const { before, after } = answer.layers[layer];
  return maps === "after" ? after : before;
}

/**
 * How the chosen number came about: its window, kernel and products, channel by channel.
 *
 * @param {State} state
 * @param {Network} network
 * @param {Answer} answer
 */
function sumAt({ layer, filter, row, column, channel, maps }, network, answer) {
  const convolution = network.convolutions[layer];
  const { input, before } = answer.layers[layer];
  const map = channelOf(before, filter);
  const block = maps === "after" ? blockAt(map, row, column) : [{ row, column, value: map.data[row * map.width + column] }];
  const place = block.reduce((best, each) => (each.value > best.value ? each : best));
  const termsBy = [...Array(convolution.channels).keys()].map((each) =>
    termsOf(channelOf(input, each), kernelOf(convolution, filter, each), convolution, place.row, place.column),
  );
  const parts = termsBy.map((terms) => terms[terms.length - 1].sum);
  const largest = parts.reduce((best, part, each) => (Math.abs(part) > Math.abs(parts[best]) ? each : best), 0);
  const shown = channel < 0 ? largest : channel;
  return { convolution, block, place, parts, shown, largest, terms: termsBy[shown], bias: convolution.bias[filter], response: place.value };
}

/** The four sums that one number after pooling is chosen from. @param {import("../lib/convolution.js").Stack} map @param {number} row @param {number} column */
function blockAt(map, row, column) {
  return [0, 1, 2, 3].map((index) => {
    const place = { row: POOL * row + (index >> 1), column: POOL * column + (index & 1) };
    return { ...place, value: map.data[place.row * map.width + place.column] };
  });
}
