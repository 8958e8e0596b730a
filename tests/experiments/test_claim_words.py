"""A claim's sentence, quantity, unit and rule say the same, where a machine can tell."""

from math import inf

import pytest

from cnnfilters.claims import CLAIMS
from cnnfilters.evidence import Claim, Interval, Rule
from experiments.claim_words import disagreements


def planted(sentence: str, quantity: str, rule: Rule, unit: str = "") -> Claim:
    return Claim(sentence, quantity, unit, Interval.exactly(0), rule)


@pytest.mark.parametrize("name", CLAIMS)
def test_sentence_quantity_unit_and_rule_agree(name, results):
    assert disagreements(results.make(CLAIMS[name])) == []


@pytest.mark.parametrize(
    "claim",
    [
        planted("Each kernel is smooth.", "mean smoothness of the kernels", Rule(above=0.5)),
        planted("Every unit detects a digit.", "share of the digit, mean of ten", Rule(above=90)),
        planted("All kernels become edges.", "edge share", Rule(above=0.5)),
        planted("Most units are selective.", "median selectivity", Rule(above=0.5)),
        planted("No unit detects a digit.", "share of its digit", Rule(below=90), "%"),
        planted("None of them is an edge.", "edge share", Rule(below=0.2)),
        planted("The best unit is no detector.", "share, mean of ten digits", Rule(below=90)),
    ],
    ids=lambda claim: claim.sentence,
)
def test_a_rule_on_a_mean_is_found_under_a_sentence_on_each(claim):
    (found,) = disagreements(claim)
    assert "nothing is counted" in found or "no share is measured" in found


@pytest.mark.parametrize(
    ("claim", "found"),
    [
        (planted("It reads well.", "accuracy", Rule(above=75), "%"), "points to another"),
        (planted("So are the others.", "accuracy", Rule(above=75), "%"), "points to another"),
        (
            planted("A reads no better than B.", "A − B", Rule(above=0), "points"),
            "upper bound is inf",
        ),
        (
            planted("A reads no better than B.", "A − B", Rule(below=0), "points"),
            "upper bound is 0",
        ),
        (
            planted("A reads no worse than B.", "A − B", Rule(below=1), "points"),
            "lower bound is -inf",
        ),
        (planted("A reads no worse than B.", "A − B", Rule(above=1), "points"), "lower bound is 1"),
        (
            planted(
                "It is clear that A reads no better than by guessing.", "accuracy", Rule(below=25)
            ),
            "upper bound is 25",
        ),
        (planted("A reads about as well as B.", "A − B", Rule(above=-2), "points"), "both sides"),
        (planted("A does as well as B.", "A − B", Rule(above=0), "points"), "a little less"),
        (planted("A is more edge-like than B.", "A − B", Rule()), "one bound"),
        (planted("A is smoother than B.", "A − B", Rule(above=0, below=1)), "one bound"),
        (
            planted("A loses less than three points.", "A − B", Rule(above=3), "points"),
            "'less than three'",
        ),
        (
            planted("A loses more than 10 points.", "lost", Rule(below=10), "points"),
            "'more than 10'",
        ),
        (
            planted("A loses more than 10 points.", "lost", Rule(above=5), "points"),
            "'more than 10'",
        ),
        (planted("A costs over half a point.", "lost", Rule(above=0.5)), "the unit is ''"),
        (planted("At least four are unnamed.", "unnamed of 16", Rule(above=2)), "'At least four'"),
        (
            planted("A keeps more than half of its order.", "rank correlation", Rule(above=0.5)),
            "no share is measured",
        ),
    ],
    ids=lambda value: getattr(value, "sentence", ""),
)
def test_a_planted_disagreement_is_found(claim, found):
    assert any(found.lower() in each.lower() for each in disagreements(claim)), disagreements(claim)


@pytest.mark.parametrize(
    "claim",
    [
        planted("Most units have a direction.", "units beyond chance", Rule(above=50), "%"),
        planted("Most kernels are spare.", "kernels of 16 that cost little", Rule(above=8)),
        planted("No stage reads worse.", "least change from stage to stage", Rule(above=-0.5)),
        planted("A reads no better than B.", "A − B", Rule(below=1), "points"),
        planted("A reads no better than by guessing.", "accuracy", Rule(below=12), "%"),
        planted("A reads about as well as B.", "A − B", Rule(above=-2, below=2), "points"),
        planted("A costs less than a point.", "A − B", Rule(above=-1), "points"),
        planted("A costs less than a point.", "B − A", Rule(below=1), "points"),
        planted("B is less smooth than A.", "A − B", Rule(above=0)),
        planted("A has more than half of B's share.", "share of A over B's", Rule(above=0.5)),
        planted("When all weights are random, A changes.", "correlation", Rule(below=0.9)),
    ],
    ids=lambda claim: claim.sentence,
)
def test_what_agrees_is_left_alone(claim):
    assert disagreements(claim) == []


def test_an_unbounded_rule_has_no_sentence():
    assert Rule().above == -inf
    assert disagreements(planted("A is larger than B.", "A − B", Rule())) == [
        "a comparison has one bound"
    ]
