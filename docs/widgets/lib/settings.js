// Settings that anyone may have written, in an address or an attribute, followed one by one. No DOM.

import { parseNumber, quote, Refusal } from "./numbers.js";

/**
 * @template State
 * @typedef {Record<string, (text: string) => Partial<State>>} Readers What each setting changes; may refuse.
 */

/**
 * Follow every setting that can be used, and say why the others can't.
 *
 * @template State
 * @param {State} start
 * @param {Map<string, string>} settings
 * @param {Readers<State>} readers
 * @returns {{state: State, refused: string[]}}
 */
export function follow(start, settings, readers) {
  let state = start;
  /** @type {string[]} */
  const refused = [];
  for (const [name, read] of Object.entries(readers)) {
    const text = settings.get(name);
    if (text === undefined) continue;
    try {
      state = { ...state, ...read(text) };
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      refused.push(error.message);
    }
  }
  return { state, refused };
}

/**
 * @param {string} label
 * @param {string} text
 * @param {string[]} allowed
 * @returns {string}
 * @throws {Refusal}
 */
export function readChoice(label, text, allowed) {
  if (allowed.includes(text)) return text;
  throw new Refusal(`${label} (${quote(text)}) is none of ${allowed.filter(Boolean).join(", ")}.`);
}

/** @param {string} label @param {string} text @param {number} least @param {number} most @returns {number} @throws {Refusal} */
export function readWhole(label, text, least, most) {
  return parseNumber(text, { label, least, most, whole: true });
}

/** An element's attributes, as settings. @param {Element} host @returns {Map<string, string>} */
export function attributesOf(host) {
  return new Map([...host.attributes].map(({ name, value }) => [name, value]));
}
