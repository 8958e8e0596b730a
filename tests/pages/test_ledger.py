"""The ledger lists every claim with all that there is to say about it."""

import json
from dataclasses import replace

import pytest

from cnnfilters.claims import CLAIMS
from cnnfilters.evidence import Claim, Interval, Rule
from cnnfilters.results import Recipe
from pages.chapter import Chapter, read_chapters
from pages.ledger import (
    by_chapter,
    claim_pages,
    entries,
    fill_ledger,
    fill_overview,
    overview,
    summary,
)
from pages.marks import CLAIM
from pipeline.places import ROOT, Places
from pipeline.processes import BuildError

PAGE = "learning/12-reading-the-weights/"
WEIGHTS = Chapter("learning/12-reading-the-weights.md", "Reading the weights", "", 12, 9, "")
TRAINING = Chapter("learning/11-training.md", "Training", "", 11, 9, "")
CHAPTERS = read_chapters(ROOT / "docs")
STUDIED = Recipe(lambda: None, ("study:initialisation",))


def a_claim(mean=2.0):
    interval = Interval(mean, mean - 0.5, mean + 0.5, 5)
    return Claim("A < B.", "b less a", "points", interval, Rule(above=0))


def test_an_entry_has_sentence_quantity_value_networks_rule_verdict_and_links():
    (entry,) = entries({WEIGHTS: {"more": a_claim()}}, {"more": STUDIED})[WEIGHTS.heading]
    for part in (
        'id="more"',
        "A &lt; B.",
        "b less a",
        "2 points (95 % interval 1.50 to 2.50)",
        "5, from as many seeds",
        "above 0 points",
        "Supported.",
        f'href="%BASE%{PAGE}"',
        "reference/experiments/#cnnfilters.experiments.initialisation",
    ):
        assert part in entry, part


@pytest.mark.parametrize(
    ("replicates", "row"),
    [
        ("fits", "<dt>fits</dt><dd>5, from as many seeds</dd>"),
        ("photographs", "<dt>photographs</dt><dd>5</dd>"),
    ],
)
def test_an_entry_names_what_a_value_stands_for(replicates, row):
    claim = replace(a_claim(), replicates=replicates)
    (entry,) = entries({WEIGHTS: {"m": claim}}, {"m": STUDIED})[WEIGHTS.heading]
    assert row in entry
    assert "networks" not in entry


def test_entries_stand_below_a_heading_of_their_chapter():
    found = entries({WEIGHTS: {"m": a_claim()}}, {"m": STUDIED})
    text = fill_ledger("Before.\n\n<!-- ledger -->\n", found)
    assert "## 12. Reading the weights\n\n<div" in text


def test_each_claim_stands_in_one_chapter_which_its_mark_says():
    marks = [name for chapter in CHAPTERS for name in CLAIM.findall(chapter.text)]
    assert sorted(marks) == sorted(CLAIMS)
    assert claim_pages(CHAPTERS)["training-adds-edges"] == PAGE


def test_a_claim_that_no_chapter_marks_is_refused():
    with pytest.raises(BuildError, match="the claim lost is in no chapter: write <!-- claim: lost"):
        by_chapter({"lost": a_claim()}, CHAPTERS)


def test_the_summary_counts_verdicts():
    claims = {"a": a_claim(), "b": a_claim(-2.0), "c": a_claim(0.5)}
    assert summary(claims) == "3 claims: 1 supported, 1 undecided, 1 refuted"


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


def test_the_last_build_contradicts_no_sentence():
    words = Places.of(ROOT).words
    if not words.exists():
        pytest.skip("nothing has been built")
    assert json.loads(words.read_text(encoding="utf-8"))["contradicted"] == []
