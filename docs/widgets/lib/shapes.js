// Walk through a stack of layers: shapes, parameters, multiplications, receptive field, memory. What
// cnnfilters.arithmetic.trace gives in Python. No DOM.

import { writeLayer } from "./layers.js";
import { Refusal } from "./numbers.js";
import { KINDS } from "./torch/kinds.js";
import { Ledger } from "./torch/memory.js";
import { ShapeError, shapeWords } from "./torch/problems.js";
import { counted, fieldAfter, firstField } from "./torch/sight.js";

/** @typedef {import("./layers.js").Layer} Layer */
/** @typedef {import("./torch/problems.js").Shape} Shape */
/** @typedef {import("./torch/problems.js").Fix} Fix */
/** @typedef {import("./torch/sight.js").Field} Field */
/** @typedef {import("./torch/memory.js").Memory} Memory */
/**
 * @typedef {object} Row
 * @property {Layer} layer
 * @property {string} text The layer, as short as it can be written.
 * @property {Shape} shape What comes out.
 * @property {number} parameters Those of a module that is used again count where it is met first.
 * @property {number} macs Multiply–accumulates for one image.
 * @property {Field | null} field None where units have none of one size.
 * @property {Memory} memory Bytes for one image in float32.
 */
/**
 * @typedef {object} Trace
 * @property {Shape} input
 * @property {Row[]} rows Up to the layer that fails.
 * @property {{layer: Layer, message: string, fixes: Fix[]} | null} problem
 */

/**
 * What each layer makes of one image.
 *
 * @param {Layer[]} layers
 * @param {Shape} input Without the batch.
 * @returns {Trace}
 */
export function trace(layers, input) {
  const rows = /** @type {Row[]} */ ([]);
  const walk = new Walk(input);
  for (const layer of layers) {
    try {
      rows.push(walk.enter(layer));
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      return { input, rows, problem: { layer, message: error.message, fixes: fixesOf(error, input, walk.shape) } };
    }
  }
  return { input, rows, problem: null };
}

/** @param {Refusal} error @param {Shape} input @param {Shape} reached @returns {Fix[]} */
function fixesOf(error, input, reached) {
  if (!(error instanceof ShapeError)) return [];
  if (!error.spare || reached.length !== input.length) return error.fixes;
  return [{ words: `Leave out the batch: ${shapeWords(input.slice(1))}`, input: input.slice(1) }, ...error.fixes];
}

/** One image on its way through a stack. */
class Walk {
  /** @param {Shape} input */
  constructor(input) {
    this.shape = input;
    /** @type {Field | null} */
    this.field = input.length > 1 ? firstField(input.length - 1) : null;
    this.ledger = new Ledger();
    /** @type {Map<object, number | undefined>} Modules that have been met, with the inputs that a lazy one has settled on. */
    this.met = new Map();
  }

  /** @param {Layer} layer @returns {Row} @throws {ShapeError} */
  enter(layer) {
    const kind = /** @type {import("./torch/kinds.js").Kind} */ (KINDS.get(layer.name));
    const shape = this.shape;
    this.settle(layer);
    const output = kind.output(layer, shape).map(counted);
    const learned = counted(kind.parameters?.(layer, shape) ?? 0);
    const parameters = this.met.has(layer.module) ? 0 : learned;
    const macs = counted(kind.macs?.(layer, shape, output) ?? 0);
    const field = fieldAfter(this.field, kind.sees?.(layer, shape, output));
    const memory = this.ledger.enter(layer, kind, shape, output, learned > 0);
    this.met.set(layer.module, inputsOf(layer, shape));
    [this.shape, this.field] = [output, field];
    return { layer, text: writeLayer(layer), shape: output, parameters, macs, field, memory };
  }

  /** A lazy module that is used again needs as many inputs as the first time. @param {Layer} layer */
  settle(layer) {
    const inputs = this.met.get(layer.module);
    if (!layer.name.startsWith("Lazy") || inputs === undefined || inputs === inputsOf(layer, this.shape)) return;
    throw new ShapeError(`It took ${inputs} inputs the first time, but ${inputsOf(layer, this.shape)} reach it now. A lazy layer that is used again keeps its weights.`);
  }
}

/** @param {Layer} layer @param {Shape} shape @returns {number} What a lazy layer counts. */
const inputsOf = (layer, shape) => (layer.name.endsWith("Linear") ? shape[shape.length - 1] : shape[0]);
