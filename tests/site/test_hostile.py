"""Whatever stands in an address, a field or a file, a widget takes it for text and goes on working.

Widgets, their settings, fields and doors for files are found on the page: a new widget is tested
without a line here. What each says to a wrong value is tested with the widget itself.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from urllib.parse import quote, urlencode

import pytest
from playwright.sync_api import Browser, Page, expect

from checks.browsing import new_context, wake
from checks.pages import first
from checks.policy import WATCH
from checks.widget_page import TAGS, Opener, widget

pytestmark = pytest.mark.browser
MILLION = 10**6
MARKUP = "<img class=planted src=x onerror=window.ran=1><script>window.ran=1</script>"
PAYLOADS = {  # in an address: each for every setting of an instance of its own
    "markup": MARKUP,
    "quotes": "\"'`-->${window.ran=1}<svg class=planted onload=window.ran=1>\u0000\u202e",
    "proto": "__proto__",
    "large": "9" * 590,
    "huge": "7" * 3_000,  # longer than a number, a name or a drawing can be
}
PASTED = {
    "markup": MARKUP,
    "proto": "__proto__",
    "large": "1e309",
    "million": "7 " * (MILLION // 2),
}
FILES = {
    "script": ("<img class=planted src=x onerror=window.ran=1>.json", MARKUP.encode()),
    "proto": ("__proto__.json", b'{"__proto__": {"polluted": 1}, "constructor": 1}'),
    "svg": ("a.svg", b"<svg xmlns='http://www.w3.org/2000/svg' onload='window.ran=1'/>"),
    "empty": ("empty", b""),
    "large": ("large.png", b"\x89PNG" + bytes(MILLION)),
}
# Which settings a widget asks the address for: those it looks up where the canary sits.
SPY = """window.asked = {};
  const get = Map.prototype.get, has = Map.prototype.has;
  Map.prototype.get = function (name) {
    if (typeof name === "string" && has.call(this, "canary"))
      (asked[get.call(this, "canary")] ??= []).push(name);
    return get.call(this, name);
  };"""
HARM = """() => [
  ...(window.ran ? ["a script ran"] : []),
  ...(document.querySelector(".planted, main [onerror]") ? ["text became markup"] : []),
  ...Object.keys(Object.prototype).map(name => `every object has ${name}`),
  ...("polluted" in {} ? ["every object is polluted"] : []),
  ...stopped.map(line => `the policy had to stop ${line}`),
]"""
FIELDS = """() => {  // of every kind of text field in the widget, the first
  const kinds = new Map();
  for (const field of document.querySelectorAll("#it :is(input, textarea)")) {
    const kind = [field.localName, field.className, field.inputMode, field.parentElement.className];
    if (!/^(text|textarea|number|search)$/.test(field.type)) continue;
    if (!kinds.has(String(kind))) kinds.set(String(kind), field);
  }
  [...kinds.values()].forEach(field => field.setAttribute("data-tried", ""));
}"""
TYPE = """(field, text) => {
  field.focus(); field.value = text;
  for (const name of ["input", "change"]) field.dispatchEvent(new Event(name, {bubbles: true}));
}"""


class Hurt(list[str]):
    """What a page did that it should not: scripts that ran or threw."""

    def watch(self, page: Page) -> None:
        page.on("pageerror", lambda error: self.append(f"script: {error}"))
        page.on("dialog", lambda dialog: (self.append("a dialog"), dialog.dismiss()))

    def of(self, page: Page) -> list[str]:
        return [*self, *page.evaluate(HARM)]


@pytest.fixture(scope="module")
def open_watched(browser: Browser, widgets_at: Callable[[str], str]) -> Iterator[Opener]:
    """Opens widgets under an address, on a page that notes harm."""
    with new_context(browser) as reader:

        @contextmanager
        def open_it(content: str, query: str, *scripts: str) -> Iterator[tuple[Page, Hurt]]:
            page, hurt = reader.new_page(), Hurt()
            hurt.watch(page)
            page.add_init_script(";".join((WATCH, *scripts)))
            page.goto(widgets_at(content) + query)
            wake(page)
            yield page, hurt
            page.close()

        yield open_it


@pytest.fixture(scope="module")
def settings(open_watched: Opener) -> dict[str, list[str]]:
    """What each widget asks the address for."""
    canaries = address({tag: {"canary": tag} for tag in TAGS})
    content = "".join(widget(tag, f'id="{tag}"') for tag in TAGS)
    with open_watched(content, canaries, SPY) as (page, _):
        asked: dict[str, list[str]] = page.evaluate("asked")
    return {tag: sorted({*names} - {"canary"}) for tag, names in asked.items()}


def address(settings: dict[str, dict[str, str]]) -> str:
    """An address that sets, by the widgets' keys, each of their settings."""
    pairs = [
        (f"{key}.{name}", value) for key, each in settings.items() for name, value in each.items()
    ]
    return "?" + urlencode(pairs, quote_via=quote, errors="replace")


def shown(page: Page, key: str) -> str:
    """What a widget says: its result, or all of it if it has none."""
    result = page.locator(f"#{key} .cf-result")
    return (result.first if result.count() else page.locator(f"#{key}")).inner_text()


@pytest.mark.parametrize("tag", first(TAGS, 2))
def test_an_address_is_only_text(
    open_watched: Opener, settings: dict[str, list[str]], tag: str
) -> None:
    keys = {kind: f"it-{kind}" for kind in PAYLOADS}
    asked = {keys[kind]: dict.fromkeys(settings[tag], text) for kind, text in PAYLOADS.items()}
    asked["it-proto"] |= {"__proto__": "1", "constructor": "1"}
    query = address(asked) + f"&embed={quote(MARKUP)}&__proto__.polluted=1"
    content = "".join(widget(tag, f'id="{key}"') for key in ("it-good", *keys.values()))
    with open_watched(content, query) as (page, hurt):
        good = shown(page, "it-good")
        assert {kind: shown(page, key) for kind, key in keys.items()} == dict.fromkeys(keys, good)
        for key in keys.values():
            words = page.locator(f"#{key} [role=alert]").first.inner_text()
            assert words  # whatever is left out is said
            assert len(words) < 120 * len(settings[tag])
        assert hurt.of(page) == []


@pytest.mark.parametrize("tag", TAGS)
def test_what_is_pasted_or_opened_is_only_text(open_watched: Opener, tag: str) -> None:
    with open_watched(widget(tag), "") as (page, hurt):
        for summary in page.locator("#it summary").all():
            summary.click()
        page.evaluate(FIELDS)
        for field in page.locator("[data-tried]").all():
            before, good = field.input_value(), shown(page, "it")
            for text in PASTED.values():
                field.evaluate(TYPE, text)
                refused = field.get_attribute("aria-invalid") == "true"
                assert refused or shown(page, "it") == good  # the last good value stays in use
            field.evaluate(TYPE, before)
            expect(field).not_to_have_attribute("aria-invalid", "true")
            assert shown(page, "it") == good
        for door in page.locator("#it input[type=file]").all():
            good = shown(page, "it")
            for name, content in FILES.values():
                file = {"name": name, "mimeType": "application/json", "buffer": content}
                door.set_input_files(file)
                expect(page.locator("#it [role=alert]").first).not_to_be_empty()
                assert shown(page, "it") == good
        assert hurt.of(page) == []


CARELESS = """
customElements.define("careless-widget", class extends HTMLElement {
  connectedCallback() {
    this.dataset.cfMounted = "ready";
    const settings = new Map(new URLSearchParams(location.search));
    DO;
  }
});"""


@pytest.mark.full
@pytest.mark.parametrize(
    ("does", "harm"),
    [
        ("this.innerHTML = settings.get('it.a')", "text became markup\nthe policy had to stop"),
        ("Object.prototype[settings.get('it.b')] = 1", "every object has polluted"),
        ("throw new Error(settings.get('it.b'))", "script: polluted"),
        ("window.ran = settings.get('it.b')", "a script ran"),
    ],
)
def test_a_careless_widget_is_caught(open_watched: Opener, does: str, harm: str) -> None:
    query = address({"it": {"a": MARKUP, "b": "polluted"}})
    with open_watched("", "") as (page, hurt):
        page.route(
            "**/widgets/careless-widget.js",
            lambda route: route.fulfill(
                content_type="text/javascript", body=CARELESS.replace("DO", does)
            ),
        )
        page.goto(page.url.split("?")[0] + query)
        page.evaluate("document.querySelector('article').innerHTML = '<careless-widget id=it>'")
        page.evaluate("import(new URL('widgets/careless-widget.js', document.baseURI))")
        page.wait_for_timeout(200)
        assert harm in "\n".join(hurt.of(page))
