"""What a reader's own few colours take away: marks that are nothing but a coloured background."""

from __future__ import annotations

from playwright.sync_api import CDPSession, Page

from checks.camera import contrast, photograph

VISIBLE = 3  # WCAG 1.4.11
# Of each kind (tag, classes and what holds it) the first drawing: a canvas, a shape, or an element
# without text that has a background.
KINDS = """() => {
  const drawn = e => {
    const {backgroundColor, backgroundImage} = getComputedStyle(e);
    const painted = backgroundColor !== "rgba(0, 0, 0, 0)" || backgroundImage !== "none";
    return e.matches("canvas, svg :is(path, line, rect, circle, polyline, polygon)")
      || painted && !e.textContent.trim() && !e.querySelector("*");
  };
  const kinds = new Map();
  for (const e of document.querySelectorAll("main *")) {
    const {width, height} = e.getBoundingClientRect();
    const kind = `${e.localName}.${e.getAttribute("class") ?? ""} in ${e.parentElement.className}`;
    if (kinds.has(kind) || width < 3 && height < 3 || !e.checkVisibility() || !drawn(e)) continue;
    kinds.set(kind, e);
  }
  [...kinds.values()].forEach((e, index) => { e.dataset.mark = index; });
  return [...kinds.keys()];
}"""
PLACE = """index => {
  const e = document.querySelector(`[data-mark="${index}"]`);
  e.scrollIntoView({block: "center", behavior: "instant"});
  const {left, top, width, height} = e.getBoundingClientRect();
  return {x: left + scrollX - 1, y: top + scrollY - 1, width: width + 2, height: height + 2};
}"""


def lost_marks(page: Page) -> list[str]:
    """Kinds of marks that stand out from what is around them, but not in forced colours."""
    kinds = page.evaluate(KINDS)
    camera = page.context.new_cdp_session(page)
    try:
        before = [_stands_out(page, camera, index) for index in range(len(kinds))]
        page.emulate_media(forced_colors="active")
        after = [_stands_out(page, camera, index) for index in range(len(kinds))]
    finally:
        camera.detach()
    return [kind for kind, was, is_ in zip(kinds, before, after, strict=True) if was and not is_]


def _stands_out(page: Page, camera: CDPSession, index: int) -> bool:
    light = photograph(camera, page.evaluate(PLACE, index))
    return bool(contrast(light.max(), light.min()) >= VISIBLE)
