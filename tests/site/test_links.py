"""Every link and anchor leads somewhere, under whatever folder the site is served."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from checks.built_site import BuiltSite
from checks.links import link_problems, style_problems
from checks.pages import each_page

pytestmark = pytest.mark.browser
LINK = '<a href="#kernels">'


@each_page
def test_links_and_anchors_lead_somewhere(site: BuiltSite, path: str) -> None:
    assert link_problems(site, path) == []


def test_style_sheets_load_nothing_from_elsewhere(site: BuiltSite) -> None:
    sheets = sorted(site.folder.rglob("*.css"))
    assert sheets
    assert [fault for sheet in sheets for fault in style_problems(site, sheet)] == []


def test_every_page_file_is_in_the_sitemap(site: BuiltSite) -> None:
    listed = {site.file(path) for path in site.pages}
    assert {*site.folder.rglob("*.html")} - listed == set()


def test_the_good_page_passes(plant: Callable[..., BuiltSite]) -> None:
    assert link_problems(plant(), "") == []


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        (LINK, '<a href="#nowhere">', "the page has no #nowhere"),
        (LINK, '<a href="about/">', "leads to no file"),
        (LINK, '<a href="/about/">', "leaves the folder"),
        (LINK, '<a href="../about/">', "leaves the folder"),
        (LINK, '<a href="https://example.org/repo/lost/">', "leads to no file"),
        (LINK, '<a href="javascript:void(0)">', "is a script"),
        ('src="data:image/gif', 'src="https://cdn.example/a.gif" title="', "another host"),
        ('src="data:image/gif', 'srcset="lost.png 2x" title="', "leads to no file"),
        ("</head>", '<link rel="stylesheet" href="//cdn.example/a.css"></head>', "another host"),
        ("</head>", '<meta property="og:image" content="lost.png"></head>', "leads to no file"),
        ("<style>", "<style>@import 'https://cdn.example/a.css';", "another host"),
        ("<h1>", '<h1 style="background: url(lost.png)">', "leads to no file"),
        ("<h1>", '<h1 id="kernels">', "given 2 times"),
        ('<label for="stride">', '<label for="padding">', "names no id"),
    ],
)
def test_a_planted_link_is_caught(
    plant: Callable[..., BuiltSite], old: str, new: str, problem: str
) -> None:
    assert problem in "\n".join(link_problems(plant(old, new), ""))


@pytest.mark.parametrize(
    "href", ["https://example.com/paper.pdf", "mailto:a@example.org", "./#kernels", "index.html"]
)
def test_what_is_allowed_passes(plant: Callable[..., BuiltSite], href: str) -> None:
    assert link_problems(plant(LINK, f'<a href="{href}">'), "") == []


@pytest.mark.parametrize(
    ("rule", "problem"),
    [
        ('@import "https://fonts.example/css";', "another host"),
        ("@font-face { src: url(lost.woff2) }", "leads to no file"),
    ],
)
def test_a_planted_style_is_caught(
    plant: Callable[..., BuiltSite], rule: str, problem: str
) -> None:
    site = plant()
    sheet = site.folder / "look.css"
    sheet.write_text(rule)
    assert problem in "\n".join(style_problems(site, sheet))
