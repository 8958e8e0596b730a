"""A claim says its sentence, its verdict and all that they rest on."""

from dataclasses import replace

import pytest
from lxml import html

from cnnfilters.evidence import Chance, Claim, Interval, Rule


def claim(interval: Interval, expected: str = "supported") -> Claim:
    return Claim("Kernels < noise.", "Difference", "points", interval, Rule(above=0), expected)


def test_only_the_opposite_verdict_contradicts_the_text() -> None:
    assert not claim(Interval(2, 1, 3, 5)).contradicted
    assert not claim(Interval(0, -1, 1, 5)).contradicted
    assert claim(Interval(-2, -3, -1, 5)).contradicted
    assert claim(Interval(2, 1, 3, 5), expected="refuted").contradicted


def on_page(measured: Claim) -> html.HtmlElement:
    return html.fragment_fromstring(measured.html("my-claim", ledger="../claims/"))


def test_a_claim_is_a_line_with_its_verdict_and_a_strip() -> None:
    line = on_page(claim(Interval.of([2.0, 2.1, 1.9])))
    assert (line.get("id"), line.get("data-verdict")) == ("claim-my-claim", "supported")
    assert [part.tag for part in line] == ["p", "svg", "details"]
    assert line[0].text == "Kernels < noise."
    assert line.find("details/summary/b").text == "Supported"


@pytest.mark.parametrize(
    "words",
    [
        "2 points (95 % interval 1 to 3)",
        "5 networks, 190 steps each",
        "holds if the value is above 0 points",
        "clears 0 by 1 points; needs 1",
        "0.500 points: guessing",
    ],
)
def test_the_numbers_behind_a_claim_open(words: str) -> None:
    measured = claim(Interval(2, 1, 3, 5))
    line = on_page(replace(measured, steps=190, chance=Chance(0.5, "guessing")))
    assert words in line.find("details").text_content()
    assert words not in line.find("details/summary").text_content()


def test_a_claim_leads_to_the_ledger() -> None:
    (link,) = on_page(claim(Interval(2, 1, 3, 5))).iter("a")
    assert link.get("href") == "../claims/#my-claim"


def test_a_claim_says_where_this_build_found_otherwise() -> None:
    as_written = claim(Interval(2, 1, 3, 5))
    assert as_written.otherwise == ""
    assert on_page(as_written).find_class("cf-claim__otherwise") == []
    undecided = claim(Interval(0, -1, 1, 5))
    said = "The text was written where this was supported; here it is undecided."
    assert undecided.otherwise == said
    (shown,) = on_page(undecided).find_class("cf-claim__otherwise")
    assert shown.text == said
    assert "not rely" in claim(Interval(2, 1, 3, 5), expected="undecided").otherwise


def test_a_claim_says_where_another_world_has_another_verdict() -> None:
    measured = claim(Interval(2, 1, 3, 5))
    other = replace(claim(Interval(0, -1, 1, 10)), steps=1_876)
    for elsewhere, notes in ((measured, []), (other, ["On MNIST, after 1,876 steps: undecided."])):
        told = replace(measured, elsewhere={"on MNIST": elsewhere})
        assert told.notes == notes
        assert [p.text for p in on_page(told).find_class("cf-claim__otherwise")] == notes
    assert told.numbers()["On MNIST"].startswith("undecided: 0 points (95 % interval −1 to 1); 10")


def test_a_verdict_is_a_word_in_a_sentence_that_leads_to_the_ledger() -> None:
    measured, other = claim(Interval(2, 1, 3, 5)), claim(Interval(0, -1, 1, 5))
    told = replace(measured, elsewhere={"on MNIST": other, "twice": measured})
    link = html.fragment_fromstring(told.in_text("my-claim", ledger="../claims/"))
    assert (link.tag, link.get("id"), link.get("href")) == (
        "a",
        "claim-my-claim",
        "../claims/#my-claim",
    )
    assert link.text == "supported, on MNIST undecided"
    assert ">undecided here<" in other.in_text("my-claim", ledger="")


def test_a_claim_says_what_a_value_stands_for() -> None:
    text = on_page(replace(claim(Interval(2, 1, 3, 5)), replicates="fits")).text_content()
    assert "5 fits" in text
    assert "networks" not in text


def test_the_basis_names_the_digits_that_were_resampled() -> None:
    measured = claim(Interval.of([2.0, 3.0], digits=[2.0, 3.0, 2.5]))
    assert measured.basis() == "2 networks, 3 held-out digits"


def test_a_count_has_no_margin() -> None:
    counted = Claim("A.", "a", "", Interval.exactly(3), Rule(above=2))
    assert "Margin" not in counted.numbers()
    assert counted.networks == 0
    assert counted.values == (3,)
