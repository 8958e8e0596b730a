"""Where the Tab key goes on a page, and whether what has the focus shows it, by pixels."""

from __future__ import annotations

from typing import NamedTuple

from playwright.sync_api import CDPSession, Page

from checks.camera import contrast, photograph

SPARE = 100  # stops more than were counted, before a walk is given up
MARGIN = 5  # pixels round an element in which its focus may show
ON_HOVER = ("headerlink", "md-code__button")  # shown when their heading or code is pointed at
VISIBLE = 3  # contrast of the two states, WCAG 2.4.13
OPENS_WITHIN = 1000  # milliseconds; the theme opens a phone's search just after it got the focus
# Everything in tab order that can be seen; of radio buttons that share a name the chosen one.
REACHABLE = """() => {
  const all = document.querySelectorAll(
    "a[href], button, input, select, textarea, summary, iframe, audio[controls], [tabindex]");
  const seen = e => e.checkVisibility({visibilityProperty: true, contentVisibilityAuto: true});
  const stop = e => e.tabIndex >= 0 && !e.disabled && !e.closest("[inert]") && seen(e)
    && (e.type !== "radio" || e === (document.querySelector(`[name="${e.name}"]:checked`)
        ?? document.querySelector(`[name="${e.name}"]`)))
    && (e.localName !== "summary" || e.parentElement.firstElementChild === e);
  return [...all].filter(stop);
}"""
NUMBER = f"""() => {{
  const stops = ({REACHABLE})();
  stops.forEach((e, index) => {{ e.dataset.stop = index; }});
  return stops.length;
}}"""
PREPARE = """() => {
  window.scrollTo({top: 0, behavior: "instant"});
  document.activeElement.blur();
}"""
NAMES = """all => all.map(
  index => document.querySelector(`[data-stop="${index}"]`)?.outerHTML.slice(0, 90))"""
# What has the focus; whether any part of it can be seen and is not covered by something else,
# now or after some milliseconds of patience.
WHERE = """async patience => {
  const e = document.activeElement;
  if (e === document.body || e === document.documentElement) return null;
  const shown = [e, ...e.parentElement.querySelectorAll("label")]
    .find(each => each.getBoundingClientRect().width) ?? e; // a radio button's label
  const at = ([x, y]) => x >= 0 && y >= 0 && x < innerWidth && y < innerHeight
    && document.elementsFromPoint(x, y)[0];
  const grid = () => [...shown.getClientRects()].flatMap(b => [0.1, 0.5, 0.9].flatMap(
    u => [0.1, 0.5, 0.9].map(v => [b.left + u * b.width, b.top + v * b.height])));
  const seen = () => grid().map(at).some(
    top => top && (shown.contains(top) || top.contains(shown)));
  const until = performance.now() + patience;
  let free = seen();
  while (!free && performance.now() < until) {
    await new Promise(done => setTimeout(done, 10));
    free = seen();
  }
  const name = e.localName + [...e.classList].map(c => "." + c).join("")
    + ` “${(e.ariaLabel ?? e.textContent ?? "").trim().replace(/\\s+/g, " ").slice(0, 30)}”`;
  return {stop: e.dataset.stop === undefined ? -1 : Number(e.dataset.stop), name, free};
}"""
# For pixels: the first stop of each kind, that is of equal tag, classes and surroundings.
KINDS = f"""known => {{
  for (const e of document.querySelectorAll("[data-kind]")) delete e.dataset.kind; // earlier
  const kinds = new Map();
  for (const e of ({REACHABLE})()) {{
    const classes = [...e.classList].filter(c => c !== "focus-visible" && !/active|passed/.test(c));
    const kind = [e.localName, e.type, ...classes, "in", e.parentElement.className].join(" ");
    if (!kinds.has(kind) && !known.includes(kind)) kinds.set(kind, e);
  }}
  [...kinds.values()].forEach((e, index) => e.dataset.kind = index);
  return [...kinds.keys()];
}}"""
PLACE = """index => {
  const e = document.querySelector(`[data-kind="${index}"]`);
  const search = document.getElementById("__search"); // it stays open when a script takes the focus
  if (search?.checked && !e.closest("[data-md-component=search]")) search.click();
  e.scrollIntoView({block: "center", behavior: "instant"});
  e.focus({preventScroll: true});
  const shown = [e, ...e.parentElement.querySelectorAll("label")]
    .find(each => each.getBoundingClientRect().width) ?? e; // a radio button's label
  const {left, top, width, height} = shown.getBoundingClientRect();
  return [left, top, width, height, innerWidth, innerHeight, scrollX, scrollY];
}"""


class Walk(NamedTuple):
    """Where the keys led: positions in tab order, -1 for what should be none."""

    stops: list[int]
    hidden: list[str]  # had the focus where nobody could see it
    ended: bool


def walk_problems(page: Page) -> list[str]:
    """What is wrong with going through a page by Tab, and back by Shift+Tab.

    Args:
        page: One on which nothing was clicked: Tab goes on from the place of the last click, even
            after what was clicked has lost the focus.
    """
    page.evaluate(PREPARE)
    count = count_stops(page)
    forth = _walk(page, "Tab", count)
    if (
        forth.ended and -1 in forth.stops
    ):  # a focus brought out a control, say for what it points at
        count = count_stops(page)
        forth = _walk(page, "Tab", count)
    back = _walk(page, "Shift+Tab", count)
    problems = [
        f"{name} has the focus and cannot be seen" for name in (*forth.hidden, *back.hidden)
    ]
    if not forth.ended or not back.ended:
        problems.append(f"a trap after {len(forth.stops)} stops forth, {len(back.stops)} back")
    if missed := sorted(set(range(count)) - set(forth.stops)):
        names = page.evaluate(NAMES, missed[:3])
        problems.append(f"{len(missed)} of {count} are never reached: {names}")
    if forth.stops != sorted(forth.stops):
        problems.append("the order is not that of the page")
    if sorted(back.stops) != sorted(forth.stops):
        problems.append(f"{len(forth.stops)} stops forth, {len(back.stops)} back")
    return problems


def count_stops(page: Page) -> int:
    """How many elements the Tab key should lead to; they are numbered on the page."""
    return int(page.evaluate(NUMBER))


def _walk(page: Page, key: str, count: int) -> Walk:
    stops, hidden = list[int](), list[str]()
    for _ in range(count + SPARE):
        page.keyboard.press(key)
        # Once something was not seen there is a problem to report: no more waiting then.
        at = page.evaluate(WHERE, 0 if hidden else OPENS_WITHIN)
        if at is None or (stops and at["stop"] == stops[0]):
            return Walk(stops, hidden, ended=True)
        if stops and at["stop"] == stops[-1]:
            break
        stops.append(at["stop"])
        if not at["free"]:
            hidden.append(at["name"])
    return Walk(stops, hidden, ended=False)


def unseen_focus(page: Page, known: set[str]) -> list[str]:
    """Kinds of controls whose focus changes too few pixels, or that show nothing at all.

    Args:
        page: A settled one.
        known: Kinds that were looked at before; those found here are added.
    """
    page.keyboard.press("Tab")  # from now on the browser shows the focus
    kinds = page.evaluate(KINDS, sorted(known))
    known.update(kinds)
    camera = page.context.new_cdp_session(page)
    try:
        return [
            f"{kind}: {problem}"
            for index, kind in enumerate(kinds)
            for problem in _states(
                page, camera, index, shows=not any(each in kind for each in ON_HOVER)
            )
        ]
    finally:
        camera.detach()


def _states(page: Page, camera: CDPSession, index: int, *, shows: bool) -> list[str]:
    left, top, width, height, right, bottom, *scrolled = page.evaluate(PLACE, index)
    x, y = max(left - MARGIN, 0), max(top - MARGIN, 0)
    clip = {
        "x": x,
        "y": y,
        "width": min(left + width + MARGIN, right) - x,
        "height": min(top + height + MARGIN, bottom) - y,
    }
    if clip["width"] <= 2 * MARGIN or clip["height"] <= 2 * MARGIN:
        return ["it has no place on the page"]
    clip["x"], clip["y"] = x + scrolled[0], y + scrolled[1]  # the camera counts from the page's top
    focused = photograph(camera, clip)
    page.evaluate("document.activeElement.blur()")
    blurred = photograph(camera, clip)
    changed = contrast(focused, blurred) >= VISIBLE
    problems = []
    if changed.sum() < clip["width"] + clip["height"]:  # half of its edge, one pixel wide
        problems.append(f"{int(changed.sum())} pixels show the focus")
    if shows and contrast(blurred.max(), blurred.min()) < VISIBLE:
        problems.append("it shows nothing")
    return problems
