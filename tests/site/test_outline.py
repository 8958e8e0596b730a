"""Every page has one outline that can be heard: language, title, main landmark, headings."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from checks.built_site import BuiltSite
from checks.pages import each_page, each_visited_page
from checks.structure import (
    PATIENCE,
    outline_problems,
    repeated_titles,
    skip_link_problems,
    title,
)
from checks.visit import Visit

pytestmark = pytest.mark.browser
MAIN = '<main id="text" tabindex="-1">'  # where the good page's skip link leads
NEVER_COMES = "does not take the focus along"


@each_page
def test_the_outline_is_whole(site: BuiltSite, path: str) -> None:
    assert outline_problems(site.tree(path)) == []


def test_no_two_pages_share_a_title(site: BuiltSite) -> None:
    assert repeated_titles({path: title(site.tree(path)) for path in site.pages}) == []


@each_visited_page
def test_the_first_tab_skips_the_navigation(visited: Callable[[str], Visit], path: str) -> None:
    assert visited(path).skip_link == []


def test_the_good_page_passes(plant: Callable[..., BuiltSite]) -> None:
    assert outline_problems(plant().tree("")) == []


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ('<html lang="en">', "<html>", "does not say its language"),
        ("<title>A good page</title>", "<title> </title>", "no title"),
        ('<meta name="description"', '<meta name="other"', "no description"),
        ("<h1>", "<h2>", "0 headings of level 1"),
        ("</h1>", "</h1><h1>Again</h1>", "2 headings of level 1"),
        ('<h2 id="kernels">Kernels</h2>', "<h3>Kernels</h3>", "jumps from level 1 to 3"),
        (
            MAIN,
            f"<main></main>{MAIN}",
            "2 main landmarks",
        ),
        (MAIN, '<div id="text">', "0 main landmarks"),
        ('<a href="#text">Skip', '<a href="./">Skip', "does not skip"),
        ('<a href="#text">Skip', '<a href="#nowhere">Skip', "target #nowhere"),
        ("Kernels</h2>", 'Kernels<a href="#kernels">#</a></h2>', "'Kernels #' ends in a sign"),
        ("Kernels</h2>", 'Kernels</h2><a href="#kernels">¶</a>', "#kernels is called '¶'"),
        (">below</a>", '><img src="data:," alt=""></a>', "#kernels is called ''"),
    ],
)
def test_a_planted_fault_is_caught(
    plant: Callable[..., BuiltSite], old: str, new: str, problem: str
) -> None:
    assert problem in "\n".join(outline_problems(plant(old, new).tree("")))


@pytest.mark.parametrize("link", [
    '<a href="#kernels" aria-hidden="true" tabindex="-1">#</a>',
    '<a href="#kernels" aria-label="Link to Kernels"></a>',
    '<a href="#kernels"><img src="data:," alt="A kernel"></a>',
])  # fmt: skip
def test_what_has_a_name_passes(plant: Callable[..., BuiltSite], link: str) -> None:
    assert outline_problems(plant("Kernels</h2>", f"Kernels</h2>{link}").tree("")) == []


def test_a_shared_title_is_caught() -> None:
    titles = {"": "Filters", "about/": "About", "learning/": "Filters"}
    assert repeated_titles(titles) == ["'Filters': home, learning/"]


@pytest.mark.full
@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ('<a href="#text">Skip', '<button>First</button><a href="#text">Skip', "first stop"),
        (' tabindex="-1"', "", NEVER_COMES),
        (MAIN,
         '<a href="./">Again</a><p id="text" tabindex="-1"></p><a href="./">More</a><main>',
         "still before the text"),
    ],
)  # fmt: skip
def test_a_broken_skip_link_is_caught(
    open_planted: Callable, old: str, new: str, problem: str
) -> None:
    with open_planted() as page:
        assert skip_link_problems(page) == []
    patience = 1_000 if problem == NEVER_COMES else PATIENCE  # whoever waits longer learns no more
    with open_planted(old, new) as page:
        assert problem in "\n".join(skip_link_problems(page, patience))


def test_the_address_may_say_what_is_being_read(open_planted: Callable) -> None:
    follow = "addEventListener('hashchange', () => history.replaceState(null, '', '#kernels'))"
    with open_planted("</main>", f"</main><script>{follow}</script>") as page:
        assert skip_link_problems(page) == []
        assert page.url.endswith("#kernels")
