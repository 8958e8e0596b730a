// What the tracer says: cells of its table, one sentence, the code for PyTorch. No DOM.

import { shapeWords } from "../lib/shapes.js";
import { writeLayer } from "../lib/layers.js";

/** @typedef {import("./state.js").State} State */
/** @typedef {import("./state.js").Worked} Worked */
/** @typedef {import("../lib/shapes.js").Row} Row */

export const COLUMNS = ["Layer", "Output", "Parameters", "MACs", "Sees", "Step"];

/** @param {number} number */
const grouped = (number) => number.toLocaleString("en");
/** @param {[number, number]} pair */
const pairWords = ([rows, columns]) => (rows === columns ? grouped(rows) : `${grouped(rows)}, ${grouped(columns)}`);

/** @param {Row} row @returns {string[]} What stands beside the layer's name. */
export function rowCells({ shape, parameters, macs, field }) {
  return [shapeWords(shape), grouped(parameters), grouped(macs), field ? shapeWords(field.size) : "–", field ? pairWords(field.jump) : "–"];
}

/** @param {Worked} worked @returns {string[]} */
export function sumCells({ trace: { rows, input } }) {
  const sum = (/** @type {"parameters" | "macs"} */ name) => grouped(rows.reduce((all, row) => all + row[name], 0));
  const output = rows.length ? rows[rows.length - 1].shape : input;
  return [shapeWords(output), sum("parameters"), sum("macs"), "", ""];
}

/** @param {Worked} worked @returns {string} The result, or what fails and why. */
export function resultWords(worked) {
  const { refused, trace: { rows, input, problem }, layers } = worked;
  if (refused) return refused;
  if (problem) return `Layer ${problem.layer.path}, ${writeLayer(problem.layer)}: ${problem.message}`;
  if (!layers.length) return "There is no layer yet.";
  const [output, parameters, macs] = sumCells(worked);
  const field = [...rows].reverse().find((row) => row.field)?.field;
  const sees = field ? ` A unit of the last maps sees ${shapeWords(field.size)} pixels.` : "";
  return `${shapeWords(input)} becomes ${output}, with ${parameters} parameters and ${macs} multiplications.${sees}`;
}

/** @param {State} state @returns {string} Runs as it stands. */
export function pytorchCode({ code, input }) {
  const stack = code.replace(/^[ \t]*(?:import|from)[ \t][^\n]*\n?/gm, "").trim();
  const named = /^[A-Za-z_]\w*\s*=/.exec(stack);
  const name = named ? named[0].replace(/\s*=$/, "") : "model";
  return ["import torch", "from torch import nn", "", named ? stack : `${name} = ${stack}`, `${name}(torch.rand(1, ${input.join(", ")})).shape`].join("\n");
}
