// What a widget shows, kept in the page's address, so that a link shows the same to someone else.
// The query holds it, not the hash: the theme writes the section that is being read there.

const WAIT = 300; // ms; browsers refuse more than about three changes of the address a second

/** @type {Map<string, (address: URL) => URL>} Changes that wait, by the widget's key. */
const waiting = new Map();
let timer = 0;

/**
 * The name of a widget in the address and in its elements' ids: its id, or its tag and its place.
 *
 * @param {Element} host
 * @returns {string}
 */
export function keyOf(host) {
  if (host.id) return host.id;
  const alike = [...document.querySelectorAll(host.localName)].filter((other) => !other.id);
  const place = alike.indexOf(host) + 1;
  return place > 1 ? `${host.localName}-${place}` : host.localName;
}

/**
 * The values that the address holds for a widget. Anyone can have written them, at any length: check
 * each (settings.js), and say what is not followed.
 *
 * @param {Element} host
 * @returns {Map<string, string>}
 */
export function readState(host) {
  const prefix = `${keyOf(host)}.`;
  const found = new Map();
  for (const [name, value] of new URLSearchParams(location.search))
    if (name.startsWith(prefix)) found.set(name.slice(prefix.length), value);
  return found;
}

/**
 * Put a widget's state into the address soon, without a new entry in the history.
 *
 * @param {Element} host
 * @param {Record<string, string>} values
 * @param {Record<string, string>} defaults What need not be said.
 */
export function writeState(host, values, defaults) {
  const page = location.pathname;
  waiting.set(keyOf(host), (address) =>
    host.isConnected && address.pathname === page ? withState(host, values, defaults, address) : address, // else another page is shown
  );
  clearTimeout(timer);
  timer = setTimeout(writeAll, WAIT);
}

// Who follows a link before that would come back to what was there earlier.
document.addEventListener("click", ({ target }) => target instanceof Element && target.closest("a[href]") && writeAll(), { capture: true });
addEventListener("pagehide", writeAll);

/** Put what all widgets wait to say into the address, in one go. */
function writeAll() {
  const address = [...waiting.values()].reduce((soFar, change) => change(soFar), new URL(location.href));
  waiting.clear();
  if (address.href !== location.href) history.replaceState(history.state, "", address);
}

/**
 * An address with a widget's state in it; the page's own, unless another is given.
 *
 * @param {Element} host
 * @param {Record<string, string>} values
 * @param {Record<string, string>} defaults
 * @param {URL} [from]
 * @returns {URL}
 */
export function withState(host, values, defaults, from = new URL(location.href)) {
  const address = new URL(from);
  const prefix = `${keyOf(host)}.`;
  for (const name of [...address.searchParams.keys()])
    if (name.startsWith(prefix)) address.searchParams.delete(name);
  for (const [name, value] of Object.entries(values))
    if (value !== defaults[name]) address.searchParams.set(prefix + name, value);
  return address;
}
