// nn.Sequential as people write or print it, read and never run: numbers, sums and products of
// numbers, tuples, names of layers, and nothing else. No DOM.

import { quote, Refusal } from "./numbers.js";
import { placeWords, tokensOf } from "./tokens.js";

const LONGEST = 20_000; // characters
const MOST_LAYERS = 200;
const DEEPEST = 12; // brackets in brackets
const LARGEST = 1e9; // of one number
const STACKS = new Set(["Sequential", "ModuleList"]);
const WORDS = new Map([["True", true], ["False", false], ["None", null]]);

/** @typedef {import("./tokens.js").Token} Token */
/** @typedef {number | Decimal | boolean | string | null | Value[]} Value */
/**
 * @typedef {object} Call A layer as it was written.
 * @property {string} path Its place, as PyTorch names it: "2", "features.0".
 * @property {string} layer Its class.
 * @property {Value[]} values By position.
 * @property {Map<string, Value>} named By name.
 * @property {number} start Where it stands in the code.
 * @property {number} end
 */

/** A number with a decimal point: PyTorch takes it for no size, even if it is whole. */
export class Decimal {
  /** @param {number} value */
  constructor(value) {
    this.value = value;
  }
}

/**
 * Every layer of a stack, nested stacks unfolded.
 *
 * @param {string} code
 * @returns {Call[]}
 * @throws {Refusal} It says where, and what can be written there.
 */
export function parseSequential(code) {
  if (code.length > LONGEST)
    throw new Refusal(
      `The code has ${code.length.toLocaleString("en")} characters. At most ${LONGEST.toLocaleString("en")} can be read.`,
    );
  return new Reader(code).program();
}

class Reader {
  /** @param {string} code */
  constructor(code) {
    this.code = code;
    // imports and an assignment before the stack say nothing about shapes; blanks keep every place
    const stack = code.replace(/^[ \t]*(?:import|from)[ \t][^\n]*/gm, (line) => " ".repeat(line.length));
    this.tokens = tokensOf(stack);
    this.at = 0;
    this.depth = 0;
    /** @type {Call[]} */
    this.calls = [];
  }

  program() {
    if (!this.tokens.length) throw new Refusal("There is no layer yet. Add one, or paste nn.Sequential(…).");
    if (this.peek()?.kind === "name" && this.peek(1)?.text === "=") this.at += 2;
    this.members("", null);
    return this.calls;
  }

  /** @param {number} [ahead] @returns {Token | undefined} */
  peek(ahead = 0) {
    return this.tokens[this.at + ahead];
  }

  /** @param {string} text */
  take(text) {
    if (this.peek()?.text !== text) return false;
    this.at += 1;
    return true;
  }

  /** @param {string} wanted */
  expect(wanted) {
    if (!this.take(wanted)) this.fail(`“${wanted}” is expected`);
  }

  /** @param {string} what @returns {never} */
  fail(what) {
    const token = this.peek();
    const place = token ? placeWords(this.code, token.start) : "At the end";
    const found = token ? ` where ${quote(token.text)} stands` : "";
    throw new Refusal(`${place}: ${what}${found}.`);
  }

  /** @template T @param {() => T} read @returns {T} */
  deeper(read) {
    this.depth += 1;
    if (this.depth > DEEPEST) throw new Refusal(`Brackets are nested more than ${DEEPEST} deep.`);
    const value = read();
    this.depth -= 1;
    return value;
  }

  /** Layers up to a closing bracket, or to the end. @param {string} path @param {string | null} close */
  members(path, close) {
    for (let index = 0; ; index++) {
      while (this.take(",")); // a printed stack has none
      if (close ? this.take(close) : !this.peek()) return;
      this.member(path, String(index));
    }
  }

  /** A layer, plain or named: Conv2d(…), ("conv1", Conv2d(…)), (0): Conv2d(…). @param {string} path @param {string} name */
  member(path, name) {
    const opened = this.peek()?.text === "(";
    if (opened) {
      this.at += 1;
      const label = this.peek();
      if (!label || label.kind === "mark") this.fail("a layer, or its name, is expected");
      name = /** @type {Token} */ (label).text.replace(/^['"]|['"]$/g, "");
      this.at += 1;
      if (this.take(")")) this.expect(":");
      else {
        this.expect(",");
        this.layer(path ? `${path}.${name}` : name);
        this.take(",");
        return this.expect(")");
      }
    }
    this.layer(path ? `${path}.${name}` : name);
  }

  /** @param {string} path */
  layer(path) {
    const token = this.peek();
    if (token?.text === "class" || token?.text === "def")
      throw new Refusal(`${placeWords(this.code, token.start)}: a class or function is not run. Paste its nn.Sequential(…) alone.`);
    if (token?.kind !== "name") this.fail("a layer is expected");
    const { text, start } = /** @type {Token} */ (token);
    const layer = text.split(".").pop() ?? "";
    this.at += 1;
    if (!this.take("(")) this.fail(`“(” is expected after ${quote(text)}`);
    if (STACKS.has(layer)) return this.deeper(() => this.stack(path));
    if (this.calls.length >= MOST_LAYERS) throw new Refusal(`The stack has more than ${MOST_LAYERS} layers.`);
    const [values, named] = this.deeper(() => this.settings());
    this.calls.push({ path, layer, values, named, start, end: this.tokens[this.at - 1].end });
  }

  /** What a stack holds; the outermost adds nothing to the names of its layers. @param {string} path */
  stack(path) {
    const outermost = this.depth === 1 && this.calls.length === 0;
    const inner = outermost ? "" : path;
    if (this.peek()?.text.split(".").pop() === "OrderedDict") {
      this.at += 1;
      this.expect("(");
      this.expect("[");
      this.deeper(() => this.members(inner, "]"));
      this.expect(")");
      return this.expect(")");
    }
    if (!this.take("[")) return this.members(inner, ")");
    this.members(inner, "]");
    return this.expect(")");
  }

  /** @returns {[Value[], Map<string, Value>]} */
  settings() {
    /** @type {Value[]} */
    const values = [];
    const named = new Map(); // a Map: no name in the code can reach an object's own
    while (!this.take(")")) {
      const name = this.peek();
      if (name?.kind === "name" && this.peek(1)?.text === "=") {
        this.at += 2;
        if (named.has(name.text)) this.fail(`${quote(name.text)} is given twice`);
        named.set(name.text, this.sum());
      } else if (named.size) this.fail("a name is expected, since names have begun");
      else values.push(this.sum());
      if (!this.take(",") && this.peek()?.text !== ")") this.fail("“,” or “)” is expected");
    }
    return [values, named];
  }

  /** @returns {Value} */
  sum() {
    let value = this.product();
    for (let sign = this.peek()?.text; sign === "+" || sign === "-"; sign = this.peek()?.text) {
      this.at += 1;
      const [left, right] = [this.number(value), this.number(this.product())];
      value = this.bounded(sign === "+" ? left + right : left - right);
    }
    return value;
  }

  /** @returns {Value} */
  product() {
    let value = this.term();
    for (let sign = this.peek()?.text; sign === "*" || sign === "//"; sign = this.peek()?.text) {
      this.at += 1;
      const [left, right] = [this.number(value), this.number(this.term())];
      if (sign === "//" && right === 0) this.fail("nothing can be divided by 0,");
      value = this.bounded(sign === "*" ? left * right : Math.floor(left / right));
    }
    return value;
  }

  /** @returns {Value} */
  term() {
    const token = this.peek();
    if (this.take("-")) return this.negative(this.deeper(() => this.term()));
    if (token?.kind === "number") return this.literal(token);
    if (token?.kind === "text") return (this.at += 1), token.text.slice(1, -1);
    if (this.take("(")) return this.deeper(() => this.tuple(")"));
    if (this.take("[")) return this.deeper(() => this.tuple("]"));
    if (token?.kind !== "name") return this.fail("a number is expected");
    if (!WORDS.has(token.text))
      throw new Refusal(`${placeWords(this.code, token.start)}: ${quote(token.text)} is a name, and code is not run here. Write its number.`);
    this.at += 1;
    return /** @type {Value} */ (WORDS.get(token.text));
  }

  /** @param {string} close @returns {Value} */
  tuple(close) {
    /** @type {Value[]} */
    const values = [];
    let commas = 0;
    while (!this.take(close)) {
      values.push(this.sum());
      if (this.take(",")) commas += 1;
      else if (this.peek()?.text !== close) this.fail(`“,” or “${close}” is expected`);
    }
    return close === ")" && values.length === 1 && !commas ? values[0] : values;
  }

  /** @param {Token} token */
  literal(token) {
    this.at += 1;
    const value = this.bounded(Number(token.text.replace(/_/g, "")));
    return /[.e]/i.test(token.text) ? new Decimal(value) : value;
  }

  /** @param {Value} value */
  negative(value) {
    return value instanceof Decimal ? new Decimal(-value.value) : -this.number(value);
  }

  /** @param {number} value */
  bounded(value) {
    if (!(Math.abs(value) <= LARGEST)) throw new Refusal(`The number ${value} is too large: at most ${LARGEST.toLocaleString("en")}.`);
    return value;
  }

  /** @param {Value} value @returns {number} */
  number(value) {
    if (typeof value !== "number") this.fail("only whole numbers can be computed with");
    return /** @type {number} */ (value);
  }
}
