// The words and marks of a few lines of Python. No DOM.

import { quote, Refusal } from "./numbers.js";

const TOKEN =
  /\s+|#[^\n]*|(?<number>(?:\d[\d_]*\.?[\d_]*|\.\d+)(?:[eE][+-]?\d+)?)|(?<name>[A-Za-z_]\w*(?:\s*\.\s*[A-Za-z_]\w*)*)|(?<text>'[^'\n\\]*'|"[^"\n\\]*")|(?<mark>\/\/|\*\*|[()[\],:=+\-*])/uy;

/** @typedef {{kind: string, text: string, start: number, end: number}} Token */

/** @param {string} code @param {number} place @returns {string} The place as an editor names it. */
export function placeWords(code, place) {
  const before = code.slice(0, place).split("\n");
  return `Line ${before.length}, character ${before[before.length - 1].length + 1}`;
}

/**
 * @param {string} code
 * @returns {Token[]}
 * @throws {Refusal} Something is no part of a layer.
 */
export function tokensOf(code) {
  const tokens = [];
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < code.length) {
    const start = TOKEN.lastIndex;
    const match = TOKEN.exec(code);
    if (!match) throw new Refusal(`${placeWords(code, start)}: ${quote(code.slice(start, start + 12))} can't be read here.`);
    const [kind, text] = Object.entries(match.groups ?? {}).find(([, part]) => part !== undefined) ?? [];
    if (kind && text) tokens.push({ kind, text: kind === "name" ? text.replace(/\s/g, "") : text, start, end: start + match[0].length });
  }
  return tokens;
}
