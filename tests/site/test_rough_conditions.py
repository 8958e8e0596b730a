"""A browser that keeps nothing, a script that fails, a finger that rests on a key: pages go on.

Widgets and their controls are found on the page: a new widget is tested without a line here.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager

import pytest
from playwright.sync_api import Browser, Locator, Page, Route, expect

from checks.browsing import new_context, wake
from checks.pages import first
from checks.visit import TO_THE_END
from checks.widget_page import TAGS, widget

pytestmark = pytest.mark.browser
ALL_WIDGETS = "".join(widget(tag, f'id="{tag}"') for tag in TAGS)
STORAGES = {
    "forbidden": """for (const name of ["localStorage", "sessionStorage"])
      Object.defineProperty(window, name,
        {get() { throw new DOMException("denied", "SecurityError") }});""",
    "damaged": "Storage.prototype.getItem = () => '{';",
    "full": "Storage.prototype.setItem = () => { throw new DOMException('full') };",
}
MEND = re.compile(r'<script>for\(const name of\["__md_get".*?</script>')  # overrides/main.html
FOREIGN_ERROR = """for (const name of ["DOMContentLoaded", "load"])
  addEventListener(name, () => { throw new Error("from elsewhere") });"""
WATCH_CANVAS = """window.drawnNaN = [];
  const kind = CanvasRenderingContext2D.prototype;
  for (const [name, {value}] of Object.entries(Object.getOwnPropertyDescriptors(kind)))
    if (typeof value === "function") kind[name] = function (...all) {
      if (all.some(Number.isNaN)) drawnNaN.push(name);
      return value.apply(this, all);
    };"""
CONTROLS = """() => {  // marks and counts the first of every kind of control in the widget
  for (const old of document.querySelectorAll("[data-tried]")) old.removeAttribute("data-tried");
  const kinds = new Map();
  const all = "#it :is(input, select, textarea, [tabindex='0'], [role=radio])";
  for (const control of document.querySelectorAll(all)) {
    if (!control.checkVisibility() || control.type === "file") continue;
    const own = control.localName === "select" ? control.id : control.className;
    const kind = [control.localName, control.type, own, control.inputMode];
    if (!kinds.has(String(kind))) kinds.set(String(kind), control);
  }
  for (const control of kinds.values()) control.setAttribute("data-tried", "");
  return kinds.size;
}"""
HELD_KEY = """async (control) => {  // what a screen reader hears while a key repeats, and after
  const heard = [], rest = (ms) => new Promise(done => setTimeout(done, ms));
  const live = ":is(output, [role=status], [role=alert], [aria-live])";
  for (const region of document.querySelectorAll(`#it ${live}:not([aria-live=off])`))
    new MutationObserver(() => heard.push(region.textContent))
      .observe(region, {childList: true, characterData: true, subtree: true});
  const key = control.getAttribute("role") === "spinbutton" ? "ArrowUp" : "ArrowRight";
  control.focus();
  for (let repeat = 0; repeat < 23; repeat++) {  // a prime: of few choices, not the first again
    document.activeElement.dispatchEvent(
      new KeyboardEvent("keydown", {key, code: key, bubbles: true, cancelable: true}));
    if (control.localName === "select")
      control.selectedIndex = (control.selectedIndex + 1) % control.options.length;
    if (["range", "number"].includes(control.type)) control[repeat % 5 ? "stepUp" : "stepDown"]();
    if (["checkbox", "radio"].includes(control.type)) control.click();
    if (control.matches("input, select"))
      for (const name of ["input", "change"])
        control.dispatchEvent(new Event(name, {bubbles: true}));
    await rest(16);
  }
  await rest(800);
  return heard;
}"""
TIMED = """(field, text) => {  // the longest that one event takes, in milliseconds
  field.focus(); field.value = text;
  return Math.max(...["input", "change"].map((name) => {
    const start = performance.now();
    field.dispatchEvent(new Event(name, {bubbles: true}));
    return performance.now() - start;
  }));
}"""
SLOWEST = 1_000  # ms; 200 on a machine that does nothing else
MOST_HEARD = 2  # a sentence, and perhaps a refusal
MOST = 60  # kinds of controls in a widget

Opener = Callable[..., AbstractContextManager[tuple[Page, list[str]]]]


@pytest.fixture(scope="module")
def open_rough(browser: Browser, widgets_at: Callable[[str], str]) -> Opener:
    """Opens widgets after a script of the test's own, and notes scripts that fail."""

    @contextmanager
    def open_it(
        content: str, script: str = "", *, blocked: str = ""
    ) -> Iterator[tuple[Page, list[str]]]:
        errors = list[str]()
        with new_context(browser) as reader:
            page = reader.new_page()
            page.on("pageerror", lambda error: errors.append(error.message))
            page.add_init_script(script)
            if blocked:
                page.route(blocked, lambda route: route.abort())
            page.goto(widgets_at(content))
            if not blocked:
                wake(page)
            yield page, errors

    return open_it


def use_the_theme(page: Page) -> None:
    """Search, and change to the dark page."""
    page.get_by_role("textbox", name="Search").first.focus()
    page.keyboard.type("stride")
    page.locator(".md-search-result__item").first.wait_for()
    page.keyboard.press("Escape")
    page.locator("label[for=__palette_1]").click()
    expect(page.locator("body")).to_have_attribute("data-md-color-scheme", "slate")


def tried(page: Page) -> Iterator[Locator]:
    """One control of each kind in the widget, which may make its controls anew in between."""
    marked = page.locator("[data-tried]")
    for number in range(MOST):
        if page.evaluate(CONTROLS) <= number:
            return
        yield marked.nth(number)
    pytest.fail(f"more than {MOST} kinds of controls")


def is_typed_into(control: Locator) -> bool:
    """Whether a control is a field for text or numbers."""
    return bool(control.evaluate("control => /^(text|number|search|textarea)$/.test(control.type)"))


@pytest.mark.parametrize("storage", first(STORAGES))
def test_a_page_does_without_what_the_browser_keeps(open_rough: Opener, storage: str) -> None:
    with open_rough(ALL_WIDGETS, STORAGES[storage]) as (page, errors):
        expect(page.locator("[data-cf-mounted=ready]")).to_have_count(len(TAGS))
        use_the_theme(page)
        assert errors == []


@pytest.mark.full
def test_a_theme_that_relies_on_it_is_caught(open_rough: Opener) -> None:
    with open_rough("") as (page, errors):

        def without_the_mend(route: Route) -> None:
            answer = route.fetch()
            body, count = MEND.subn("", answer.text())
            assert count == 1
            route.fulfill(response=answer, body=body)

        page.add_init_script(STORAGES["damaged"])
        page.route(page.url, without_the_mend)
        page.reload()
        page.wait_for_load_state("networkidle")
        assert errors


def test_a_script_from_elsewhere_that_fails_stops_nothing(open_rough: Opener) -> None:
    with open_rough(ALL_WIDGETS, FOREIGN_ERROR) as (page, errors):
        expect(page.locator("[data-cf-mounted=ready]")).to_have_count(len(TAGS))
        use_the_theme(page)
        assert set(errors) == {"from elsewhere"}


@pytest.mark.parametrize("blocked", ["**/assets/main.js", "**/widgets/*-*.js"])
def test_where_a_script_is_blocked_the_figures_stay(open_rough: Opener, blocked: str) -> None:
    with open_rough(ALL_WIDGETS, blocked=blocked) as (page, _):
        page.evaluate(TO_THE_END)
        page.wait_for_load_state("networkidle")
        pictures = page.get_by_alt_text("A kernel over an image")
        expect(pictures).to_have_count(len(TAGS))
        assert all(picture.is_visible() for picture in pictures.all())


@pytest.mark.full
@pytest.mark.parametrize("tag", TAGS)
def test_a_held_key_is_heard_once_at_its_end(open_rough: Opener, tag: str) -> None:
    with open_rough(widget(tag)) as (page, errors):
        page.wait_for_timeout(800)  # what is to be said at the start has been said
        heard = [control.evaluate(HELD_KEY) for control in tried(page)]
        assert [words for words in heard if len(words) > MOST_HEARD] == []
        assert any(heard)
        assert errors == []


@pytest.mark.parametrize("tag", first(TAGS, 2))
def test_a_size_that_no_page_can_draw_takes_no_time(open_rough: Opener, tag: str) -> None:
    with open_rough(widget(tag), WATCH_CANVAS) as (page, errors):
        for field in filter(is_typed_into, tried(page)):
            for text in ("10000", "-10000", "NaN"):
                assert field.evaluate(TIMED, text) < SLOWEST
                assert "NaN" not in page.locator("#it .cf-result").first.inner_text()
        assert page.evaluate("drawnNaN") == []
        assert errors == []


CARELESS = """customElements.define("careless-widget", class extends HTMLElement {
  connectedCallback() {
    this.dataset.cfMounted = "ready";
    this.innerHTML = "<input type=text aria-label=Size><output></output><canvas></canvas>";
    const [field, words, canvas] = this.children;
    field.addEventListener("input", () => { DO });
  }
});"""


@pytest.fixture
def careless(open_rough: Opener) -> Callable[[str], AbstractContextManager[Locator]]:
    """The field of a widget that does something careless at every event."""

    @contextmanager
    def open_it(does: str) -> Iterator[Locator]:
        with open_rough("", WATCH_CANVAS) as (page, _):
            page.route(
                "**/widgets/careless-widget.js",
                lambda route: route.fulfill(
                    content_type="text/javascript", body=CARELESS.replace("DO", does)
                ),
            )
            page.evaluate("document.querySelector('article').innerHTML = '<careless-widget id=it>'")
            page.evaluate("import(new URL('widgets/careless-widget.js', document.baseURI))")
            (field,) = tried(page)
            yield field

    return open_it


@pytest.mark.full
def test_a_widget_that_speaks_at_every_key_is_caught(careless: Callable) -> None:
    with careless("words.textContent += '.'") as field:
        assert len(field.evaluate(HELD_KEY)) == 23


@pytest.mark.full
def test_a_widget_that_takes_its_time_is_caught(careless: Callable) -> None:
    busy = "const start = performance.now(); while (performance.now() < start + 1000);"
    with careless(busy) as field:
        assert field.evaluate(TIMED, "10000") >= SLOWEST


@pytest.mark.full
def test_a_widget_that_draws_nan_is_caught(careless: Callable) -> None:
    with careless("canvas.getContext('2d').fillRect(0, 0, Number(field.value), 1)") as field:
        field.evaluate(TIMED, "NaN")
        assert field.page.evaluate("drawnNaN") == ["fillRect"]
