// The networks of the lab: fetched when asked for, or read from a file that the reader opens.

import { loadData } from "../lib/data.js";
import { field } from "../lib/controls.js";
import { h } from "../lib/dom.js";
import { LARGEST_FILE, modelOf, readModel } from "../lib/model_file.js";
import { Refusal } from "../lib/numbers.js";
import { RUNS, runWords } from "../lib/runs.js";
import { OWN } from "./state.js";

/** @typedef {import("../lib/network.js").Network} Network */

/** Networks by name, each fetched once. */
export function networkBank() {
  /** @type {Map<string, Promise<Network>>} */
  const known = new Map();
  /** @param {string} name @returns {Promise<Network>} */
  function get(name) {
    const network = known.get(name) ?? fetched(name);
    known.set(name, network);
    network.catch(() => known.delete(name)); // so that it can be tried again
    return network;
  }
  return { get, open: (/** @type {Network} */ network) => void known.set(OWN, Promise.resolve(network)) };
}

/** @param {string} run @returns {Promise<Network>} */
async function fetched(run) {
  return { ...modelOf(await loadData(`model-${run}`)), name: runWords(run) };
}

/**
 * The networks that a choice offers.
 *
 * @param {Network | null} opened From a file.
 * @returns {[value: string, text: string][]}
 */
export function offered(opened) {
  return opened ? [...RUNS, [OWN, `your file: ${opened.name}`]] : RUNS;
}

/**
 * A field that opens a file.
 *
 * @param {string} key
 * @param {import("../lib/controls.js").Complaint} complaint
 * @param {(network: Network) => void} onOpen
 */
export function fileField(key, complaint, onOpen) {
  const control = h("input", { type: "file", accept: ".json,application/json" });
  control.addEventListener("change", async () => {
    const file = control.files?.[0];
    if (!file) return;
    const result = await readFile(file);
    complaint.try(control, () => {
      if (result instanceof Error) throw result;
      onOpen(result);
    });
  });
  const hint = "A JSON file in this site’s model format. It stays in your browser.";
  return { element: field(`${key}-file`, "Open a network of your own", control, hint), clear: () => void (control.value = "") };
}

/** @param {File} file @returns {Promise<Network | Error>} */
async function readFile(file) {
  if (file.size > LARGEST_FILE)
    return new Refusal(`The file has ${file.size.toLocaleString("en")} bytes. At most ${LARGEST_FILE.toLocaleString("en")} are read.`);
  try {
    return readModel(await file.text());
  } catch (error) {
    return error instanceof Refusal ? error : new Refusal("The file could not be read.");
  }
}
