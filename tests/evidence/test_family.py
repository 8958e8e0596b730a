"""The number of claims is corrected for, by Holm."""

import numpy as np
import pytest

from cnnfilters.evidence import FAMILY_ERROR, Claim, Family, Interval, Rule, holm


def a_claim(*values):
    return Claim("A.", "a", "", Interval.of(values), Rule(above=0))


def test_holm_is_that_of_the_worked_example_of_its_procedure():
    found = holm({"a": 0.01, "b": 0.04, "c": 0.03, "d": 0.005})
    expected = {"a": 0.03, "b": 0.06, "c": 0.06, "d": 0.02}
    assert found == pytest.approx(expected)
    assert list(found) == ["a", "b", "c", "d"]


def test_no_adjusted_p_value_is_above_one_or_below_its_own():
    given = {str(n): p for n, p in enumerate(np.random.default_rng(0).uniform(size=40))}
    adjusted = holm(given)
    assert all(given[name] <= p <= 1 for name, p in adjusted.items())
    order = sorted(given, key=given.get)
    assert [adjusted[name] for name in order] == sorted(adjusted.values())


def test_of_claims_in_which_nothing_holds_holm_seldom_lets_one_through():
    rng = np.random.default_rng(1)
    wrong = 0
    for _ in range(300):
        claims = {str(n): a_claim(*rng.normal(size=5)) for n in range(30)}
        family = Family.of(claims)
        wrong += any(p <= FAMILY_ERROR for p in family.adjusted.values())
    assert wrong / 300 < 2 * FAMILY_ERROR + 0.03  # each side of a claim may be the wrong one


def test_a_family_counts_what_was_measured_decided_and_survives():
    clear, close, open_, counted = (
        a_claim(10.0, 10.1, 9.9, 10.0, 10.05),
        a_claim(1.0, 1.6, 1.3, 1.9, 0.7),
        a_claim(1.0, -1.2, 0.4),
        Claim("B.", "b", "", Interval.exactly(3), Rule(above=2)),
    )
    crowd = {f"open {n}": open_ for n in range(40)}
    family = Family.of({"clear": clear, "close": close, "counted": counted, **crowd})
    assert clear.verdict == close.verdict == counted.verdict == "supported"
    assert family.decided == ("clear", "close")
    assert family.surviving == ("clear",)
    assert "counted" not in family.adjusted
    assert family.words() == (
        "Of 42 measured claims 2 are decided, and 1 of them survives the correction"
    )
