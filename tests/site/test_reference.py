"""The reference as it is read: results in one piece, no stray blanks, every part with words."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from lxml import html

from checks.built_site import BuiltSite

STRAY = re.compile(r"\( | \)|\[ | \]| ,|(['\"]) \w+\1")
PLANTED = """<main>
<p><span class="doc-section-title">Returns:</span></p>
<ul><li class="doc-section-item">The kernel with its rows in another order, and</li>
<li class="doc-section-item">its columns, too.</li></ul>
<p><span class="doc-section-title">Parameters:</span></p>
<ul><li class="doc-section-item"><b>labels</b> (<code>Int[ndarray, " n"]</code>) – Digits.</li>
<li class="doc-section-item"><b>padding</b> (<code>int</code>, default: <code>0</code> ) – 0.</li>
<li class="doc-section-item"><b>bare</b> (<code>int</code>) – </li></ul>
</main>"""


def torn(page: html.HtmlElement) -> Iterator[str]:
    """Results that are shown as more than one item."""
    for title in page.xpath('//*[@class="doc-section-title"][.="Returns:" or .="Yields:"]/..'):
        items = title.getnext().xpath("./li")
        if len(items) != 1:
            yield _words(items[0])


def stray(page: html.HtmlElement) -> Iterator[str]:
    """Names and types with a blank that does not belong there."""
    for item in page.xpath('//li[contains(@class, "doc-section-item")]'):
        signature = _words(item).partition(" – ")[0]
        if STRAY.search(signature):
            yield signature


def wordless(page: html.HtmlElement) -> Iterator[str]:
    """Parameters, fields and results without words."""
    for item in page.xpath('//li[contains(@class, "doc-section-item")]'):
        if not _words(item).partition("–")[2].strip():
            yield _words(item)


def _words(item: html.HtmlElement) -> str:
    return " ".join(item.text_content().split())


def test_the_reference_reads_well(site: BuiltSite, subtests: pytest.Subtests):
    pages = [page for page in site.pages if page.startswith("reference/")]
    assert len(pages) > 40
    for name in pages:
        page = html.fromstring(site.file(name).read_text("utf-8"))
        with subtests.test(page=name):
            assert [*torn(page)] == []
            assert [*stray(page)] == []
            assert [*wordless(page)] == []


def test_planted_defects_are_found():
    page = html.fromstring(PLANTED)
    assert [*torn(page)] == ["The kernel with its rows in another order, and"]
    assert [*stray(page)] == ['labels (Int[ndarray, " n"])', "padding (int, default: 0 )"]
    assert [words.split()[0] for words in wordless(page)][-1] == "bare"
