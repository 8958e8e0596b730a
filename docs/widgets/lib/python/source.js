// What people paste around their code: prompts of a shell or notebook, what it printed, commands. No DOM.

const PROMPT = /^[ \t]*(?:>>>|\.\.\.|In \[\d+\]:|\.\.\.:)(?: |$)/;
const ANSWER = /^[ \t]*Out\[\d+\]:/;
const COMMAND = /^[ \t]*(?:[%!]|```).*/; // of a notebook; a fence around code

/** @param {string} text @returns {string} Blanks keep every place. */
const blank = (text) => text.replace(/[^\n]/g, " ");

/** A module as PyTorch prints it: its parts follow their names in brackets. @param {string} code */
export const isPrinted = (code) => /^[ \t]*\([^()\n]+\): /m.test(code);

/**
 * The code alone, each character at its place. Where a shell's prompts stand, the lines without one are
 * what it printed: they are left out, unless the network is read from them.
 *
 * @param {string} code
 * @returns {string}
 */
export function sourceOf(code) {
  const lines = code.replace(/\r/g, " ").replace(/[“”]/g, '"').replace(/[‘’]/g, "'").split("\n");
  const prompted = lines.some((line) => PROMPT.test(line));
  if (!prompted) return lines.map((line) => line.replace(COMMAND, blank)).join("\n");
  const printed = isPrinted(lines.filter((line) => !PROMPT.test(line)).join("\n"));
  if (printed) return lines.map((line) => (PROMPT.test(line) ? blank(line) : line.replace(ANSWER, blank))).join("\n");
  return lines.map((line) => (PROMPT.test(line) ? line.replace(PROMPT, blank).replace(COMMAND, blank) : blank(line))).join("\n");
}
