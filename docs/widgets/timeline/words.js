// What the timeline says: to readers, to a screen reader, to PyTorch. No DOM.

import { rowsOf } from "../lib/convolution.js";
import { codeNumber, formatNumber, percent } from "../lib/numbers.js";
import { runWords } from "../lib/runs.js";
import { countNames, FAMILIES, meanOf, nameWords } from "../lib/timeline.js";

/** @typedef {import("./state.js").State} State */
/** @typedef {import("./state.js").Worked} Worked */

/** @param {number} count */
const grouped = (count) => count.toLocaleString("en");
/** @param {number} count @param {string} name */
const counted = (count, name) => `${count} ${name}${count === 1 ? "" : "s"}`;

/** @param {number[]} steps @param {number} snapshot @returns {string} */
export function stepWords(steps, snapshot) {
  return `${grouped(steps[snapshot])} of ${grouped(steps[steps.length - 1])}`;
}

/** @param {Worked} worked @returns {string} */
export function resultWords({ timeline, snapshot }) {
  const { steps, accuracy, accuracy_on } = timeline;
  return `After ${stepWords(steps, snapshot)} steps, ${percent(accuracy[snapshot])} of ${accuracy_on} are right.`;
}

/** @param {State} state @param {Worked} worked @returns {string} */
export function changeWords({ show }, { timeline, snapshot, looks }) {
  const { edge, line, blob, none } = countNames(looks.names[snapshot]);
  const what = show === "learned" ? "Of the sixteen differences" : "Of the sixteen kernels";
  return [
    `Cosine with the start ${formatNumber(timeline.cosine[snapshot], 2)};`,
    `moved by ${formatNumber(timeline.change[snapshot], 2)} times the length of the start.`,
    `${what}, beyond chance: ${counted(edge, "edge")}, ${counted(line, "line")}, ${counted(blob, "blob")}, ${none} without a name.`,
  ].join(" ");
}

/** @param {Worked} worked @param {number} filter @returns {string} */
function fitsWords({ looks, snapshot }, filter) {
  return FAMILIES.map((family) => `${family} fit ${percent(looks[family][snapshot][filter])}`).join(", ");
}

/** @param {Worked} worked @param {number} filter @returns {string} */
export function tileWords(worked, filter) {
  const name = worked.looks.names[worked.snapshot][filter];
  return `Kernel ${filter}${name === "none" ? "" : `, ${name}`}: ${fitsWords(worked, filter)}`;
}

/** @param {State} state @param {Worked} worked @returns {string} */
export function chosenWords({ kernel, show }, worked) {
  const { looks, snapshot, timeline } = worked;
  const fits = FAMILIES.map((family) => looks[family][snapshot][kernel]);
  if (show === "learned" && snapshot === 0 && fits.every((fit) => fit === 0))
    return "Nothing has been learned yet: every difference is 0.";
  const name = looks.names[snapshot][kernel];
  const best = FAMILIES[fits.indexOf(Math.max(...fits))];
  return `${fitsWords(worked, kernel)}. ${nameWords(name, best, timeline.chance[best].limit)}`;
}

/** @param {State} state @returns {string} */
export function chosenCaption({ kernel, show }) {
  return `Kernel ${kernel}${show === "learned" ? ", minus its start" : ""}`;
}

/** @param {State} state @returns {string} */
export function scaleWords({ scale }) {
  return scale === "shared"
    ? "One scale for all kernels and all steps."
    : "Each kernel has its own scale at each step; strengths can’t be compared. The bar is that of the chosen kernel.";
}

/** @param {State} state @param {Worked} worked @returns {import("../lib/table.js").TableData} */
export function kernelTable({ run }, { looks, snapshot, order, timeline }) {
  return {
    caption: `Kernels after ${stepWords(timeline.steps, snapshot)} steps, ${runWords(run)}; how much of each the best edge, line and blob explain, in per cent.`,
    columns: ["Kernel", ...FAMILIES, "smoothness", "name"],
    rows: order.map((filter) => [
      filter,
      ...FAMILIES.map((family) => formatNumber(100 * looks[family][snapshot][filter], 1)),
      formatNumber(looks.smoothness[snapshot][filter], 2),
      looks.names[snapshot][filter],
    ]),
  };
}

/** @param {State} state @param {Worked} worked @returns {import("../lib/table.js").TableData} */
export function stepTable({ run, kernel }, { looks, timeline }) {
  const { steps, accuracy, loss, cosine, change } = timeline;
  return {
    caption: `Every snapshot, ${runWords(run)}.`,
    columns: ["Step", "accuracy, %", "loss", "cosine", "moved", "mean edge fit, %", `edge fit of kernel ${kernel}, %`],
    rows: steps.map((step, at) => [
      grouped(step),
      formatNumber(100 * accuracy[at], 1),
      ...[loss, cosine, change].map((values) => formatNumber(values[at], 2)),
      formatNumber(100 * meanOf(looks.edge[at]), 1),
      formatNumber(100 * looks.edge[at][kernel], 1),
    ]),
  };
}

/** @param {State} state @param {Worked} worked @returns {string} Runs as it stands; its last line gives the edge fit. */
export function pytorchCode({ kernel, run, show }, { kernels, timeline, snapshot, looks }) {
  const rows = rowsOf(kernels[kernel]).map((row) => `    [${row.map((weight) => codeNumber(Number(weight.toPrecision(7)))).join(", ")}],`);
  return [
    "import torch",
    "",
    "from cnnfilters.analysis.nulls import kernel_fits",
    "",
    `# ${runWords(run)}, kernel ${kernel} of conv1${show === "learned" ? " minus its start" : ""}, step ${timeline.steps[snapshot]}`,
    "kernel = torch.tensor([",
    ...rows,
    "])",
    `kernel_fits(kernel).edge  # how much of it the best edge explains: ${codeNumber(looks.edge[snapshot][kernel])}`,
  ].join("\n");
}
