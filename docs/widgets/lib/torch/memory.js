// What a stack keeps in memory for one image, in float32: forward, what each layer writes at rest;
// in training, what stays for the backward pass, each tensor once, in the row that keeps it first. No DOM.

import { counted, product } from "./sight.js";

/** @typedef {import("../layers.js").Layer} Layer */
/** @typedef {import("./problems.js").Shape} Shape */
/** @typedef {{forward: number, training: number}} Memory Bytes. */
/** @typedef {{bytes: number}} Place Where a tensor lies; its views lie there, too. */

const NUMBER = 4; // bytes

/** Follows where the numbers lie, from layer to layer. */
export class Ledger {
  constructor() {
    /** @type {Place | null} */
    this.place = null; // where the numbers that reach the next layer lie in training
    /** @type {Set<Place>} */
    this.kept = new Set();
    this.flows = false; // no gradient flows before a layer that learns
  }

  /**
   * @param {Layer} layer
   * @param {import("./kinds.js").Kind} kind
   * @param {Shape} shape
   * @param {Shape} output
   * @param {boolean} learns
   * @returns {Memory}
   */
  enter(layer, kind, shape, output, learns) {
    const shares = kind.shares?.(layer, shape) ?? "never";
    const written = kind.writes?.(layer, shape, output) ?? NUMBER * product(output);
    const input = this.place ?? { bytes: NUMBER * product(shape) };
    this.place = shares === "always" ? input : { bytes: written };
    let training = 0;
    if (kind.saves && (this.flows || learns))
      for (const saved of kind.saves(layer, shape, output, this.flows)) {
        if (typeof saved === "number") training += saved;
        else training += this.keep(saved === "input" ? input : this.place);
      }
    this.flows ||= learns;
    return { forward: shares === "never" ? counted(written) : 0, training: counted(training) };
  }

  /** @param {Place} place @returns {number} Bytes, once. */
  keep(place) {
    if (this.kept.has(place)) return 0;
    this.kept.add(place);
    return place.bytes;
  }
}
