// Expressions of Python as a tree: names, numbers, texts, brackets, calls and arithmetic. No DOM.

import { quote, Refusal } from "../numbers.js";
import { placeWords, tokensOf } from "../tokens.js";

const DEEPEST = 12; // brackets in brackets
const LONGEST = 300; // parts of one sum, or of one name
const RUN = new Map([
  ["for", "a loop is not run here. Write out what it makes"],
  ["if", "a condition is not run here. Write out what it gives"],
  ["else", "a condition is not run here. Write out what it gives"],
  ["lambda", "a function is not run here"],
  ...["and", "or", "not", "in", "is", "await", "yield"].map((word) => /** @type {[string, string]} */ ([word, "a condition is not run here. Write out what it gives"])),
]);
/** How tightly operators bind. @type {Map<string, number>} */
const BINDING = new Map([["+", 1], ["-", 1], ["*", 2], ["/", 2], ["//", 2], ["%", 2]]);

/** @typedef {import("../tokens.js").Token} Token */
/** @typedef {{start: number, end: number}} Span Where it stands in the code. */
/** @typedef {{name: string, value: Node}} Named */
/**
 * @typedef {Span & (
 *   { kind: "number", text: string } | { kind: "text", text: string } | { kind: "name", text: string } |
 *   { kind: "tuple" | "list", items: Node[] } |
 *   { kind: "dict", pairs: [Node, Node][] } |
 *   { kind: "star", of: Node } |
 *   { kind: "negative" | "positive", of: Node } |
 *   { kind: "binary", operator: string, left: Node, right: Node } |
 *   { kind: "call", callee: Node, items: Node[], named: Named[] } |
 *   { kind: "attribute", of: Node, name: string } |
 *   { kind: "item", of: Node, index: Node | null }
 * )} Node
 */

export class Grammar {
  /** @param {string} code */
  constructor(code) {
    this.code = code;
    this.tokens = tokensOf(code);
    this.at = 0;
    this.depth = 0;
  }

  /** @param {number} [ahead] @returns {Token | undefined} */
  peek(ahead = 0) {
    return this.tokens[this.at + ahead];
  }

  /** @returns {number} Where the last token ended. */
  get end() {
    return this.tokens[this.at - 1]?.end ?? 0;
  }

  /** @param {string} text */
  take(text) {
    if (this.peek()?.text !== text || this.peek()?.kind === "text") return false;
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
    if (!token || token.kind === "newline") throw new Refusal(`${token ? placeWords(this.code, token.start) : "At the end"}: ${what}.`);
    const place = placeWords(this.code, token.start);
    const run = token.kind === "name" && RUN.get(token.text);
    if (run) throw new Refusal(`${place}: ${run}.`);
    if (["...", "…"].includes(token.text)) throw new Refusal(`${place}: “${token.text}” leaves something out. Write all of it.`);
    if (token.kind === "mark" && !"()[]{},:=.".includes(token.text)) throw new Refusal(`${place}: ${quote(this.code.slice(token.start, token.start + 20))} can't be read here.`);
    throw new Refusal(`${place}: ${what} where ${quote(token.text)} stands.`);
  }

  /** @param {string} what @param {number} start @returns {never} */
  stop(what, start) {
    throw new Refusal(`${placeWords(this.code, start)}: ${what} has at most ${LONGEST} parts.`);
  }

  /** @template T @param {() => T} read @returns {T} */
  deeper(read) {
    this.depth += 1;
    if (this.depth > DEEPEST) throw new Refusal(`${placeWords(this.code, this.tokens[this.at - 1]?.start ?? 0)}: brackets are nested more than ${DEEPEST} deep.`);
    const value = read();
    this.depth -= 1;
    return value;
  }

  /** An expression, or several with commas between them. @returns {Node} */
  expressions() {
    const start = this.peek()?.start ?? 0;
    const items = [this.starred()];
    let commas = false;
    while (this.take(",")) {
      commas = true;
      if (!this.peek() || this.peek()?.kind === "newline" || this.peek()?.text === "=") break;
      items.push(this.starred());
    }
    return commas ? { kind: "tuple", items, start, end: this.end } : items[0];
  }

  /** @returns {Node} */
  starred() {
    const start = this.peek()?.start ?? 0;
    if (this.take("*")) return { kind: "star", of: this.expression(), start, end: this.end };
    return this.expression();
  }

  /** @param {number} [least] How tightly its operators must bind. @returns {Node} */
  expression(least = 1) {
    let left = this.signed();
    for (let parts = 1; ; parts++) {
      if (parts > LONGEST) this.stop("a sum", left.start);
      const operator = this.peek()?.kind === "mark" ? (this.peek()?.text ?? "") : "";
      const binding = BINDING.get(operator) ?? 0;
      if (binding < least) return left;
      this.at += 1;
      const right = this.expression(binding + 1);
      left = { kind: "binary", operator, left, right, start: left.start, end: this.end };
    }
  }

  /** @returns {Node} */
  signed() {
    const start = this.peek()?.start ?? 0;
    if (this.take("-")) return { kind: "negative", of: this.deeper(() => this.signed()), start, end: this.end };
    if (this.take("+")) return { kind: "positive", of: this.deeper(() => this.signed()), start, end: this.end };
    const left = this.trailed();
    if (!this.take("**")) return left;
    const right = this.deeper(() => this.signed()); // binds to the right
    return { kind: "binary", operator: "**", left, right, start, end: this.end };
  }

  /** What is called, or asked for a part of it. @returns {Node} */
  trailed() {
    let node = this.primary();
    for (let parts = 1; ; parts++) {
      if (parts > LONGEST) this.stop("a name", node.start);
      const { start } = node;
      if (this.take("(")) node = { ...this.deeper(() => this.settings()), kind: "call", callee: node, start, end: this.end };
      else if (this.take(".")) node = { kind: "attribute", of: node, name: this.word(), start, end: this.end };
      else if (this.take("[")) {
        const index = this.index();
        node = { kind: "item", of: node, index, start, end: this.end };
      } else return node;
    }
  }

  /** What stands in “[…]”; null for what is not read, as a range. @returns {Node | null} */
  index() {
    const simple = ["number", "text", "name"].includes(this.peek()?.kind ?? "") ? 1 : this.peek()?.text === "-" ? 2 : 0;
    const read = simple && this.peek(simple)?.text === "]" ? this.expression() : null;
    this.skipTo("]");
    return read;
  }

  /** @returns {string} */
  word() {
    const token = this.peek();
    if (token?.kind !== "name") return this.fail("a name is expected");
    this.at += 1;
    return token.text;
  }

  /** @returns {Node} */
  primary() {
    const token = this.peek();
    const start = token?.start ?? 0;
    if (this.take("(")) return this.deeper(() => this.tuple(start));
    if (this.take("[")) return this.deeper(() => ({ kind: "list", items: this.items("]"), start, end: this.end }));
    if (this.take("{")) return this.deeper(() => ({ kind: "dict", pairs: this.pairs(), start, end: this.end }));
    if (token?.kind === "text") return this.text(token);
    if (!token || !["number", "name"].includes(token.kind) || RUN.has(token.text)) return this.fail(this.depth ? "a number is expected" : "a layer is expected");
    this.at += 1;
    return { kind: /** @type {"number" | "name"} */ (token.kind), text: token.text, start, end: token.end };
  }

  /** @param {Token} token @returns {Node} */
  text(token) {
    const made = /^[fFbBtT]|^[rR][fFbBtT]/.exec(token.text)?.[0];
    if (made) throw new Refusal(`${placeWords(this.code, token.start)}: a text that begins with “${made}” is put together while code runs, and code is not run here. Write the text itself.`);
    this.at += 1;
    const text = token.text.replace(/^[rRuU]/, "").replace(/^('''|"""|['"])([^]*)\1$/, "$2");
    return { kind: "text", text, start: token.start, end: token.end };
  }

  /** @param {number} start @returns {Node} */
  tuple(start) {
    const items = this.items(")");
    const alone = items.length === 1 && items[0].kind !== "star" && this.tokens[this.at - 2].text !== ",";
    return alone ? items[0] : { kind: "tuple", items, start, end: this.end };
  }

  /** @param {string} close @returns {Node[]} */
  items(close) {
    const items = [];
    while (!this.take(close)) {
      items.push(this.starred());
      if (!this.take(",") && this.peek()?.text !== close) this.fail(`“,” or “${close}” is expected`);
    }
    return items;
  }

  /** @returns {[Node, Node][]} */
  pairs() {
    /** @type {[Node, Node][]} */
    const pairs = [];
    while (!this.take("}")) {
      const key = this.expression();
      this.expect(":");
      pairs.push([key, this.expression()]);
      if (!this.take(",") && this.peek()?.text !== "}") this.fail("“,” or “}” is expected");
    }
    return pairs;
  }

  /** What a call is given, up to its closing bracket. @returns {{items: Node[], named: Named[]}} */
  settings() {
    /** @type {Node[]} */
    const items = [];
    /** @type {Named[]} */
    const named = [];
    while (!this.take(")")) {
      if (this.peek()?.kind === "name" && this.peek(1)?.text === "=") {
        const name = this.word();
        if (named.some((other) => other.name === name)) this.fail(`${quote(name)} is given twice`);
        this.at += 1;
        named.push({ name, value: this.expression() });
      } else if (this.take("**")) named.push({ name: "**", value: this.expression() });
      else if (named.length && this.peek()?.text !== "*") this.fail("a name is expected, since names have begun");
      else items.push(this.starred());
      if (!this.take(",") && this.peek()?.text !== ")") this.fail("“,” or “)” is expected");
    }
    return { items, named };
  }

  /** Pass over what is not read, up to a closing bracket. @param {string} close */
  skipTo(close) {
    for (let open = 1; open; this.at += 1) {
      const text = this.peek()?.text;
      if (text === undefined) this.fail(`“${close}” is expected`);
      if ("([{".includes(text ?? "")) open += 1;
      if (")]}".includes(text ?? "")) open -= 1;
    }
  }
}
