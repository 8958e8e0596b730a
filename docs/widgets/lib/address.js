// What a widget shows, kept in the page's address, so that a link shows the same to someone else.
// The query holds it, not the hash: the theme writes the section that is being read there.

const LONGEST = 600; // characters of one value; longer ones are ignored
const WAIT = 300; // ms; browsers refuse more than about three changes of the address a second

/** @type {Map<string, () => void>} Changes that wait, by the widget's key. */
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
 * The values that the address holds for a widget. Anyone can have written them: check each.
 *
 * @param {Element} host
 * @returns {Map<string, string>}
 */
export function readState(host) {
  const prefix = `${keyOf(host)}.`;
  const found = new Map();
  for (const [name, value] of new URLSearchParams(location.search))
    if (name.startsWith(prefix) && value.length <= LONGEST)
      found.set(name.slice(prefix.length), value);
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
  waiting.set(keyOf(host), () => {
    if (!host.isConnected) return; // another page is being shown
    const address = withState(host, values, defaults);
    if (address.href !== location.href) history.replaceState(history.state, "", address);
  });
  clearTimeout(timer);
  timer = setTimeout(() => {
    const changes = [...waiting.values()];
    waiting.clear();
    changes.forEach((change) => change());
  }, WAIT);
}

/**
 * The page's address with a widget's state in it.
 *
 * @param {Element} host
 * @param {Record<string, string>} values
 * @param {Record<string, string>} defaults
 * @returns {URL}
 */
export function withState(host, values, defaults) {
  const address = new URL(location.href);
  const prefix = `${keyOf(host)}.`;
  for (const name of [...address.searchParams.keys()])
    if (name.startsWith(prefix)) address.searchParams.delete(name);
  for (const [name, value] of Object.entries(values))
    if (value !== defaults[name]) address.searchParams.set(prefix + name, value);
  return address;
}
