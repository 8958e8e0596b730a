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

/**
 * A kernel, a place or a step. Addresses and attributes count them from 1, as the first links did; the
 * page counts from 0.
 *
 * @param {string} label
 * @param {string} text
 * @param {number} most
 * @returns {number} From 0.
 * @throws {Refusal}
 */
export function readCounted(label, text, most) {
  return readWhole(`${label}, counted from 1 in an address,`, text, 1, most) - 1;
}

/** What `readCounted` reads. @param {number} place From 0. @returns {string} */
export const countedText = (place) => String(place + 1);

const MOST_SAID = 3; // names that are said: an address may hold hundreds

/** Settings that remember which of them were asked for. @extends {Map<string, string>} */
export class Asked extends Map {
  /** @param {Iterable<[string, string]>} settings */
  constructor(settings) {
    super(settings);
    /** @type {Set<string>} */
    this.known = new Set();
  }

  /** @param {string} name @returns {string | undefined} */
  get(name) {
    this.known.add(name);
    return super.get(name);
  }

  /** @returns {string[]} A sentence on those that no one asked for; none if there are none. */
  unknown() {
    const names = [...this.keys()].filter((name) => !this.known.has(name));
    if (!names.length) return [];
    const said = names.slice(0, MOST_SAID).map((name) => quote(name)).join(", ") + (names.length > MOST_SAID ? ", …" : "");
    return [`${said} ${names.length === 1 ? "is no setting" : "are no settings"} of this widget. It has ${[...this.known].join(", ")}.`];
  }
}

/** What a browser puts where an address holds no text: %E4 alone, half of a letter. */
const DAMAGED = "\ufffd";

/**
 * Settings without those whose text did not arrive whole.
 *
 * @param {Map<string, string>} settings
 * @returns {{whole: Map<string, string>, refused: string[]}}
 */
export function undamaged(settings) {
  const damaged = [...settings].filter((setting) => setting.join().includes(DAMAGED)).map(([name]) => name);
  const whole = new Map([...settings].filter(([name]) => !damaged.includes(name)));
  const said = damaged.slice(0, MOST_SAID).map((name) => quote(name)).join(", ");
  return { whole, refused: damaged.length ? [`${said} in the address can't be decoded: the link is damaged. Copy it anew.`] : [] };
}

/** An element's attributes, as settings. @param {Element} host @returns {Map<string, string>} */
export function attributesOf(host) {
  return new Map([...host.attributes].map(({ name, value }) => [name, value]));
}
