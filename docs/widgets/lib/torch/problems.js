// What a layer can't take, in words, with what would mend it. No DOM.

import { writeLayer } from "../layers.js";
import { Refusal } from "../numbers.js";

/** @typedef {import("../layers.js").Layer} Layer */
/** @typedef {number[]} Shape (channels, height, width), (channels, length), (features) and the like. */
/** @typedef {{words: string, replace?: string, insert?: string, input?: Shape}} Fix Code for the layer, or to put before it; or another input. */

/** A layer can't take what reaches it; the message says what to change, the fixes change it. */
export class ShapeError extends Refusal {
  /** @param {string} message @param {Fix[]} fixes */
  constructor(message, fixes = []) {
    super(message);
    this.fixes = fixes;
    this.spare = false; // whether an axis too many reaches it, perhaps the batch
  }
}

/** @param {Shape} shape @returns {string} */
export const shapeWords = (shape) => shape.map((length) => length.toLocaleString("en")).join(" × ");

/** @param {Layer} layer @param {Record<string, any>} changes @returns {Fix} */
export function replacing(layer, changes) {
  const replace = writeLayer(layer, changes);
  return { words: `Write ${replace}`, replace };
}

const IMAGES = ["numbers (features)", "a sequence (channels, length)", "an image (channels, height, width)", "a volume (channels, depth, height, width)"];
/** What an axis of an image counts, by how many there are. */
const UNITS = [[], ["places"], ["rows", "columns"], ["layers", "rows", "columns"]];

/** @param {number} rank @param {number} axis @returns {string} */
export const unitOf = (rank, axis) => UNITS[rank][axis];

/**
 * Refuse what is no image of so many axes.
 *
 * @param {Shape} shape
 * @param {number} rank Axes of the image.
 * @throws {ShapeError}
 */
export function needImage(shape, rank) {
  if (shape.length === rank + 1) return;
  throw unfitImage(shape, rank);
}

/** @param {Shape} shape @param {number} rank @returns {ShapeError} */
export function unfitImage(shape, rank) {
  const spare = shape.length === rank + 2;
  const advice = shape.length === 1 ? " Put it before Flatten." : spare ? " If the first number is the batch, leave it out of the input." : "";
  const error = new ShapeError(`It needs ${IMAGES[rank]}, but ${shapeWords(shape)} reaches it.${advice}`);
  error.spare = spare;
  return error;
}

/**
 * Refuse another number of channels than reach a layer.
 *
 * @param {Layer} layer
 * @param {string} name Of the argument.
 * @param {number} channels As many as reach it.
 */
export function needChannels(layer, name, channels) {
  const given = layer.settings.get(name);
  if (given === channels) return;
  throw new ShapeError(`${name} (${given}) must be ${channels}, as many as reach it.`, [replacing(layer, { [name]: channels })]);
}
