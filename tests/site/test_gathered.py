"""The pages that gather from chapters show what the chapters show, word for word."""

from __future__ import annotations

import json

import pytest
from lxml.html import HtmlElement

from checks.built_site import BuiltSite

pytestmark = pytest.mark.browser
NOT_SOUGHT = ("self-checks/", "exercises/", "pre-test/", "post-test/")


def words(element: HtmlElement) -> str:
    return " ".join(element.text_content().split())


def chapters(site: BuiltSite) -> list[HtmlElement]:
    trees = (site.tree(path) for path in site.pages)
    found = [tree for tree in trees if tree.xpath("//h1/span[@class='cf-number']")]
    assert len(found) >= 14
    return sorted(found, key=lambda tree: int(tree.xpath("string(//h1/span)").rstrip(".")))


def boxes(tree: HtmlElement, kind: str) -> list[HtmlElement]:
    """Boxes of a kind, in order; not those within others."""
    return list(tree.xpath(f"//article//details[contains(concat(' ', @class, ' '), ' {kind} ')]"))


def test_every_question_of_every_chapter_is_there_with_its_answer(site: BuiltSite) -> None:
    theirs = [words(box) for tree in chapters(site) for box in boxes(tree, "question")]
    assert len(theirs) >= 28
    assert [words(box) for box in boxes(site.tree("self-checks/"), "question")] == theirs


def test_every_solution_is_there(site: BuiltSite) -> None:
    theirs = [words(box) for tree in chapters(site) for box in boxes(tree, "solution")]
    assert [words(box) for box in boxes(site.tree("exercises/"), "solution")] == theirs


def test_every_misconception_is_there(site: BuiltSite) -> None:
    path = "//article//*[contains(concat(' ', @class, ' '), ' misconception ')]"
    theirs = [words(box) for tree in chapters(site) for box in tree.xpath(path)]
    gathered = [words(box) for box in site.tree("teaching/").xpath(path)]
    assert len(gathered) == len(theirs)
    for ours, box in zip(gathered, theirs, strict=True):
        assert ours.startswith(box)  # a link to the chapter follows


def test_each_chapter_is_led_back_to(site: BuiltSite) -> None:
    for page, anchor in (("self-checks/", "check-yourself"), ("exercises/", "exercise")):
        links = site.tree(page).xpath("//article//p[@class='cf-back']/a/@href")
        assert len(links) == len(chapters(site))
        assert all(link.endswith(f"/#{anchor}") for link in links)


def test_what_is_told_twice_is_found_once(site: BuiltSite) -> None:
    index = json.loads((site.folder / "search" / "search_index.json").read_text(encoding="utf-8"))
    found = {entry["location"] for entry in index["docs"]}
    assert not [place for place in found if place.startswith(NOT_SOUGHT)]
    assert any(place.startswith("teaching/") for place in found)
