"""The numbered relationships: words, predicates, TeX and code say the same."""

import re
from itertools import product

import pytest
from hypothesis import assume, given

from arithmetic.geometry_cases import (
    direct_geometries,
    input_sizes,
    our_size,
    torch_size,
    transposed_geometries,
    unhurried,
)
from cnnfilters.arithmetic import DILATED_TRANSPOSED, RELATIONSHIPS, SYMBOLS, ConvGeometry, Symbols

LETTERS = [
    Symbols(*numbers)
    for numbers in product(range(1, 8), range(1, 5), range(7), range(1, 4), range(4))
]
PHRASES = {  # what each phrase of the conditions means
    "s = 1": lambda x: x.s == 1,
    "p = 0": lambda x: x.p == 0,
    "k odd": lambda x: x.k % 2 == 1,
    "p = (k − 1) / 2": lambda x: 2 * x.p == x.k - 1,
    "p = k − 1": lambda x: x.p == x.k - 1,
    "p ≤ k − 1": lambda x: x.p < x.k,
    "s divides i − k": lambda x: x.a == 0,
    "s divides i + 2p − k": lambda x: x.a == 0,
    "a = (i + 2p − k) mod s": lambda x: x.a < x.s,
    "p ≤ d(k − 1)": lambda x: x.p <= x.d * (x.k - 1),
    "a = (i + 2p − d(k − 1) − 1) mod s": lambda x: x.a < x.s,
    "any p": lambda _: True,
    "any s": lambda _: True,
    "any p and s": lambda _: True,
    "any p, s and d": lambda _: True,
}


ALL = (*RELATIONSHIPS, DILATED_TRANSPOSED)


def by_number(relationship):
    return f"{relationship.number}"


def python_of(tex):
    """The right side of a formula, its fractions and products written for Python."""
    text = tex.split("=", 1)[1].replace("i'", "i")
    text = re.sub(r"\\left\\lfloor \\frac{(.+)}{(.+)} \\right\\rfloor", r"((\1) // \2)", text)
    text = re.sub(r"(\d)([a-z])", r"\1 * \2", text)
    return re.sub(r"([a-z)])\(", r"\1 * (", text).strip()


def said(conditions):
    """The predicate of the words before the first semicolon; dilation is 1 unless it is named."""
    text = conditions.split(";")[0]
    phrases = [text] if text in PHRASES else text.split(", ")
    return lambda x: (
        all(PHRASES[phrase](x) for phrase in phrases)
        and (x.d == 1 or "d" in re.findall("[a-z]+", text))
    )


def test_the_fifteen_are_numbered_in_order():
    assert [relationship.number for relationship in RELATIONSHIPS] == list(range(1, 16))


@pytest.mark.parametrize("relationship", ALL, ids=by_number)
def test_the_formula_in_tex_is_the_one_in_code(relationship):
    source = python_of(relationship.formula)
    different = [
        (i, x)
        for i, x in product(range(1, 6), LETTERS[::7])
        if eval(source, {"i": i, **x._asdict()}) != relationship.output(i, x)
    ]
    assert different == []


@pytest.mark.parametrize("relationship", ALL, ids=by_number)
def test_the_conditions_in_words_are_the_predicate(relationship):
    holds = said(relationship.conditions)
    assert [x for x in LETTERS if holds(x) != relationship.applies(x)] == []


@pytest.mark.parametrize("relationship", ALL, ids=by_number)
def test_every_letter_of_a_formula_is_explained(relationship):
    letters = re.findall(r"(?<![\\a-z])[a-z]'?(?![a-z])", relationship.formula)
    assert [letter for letter in letters if letter not in SYMBOLS] == []


def geometry_of(x, *, transposed):
    return ConvGeometry(
        x.k, stride=x.s, padding=x.p, dilation=x.d, transposed=transposed, output_padding=x.a
    )


CONVOLUTIONS = [relationship for relationship in ALL if relationship.kind != "pooling"]


@pytest.mark.parametrize("relationship", CONVOLUTIONS, ids=by_number)
def test_the_example_has_this_number_and_pytorchs_size(relationship):
    size, letters = relationship.example
    geometry = geometry_of(letters, transposed=relationship.kind == "transposed")
    assert geometry.relationship == relationship.number
    assert torch_size(geometry, (size, size)) == (relationship.output(*relationship.example),) * 2


@pytest.mark.parametrize("relationship", ALL, ids=by_number)
def test_the_example_meets_the_conditions(relationship):
    assert relationship.applies(relationship.example[1])


@unhurried
@given(geometry=direct_geometries() | transposed_geometries(), size=input_sizes())
def test_the_number_of_a_geometry_gives_pytorchs_size(geometry, size):
    assume(geometry.relationship is not None)
    assume(our_size(geometry, size) is not None)
    formula = RELATIONSHIPS[geometry.relationship - 1].output
    letters = [Symbols(a.kernel, a.stride, a.before, a.dilation, a.added) for a in geometry.axes]
    assert tuple(map(formula, size, letters)) == torch_size(geometry, size)


@pytest.mark.parametrize(
    ("geometry", "number"),
    [
        (ConvGeometry(1), 1),  # also half and full: the lowest number of the most specific
        (ConvGeometry((3, 5), padding=(1, 2)), 3),
        (ConvGeometry((3, 5), padding=(1, 4)), 2),
        (ConvGeometry((3, 1), padding=(1, 0)), 3),
        (ConvGeometry(3, padding="same"), 3),
        (ConvGeometry(3, stride=(1, 2)), 5),
        (ConvGeometry(3, stride=(1, 2), padding=(1, 0)), 6),
        (ConvGeometry(3, dilation=(1, 2)), 15),
        (ConvGeometry(3, padding="same", dilation=2), 15),
        (ConvGeometry(3, stride=(1, 2), transposed=True), 12),
        (ConvGeometry(3, stride=2, transposed=True, output_padding=(0, 1)), 14),
        (ConvGeometry(4, padding="same"), None),  # sides differ
        (ConvGeometry(3, padding=((0, 1), (0, 1))), None),
        (ConvGeometry(3, dilation=2, transposed=True), None),
        (ConvGeometry(3, padding=3, transposed=True), None),  # cuts into the stretched input
    ],
    ids=repr,
)
def test_the_most_specific_number_that_applies_to_both_axes(geometry, number):
    assert geometry.relationship == number
