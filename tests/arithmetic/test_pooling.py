"""`Pooling` against PyTorch, `ceil_mode` included."""

from itertools import product

import numpy as np
import pytest
import torch
from torch.nn import functional

from arithmetic.geometry_cases import as_a_user, our_size
from cnnfilters.arithmetic import ConvGeometry, Pooling


def torch_pooled(pooling, size):
    """Height and width that PyTorch gives; None where it refuses."""
    options = {"stride": pooling.stride, "padding": pooling.padding, "ceil_mode": pooling.ceil_mode}
    image = torch.zeros(1, 1, *size)
    try:
        pooled = functional.max_pool2d(
            image, pooling.kernel_size, dilation=pooling.dilation, **options
        )
    except RuntimeError:
        return None
    return tuple(pooled.shape[-2:])


@pytest.mark.parametrize("ceil_mode", [False, True], ids=["floor", "ceil"])
@pytest.mark.parametrize("kernel", range(1, 6))
def test_output_size_is_pytorchs_over_the_whole_small_grid(kernel, ceil_mode):
    wrong = []
    for stride, padding, dilation in product(range(1, 7), range(kernel // 2 + 1), range(1, 4)):
        pooling = Pooling(
            (kernel, 2),
            stride=(stride, 3),
            padding=(padding, 0),
            dilation=(dilation, 1),
            ceil_mode=ceil_mode,
        )
        sizes = [(height, 6) for height in range(1, 15)]
        wrong += [(pooling, n) for n in sizes if our_size(pooling, n) != torch_pooled(pooling, n)]
    assert wrong == []


@pytest.mark.parametrize("size", range(1, 12))
def test_average_pooling_has_the_same_sizes(size):
    pooling = Pooling(3, stride=2, padding=1, ceil_mode=True)
    image = torch.zeros(1, 1, size, size + 1)
    expected = functional.avg_pool2d(image, 3, stride=2, padding=1, ceil_mode=True)
    assert pooling.output_size((size, size + 1)) == expected.shape[-2:]


@pytest.mark.parametrize(
    ("kernel", "padding", "dilation"), [(3, 2, 1), (2, 2, 1), (3, 2, 2), (1, 1, 3)], ids=str
)
def test_more_padding_than_half_a_window_is_refused_like_in_pytorch(kernel, padding, dilation):
    with pytest.raises(RuntimeError, match="half of"):
        functional.max_pool2d(
            torch.zeros(1, 1, 9, 9), kernel, stride=1, padding=padding, dilation=dilation
        )
    with pytest.raises(ValueError, match=rf"`padding` \(={padding}\) must be at most half of"):
        Pooling(kernel, padding=padding, dilation=dilation)


def test_windows_just_touch_unless_a_stride_is_given():
    assert Pooling((2, 3)) == Pooling((2, 3), stride=(2, 3))


def test_integers_of_any_size_are_exact():
    huge = 2**63
    assert Pooling(2, ceil_mode=True).output_size((2 * huge + 1, huge)) == (huge + 1, huge // 2)


def test_sizes_without_padding_are_those_of_a_convolution():
    assert Pooling(3, stride=2).output_size((9, 10)) == ConvGeometry(3, stride=2).output_size(
        (9, 10)
    )


@pytest.mark.parametrize(
    ("pooling", "number"),
    [
        (Pooling(2), 7),
        (Pooling(3, stride=2), 7),
        (Pooling(3, padding=1), None),
        (Pooling(2, dilation=2), None),
        (Pooling(2, ceil_mode=True), None),
    ],
    ids=repr,
)
def test_the_guide_covers_pooling_without_padding(pooling, number):
    assert pooling.relationship == number


@pytest.mark.parametrize("name", ["kernel_size", "stride", "padding", "dilation"])
@pytest.mark.parametrize("value", [True, 2.0, "2", np.nan], ids=repr)
def test_what_is_no_integer_is_refused(name, value):
    with pytest.raises(TypeError, match=rf"^`{name}` \(=.*\) must be an integer"):
        as_a_user(Pooling, **{"kernel_size": 3, name: value})


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"kernel_size": 0}, r"`kernel_size` \(=0\) must be at least 1"),
        ({"stride": 0}, r"`stride` \(=0\) must be at least 1"),
        ({"padding": -1}, r"`padding` \(=-1\) must be at least 0"),
        ({"dilation": 0}, r"`dilation` \(=0\) must be at least 1"),
        ({"stride": (1, 2, 3)}, r"`stride` \(=\(1, 2, 3\)\) must have two members"),
    ],
    ids=str,
)
def test_a_value_that_breaks_a_rule_is_refused(options, message):
    with pytest.raises(ValueError, match=f"^{message}"):
        Pooling(**{"kernel_size": 3, **options})


def test_ceil_mode_must_be_a_bool():
    with pytest.raises(TypeError, match=r"`ceil_mode` \(=1\) must be True or False"):
        as_a_user(Pooling, kernel_size=3, ceil_mode=1)


def test_a_window_larger_than_the_image_is_refused():
    with pytest.raises(ValueError, match=r"`kernel_size` \(=3\) reaches over 3 rows .* has 2"):
        Pooling(3).output_size(2)


def test_repr_shows_what_differs_from_the_usual():
    pooling = Pooling(3, stride=2, ceil_mode=True)
    assert [repr(Pooling(2)), repr(pooling)] == [
        "Pooling(2)",
        "Pooling(3, stride=2, ceil_mode=True)",
    ]
