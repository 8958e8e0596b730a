// Arithmetic of numbers as Python does it: whole numbers stay whole, `/` never is. No DOM.

import { Refusal } from "../numbers.js";
import { Decimal } from "../torch/values.js";

const LARGEST = 1e9; // of one number

/** @typedef {number | Decimal} PythonNumber */

/** @param {unknown} value @returns {value is PythonNumber} */
export const isNumber = (value) => typeof value === "number" || value instanceof Decimal;

/** @param {number} value @returns {number} @throws {Refusal} */
function bounded(value) {
  if (!(Math.abs(value) <= LARGEST)) throw new Refusal(`The number ${value} is too large: at most ${LARGEST.toLocaleString("en")}.`);
  return value === 0 ? 0 : value;
}

/** @param {number} value @returns {Decimal} */
const decimal = (value) => new Decimal(bounded(value), Number.isInteger(value) ? `${value}.0` : String(value));

/** @param {string} text Of a number. @returns {PythonNumber} */
export function literal(text) {
  const value = bounded(Number(text.replace(/_/g, "")));
  return /^[^xX]*[.eE]/.test(text) ? new Decimal(value, text) : value;
}

/** @param {PythonNumber} number */
const plain = (number) => (number instanceof Decimal ? number.value : number);

/** @type {Map<string, (left: number, right: number) => number>} */
const OPERATORS = new Map([
  ["+", (left, right) => left + right],
  ["-", (left, right) => left - right],
  ["*", (left, right) => left * right],
  ["**", (left, right) => left ** right],
  ["/", (left, right) => left / right],
  ["//", (left, right) => Math.floor(left / right)],
  ["%", (left, right) => left - right * Math.floor(left / right)],
]);

/**
 * @param {string} operator
 * @param {PythonNumber} left
 * @param {PythonNumber} right
 * @returns {PythonNumber}
 * @throws {Refusal}
 */
export function computed(operator, left, right) {
  const [a, b] = [plain(left), plain(right)];
  if (["/", "//", "%"].includes(operator) && b === 0) throw new Refusal("Nothing can be divided by 0.");
  const value = /** @type {(left: number, right: number) => number} */ (OPERATORS.get(operator))(a, b);
  const whole = typeof left === "number" && typeof right === "number" && operator !== "/" && !(operator === "**" && b < 0);
  return whole ? bounded(value) : decimal(value);
}

/** @param {PythonNumber} number @returns {PythonNumber} */
export const negative = (number) => (number instanceof Decimal ? new Decimal(-number.value, number.text.startsWith("-") ? number.text.slice(1) : `-${number.text}`) : bounded(-number));

/** Functions of numbers that people write among sizes. @type {Map<string, (...numbers: PythonNumber[]) => PythonNumber>} */
export const FUNCTIONS = new Map([
  ["int", (number) => bounded(Math.trunc(plain(number)))],
  ["float", (number) => decimal(plain(number))],
  ["round", (number) => bounded(halfToEven(plain(number)))],
  ["math.floor", (number) => bounded(Math.floor(plain(number)))],
  ["math.ceil", (number) => bounded(Math.ceil(plain(number)))],
  ["abs", (number) => (plain(number) < 0 ? negative(number) : number)],
  ["max", (...numbers) => numbers.reduce((most, number) => (plain(number) > plain(most) ? number : most))],
  ["min", (...numbers) => numbers.reduce((least, number) => (plain(number) < plain(least) ? number : least))],
]);

/** @param {number} number */
function halfToEven(number) {
  const low = Math.floor(number);
  if (number - low !== 0.5) return Math.round(number);
  return low % 2 ? low + 1 : low;
}
