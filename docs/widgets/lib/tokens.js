// The words and marks of a few lines of Python. No DOM.

import { quote, Refusal } from "./numbers.js";

const TOKEN =
  /(?<newline>\r?\n|;)|[^\S\n]+|\\\r?\n|#[^\n]*|(?<number>0[xX][\da-fA-F_]+|0[bB][01_]+|0[oO][0-7_]+|(?:\d[\d_]*\.?[\d_]*|\.\d[\d_]*)(?:[eE][+-]?\d+)?)|(?<text>(?:[rRuU]|(?<prefix>[fFbBtT][rR]?|[rR][fFbBtT]))?(?:'''[^\\]*?'''|"""[^\\]*?"""|'(?:[^'\n\\]|\\.)*'|"(?:[^"\n\\]|\\.)*"))|(?<name>[A-Za-z_]\w*)|(?<mark>\.\.\.|…|\/\/=?|\*\*=?|->|:=|[-+*/%=!<>]=|[()[\]{},:=+\-*/.%@<>|&~^])/uy;

/** @typedef {{kind: string, text: string, start: number, end: number}} Token A newline is one only outside of brackets. */

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
  let depth = 0;
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < code.length) {
    const start = TOKEN.lastIndex;
    const match = TOKEN.exec(code);
    if (!match) throw new Refusal(`${placeWords(code, start)}: ${quote(code.slice(start, start + 12))} can't be read here.`);
    const [kind, text] = Object.entries(match.groups ?? {}).find(([, part]) => part !== undefined) ?? [];
    if (text && "([{".includes(text)) depth += 1;
    if (text && ")]}".includes(text)) depth = Math.max(0, depth - 1);
    if (kind && text && (kind !== "newline" || depth === 0 || text === ";")) tokens.push({ kind, text, start, end: start + match[0].length });
  }
  return tokens;
}
