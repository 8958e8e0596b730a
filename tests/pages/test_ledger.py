"""The ledger lists every claim with all that there is to say about it."""

import json
from dataclasses import replace

import pytest
from lxml import html

from cnnfilters.claims import CLAIMS
from cnnfilters.evidence import Chance, Claim, Family, Interval, Rule
from cnnfilters.results import Recipe
from pages.chapter import Chapter, read_chapters
from pages.ledger import by_chapter, claim_pages, fill_ledger, margin_ratio, summary, table
from pages.marks import CLAIM, VERDICT
from pipeline.places import ROOT, Places
from pipeline.processes import BuildError

PAGE = "learning/12-reading-the-weights/"
WEIGHTS = Chapter("learning/12-reading-the-weights.md", "Reading the weights", "", 12, 9, "")
CHAPTERS = read_chapters(ROOT / "docs")
STUDIED = Recipe(lambda: None, ("study:initialisation",))


MOST = 6  # claims that a page places with their strips; others stand in its sentences


def a_claim(mean=2.0):
    interval = Interval(mean, mean - 0.5, mean + 0.5, 5)
    return Claim("A < B.", "b less a", "points", interval, Rule(above=0))


def rows(claims, chapter=WEIGHTS, recipe=STUDIED):
    family = Family.of(claims)
    text = table({chapter: claims}, dict.fromkeys(claims, recipe), family)
    return html.fragment_fromstring(text).findall("tbody/tr")


def measured(**changes):
    claim = Claim("A < B.", "b less a", "points", Interval.of([2.0, 2.1, 1.9]), Rule(above=0))
    return replace(claim, **changes)


def listed(row):
    names = (term.text for term in row.iter("dt"))
    return dict(zip(names, (value.text_content() for value in row.iter("dd")), strict=True))


def test_a_row_bears_the_claims_name_and_what_a_script_reads():
    (row,) = rows({"more": a_claim()})
    assert row.get("id") == "more"
    assert row.get("data-verdict") == "supported"
    assert row.get("data-chapter") == "12"
    assert float(row.get("data-margin")) == margin_ratio(a_claim()) == 3.0


def test_a_row_shows_sentence_strip_verdict_margin_and_chapter():
    (row,) = rows({"more": a_claim()})
    assert row.find("td/details/summary").text == "A < B."
    assert row.find("td/svg").get("role") == "img"
    assert [cell.text_content() for cell in row[1:]] == ["Supported", "3.0 ×", "Chapter 12"]
    assert row[3].find("a").get("href") == f"%BASE%{PAGE}#claim-more"


def test_a_row_opens_to_all_that_there_is_to_say():
    claim = measured(steps=190, digits=1_000, chance=Chance(0.0, "no difference"))
    (row,) = rows({"more": claim})
    assert listed(row) == {
        "Measured": "b less a",
        "Value": claim.value(),
        "Rule": "holds if the value is above 0 points",
        "Margin": claim.rule.margin(claim.interval).words("points"),
        "Chance": "0 points: no difference",
        "Basis": "3 networks, from as many seeds",
        "Single values": "2, 2.10, 1.90",
        "Training": "190 steps each",
        "Held-out digits": "1,000 in the study; the interval does not cover their choice",
        "p-value": "0.0004; corrected for the number of claims 0.0004",
        "Rule written": "before the measurement",
    }
    links = [link.get("href") for link in row.iter("a")]
    assert "%BASE%reference/experiments/#cnnfilters.experiments.initialisation" in links


def test_a_row_tells_what_an_interval_covers_and_which_rule_came_late():
    interval = Interval.of([2.0, 2.1, 1.9], digits=[2.0, 2.5, 1.5, 2.0])
    (row,) = rows({"more": measured(interval=interval, exploratory="written after a look")})
    assert listed(row)["Held-out digits"] == "4; the interval covers their choice, too"
    assert listed(row)["Rule written"] == "written after a look: exploratory"


def test_what_was_counted_has_no_margin_and_no_p_value():
    (row,) = rows({"more": Claim("B.", "b", "", Interval.exactly(3), Rule(above=2))})
    assert row[2].text == "counted"
    assert row.get("data-margin") == ""
    assert not {"Margin", "p-value", "Single values"} & listed(row).keys()


@pytest.mark.parametrize(
    ("replicates", "basis"),
    [("fits", "3 fits, from as many seeds"), ("photographs", "3 photographs")],
)
def test_a_row_names_what_a_value_stands_for(replicates, basis):
    (row,) = rows({"m": measured(replicates=replicates)})
    assert listed(row)["Basis"] == basis
    assert "networks" not in row.text_content()


def test_the_correction_is_for_all_claims_of_the_page():
    several = {"a": measured(), "b": a_claim(0.5), "c": a_claim(-0.2)}
    alone, among = (listed(rows(each)[0])["p-value"] for each in ({"a": measured()}, several))
    assert alone == "0.0004; corrected for the number of claims 0.0004"
    assert among == "0.0004; corrected for the number of claims 0.0012"


def test_the_table_stands_where_the_page_asks_for_it():
    text = fill_ledger("Before.\n\n<!-- ledger -->\n", "<table></table>")
    assert text == "Before.\n\n<table></table>\n"


def test_without_claims_there_is_no_table():
    assert table({}, {}, Family.of({})) == ""


@pytest.mark.parametrize("chapter", CHAPTERS, ids=lambda chapter: str(chapter.number))
def test_a_page_places_few_claims_with_their_strips(chapter):
    boxes = len(CLAIM.findall(chapter.text)) - len(VERDICT.findall(chapter.text))
    assert boxes <= MOST


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


def test_the_last_build_contradicts_no_sentence():
    words = Places.of(ROOT).words
    if not words.exists():
        pytest.skip("nothing has been built")
    assert json.loads(words.read_text(encoding="utf-8"))["contradicted"] == []
