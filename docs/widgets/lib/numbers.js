// Numbers as people type them, and as people read them. No DOM.

const LONGEST = 24; // characters of one number; Number.MAX_VALUE in full would have 309
const NUMBER = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;
const FRACTION = /^([+-]?\d+)\/(\d+)$/;
const FOREIGN_DIGIT = /(?![0-9])\p{Nd}/u;

/** What a person typed can't be used; the message says why and what to type instead. */
export class Refusal extends Error {}

/**
 * A typed text, short enough to repeat in a message.
 *
 * @param {string} text
 * @param {number} [most] Characters.
 * @returns {string}
 */
export function quote(text, most = 20) {
  const line = text.slice(0, 3 * most).replace(/\s+/g, " ").trim();
  const short = [...line].slice(0, most).join("");
  return `“${short}${short.length < text.trim().length ? "…" : ""}”`;
}

/**
 * The number that a text spells: digits with a decimal point, `2e-3`, or a fraction such as `1/9`.
 *
 * @param {string} text
 * @param {object} rule
 * @param {string} rule.label What the number is, to begin the message with.
 * @param {number} [rule.least]
 * @param {number} [rule.most]
 * @param {boolean} [rule.whole]
 * @returns {number} Finite, never -0.
 * @throws {Refusal}
 */
export function parseNumber(text, { label, least = -1e6, most = 1e6, whole = false }) {
  const typed = text.trim().replace(/[\u2212\u2013]/g, "-"); // the minus that these pages print
  if (typed === "") throw new Refusal(`${label} is empty. Type a number.`);
  if (typed.length > LONGEST)
    throw new Refusal(
      `${label} has ${typed.length.toLocaleString("en")} characters. A number has at most ${LONGEST}.`,
    );
  const said = `${label} (${quote(typed)})`;
  if (FOREIGN_DIGIT.test(typed)) throw new Refusal(`${said} must use the digits 0 to 9.`);
  if (typed.includes(",")) throw new Refusal(`${said} must use a decimal point, not a comma.`);
  const value = spelled(typed);
  if (Number.isNaN(value)) throw new Refusal(`${said} is not a number.`);
  if (value < least) throw new Refusal(`${said} must be at least ${formatNumber(least)}.`);
  if (value > most) throw new Refusal(`${said} must be at most ${formatNumber(most)}.`);
  if (whole && !Number.isInteger(value)) throw new Refusal(`${said} must be a whole number.`);
  return value === 0 ? 0 : value;
}

/** @param {string} typed @returns {number} NaN for what is no number. */
function spelled(typed) {
  const fraction = FRACTION.exec(typed);
  if (fraction) return Number(fraction[2]) ? Number(fraction[1]) / Number(fraction[2]) : NaN;
  return NUMBER.test(typed) ? Number(typed) : NaN;
}

/**
 * Rows of numbers: one row a line (or closed by `;` or `]`), numbers apart by spaces.
 *
 * @param {string} text
 * @param {object} rule
 * @param {string} rule.label
 * @param {number} rule.mostRows
 * @param {number} rule.mostColumns
 * @param {number} [rule.least]
 * @param {number} [rule.most]
 * @returns {number[][]} Rows of equal length, at least one number.
 * @throws {Refusal}
 */
export function parseMatrix(text, { label, mostRows, mostColumns, least, most }) {
  const longest = mostRows * (mostColumns + 1) * LONGEST;
  if (text.length > longest)
    throw new Refusal(
      `${label} has ${text.length.toLocaleString("en")} characters. At most ${longest} can be read.`,
    );
  const lines = text
    .replace(/,(?=\s|$)/gm, " ") // a comma before a space only separates; in 3,5 it is refused
    .split(/[\n;\]]/)
    .map((line) => line.replace(/[[,]\s*$|^\s*[,[]+/g, "").trim())
    .filter((line) => line !== "");
  if (lines.length === 0) throw new Refusal(`${label} is empty. Type rows of numbers.`);
  if (lines.length > mostRows)
    throw new Refusal(`${label} has ${lines.length} rows. It can have at most ${mostRows}.`);
  const rows = lines.map((line, row) => {
    const words = line.split(/\s+/);
    if (words.length > mostColumns)
      throw new Refusal(
        `${label}, row ${row}, has ${words.length} numbers. It can have at most ${mostColumns}.`,
      );
    return words.map((word, column) =>
      parseNumber(word, { label: `Row ${row}, column ${column}`, least, most }),
    );
  });
  const uneven = rows.findIndex((row) => row.length !== rows[0].length);
  if (uneven > 0)
    throw new Refusal(
      `Row ${uneven} has ${rows[uneven].length} numbers and row 0 has ${rows[0].length}. All rows need the same.`,
    );
  return rows;
}

/**
 * A number for people: at most `decimals` decimals, no trailing zeros, a true minus sign.
 *
 * @param {number} value
 * @param {number} [decimals]
 * @returns {string}
 */
export function formatNumber(value, decimals = 3) {
  const text = Math.abs(value) >= 1e7 ? value.toExponential(2) : value.toFixed(decimals);
  const short = text.includes(".") && !text.includes("e") ? text.replace(/\.?0+$/, "") : text;
  return (short === "-0" ? "0" : short).replace("-", "−");
}

/** A share from 0 to 1 in per cent, unbroken over lines. @param {number} share @returns {string} */
export function percent(share) {
  return `${formatNumber(100 * share, 1)}\u00a0%`;
}

/**
 * A number that fits a cell: as many decimals as there is room for.
 *
 * @param {number} value
 * @param {number} [room] Characters.
 * @returns {string}
 */
export function shortNumber(value, room = 4) {
  const texts = [3, 2, 1, 0].map((decimals) => formatNumber(value, decimals));
  return texts.find((text) => text.length <= room) ?? texts[texts.length - 1];
}

/**
 * A number for a program: what JavaScript and Python both read back exactly.
 *
 * @param {number} value
 * @returns {string}
 */
export function codeNumber(value) {
  return String(value === 0 ? 0 : value);
}
