// What the tracer says: cells of its table, one sentence, the code for PyTorch. No DOM.

import { writeLayer } from "../lib/layers.js";
import { Refusal } from "../lib/numbers.js";
import { isPrinted } from "../lib/python/source.js";
import { statementsOf } from "../lib/python/statements.js";
import { shapeWords } from "../lib/torch/problems.js";
import { python } from "../lib/torch/values.js";
import { codeOf, entriesOf } from "./stack.js";

/** @typedef {import("./state.js").State} State */
/** @typedef {import("./state.js").Worked} Worked */
/** @typedef {import("../lib/layers.js").Layer} Layer */
/** @typedef {import("../lib/shapes.js").Row} Row */

export const COLUMNS = ["Layer", "Output", "Parameters", "MACs", "Sees", "Step", "Writes", "Keeps"];

/** @param {number} number */
const grouped = (number) => number.toLocaleString("en");
/** @param {number[]} steps */
const stepWords = (steps) => (steps.every((step) => step === steps[0]) ? grouped(steps[0]) : steps.map(grouped).join(", "));
const UNITS = ["B", "kB", "MB", "GB", "TB", "PB"];

/** @param {number} bytes @returns {string} Three digits, in units of a thousand. */
function bytesWords(bytes) {
  let [number, unit] = [bytes, 0];
  while (number >= 999.5 && unit < UNITS.length - 1) [number, unit] = [number / 1000, unit + 1];
  return `${unit ? Number(number.toPrecision(3)) : number}\u00a0${UNITS[unit]}`;
}

/** @param {Row} row @returns {string[]} What stands beside the layer's name. */
export function rowCells({ shape, parameters, macs, field, memory }) {
  const sight = field ? [shapeWords(field.size), stepWords(field.jump)] : ["–", "–"];
  return [shapeWords(shape), grouped(parameters), grouped(macs), ...sight, bytesWords(memory.forward), bytesWords(memory.training)];
}

/** @param {Worked} worked @returns {string[]} */
export function sumCells({ trace: { rows, input } }) {
  const sum = (/** @type {"parameters" | "macs"} */ name) => grouped(rows.reduce((all, row) => all + row[name], 0));
  const output = rows.length ? rows[rows.length - 1].shape : input;
  const bytes = (/** @type {"forward" | "training"} */ name) => bytesWords(rows.reduce((all, { memory }) => all + memory[name], 0));
  return [shapeWords(output), sum("parameters"), sum("macs"), "", "", bytes("forward"), bytes("training")];
}

/** @param {Worked} worked @returns {string} The result, or what fails and why. */
export function resultWords(worked) {
  const { refused, trace: { rows, input, problem }, layers } = worked;
  if (refused) return refused;
  if (problem) return `Layer ${problem.layer.path}, ${writeLayer(problem.layer)}: ${problem.message}`;
  if (!layers.length) return "There is no layer yet.";
  const [output, parameters, macs, , , , kept] = sumCells(worked);
  const field = [...rows].reverse().find((row) => row.field)?.field;
  const sees = field ? ` A unit of the last maps sees ${shapeWords(field.size)} pixels.` : "";
  return `${shapeWords(input)} becomes ${output}, with ${parameters} parameters and ${macs} multiplications. Training keeps ${kept} in memory.${sees}`;
}

/**
 * What a print left out, and what is taken for it; empty if it left out nothing that the table depends on.
 *
 * @param {Layer[]} layers
 * @returns {string}
 */
export function assumedWords(layers) {
  const assumed = layers.flatMap(({ name, assumed }) => assumed.map(({ setting, usual }) => ({ words: `${setting} of ${name}`, usual: python(usual) })));
  const left = [...new Set(assumed.map(({ words }) => words))];
  const usual = [...new Set(assumed.map(({ usual }) => usual))];
  if (!left.length) return "";
  return `A print does not hold ${left.join(", ").replace(/, ([^,]*)$/, " and $1")}; ${left.length === 1 ? "its default" : "the default"}, ${usual.join(" or ")}, is taken.`;
}

/** @param {State} state @param {Worked} worked @returns {string} Runs as it stands. */
export function pytorchCode({ code, input }, { layers }) {
  const own = ownStack(code);
  const stack = own || codeOf(entriesOf(layers)).replace(/^nn\.Sequential/m, "model = nn.Sequential");
  const name = own ? (/^(\w+)\s*=/.exec(own)?.[1] ?? "") : "model";
  const dictionary = stack.includes("OrderedDict") ? ["from collections import OrderedDict"] : [];
  return [...dictionary, "import torch", "from torch import nn", "", name ? stack : `model = ${stack}`, `${name || "model"}(torch.rand(2, ${input.join(", ")})).shape  # of two images`].join("\n");
}

/** The code as it was written, if it is one nn.Sequential and runs; else empty. @param {string} code @returns {string} */
function ownStack(code) {
  const stack = code.replace(/^[ \t]*(?:import|from)[ \t][^\n(]*\n/gm, "").trim();
  if (!/^(?:\w+\s*=\s*)?(?:torch\.)?nn\.Sequential\(/.test(stack) || isPrinted(stack)) return "";
  try {
    return statementsOf(stack).length === 1 && !/(?<![.\w])(?!nn\.|torch\.|OrderedDict\b)[A-Za-z_]\w*\(/.test(stack.replace(/#.*/g, "")) ? stack : "";
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return "";
  }
}
