// What people paste around their code: prompts of a shell or notebook, what it printed, commands. No DOM.

const PROMPT = /^[ \t]*(?:>>>|\.\.\.|In \[\d+\]:|\.\.\.:)(?: |$)/;
const FIRST = /^[ \t]*(?:>>>|In \[\d+\]:)(?: |$)/; // the others go on; elsewhere, “...” leaves something out
const ANSWER = /^[ \t]*Out\[\d+\]:/;
const PRINTING = /^[ \t]*(?:print|display)[ \t]*\([^()]*\)[ \t]*$/;
const PART = /^[ \t]*(?:\.\.\.|…|\))/; // of a print, cut or cut off
const ASSIGNED = /^[ \t]*[\w.]+[ \t]*=/;
const COMMAND = /^[ \t]*(?:[%!]|```).*/; // of a notebook; a fence around code

/** @param {string} text @returns {string} Blanks keep every place. */
const blank = (text) => text.replace(/[^\n]/g, " ");

/** A module as PyTorch prints it: its parts follow their names in brackets. @param {string} code */
const isLabelled = (code) => /^[ \t]*\([^()\n]+\): /m.test(code);

const LAYER = /^[ \t]*\[?[A-Z]\w*\(.*\)[\],]*[ \t]*$/; // a line that holds nothing else
/** What of a layer is printed, and is not written so, or hardly. */
const SIGNS = [
  /\bkernel_size=\([\d, ]+\), stride=/,
  /\bkernel_size=[^=]+, stride=[^=]+, padding=/,
  /\bLazy\w+\((?:0,|in_features=0)/,
  /\bUpsampling\w+\(.*, mode='/,
  /\bFractionalMaxPool\dd\(\)/,
  /^\s*Hard(?:swish|sigmoid)\(\)\s*$/, // it may be either, and means the same
];

/** Layers as PyTorch prints each alone, or in a list. @param {string} code */
function isBare(code) {
  const lines = code.split("\n").filter((line) => line.trim());
  return lines.every((line) => LAYER.test(line)) && SIGNS.some((sign) => sign.test(code));
}

/** @param {string} code @returns {boolean} Whether it is what PyTorch prints, rather than code. */
export const isPrinted = (code) => isLabelled(code) || isBare(code);

/**
 * What stands around a print and is no part of it: words, and the code that made it, up to its last bracket.
 *
 * @param {string[]} lines
 * @returns {string[]}
 */
function printAlone(lines) {
  let depth = 0;
  let leaves = false;
  return lines.map((given) => {
    const line = depth ? given : given.replace(ANSWER, blank);
    if (!depth) leaves = !PART.test(line) && (!line.includes("(") || PRINTING.test(line) || ASSIGNED.test(line));
    for (const mark of line) depth = Math.max(0, depth + (mark === "(" ? 1 : mark === ")" ? -1 : 0));
    return leaves ? blank(line) : line;
  });
}

/** @param {string[]} lines @returns {boolean[]} Which of them begin with a prompt. */
function prompts(lines) {
  let goes = false;
  return lines.map((line) => (goes = FIRST.test(line) || (goes && PROMPT.test(line))));
}

/**
 * The code alone, each character at its place. Where a shell's prompts stand, the lines without one are
 * what it printed: they are left out, unless the network is read from them.
 *
 * @param {string} code
 * @returns {string}
 */
export function sourceOf(code) {
  const lines = code.replace(/[\r\u200b\u2060\ufeff]/g, " ").replace(/[“”]/g, '"').replace(/[‘’]/g, "'").split("\n");
  const prompted = prompts(lines);
  const plain = lines.filter((_, at) => !prompted[at]).join("\n");
  const shown = lines.map((line) => line.replace(ANSWER, blank)).join("\n");
  if (isLabelled(plain)) return printAlone(lines.map((line, at) => (prompted[at] ? blank(line) : line.replace(COMMAND, blank)))).join("\n");
  if (!prompted.includes(true) && isBare(shown)) return shown;
  if (!prompted.includes(true)) return lines.map((line) => line.replace(COMMAND, blank)).join("\n");
  return lines.map((line, at) => (prompted[at] ? line.replace(PROMPT, blank).replace(COMMAND, blank) : blank(line))).join("\n");
}
