"""Every work that the code or a chapter names stands in the list of sources, once."""

import re
from collections import Counter

import pytest

from docs.chapters import CHAPTERS, DOCS, section

ENTRIES = [
    line.removeprefix("- ")
    for line in (DOCS / "references.md").read_text(encoding="utf-8").splitlines()
    if line.startswith("- ")
]
MODULES = sorted((DOCS.parent / "cnnfilters").rglob("*.py"))
NAMED = re.compile(
    r"([A-Z][a-z]+)(?: et al\.|,? (?:[A-Z][a-z]+,? )*& [A-Z][a-z]+)? (1[89]\d\d|20\d\d)\b"
)


def lacking(text: str) -> list[str]:
    """Works that a text names by author and year, and the list lacks."""
    return [
        f"{author} {year}"
        for author, year in NAMED.findall(text)
        if author != "In"
        if not any(author in entry and year in entry for entry in ENTRIES)
    ]


def test_each_work_that_the_code_names_is_listed() -> None:
    texts = [" ".join(path.read_text(encoding="utf-8").split()) for path in MODULES]
    assert sum(len(NAMED.findall(text)) for text in texts) > 20
    assert [name for text in texts for name in lacking(text)] == []


def test_a_planted_work_is_missed() -> None:
    assert lacking("As in Nobody & Noone 1999, and Luo, Li, Urtasun & Zemel 2016.") == [
        "Nobody 1999"
    ]


@pytest.mark.parametrize("chapter", sorted(CHAPTERS))
def test_each_author_in_brackets_is_among_the_chapters_sources(chapter: str) -> None:
    text, sources = CHAPTERS[chapter].read_text(encoding="utf-8"), section(chapter, "Sources")
    prose = " ".join(text.split("## Sources")[0].split())
    named = re.findall(r"\b([A-Z][a-z]+) et al\.", prose)
    assert [author for author in named if author not in sources] == []


def test_no_work_is_listed_twice_and_each_identifier_is_well_formed() -> None:
    links = [link for entry in ENTRIES for link in re.findall(r"\[([^]]+)\]\((\S+)\)", entry)]
    assert [link for link, count in Counter(links).items() if count > 1] == []
    for words, address in links:
        kind, _, number = words.partition(":")
        if kind == "arXiv":
            assert re.fullmatch(r"\d{4}\.\d{4,5}", number)
            assert address == f"https://arxiv.org/abs/{number}"
        elif kind == "doi":
            assert re.fullmatch(r"10\.\d{4,5}/\S+", number)
            assert address == f"https://doi.org/{number}"
        else:
            assert address.startswith("https://")
