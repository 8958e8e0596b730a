"""The outline that a screen reader reads first: language, title, landmarks, headings, skip link."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import pairwise

from lxml.html import HtmlElement
from playwright.sync_api import Page
from playwright.sync_api import TimeoutError as TimedOut

HEADINGS = {f"h{level}": level for level in range(1, 7)}
PERMALINK_SIGNS = ("#", "¶", "🔗")
PATIENCE = 60_000  # milliseconds
# The address does not tell: the theme writes into it what is being read.
FOCUS_HAS_COME = "target => document.activeElement.id === target"
WHERE_IS_FOCUS = """() => {
  const focused = document.activeElement, main = document.querySelector('main, [role=main]');
  const after = main.compareDocumentPosition(focused) & Node.DOCUMENT_POSITION_FOLLOWING;
  const target = focused.matches('a[href*="#"]') ? decodeURI(focused.hash.slice(1)) : '';
  return {target, past: main === focused || !!after};
}"""


def outline_problems(tree: HtmlElement) -> list[str]:
    """What is wrong with one page's outline, a line each."""
    return [
        *_document(tree),
        *_headings(tree),
        *_landmarks(tree),
        *_skip_link(tree),
        *_names(tree),
    ]


def _document(tree: HtmlElement) -> Iterator[str]:
    if not tree.xpath("normalize-space(/html/@lang)"):
        yield "the page does not say its language"
    if not tree.xpath("normalize-space(/html/head/title)"):
        yield "the page has no title"
    if not tree.xpath("normalize-space(/html/head/meta[@name='description']/@content)"):
        yield "the page has no description"


def _headings(tree: HtmlElement) -> Iterator[str]:
    headings = [(HEADINGS[str(tag.tag)], tag) for tag in tree.iter(*HEADINGS)]
    first = sum(level == 1 for level, _ in headings)
    if first != 1:
        yield f"the page has {first} headings of level 1"
    for (above, _), (level, heading) in pairwise([(0, None), *headings]):
        if level > above + 1:
            yield f"heading {_text(heading)!r} jumps from level {above} to {level}"


def _landmarks(tree: HtmlElement) -> Iterator[str]:
    mains = len(tree.xpath("//main|//*[@role='main']"))
    if mains != 1:
        yield f"the page has {mains} main landmarks"


def _skip_link(tree: HtmlElement) -> Iterator[str]:
    first = next(iter(tree.xpath("//body//a[@href]")), None)
    target = "" if first is None else first.get("href").partition("#")[2]
    if first is None or not first.get("href").startswith("#"):
        yield "the first link does not skip to the text"
    elif not tree.xpath("//main//*[@id=$id]|//main[@id=$id]", id=target):
        yield f"the skip link's target #{target} is not in the main landmark"


def _names(tree: HtmlElement) -> Iterator[str]:
    """Signs where a list of headings or of links has names."""
    for heading in tree.iter(*HEADINGS):
        if _spoken(heading).endswith(PERMALINK_SIGNS):
            yield f"heading {_spoken(heading)!r} ends in a sign"
    for link in tree.xpath("//a[@href][not(ancestor-or-self::*[@aria-hidden='true'])]"):
        if not any(map(str.isalnum, _spoken(link))):
            yield f"a link to {link.get('href')} is called {_spoken(link)!r}"


def _spoken(element: HtmlElement) -> str:
    """What an element is called by: its label, or its text and pictures but for what is hidden."""
    if label := element.get("aria-label"):
        return str(label)
    words = element.xpath(
        "descendant::text()[not(ancestor::*[@aria-hidden='true'])]"
        " | descendant::img/@alt | descendant::*/@aria-label"
    )
    return " ".join(" ".join(words).split())


def repeated_titles(titles: Mapping[str, str]) -> list[str]:
    """Pages that share a title, given each page's."""
    pages: dict[str, list[str]] = {}
    for path, title in titles.items():
        pages.setdefault(title, []).append(path or "home")
    return [f"{title!r}: {', '.join(same)}" for title, same in pages.items() if len(same) > 1]


def title(tree: HtmlElement) -> str:
    """The title of one page."""
    return str(tree.xpath("normalize-space(/html/head/title)"))


def skip_link_problems(page: Page, patience: int = PATIENCE) -> list[str]:
    """Whether the first Tab reaches the skip link, and that leads past the navigation.

    Args:
        page: As it opened.
        patience: For the focus to come along, in milliseconds.
    """
    page.keyboard.press("Tab")
    target = page.evaluate(WHERE_IS_FOCUS)["target"]
    if not target:
        return ["the first stop of the Tab key is not the skip link"]
    page.keyboard.press("Enter")
    try:
        page.wait_for_function(FOCUS_HAS_COME, arg=target, timeout=patience)
    except TimedOut:
        return ["the skip link does not take the focus along"]
    page.keyboard.press("Tab")
    past = page.evaluate(WHERE_IS_FOCUS)["past"]
    return [] if past else ["after the skip link, Tab is still before the text"]


def _text(heading: HtmlElement) -> str:
    return " ".join("".join(heading.itertext()).split())
