// The headline trainings, as the build names them and as a reader does. No DOM.

/** @type {[name: string, words: string][]} */
export const RUNS = [
  ["default", "default recipe"],
  ["small-start", "small start"],
  ["source", "source tutorial’s recipe"],
];
export const RUN_NAMES = RUNS.map(([name]) => name);

/** @param {string} name @returns {string} */
export function runWords(name) {
  return RUNS.find(([known]) => known === name)?.[1] ?? name;
}
