// The list of a page's contents makes room for a widget that is wider than the text.

const SIDE = ".md-sidebar--secondary";

/** @param {DOMRect} one @param {DOMRect} other */
const meet = (one, other) =>
  one.left < other.right && other.left < one.right && one.top < other.bottom && other.top < one.bottom;

/** Put the list away while a widget stands where it stands; keys still reach it and bring it back (assets/widgets.css). */
function makeRoom() {
  const side = document.querySelector(SIDE);
  const list = side?.querySelector(".md-nav");
  if (!side || !list) return;
  side.classList.remove("cf-away"); // else it would be measured where it is put
  const place = list.getBoundingClientRect();
  const met = [...document.querySelectorAll(".cf-widget")].some((widget) => meet(widget.getBoundingClientRect(), place));
  side.classList.toggle("cf-away", met);
}

let waiting = false;
function soon() {
  if (waiting) return;
  waiting = true;
  requestAnimationFrame(() => {
    waiting = false;
    makeRoom();
  });
}

/** Follow whatever may move a widget or the list: scrolling, the window, a widget or a page that grows. */
export function watchContents() {
  addEventListener("scroll", soon, { passive: true });
  addEventListener("resize", soon);
  new ResizeObserver(soon).observe(document.body);
}
