"""The oldest browsers that the site promises: nothing that one of them lacks is used unawares."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

DOCS = Path(__file__).parents[2] / "docs"
NEWER = Path(__file__).parent / "browsers" / "newer.txt"  # newer.py beside it says how it is made
PROMISED = {"Chrome": "111", "Safari": "16.2", "Firefox": "121"}  # what newer.txt was made for
USE = {
    "property": re.compile(r"(?<![\w-])([\w-]+)\s*:"),
    "selector": re.compile(r":([\w-]+)"),
    "at-rule": re.compile(r"@([\w-]+)"),
    "function": re.compile(r"(?<![\w-])([\w-]+)\("),
    "script": re.compile(r"(?:\.|\bnew )(\w+)"),
}
# Used all the same: what a browser without it does instead.
SPARED = {
    "accent-color": "colours its boxes and sliders itself; Safari before 26.2 some of them",
    "contain-intrinsic-size": "leaves other room for a picture that waits",
    "content-visibility": "keeps a still picture, and closed answers, off the paper",
    "details-content": "keeps closed answers off the paper",
    "forced-color-adjust": "Safari has no forced colours",
    "getCoalescedEvents": "a quick line is drawn from fewer places",
    "hanging-punctuation": "lets a quotation mark stand in line",
    "orphans": "breaks pages at other lines",
    "outline": "draws the corners of an outline square",
    "page": "prints without page numbers",
    "text-wrap": "breaks a heading where it is full",
    "user-select": "stands beside Safari's own name for it",
    "widows": "breaks pages at other lines",
}
LONE = (":has(", "::details-content")  # one that is not known drops all selectors of its rule
COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
LINE_COMMENT = re.compile(r"(?<![:\"'`])//[^\n]*")
WITHIN = re.compile(r"\([^()]*\)")
SELECTORS = re.compile(r"(?:^|[{};])\s*([^{};@]+)\{")
SIGN_WITHOUT_WORDS = re.compile(r"""content:\s*("[^"]*")\s*/[^;]*;""")
SHORTHAND = re.compile(r"text-decoration:[^;]*\b(?:dotted|dashed|wavy|double|solid)\b")


def newer_in(text: str, kinds: set[str]) -> dict[str, str]:
    """What a style sheet or script uses that a promised browser lacks, with the versions."""
    used = {kind: set(USE[kind].findall(text)) for kind in kinds}
    lines = (line.split() for line in NEWER.read_text("utf-8").splitlines())
    return {
        name: f"Chrome {chrome}, Safari {safari}, Firefox {firefox}"
        for kind, name, chrome, safari, firefox in lines
        if name in used.get(kind, ())
    }


def shared_rules(sheet: str) -> list[str]:
    """Lists of selectors in which a browser that lacks one drops the others."""
    found = []
    for selectors in SELECTORS.findall(sheet):
        flat = selectors
        while WITHIN.search(flat):  # what stands in brackets parts nothing
            flat = WITHIN.sub(lambda inner: "<" + inner[0][1:-1].replace(",", ";") + ">", flat)
        lone = [each.replace("(", "<") for each in LONE]
        if "," in flat and any(each in flat for each in lone):
            found.append(" ".join(selectors.split()))
    return found


def careless_values(sheet: str) -> Iterator[str]:
    """Values that a promised browser drops, with nothing in their place."""
    for match in SIGN_WITHOUT_WORDS.finditer(sheet):  # Safari 17.4, Firefox 128
        if not sheet[: match.start()].rstrip().endswith(f"content: {match[1]};"):
            yield f"{match[0]} needs `content: {match[1]};` before it"
    for match in SHORTHAND.finditer(sheet):  # Safari 26.2
        yield f"{match[0]}: give the style a declaration of its own"


def sheets() -> str:
    files = sorted((DOCS / "assets").glob("*.css"))
    return COMMENT.sub("", "\n".join(file.read_text("utf-8") for file in files))


def scripts() -> str:
    files = sorted([*(DOCS / "assets").glob("*.js"), *(DOCS / "widgets").rglob("*.js")])
    text = COMMENT.sub("", "\n".join(file.read_text("utf-8") for file in files))
    return LINE_COMMENT.sub("", text)


def test_the_page_promises_the_browsers_that_are_tested_for() -> None:
    page = (DOCS / "accessibility.md").read_text("utf-8")
    for browser, version in PROMISED.items():
        assert re.search(rf"^\| {browser}\b[^|]*\| {re.escape(version)} \|", page, re.MULTILINE)


def test_nothing_newer_is_used_but_what_can_be_spared() -> None:
    styles = {"property", "selector", "at-rule", "function"}
    used = newer_in(sheets(), styles) | newer_in(scripts(), {"script"})
    assert {name: where for name, where in used.items() if name not in SPARED} == {}
    assert used.keys() == SPARED.keys()


def test_a_rule_outlives_a_selector_that_is_not_known() -> None:
    assert shared_rules(sheets()) == []


def test_a_value_that_is_not_known_leaves_another() -> None:
    assert list(careless_values(sheets())) == []


@pytest.mark.parametrize(
    ("text", "kind", "name"),
    [
        ("a { field-sizing: content }", "property", "field-sizing"),
        ("a:open { color: red }", "selector", "open"),
        ("@starting-style { a { top: 0 } }", "at-rule", "starting-style"),
        ("a { color: light-dark(#000, #fff) }", "function", "light-dark"),
        ("if (it.checkVisibility()) go();", "script", "checkVisibility"),
        ("const { resolve } = Promise.withResolvers();", "script", "withResolvers"),
    ],
)
def test_something_newer_is_found(text: str, kind: str, name: str) -> None:
    assert name in newer_in(text, {kind})


@pytest.mark.parametrize(
    ("sheet", "found"),
    [
        (":focus-visible, p:has(a, b) { top: 0 }", 1),
        ("a { top: 0 } b, details::details-content { top: 0 }", 1),
        ("@media print { h1, b:has(+ i) { top: 0 } }", 1),
        ("p:has(a, b) { top: 0 } h1, h2 { top: 0 }", 0),
        ("p:is(a, b):has(i) { top: 0 }", 0),
    ],
)
def test_a_rule_that_would_be_dropped_is_found(sheet: str, found: int) -> None:
    assert len(shared_rules(sheet)) == found


@pytest.mark.parametrize(
    ("sheet", "found"),
    [
        ('a::before { content: "x" / ""; }', 1),
        ('a::before { content: "x"; content: "x" / ""; }', 0),
        ("a { text-decoration: underline dotted red; }", 1),
        ("a { text-decoration: underline; text-decoration-style: dotted; }", 0),
    ],
)
def test_a_value_that_would_be_dropped_is_found(sheet: str, found: int) -> None:
    assert len(list(careless_values(sheet))) == found
