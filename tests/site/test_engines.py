"""Chromium, Firefox and WebKit: every page opens, every widget works, links land, a digit is read.

`ENGINES=firefox,webkit` asks for engines by name, and one that is not there fails. Otherwise those
that Playwright can start are tested and the others skipped. Two more must be asked for:
`firefox-bidi`, an installed Firefox by WebDriver BiDi, and `webkitgtk`, by its own WebDriver
(with a display: `xvfb-run`).
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack

import pytest
from playwright.sync_api import Playwright

from checks.built_site import SITE, BuiltSite
from checks.pages import LATER, NOT_BUILT, first, page_paths
from checks.widget_page import TAGS
from engines.copies import listening
from engines.tabs import PLAYWRIGHT, Tab, missing, tab_of

ASKED = [name for name in os.environ.get("ENGINES", "").split(",") if name]
LOUD = ("chromium", *ASKED)  # these may not be skipped in CI
WIDTHS = (390, 1280)
LAB = "learning/14-feature-maps/"


def with_widgets() -> list[object]:
    """Every page with a widget; all but the first are left to `make test-full`."""
    site = BuiltSite(SITE)
    texts = {path: site.file(path).read_text("utf-8") for path in page_paths() if path != NOT_BUILT}
    paths = [path for path, text in texts.items() if any(f"<{tag}" in text for tag in TAGS)]
    return [
        pytest.param(path, id=path, marks=LATER if turn else ()) for turn, path in enumerate(paths)
    ]


@pytest.fixture(scope="session")
def address(site: BuiltSite, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Where the site is served, its pages listening."""
    with listening(site, tmp_path_factory.mktemp("listening")) as base:
        yield base


@pytest.fixture(
    scope="session",
    params=[
        pytest.param(name, marks=[pytest.mark.xdist_group(name)]
                     + [pytest.mark.browser] * (name in LOUD))
        for name in ASKED or PLAYWRIGHT
    ],
)  # fmt: skip
def tab(request: pytest.FixtureRequest, playwright: Playwright) -> Iterator[Tab]:
    """A tab of each engine."""
    if why := missing(playwright, request.param):
        (pytest.fail if ASKED else pytest.skip)(why)
    with tab_of(playwright, request.param) as tab:
        yield tab


# In Chromium other tests look at the same, so `make test` takes one case of each.
each_page = pytest.mark.parametrize("path", first(page_paths()))
each_widget_page = pytest.mark.parametrize("path", with_widgets())
each_width = pytest.mark.parametrize("width", first(WIDTHS))


@each_page
def test_a_page_opens_without_an_error_and_everything_is_drawn(
    tab: Tab, address: str, path: str
) -> None:
    tab.open(address + path, WIDTHS[len(path) % 2])  # pages take turns
    assert tab.ask("smoke.problems()") == []
    assert tab.heard() == []


@each_widget_page
def test_a_widget_does_its_first_job(tab: Tab, address: str, path: str) -> None:
    tab.open(address + path, 1280)
    assert tab.ask("smoke.firstJobs()") == []
    assert tab.heard() == []


@each_widget_page
@each_width
def test_a_link_to_what_is_behind_a_widget_lands_there(
    tab: Tab, address: str, path: str, width: int, subtests: pytest.Subtests
) -> None:
    tab.open(address + path, width)
    for heading in tab.ask("smoke.behind()"):
        with subtests.test(heading):
            tab.open(f"{address}{path}#{heading}", width)
            assert tab.ask(f"smoke.landed({heading!r})") == []


@each_widget_page
def test_so_does_an_entry_of_the_contents(
    tab: Tab, address: str, path: str, subtests: pytest.Subtests
) -> None:
    tab.open(address + path, 1280)
    for heading in tab.ask("smoke.behind()"):
        with subtests.test(heading):
            tab.open(address + path, 1280)
            assert tab.ask(f"smoke.follow({heading!r})") == []


@each_width
def test_a_drawn_digit_is_read(tab: Tab, address: str, width: int) -> None:
    tab.open(address + LAB, width)
    tab.draw(tab.ask("smoke.seven()"))
    assert tab.ask("smoke.readsSeven()") == []
    assert tab.heard() == []


@pytest.fixture
def planted(
    tab: Tab, plant: Callable[..., BuiltSite], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Callable[..., list[str]]]:
    """What is found on the good page with something planted in it."""
    with ExitStack() as stack:

        def ask(fault: str, question: str, fragment: str = "") -> list[str]:
            folder = tmp_path_factory.mktemp("planted")
            site = plant("</main>", f"{fault}</main>")
            address = stack.enter_context(listening(site, folder))
            tab.open(address + fragment, 390)
            return tab.ask(question)

        yield ask


POLICY = """const meta = document.createElement("meta");
meta.httpEquiv = "Content-Security-Policy", meta.content = "img-src 'none'";
document.head.append(meta), (new Image().src = "a.png")"""
UNKNOWN = """const [math, mfrac, ...both] = ["math", "mfrac", "mi", "mi"].map(
  name => document.createElement(name)); // as a browser that knows no MathML has them
both.forEach((each, index) => { each.textContent = "xy"[index]; });
mfrac.append(...both), math.append(mfrac), document.querySelector("main").append(math)"""
FAULTS = {
    "script": ("<script>setTimeout(() => { throw Error('planted') })</script>", "planted"),
    "promise": ("<script>Promise.reject('planted')</script>", "not handled: planted"),
    "console": ("<script>console.error('planted')</script>", "planted"),
    "lost script": ("<script src='planted.js'></script>", "not loaded: http"),
    "policy": (f"<script>{POLICY}</script>", "img-src stopped http"),
    "formula": ("<math style='display: block; height: 0'><mi>x</mi></math>", "no height: x"),
    "fraction": (f"<script>{UNKNOWN}</script>", "a fraction in one line: xy"),
    "signs": (
        "<math display='block'>"
        + "<munder><mo lspace='0' rspace='0'>∑</mo><mi>index</mi></munder>" * 2
        + "</math>",
        "two large signs touch: ∑index",
    ),
    "width": ("<p style='width: 3000px'>Wide</p>", "in a window of"),
}
PATIENT = "(smoke.patience = 500, %s)"


@pytest.mark.parametrize("fault", FAULTS)
def test_a_planted_fault_is_found(planted: Callable[..., list[str]], fault: str) -> None:
    html, problem = FAULTS[fault]
    found = planted(html, "smoke.problems()")
    assert [line for line in found if problem in line]


@pytest.mark.full
def test_a_picture_and_a_widget_that_never_come_are_found(
    planted: Callable[..., list[str]],
) -> None:
    lost = "<img src='planted.png' alt='' width='9' height='9'><it-sleeps></it-sleeps>"
    found = "\n".join(planted(lost, PATIENT % "smoke.problems()"))
    assert "<it-sleeps> is not ready" in found
    assert "no picture: http" in found
    assert planted("", "smoke.problems()") == []  # the good page


WIDGET = """<{tag} data-cf-mounted=ready><canvas></canvas><button>Next</button>
<button onclick="{does}">Clear</button><output>It sees a 4.</output></{tag}>"""


@pytest.mark.full
@pytest.mark.parametrize(
    ("tag", "question", "problem"),
    [
        ("convolution-stepper", "smoke.firstJobs()", "shows nothing new"),
        ("unit-browser", "smoke.firstJobs()", "TypeError"),
        ("shape-tracer", "smoke.firstJobs()", "no control called Layers"),
        ("it-waits", "smoke.firstJobs()", "no first job is written for it"),
        ("digit-lab", "smoke.readsSeven()", "does not see a 7: sees a 4."),
    ],
)
def test_a_widget_that_does_nothing_is_found(
    planted: Callable[..., list[str]], tag: str, question: str, problem: str
) -> None:
    [found] = planted(WIDGET.format(tag=tag, does=""), PATIENT % question)
    assert problem in found


GROWS = """<style>html {{ overflow-anchor: none }}</style><it-grows></it-grows>
<script>setTimeout(() => {{
  const it = document.querySelector("it-grows");
  it.style.cssText = "display: block; height: {height}px";
  it.dataset.cfMounted = "ready";
}}, 500)</script><h2 id="behind">Behind</h2><p style="height: 3000px"></p>"""


@pytest.mark.full
@pytest.mark.parametrize(("height", "problems"), [(0, 0), (1500, 1)])
def test_a_widget_that_pushes_what_is_being_read_away_is_found(
    planted: Callable[..., list[str]], height: int, problems: int
) -> None:
    found = planted(GROWS.format(height=height), "smoke.landed('behind')", "#behind")
    assert len(found) == problems
