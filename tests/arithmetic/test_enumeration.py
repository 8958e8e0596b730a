"""The count that the site prints beside each relationship."""

from dataclasses import replace
from itertools import product

import pytest
import torch
from torch.nn import functional

from cnnfilters.arithmetic import DILATED_TRANSPOSED, RELATIONSHIPS, Symbols, verify
from cnnfilters.arithmetic.enumeration import count_transposed, count_windows


@pytest.mark.parametrize(
    "relationship", [*RELATIONSHIPS, DILATED_TRANSPOSED], ids=lambda one: f"{one.number}"
)
def test_every_relationship_holds_in_every_case(relationship):
    verification = verify(relationship)
    assert (verification.number, verification.failures) == (relationship.number, ())
    assert verification.cases >= 50


@pytest.mark.parametrize("number", range(1, 16))
def test_a_formula_that_is_wrong_in_one_case_is_found(number):
    right = RELATIONSHIPS[number - 1]
    letters = Symbols(k=5, p=2) if right.applies(Symbols(k=5, p=2)) else Symbols(k=5)
    letters = letters if right.applies(letters) else Symbols(k=5, p=4)
    given = count_windows(9 + 2 * letters.p, kernel=5) if right.kind == "transposed" else 9
    wrong = replace(right, output=lambda i, x: right.output(i, x) + ((i, x) == (given, letters)))
    assert verify(wrong).failures == ((9, letters),)


def test_a_condition_that_is_too_wide_is_found():
    unit_stride = RELATIONSHIPS[0]
    assert verify(replace(unit_stride, applies=lambda x: x.p == 0 and x.d == 1)).failures


@pytest.mark.parametrize("stride", range(1, 5))
def test_windows_are_counted_like_pytorch_makes_them(stride):
    cases = product(range(1, 15), range(1, 6), range(1, 4))
    fitting = [(n, k, d) for n, k, d in cases if d * (k - 1) < n]
    counted = [count_windows(n, kernel=k, stride=stride, dilation=d) for n, k, d in fitting]
    made = [
        functional.conv1d(torch.zeros(1, 1, n), torch.zeros(1, 1, k), stride=stride, dilation=d)
        for n, k, d in fitting
    ]
    assert counted == [output.shape[-1] for output in made]


def test_no_window_fits_where_the_kernel_is_larger():
    assert count_windows(3, kernel=4) == 0


@pytest.mark.parametrize("kernel", range(1, 6))
def test_transposed_outputs_are_counted_like_pytorch_makes_them(kernel):
    cases = product(range(1, 8), range(1, 4), range(kernel), range(3))
    fitting = [(n, s, p, a) for n, s, p, a in cases if a < s and (n - 1) * s + kernel + a > 2 * p]
    counted = [count_transposed(n, Symbols(k=kernel, s=s, p=p, a=a)) for n, s, p, a in fitting]
    made = [
        functional.conv_transpose1d(
            torch.zeros(1, 1, n), torch.zeros(1, 1, kernel), stride=s, padding=p, output_padding=a
        )
        for n, s, p, a in fitting
    ]
    assert counted == [output.shape[-1] for output in made]
