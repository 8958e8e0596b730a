"""`ConvGeometry` against PyTorch."""

from inspect import unwrap
from itertools import product

import numpy as np
import pytest
import torch
from hypothesis import assume, given

from arithmetic.geometry_cases import (
    as_a_user,
    direct_geometries,
    input_sizes,
    our_size,
    torch_convolution,
    torch_size,
    transposed_geometries,
    unhurried,
)
from cnnfilters.arithmetic import ConvGeometry

pytestmark = pytest.mark.filterwarnings("ignore:Using padding='same' with even kernel:UserWarning")
ANY_GEOMETRY = direct_geometries() | transposed_geometries()
WIDTH = {"kernel_size": 2, "stride": 2, "padding": 1, "dilation": 1}  # unlike any height
NOT_SIZES = [True, 3.0, 3.5, "3", None, 1 + 1j, float("nan"), float("inf"), {2: 1, 3: 1}]


def both_axes(**height: int) -> dict[str, tuple[int, int]]:
    return {name: (number, WIDTH[name]) for name, number in height.items()}


@pytest.mark.parametrize("kernel", range(1, 8))
def test_output_size_is_pytorchs_over_the_whole_small_grid(kernel):
    wrong = []
    for stride, padding, dilation in product(range(1, 5), range(7), range(1, 4)):
        sizes = both_axes(kernel_size=kernel, stride=stride, padding=padding, dilation=dilation)
        geometry = ConvGeometry(**sizes)
        sizes = [(height, 5) for height in range(1, 15)]
        wrong += [size for size in sizes if our_size(geometry, size) != torch_size(geometry, size)]
    assert wrong == []


@pytest.mark.parametrize("kernel", range(1, 6))
def test_transposed_output_size_is_pytorchs_over_the_whole_small_grid(kernel):
    wrong = []
    for stride, padding, dilation in product(range(1, 4), range(5), range(1, 3)):
        sizes = both_axes(kernel_size=kernel, stride=stride, padding=padding, dilation=dilation)
        for added, height in product(range(max(stride, dilation)), range(1, 8)):
            geometry = ConvGeometry(**sizes, transposed=True, output_padding=(added, 0))
            if our_size(geometry, (height, 5)) != torch_size(geometry, (height, 5)):
                wrong.append((geometry, height))
    assert wrong == []


@unhurried
@given(geometry=ANY_GEOMETRY, size=input_sizes())
def test_output_size_is_pytorchs(geometry, size):
    assert our_size(geometry, size) == torch_size(geometry, size)


@unhurried
@given(geometry=ANY_GEOMETRY, size=input_sizes())
def test_input_sizes_are_all_that_give_the_output(geometry, size):
    output = torch_size(geometry, size)
    assume(output is not None)
    rows, columns = geometry.input_sizes(output)
    found = {
        n for n in range(1, 40) if (our_size(geometry, (n, size[1])) or (0, 0))[0] == output[0]
    }
    assert (set(rows), size[1] in columns) == (found, True)


def test_input_sizes_are_empty_where_no_input_gives_the_output():
    assert ConvGeometry(3, stride=2, transposed=True).input_sizes(4) == (range(0), range(0))


@unhurried
@given(geometry=ANY_GEOMETRY, size=input_sizes())
def test_visits_are_the_gradient_of_a_sum_of_ones(geometry, size):
    assume(our_size(geometry, size) is not None)
    image = torch.ones(1, geometry.groups, *size, dtype=torch.float64, requires_grad=True)
    ones = torch.ones(geometry.groups, 1, *geometry.kernel_pair, dtype=torch.float64)
    torch_convolution(geometry, image, ones).sum().backward()
    assert np.array_equal(geometry.visits(size), image.grad[0, 0])


@unhurried
@given(geometry=ANY_GEOMETRY, size=input_sizes())
def test_contributions_are_a_convolution_of_ones(geometry, size):
    assume(our_size(geometry, size) is not None)
    image = torch.ones(1, geometry.groups, *size, dtype=torch.float64)
    ones = torch.ones(geometry.groups, 1, *geometry.kernel_pair, dtype=torch.float64)
    expected = torch_convolution(geometry, image, ones)[0, 0]
    assert np.array_equal(geometry.contributions(size), expected)


@unhurried
@given(geometry=direct_geometries(), size=input_sizes())
def test_unused_counts_the_last_padded_rows_without_a_gradient(geometry, size):
    assume(our_size(geometry, size) is not None)
    (top, bottom), (left, right) = geometry.padding_pairs
    padded = torch.ones(1, 1, top + size[0] + bottom, left + size[1] + right, requires_grad=True)
    bare = ConvGeometry(geometry.kernel_size, stride=geometry.stride, dilation=geometry.dilation)
    torch_convolution(bare, padded, torch.ones(1, 1, *bare.kernel_pair)).sum().backward()
    read = padded.grad[0, 0].nonzero()
    last_row, last_column = (int(axis.max()) for axis in read.T)
    height, width = padded.shape[-2:]
    assert geometry.unused(size) == (height - 1 - last_row, width - 1 - last_column)


def test_a_transposed_convolution_leaves_nothing_unused():
    assert ConvGeometry(3, stride=2, transposed=True).unused((4, 5)) == (0, 0)


def test_integers_of_any_size_are_exact():
    huge = 2**63
    geometry = ConvGeometry(3, stride=huge, padding=huge)
    assert geometry.output_size((huge + 3, 3 * huge)) == (4, 5)  # floats would lose the 3
    assert geometry.output_size(huge + 2)[0] == 3


@pytest.mark.parametrize("integer", [np.int64(3), np.uint8(3), np.array(3)], ids=repr)
def test_numpy_integers_are_welcome(integer):
    geometry = ConvGeometry(integer, padding=(integer, 1))
    assert geometry == ConvGeometry(3, padding=(3, 1))
    assert type(geometry.kernel_size) is int


@pytest.mark.parametrize("pair", [(3, 3), [3, 3], np.array([3, 3]), torch.Size((3, 3))], ids=repr)
def test_equal_geometries_compare_and_hash_equal(pair):
    assert {ConvGeometry(pair, padding=((1, 1), (1, 1)))} == {ConvGeometry(3, padding=1)}


def test_repr_shows_what_differs_from_the_usual():
    geometry = ConvGeometry((3, 5), padding=((0, 1), (2, 2)), groups=2)
    assert repr(geometry) == "ConvGeometry((3, 5), padding=((0, 1), (2, 2)), groups=2)"


@unhurried
@given(geometry=ANY_GEOMETRY)
def test_repr_can_be_read_back(geometry):
    assert eval(repr(geometry)) == geometry


@pytest.mark.parametrize(
    "name", ["kernel_size", "stride", "padding", "dilation", "groups", "output_padding"]
)
@pytest.mark.parametrize("value", NOT_SIZES, ids=repr)
def test_what_is_no_integer_is_refused(name, value):
    with pytest.raises(TypeError, match=rf"^`{name}` \(=.*\) must be an integer"):
        as_a_user(ConvGeometry, **{"kernel_size": 3, name: value})


@pytest.mark.parametrize("value", NOT_SIZES, ids=repr)
def test_an_input_size_that_is_no_integer_is_refused(value):
    output_size = unwrap(ConvGeometry.output_size)  # without the test run's own type checks
    with pytest.raises(TypeError, match=r"^`input_size` \(=.*\) must be an integer or a pair"):
        output_size(ConvGeometry(3), value)


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"kernel_size": 0}, r"`kernel_size` \(=0\) must be at least 1"),
        ({"stride": 0}, r"`stride` \(=0\) must be at least 1"),
        ({"stride": (1, -2)}, r"`stride` \(=-2\) must be at least 1"),
        ({"padding": -1}, r"`padding` \(=-1\) must be at least 0"),
        ({"padding": ((0, 0), (0, -1))}, r"`padding` \(=-1\) must be at least 0"),
        (
            {"padding": ((1, 2), 3)},
            r"`padding` \(=.*\) must be \(\(top, bottom\), \(left, right\)\)",
        ),
        ({"padding": "same", "stride": 2}, r"`stride` \(=2\) must be 1 when `padding` is 'same'"),
        ({"padding": "same", "stride": (1, 2)}, r"`stride` \(=\(1, 2\)\) must be 1"),
        ({"padding": "same", "transposed": True}, r"`padding` \(='same'\) must be a number"),
        ({"dilation": 0}, r"`dilation` \(=0\) must be at least 1"),
        ({"kernel_size": (3, 3, 3)}, r"`kernel_size` \(=\(3, 3, 3\)\) must have two members"),
        ({"kernel_size": ()}, r"`kernel_size` \(=\(\)\) must have two members"),
        ({"groups": 0}, r"`groups` \(=0\) must be at least 1"),
        ({"output_padding": 1}, r"`output_padding` \(=1\) must be 0 unless `transposed` is True"),
        (
            {"transposed": True, "stride": 2, "output_padding": 2},
            r"`output_padding` \(=2\) must be smaller than `stride` \(=2\) or `dilation` \(=1\)",
        ),
    ],
    ids=str,
)
def test_a_value_that_breaks_a_rule_is_refused(options, message):
    with pytest.raises(ValueError, match=f"^{message}"):
        ConvGeometry(**{"kernel_size": 3, **options})


@pytest.mark.parametrize("value", [1, "yes", None], ids=repr)
def test_transposed_must_be_a_bool(value):
    with pytest.raises(TypeError, match=r"`transposed` .* must be True or False"):
        as_a_user(ConvGeometry, kernel_size=3, transposed=value)


@pytest.mark.parametrize(
    ("geometry", "size", "message"),
    [
        (ConvGeometry(3), 0, r"`input_size` \(=0\) must be at least 1"),
        (ConvGeometry(3), (4, 2), r"`kernel_size` \(=3\) reaches over 3 columns .* has 2"),
        (ConvGeometry(3, dilation=2), 4, r"reaches over 5 rows .* has 4"),
        (ConvGeometry(1, padding=1, transposed=True), 2, r"`padding` \(=2 rows in all\)"),
    ],
    ids=str,
)
def test_an_input_that_gives_nothing_is_refused(geometry, size, message):
    with pytest.raises(ValueError, match=message):
        geometry.output_size(size)
