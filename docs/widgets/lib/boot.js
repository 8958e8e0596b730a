// What a widget starts with: its page's author asks first, in attributes, then whoever wrote the address.

import { keyOf, readState } from "./address.js";
import { Complaint } from "./controls.js";
import { Asked, attributesOf, undamaged } from "./settings.js";

/**
 * @template State
 * @typedef {object} Start
 * @property {string} key
 * @property {Complaint} complaint
 * @property {State} authored What Reset returns to.
 * @property {State} shared What is shown first.
 * @property {string[]} refused Why not all that was asked for can be shown.
 */

/**
 * @template State
 * @param {Element} host
 * @param {State} first What it shows if nothing is asked for.
 * @param {(state: State, settings: Map<string, string>) => {state: State, refused: string[]}} withSettings
 * @returns {Start<State>}
 */
export function boot(host, first, withSettings) {
  const key = keyOf(host);
  const authored = withSettings(first, attributesOf(host));
  const { whole, refused: damaged } = undamaged(readState(host));
  const asked = new Asked(whole);
  const shared = withSettings(authored.state, asked);
  const refused = [...authored.refused, ...shared.refused, ...damaged, ...asked.unknown()];
  return { key, complaint: new Complaint(key), authored: authored.state, shared: shared.state, refused };
}
