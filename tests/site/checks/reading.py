"""What a reader may change about a page: spacing, size, motion, paper; and what no key reaches."""

from __future__ import annotations

from playwright.sync_api import Page

from checks.reflow import sideways_problems

# WCAG 1.4.12, in every element; a constructed sheet, since the pages' policy allows no inline style
SPACED = """* {
  line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important;
}
p { margin-block-end: 2em !important; }"""
LARGE = "html { font-size: 250% !important; }"  # the theme's 125 % twice
RESTYLE = """css => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(css);
  document.adoptedStyleSheets = css ? [sheet] : [];
}"""
CLIPPED = """() => {
  const cut = e => {
    const style = getComputedStyle(e);
    const own = [...e.childNodes].some(node => node.nodeType === 3 && node.data.trim());
    return own && e.checkVisibility({visibilityProperty: true})
      && !/inline|contents/.test(style.display)
      && /hidden|clip/.test(style.overflowY) && e.clientWidth > 1
      && (e.scrollHeight > e.clientHeight + 3 || e.scrollWidth > e.clientWidth + 3);
  };
  return [...document.querySelectorAll("main *")].filter(cut)
    .map(e => `${e.localName}.${e.className} “${e.textContent.trim().slice(0, 30)}”`);
}"""
MOVING = """() => [
  ...document.getAnimations().filter(a => a.playState === "running").map(() => "an animation runs"),
  ...[...document.querySelectorAll("[autoplay], marquee, blink, img[src$='.gif']")]
    .map(e => `${e.localName} moves unasked`)]"""
POINTER_ONLY = """() => {
  const keys = "a[href], button, input, select, textarea, summary, label, main [tabindex]";
  return [...document.querySelectorAll("main *")].filter(e => !e.closest(keys)
    && e.checkVisibility() && getComputedStyle(e).cursor === "pointer"
    && !e.querySelector(keys)).map(e => `${e.localName}.${e.className} answers to a pointer only`);
}"""
ORDER = """() => [...document.querySelectorAll("[tabindex]")].filter(e => e.tabIndex > 0)
  .map(e => `${e.localName} jumps the queue: tabindex ${e.tabIndex}`)"""
PRINTED = r"""() => {
  const seen = e => e.checkVisibility({visibilityProperty: true, opacityProperty: true});
  const stuck = [...document.querySelectorAll("body *")].filter(e => seen(e)
    && /fixed|sticky/.test(getComputedStyle(e).position) && e.getBoundingClientRect().height > 0);
  const printed = e =>
    e.checkVisibility({contentVisibilityAuto: true}) && e.getClientRects().length;
  // A test is printed as a sheet of questions: what its reader left closed is not on it.
  const test = /\/(pre|post)-test\/$/.test(location.pathname);
  const kept = e => test && e.closest("details").matches(".answer:not([open])");
  // A widget's controls are of no use on paper: its still picture is printed for them.
  const pictured = e => {
    const widget = e.closest(".cf-widget > .cf-body")?.parentElement;
    const still = widget?.querySelector(":scope > .cf-still");
    return still && printed(still) && still.getBoundingClientRect().height > 0;
  };
  const answers = [...document.querySelectorAll("main details:not(.cf-data) > p")]
    .filter(e => !kept(e) && !pictured(e));
  return [
    ...stuck.map(e => `${e.localName}.${e.className} lies over the paper`),
    ...answers.filter(e => !printed(e))
      .map(e => `a closed answer is not printed: ${e.textContent.slice(0, 30)}`),
    ...(getComputedStyle(document.body).color === "rgb(0, 0, 0)"
      || getComputedStyle(document.documentElement).colorScheme.includes("light")
      ? [] : ["the dark page is printed"])];
}"""


def reading_problems(page: Page) -> list[str]:
    """What is lost when a reader sets spacing or size, and what moves, hides or skips.

    Args:
        page: 320 pixels wide: 1280 at 400 % zoom.
    """
    problems = [*page.evaluate(MOVING), *page.evaluate(POINTER_ONLY), *page.evaluate(ORDER)]
    problems += [f"spaced: {each}" for each in _styled(page, SPACED)]
    page.set_viewport_size({"width": 1200, "height": 800})  # where em counts as if it were larger
    problems += [f"text at 200 %: {each}" for each in _styled(page, LARGE)]
    page.emulate_media(media="print")
    problems += [f"print: {each}" for each in page.evaluate(PRINTED)]
    return problems


def _styled(page: Page, css: str) -> list[str]:
    page.evaluate(RESTYLE, css)
    found = [*sideways_problems(page), *page.evaluate(CLIPPED)]
    page.evaluate(RESTYLE, "")
    return found
