"""The counts against PyTorch's flop counter and the memory that NumPy really takes."""

import tracemalloc

import numpy as np
import pytest
import torch
from torch.nn import functional
from torch.utils.flop_counter import FlopCounterMode

from cnnfilters.arithmetic import ConvGeometry
from cnnfilters.convolution import (
    METHODS,
    as_matrix,
    count_multiplications,
    count_stored_numbers,
    cross_correlate,
)

LAYER = ConvGeometry((3, 4), stride=(1, 2), padding=((1, 0), (2, 1)), dilation=(2, 1), groups=2)
SIZE, CHANNELS, FILTERS = (40, 33), 4, 6


def counted(method, geometry=LAYER, size=SIZE, channels=CHANNELS, filters=FILTERS, of="time"):
    count = count_multiplications if of == "time" else count_stored_numbers
    return count(method, input_size=size, geometry=geometry, channels=channels, filters=filters)


@pytest.mark.parametrize("method", ["loops", "windows", "im2col"])
def test_the_direct_methods_multiply_as_often_as_pytorch_counts(method):
    (top, bottom), (left, right) = LAYER.padding_pairs
    image = functional.pad(torch.ones(1, CHANNELS, *SIZE), (left, right, top, bottom))
    with FlopCounterMode(display=False) as counter:
        functional.conv2d(
            image,
            torch.ones(FILTERS, CHANNELS // LAYER.groups, 3, 4),
            stride=LAYER.stride_pair,
            dilation=LAYER.dilation_pair,
            groups=LAYER.groups,
        )
    assert counted(method) == counter.get_total_flops() // 2  # a multiplication and an addition


def test_the_matrix_multiplies_by_every_entry():
    geometry = ConvGeometry((2, 3), stride=2, padding=1)
    matrix = as_matrix(np.ones((5, 3, 2, 3)), input_size=(7, 8), geometry=geometry)
    assert counted("matrix", geometry, (7, 8), 3, 5) == matrix.size
    assert counted("matrix", geometry, (7, 8), 3, 5, of="memory") == matrix.size


@pytest.mark.parametrize("kernel_size", [1, 3, 31, (5, 11)], ids=str)
def test_the_fft_costs_the_same_for_every_kernel(kernel_size):
    # 3 transforms of 64² numbers at log2(64²) = 12 each, and 4 for each of the 64·33 products
    expected = 3 * 4096 * 12 + 4 * 64 * 33
    assert counted("fft", ConvGeometry(kernel_size), 64, 1, 1) == expected


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("groups", [1, 2])
def test_the_stored_numbers_are_what_numpy_takes(method, groups):
    geometry = ConvGeometry((5, 4), stride=(1, 2), padding=2, groups=groups)
    size = (30, 40) if method != "matrix" else (20, 15)
    image, kernel = np.ones((4, *size)), np.ones((2, 4 // groups, 5, 4))
    cross_correlate(image, kernel, geometry=geometry, method=method)  # imports and caches
    tracemalloc.start()
    before = tracemalloc.get_traced_memory()[0]
    response = cross_correlate(image, kernel, geometry=geometry, method=method)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    taken = (peak - before) / 8 - response.size  # numbers of 8 bytes
    said = counted(method, geometry, size, 4, 2, of="memory")
    assert said == pytest.approx(taken, rel=0.3, abs=2 * response.size + 2000)


@pytest.mark.parametrize("count", [count_multiplications, count_stored_numbers])
@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"method": "magic"}, r"`method` \(='magic'\) must be one of loops"),
        ({"input_size": 0}, r"`input_size` \(=0\) must be at least 1"),
        ({"input_size": 2}, r"`kernel_size` .* must fit"),
        ({"channels": 3}, r"`channels` \(=3\) must be a multiple of groups, 2"),
        ({"filters": 0}, r"`filters` \(=0\) must be at least 1"),
        ({"geometry": ConvGeometry(3, transposed=True)}, r"`geometry` \(transposed=True\)"),
    ],
)
def test_nonsense_is_refused(count, options, message):
    given = {
        "method": "loops",
        "input_size": 9,
        "geometry": ConvGeometry(3, groups=2),
        "channels": 2,
        "filters": 2,
    }
    with pytest.raises(ValueError, match=message):
        count(**{**given, **options})
