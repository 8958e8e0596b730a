// Keeps what is being read where it is while something on the page takes more or less room. Engines
// differ: WebKit anchors nothing when it scrolls, Chromium and Firefox not always, and a link that was
// followed leads to where its target was then. So the way that was moved is measured, and undone at once.

const MOVES = ["wheel", "touchmove", "pointerdown", "keydown"]; // a reader goes on by themselves

/**
 * @typedef {object} Destination
 * @property {Element | null} target What a link points at; null: the reader returns to where they were.
 * @property {() => void} bring Scroll there.
 */

/** @type {Destination | null} Where the reader has been sent, until they go on. */
let destination = null;

for (const name of MOVES) addEventListener(name, () => (destination = null), { capture: true, passive: true });
addEventListener("click", noteLink, { capture: true });
addEventListener("hashchange", noteDestination);

/** A link within the page is about to be followed; the event that says so may come after a widget has grown. @param {MouseEvent} event */
function noteLink({ target, ctrlKey, metaKey, shiftKey }) {
  const link = target instanceof Element ? target.closest("a[href]") : null;
  if (!(link instanceof HTMLAnchorElement) || !link.hash || ctrlKey || metaKey || shiftKey) return;
  if (link.origin + link.pathname === location.origin + location.pathname) destination = leadingTo(named(link.hash));
}

/** A page has been opened, or a link within it followed: note where that leads. */
export function noteDestination() {
  const { dataset } = document.documentElement;
  const top = Number(dataset.cfReturned); // assets/links.js
  const returns = dataset.cfReturned !== undefined;
  destination = returns ? { target: null, bring: () => scrollTo({ top, behavior: "instant" }) } : linked();
  delete dataset.cfReturned;
  if (returns) arrive(); // a browser may go to the top of the section instead
}

/** What the address points at. */
const linked = () => leadingTo(document.querySelector(":target") ?? named(location.hash));

/** @param {string} hash */
const named = (hash) => document.getElementById(hash.slice(1));

/** @param {Element | null} target @returns {Destination | null} */
function leadingTo(target) {
  if (!target) return null;
  target.closest("[hidden=until-found]")?.removeAttribute("hidden"); // not every browser does it
  return { target, bring: () => target.scrollIntoView({ behavior: "instant" }) };
}

/** Whether a link has just led into a part of the page, or the reader is at work in it. @param {Element} part */
export function isWanted(part) {
  return part.contains(document.activeElement) || part.contains(destination?.target ?? null);
}

/**
 * Change an element, and bring what is being read back to where it was, before anything is painted.
 *
 * @param {Element} host
 * @param {() => void} change
 */
export function keepPlace(host, change) {
  const edge = edgeOf(host);
  const before = edge();
  change();
  if (destination && isMoved(host, destination.target)) arrive();
  else scrollBy({ top: edge() - before, behavior: "instant" });
}

/** Bring the reader to where they were sent, and stay there: a smooth scroll that was under way has a step left. */
function arrive(frames = 3) {
  destination?.bring();
  if (frames) requestAnimationFrame(() => arrive(frames - 1));
}

/** Whether something lies in an element or behind it. @param {Element} host @param {Element | null} target Null: yes. */
function isMoved(host, target) {
  const { DOCUMENT_POSITION_CONTAINED_BY: within, DOCUMENT_POSITION_FOLLOWING: behind } = Node;
  return target === null || Boolean(host.compareDocumentPosition(target) & (within | behind));
}

/**
 * What must not move: what comes after an element of which little is seen, else where it begins.
 *
 * @param {Element} host
 * @returns {() => number}
 */
function edgeOf(host) {
  const after = host.nextElementSibling;
  const isPassed = host.getBoundingClientRect().bottom < innerHeight / 2;
  if (isPassed && after?.getClientRects().length) return () => after.getBoundingClientRect().top;
  return () => host.getBoundingClientRect()[isPassed ? "bottom" : "top"];
}
