// What a widget starts with: its page's author asks first, in attributes, then whoever wrote the address.

import { keyOf, readState } from "./address.js";
import { Complaint } from "./controls.js";
import { attributesOf } from "./settings.js";

/**
 * @template State
 * @param {Element} host
 * @param {State} first What it shows if nothing is asked for.
 * @param {(state: State, settings: Map<string, string>) => {state: State, refused: string[]}} withSettings
 * @returns {{key: string, complaint: Complaint, authored: State, shared: State, refused: string[]}} `authored` is
 *   what Reset returns to, `shared` what is shown first, `refused` why not all that was asked for can be.
 */
export function boot(host, first, withSettings) {
  const key = keyOf(host);
  const authored = withSettings(first, attributesOf(host));
  const shared = withSettings(authored.state, readState(host));
  const refused = [...authored.refused, ...shared.refused];
  return { key, complaint: new Complaint(key), authored: authored.state, shared: shared.state, refused };
}
