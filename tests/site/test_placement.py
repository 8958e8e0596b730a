"""Elements stand where HTML allows them, in the files and after the scripts ran."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from lxml import html

from checks.built_site import BuiltSite
from checks.pages import each_page, each_visited_page
from checks.placement import misplaced
from checks.visit import Visit

pytestmark = pytest.mark.browser


@each_page
def test_every_element_is_where_it_may_be(site: BuiltSite, path: str) -> None:
    assert misplaced(site.tree(path)) == []


@each_visited_page
def test_so_it_is_after_the_scripts_ran(visited: Callable[[str], Visit], path: str) -> None:
    assert misplaced(html.fromstring(visited(path).html)) == []


def test_the_good_page_passes(plant: Callable[..., BuiltSite]) -> None:
    assert misplaced(plant().tree("")) == []


@pytest.mark.parametrize(
    ("planted", "problem"),
    [
        ("<figure><figcaption>First</figcaption><details></details><p>More</p></figure>", ""),
        ("<figure id=x><p>One</p><figcaption>Text</figcaption><details></details></figure>",
         "<figcaption> is not the first or last child of <figure> (x)"),
        ("<details>Words<p>More</p><summary>Title</summary></details>",
         "<summary> is not the first child of <details>"),
        ("<div><figcaption>Alone</figcaption></div>", "<figcaption> is in <div>"),
        ("<div><li>One</li></div>", "<li> is in <div>"),
        ("<ul><div>One</div></ul>", "<div> is in <ul>"),
        ("<dl><p>One</p></dl>", "<p> is in <dl>"),
        ("<fieldset><input><legend>Late</legend></fieldset>", "<legend> is not the first child"),
        ("<span><div>Block</div></span>", "<div> is in <span>, which holds words"),
        ("<a href='./'><button>Go</button></a>", "<button> is in another control"),
        ("<table><tr><td>1</td></tr><caption>Late</caption></table>", "<caption> is not the first"),
        ("<dl><div><dt>Word</dt><dd>Meaning</dd></div></dl>", ""),
        ("<figure><p>Text</p><figcaption>Last</figcaption><script></script></figure>", ""),
    ],
)  # fmt: skip
def test_a_planted_fault_is_caught_and_what_is_allowed_passes(
    plant: Callable[..., BuiltSite], planted: str, problem: str
) -> None:
    found = misplaced(plant("</main>", f"{planted}</main>").tree(""))
    assert [problem in line for line in found] == [True] * bool(problem)
