"""The policy of the pages: what is planted does not run, and all that is ours still works."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from lxml import html
from playwright.sync_api import Browser, Page, expect

from checks.browsing import new_context, settle, wake
from checks.built_site import BuiltSite, stand_in
from checks.policy import META, policy_problems, stopped, watch
from checks.server import served
from checks.widget_page import TAGS, widget

pytestmark = pytest.mark.browser
HIDDEN = "getComputedStyle(document.querySelector('main .cf-dark')).display"
PLANTED = {
    "script": ("<script>window.ran = true</script>", "script-src-elem: inline"),
    "handler": ("<img src='lost.png' alt='' onerror='window.ran = true'>", "script-src-attr"),
    "foreign script": ("<script src='https://cdn.example/a.js'></script>", "script-src-elem: http"),
    "foreign picture": ("<img alt='' src='https://cdn.example/a.png'>", "img-src: https"),
    "frame": ("<iframe title='x' src='https://cdn.example/'></iframe>", "frame-src"),
    "base": ("<base href='https://cdn.example/'>", "base-uri"),
    "style": ("<p style='color: red'>x</p>", "style-src-attr: inline"),
}
RAN = "() => window.ran === true"
SOMETHING_STOPPED = "() => stopped.length > 0"


@pytest.fixture
def copied(site: BuiltSite, tmp_path: Path) -> Callable[..., BuiltSite]:
    """A copy of the site whose home page is changed; all else is linked."""

    def copy_it(change: Callable[[str], str]) -> BuiltSite:
        for entry in site.folder.iterdir():
            if entry.name != "index.html":
                stand_in(tmp_path / entry.name, entry)
        home = site.file("").read_text(encoding="utf-8")
        (tmp_path / "index.html").write_text(change(home), encoding="utf-8")
        return BuiltSite(tmp_path)

    return copy_it


@pytest.fixture
def watched(browser: Browser) -> Iterator[Page]:
    """A page that notes what a policy stops."""
    with new_context(browser) as context:
        page = context.new_page()
        watch(page)
        yield page


def test_every_page_has_one_policy_that_allows_what_it_holds(site: BuiltSite) -> None:
    texts = {path: site.file(path).read_text(encoding="utf-8") for path in site.pages}
    problems = {path: policy_problems(text, site.tree(path)) for path, text in texts.items()}
    assert {path: found for path, found in problems.items() if found} == {}
    assert len({META.findall(text)[0] for text in texts.values()}) == 1


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ("<meta http-equiv", "<meta name", "no policy"),
        ("<head>", "<head><script src='a.js'></script>", "before the policy"),
        ("</main>", "<script>a()</script></main>", "a script is not allowed: a()"),
        ("</main>", "<p style='top: 0'></p></main>", "a style is not allowed: top: 0"),
        ("</main>", "<p onclick='a()'></p></main>", "a handler: a()"),
        ("</head>", "<link rel='next' href='a/'></head>", "fetched ahead: rel=next"),
    ],
)
def test_a_page_that_its_policy_does_not_fit_is_found(
    site: BuiltSite, old: str, new: str, problem: str
) -> None:
    text = site.file("").read_text(encoding="utf-8")
    assert old in text
    text = text.replace(old, new, 1)
    assert problem in "\n".join(policy_problems(text, html.fromstring(text)))


@pytest.mark.parametrize("kind", PLANTED)
def test_what_is_planted_is_stopped(
    copied: Callable[..., BuiltSite], watched: Page, kind: str
) -> None:
    planted, directive = PLANTED[kind]
    with served(copied(lambda home: home.replace("</article>", f"{planted}</article>"))) as address:
        watched.goto(address)
        settle(watched)
        watched.wait_for_function(SOMETHING_STOPPED)
        assert [line.startswith(directive) for line in stopped(watched)] == [True]
        assert not watched.evaluate("Boolean(window.ran)")


@pytest.mark.parametrize("kind", ["script", "handler"])
def test_without_the_policy_it_would_run(
    copied: Callable[..., BuiltSite], watched: Page, kind: str
) -> None:
    def change(home: str) -> str:
        return META.sub("", home).replace("</article>", f"{PLANTED[kind][0]}</article>")

    with served(copied(change)) as address:
        watched.goto(address)
        watched.wait_for_function(RAN)


def test_a_link_swaps_pages_of_any_depth_and_the_policy_stops_nothing(
    watched: Page, site: BuiltSite
) -> None:
    deep = max((path for path in site.pages if "learning/" in path), key=len)
    with served(site) as address:
        watched.goto(address + deep)
        watched.wait_for_load_state("networkidle")
        watched.evaluate("window.kept = true")
        for link in (".md-logo", ".md-tabs li:nth-child(4) a", ".md-tabs li:nth-child(2) a"):
            before = watched.title()
            watched.locator(link).first.click()
            watched.wait_for_function("before => document.title !== before", arg=before)
        wake(watched)
        assert watched.evaluate("window.kept"), "the page was loaded anew"
        assert watched.evaluate(HIDDEN) == "none"  # by a style attribute, which has a hash
        assert stopped(watched) == []


def test_a_script_in_a_page_that_is_swapped_in_is_stopped(
    copied: Callable[..., BuiltSite], watched: Page, site: BuiltSite
) -> None:
    planted = PLANTED["script"][0]
    with served(copied(lambda home: home.replace("</article>", f"{planted}</article>"))) as address:
        watched.goto(address + site.pages[1])
        watched.wait_for_load_state("networkidle")
        watched.locator(".md-logo").first.click()
        watched.wait_for_function(SOMETHING_STOPPED)
        assert not watched.evaluate("Boolean(window.ran)")


def test_the_search_works_under_the_policy(watched: Page, site: BuiltSite) -> None:
    with served(site) as address:
        watched.goto(address)
        watched.get_by_role("textbox", name="Search").first.focus()
        watched.keyboard.type("stride")
        watched.locator(".md-search-result__item").first.wait_for()
        assert stopped(watched) == []


def test_every_widget_works_in_a_frame_of_another_host(
    widgets_at: Callable[[str], str], tmp_path: Path, watched: Page
) -> None:
    ours = widgets_at("".join(widget(tag, f'id="{tag}"') for tag in TAGS))
    frames = [f"<iframe src='{ours}?embed={tag}' title='{tag}'></iframe>" for tag in TAGS]
    (tmp_path / "index.html").write_text("".join(frames), encoding="utf-8")
    with served(BuiltSite(tmp_path)) as address:  # another port: another origin
        watched.goto(address)
        for tag in TAGS:
            body = watched.frame_locator(f"[title={tag}]").locator(f"{tag} > .cf-body")
            expect(body).to_be_visible()
            control = body.locator("select, input, button").first
            control.focus()
            expect(control).to_be_focused()
        assert [frame.evaluate("stopped") for frame in watched.frames] == [[]] * (len(TAGS) + 1)
