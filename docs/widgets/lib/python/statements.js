// Lines of Python as statements: imports, assignments and expressions; what runs code is refused. No DOM.

import { Refusal } from "../numbers.js";
import { placeWords } from "../tokens.js";
import { Grammar } from "./grammar.js";

/** @typedef {import("./grammar.js").Node} Node */
/**
 * @typedef {{kind: "import", names: Map<string, string>} |
 *   {kind: "assign", targets: string[], value: Node, added: boolean} |
 *   {kind: "expression", value: Node} |
 *   {kind: "unread", targets: string[], error: Refusal, text: string}} Statement An unread one matters only if what it names is used.
 */

const BLOCKS = new Set(["for", "while", "if", "elif", "else", "with", "try", "except", "finally", "return", "del", "assert", "global", "raise", "pass", "async", "match", "yield"]);
const CLASS = "a class or function is not run. Paste its nn.Sequential(…) alone";

/** @param {string} code @returns {Statement[]} @throws {Refusal} */
export function statementsOf(code) {
  const reader = new Statements(code);
  const statements = [];
  while (reader.more()) statements.push(reader.statement());
  return statements;
}

class Statements extends Grammar {
  /** @returns {boolean} */
  more() {
    while (this.peek()?.kind === "newline" || this.peek()?.text === ",") this.at += 1; // a list's inside has commas
    return this.peek() !== undefined;
  }

  /** @returns {Statement} */
  statement() {
    const token = /** @type {import("../tokens.js").Token} */ (this.peek());
    const word = token.kind === "name" && this.peek(1)?.text !== "=" ? token.text : "";
    if (["class", "def", "@"].includes(word || token.text)) throw new Refusal(`${placeWords(this.code, token.start)}: ${CLASS}.`);
    if (BLOCKS.has(word)) throw new Refusal(`${placeWords(this.code, token.start)}: “${word}” is not run here. Write out what it makes, and paste that alone.`);
    if (word === "import" || word === "from") return this.imported(word);
    const first = this.at;
    const targets = this.targets();
    const start = this.at;
    try {
      return this.valued(targets);
    } catch (error) {
      if (!(error instanceof Refusal) || (!targets.length && !this.isPlain(first))) throw error;
      this.skipLine(start);
      return { kind: "unread", targets, error, text: this.code.slice(this.tokens[start]?.start, this.end) };
    }
  }

  /** @param {number} start Of a line that can't be read. */
  skipLine(start) {
    this.depth = 0;
    this.at = start;
    while (this.peek() && this.peek()?.kind !== "newline") this.at += 1;
  }

  /** @param {number} first Of a line that only says something. */
  isPlain(first) {
    return ["print", "sum", "len", "display", "summary"].includes(this.tokens[first].text) && this.tokens[first + 1]?.text === "(";
  }

  /** @param {string[]} targets @returns {Statement} */
  valued(targets) {
    const added = targets[0]?.endsWith("+") ?? false;
    const value = this.expressions();
    if (this.peek()?.text === "=") this.fail("only names can be given a value,");
    if (this.peek() && this.peek()?.kind !== "newline" && !this.isLayerNext(value)) this.fail("“,” or the end of the line is expected");
    if (!targets.length) return { kind: "expression", value };
    return { kind: "assign", targets: targets.map((name) => name.replace("+", "")), value, added };
  }

  /** Layers without commas between them, in one line. @param {Node} value */
  isLayerNext(value) {
    return value.kind === "call" && this.peek()?.kind === "name" && ["(", "."].includes(this.peek(1)?.text ?? "");
  }

  /** Names before “=”, a type after “:” left out. @returns {string[]} */
  targets() {
    const targets = [];
    for (;;) {
      let at = this.at;
      if (this.tokens[at]?.kind !== "name") return targets;
      let name = this.tokens[at].text;
      while ([".", ","].includes(this.tokens[at + 1]?.text) && this.tokens[at + 2]?.kind === "name") {
        name += this.tokens[at + 1].text + this.tokens[at + 2].text; // a, b = 3, 4
        at += 2;
      }
      if (this.tokens[at + 1]?.text === ":") while (this.tokens[at + 1] && this.tokens[at + 1].kind !== "newline" && this.tokens[at + 1].text !== "=") at += 1;
      const mark = this.tokens[at + 1]?.text;
      if (mark !== "=" && mark !== "+=") return targets;
      targets.push(mark === "=" ? name : `${name}+`);
      this.at = at + 2;
    }
  }

  /** @param {string} word @returns {Statement} */
  imported(word) {
    this.at += 1;
    const source = word === "from" ? this.dotted() : "";
    if (word === "from") this.expect("import");
    const names = new Map();
    const bracketed = this.take("(");
    do {
      if (this.take("*")) continue;
      if (bracketed && this.peek()?.text === ")") break;
      const name = this.dotted();
      const alias = this.take("as") ? this.word() : word === "from" ? name : name.split(".")[0];
      names.set(alias, word === "from" ? `${source}.${name}` : alias === name.split(".")[0] ? alias : name);
    } while (this.take(","));
    if (bracketed) this.expect(")");
    if (this.peek() && this.peek()?.kind !== "newline") this.fail("the end of the line is expected");
    return { kind: "import", names };
  }

  /** @returns {string} */
  dotted() {
    let name = "";
    while (this.take(".")) name += ".";
    name += this.peek()?.text === "import" ? "" : this.word();
    while (this.take(".")) name += `.${this.word()}`;
    return name;
  }
}
