"""Short lists of claims, on a page that looks back."""

from dataclasses import replace

import pytest

from cnnfilters.evidence import Claim, Interval, Rule
from pages.chapter import Chapter
from pages.ledger import by_chapter
from pages.overview import fill_overview, overview
from pipeline.processes import BuildError

PAGE = "learning/12-reading-the-weights/"
WEIGHTS = Chapter("learning/12-reading-the-weights.md", "Reading the weights", "", 12, 9, "")
TRAINING = Chapter("learning/11-training.md", "Training", "", 11, 9, "")


def a_claim(mean=2.0):
    interval = Interval(mean, mean - 0.5, mean + 0.5, 5)
    return Claim("A < B.", "b less a", "points", interval, Rule(above=0))


SEVERAL = {"m": a_claim(), "n": a_claim(-2.0), "first": a_claim()}
MARKED = [
    replace(chapter, text="".join(f"<!-- claim: {name} -->\n" for name in names))
    for chapter, names in ((TRAINING, ["first"]), (WEIGHTS, ["m", "n"]))
]
LISTED = by_chapter(SEVERAL, MARKED)


def test_the_overview_lists_each_chapters_claims_in_order_of_chapters():
    text = fill_overview("<!-- claims: by-chapter -->", overview(LISTED), "x.md")
    assert text.index("11. Training") < text.index("12. Reading the weights")
    assert "<span>1 supported, 1 refuted</span>" in text
    assert text.count("A &lt; B.") == 3
    assert 'href="%BASE%claims/#n">Refuted</a>' in text
    assert f'href="%BASE%{PAGE}"' in text


def test_the_unsupported_are_those_that_are_not_supported():
    text = fill_overview("<!-- claims: unsupported -->", overview(LISTED), "x.md")
    assert "#n" in text
    assert "#m" not in text
    assert "11. Training" not in text


def test_where_all_are_supported_the_list_says_so():
    text = fill_overview(
        "<!-- claims: unsupported -->", overview({WEIGHTS: {"m": a_claim()}}), "x.md"
    )
    assert text == "<p>None.</p>"


def test_an_unknown_list_is_refused():
    with pytest.raises(
        BuildError, match=r"x\.md: unknown list of claims `best`; there are by-chapter, "
    ):
        fill_overview("<!-- claims: best -->", overview(LISTED), "x.md")
