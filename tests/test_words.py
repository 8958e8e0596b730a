"""Numbers in sentences."""

from __future__ import annotations

import pytest

from cnnfilters.words import decimal, number, percent, short


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (1234567.0, "1,234,567"),
        (12.345, "12.3"),
        (0.012345, "0.0123"),
        (-2.5, "−2.50"),
        (1e-6, "0.000001"),
        (9.9e-7, "less than 0.000001"),
        (-3e-8, "between −0.000001 and 0"),
        (-0.0, "0"),
        (-7.0, "−7"),
    ],
)
def test_numbers_show_three_digits_that_matter(value: float, text: str) -> None:
    assert number(value) == text


@pytest.mark.parametrize("text", [decimal(-0.004), decimal(-0.0), short(-0.004), number(-0.0)])
def test_what_rounds_to_zero_has_no_sign(text: str) -> None:
    assert text in {"0", "0.00"}


@pytest.mark.parametrize("words", [decimal(-12.5, 1), short(-12.5), number(-12.5), percent(-0.125)])
def test_a_minus_is_a_minus_and_no_hyphen(words: str) -> None:
    assert words.removesuffix(" %") == "−12.5"
