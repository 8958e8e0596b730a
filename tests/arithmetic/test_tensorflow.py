"""TensorFlow's SAME against the two cases in which its documentation states the padding."""

from itertools import product

import pytest

from cnnfilters.arithmetic import ConvGeometry, tensorflow_same


def documented_padding(length, kernel, stride):
    """The words of the documentation: one rule where the stride divides, one where it does not."""
    rest = length % stride
    total = max(kernel - (rest or stride), 0)
    before = total // 2
    return before, total - before


@pytest.mark.parametrize("stride", range(1, 5))
def test_padding_is_the_documented_one(stride):
    wrong = []
    for length, kernel in product(range(1, 15), range(1, 8)):
        geometry = tensorflow_same((kernel, 2), input_size=(length, 6), stride=(stride, 1))
        if geometry.padding_pairs[0] != documented_padding(length, kernel, stride):
            wrong.append((length, kernel))
    assert wrong == []


@pytest.mark.parametrize("dilation", [1, 2, 3])
@pytest.mark.parametrize("stride", range(1, 5))
def test_output_is_the_input_over_the_stride_rounded_up(stride, dilation):
    lengths = range(1, 15)
    outputs = [
        tensorflow_same(3, input_size=n, stride=stride, dilation=dilation).output_size(n)[0]
        for n in lengths
    ]
    assert outputs == [len(range(0, n, stride)) for n in lengths]


@pytest.mark.parametrize("kernel", range(1, 6))
def test_at_stride_one_it_is_pytorchs_same(kernel):
    same = ConvGeometry(kernel, padding="same", groups=2)
    assert tensorflow_same(kernel, input_size=9, groups=2).padding_pairs == same.padding_pairs
