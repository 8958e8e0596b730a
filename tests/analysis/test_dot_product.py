"""One output taken apart, and the two rankings of windows."""

import numpy as np
import pytest
import torch
from torch.nn import functional

from cnnfilters.analysis.operation import dot_product_at, shared_top

RNG = np.random.default_rng(0)
IMAGE, KERNEL = RNG.normal(size=(5, 7)), RNG.normal(size=(2, 3))


@pytest.mark.parametrize(("row", "column"), [(0, 0), (3, 4), (1, 2)])
def test_the_products_add_up_to_pytorchs_output(row, column):
    image, kernel = (torch.tensor(x)[None, None] for x in (IMAGE, KERNEL))
    expected = functional.conv2d(image, kernel)[0, 0, row, column]
    dot = dot_product_at(IMAGE, KERNEL, row=row, column=column)
    assert dot.total == pytest.approx(float(expected))
    np.testing.assert_array_equal(dot.products, dot.window * dot.kernel)


@pytest.mark.parametrize(
    ("place", "message"),
    [
        ({"row": 4}, r"`row` \(=4\) must be below 4"),
        ({"column": 5}, r"`column` \(=5\) must be below 5"),
        ({"row": -1}, r"`row` \(=-1\) must be at least 0"),
    ],
)
def test_a_place_off_the_output_is_refused(place, message):
    with pytest.raises(ValueError, match=message):
        dot_product_at(IMAGE, KERNEL, **{"row": 0, "column": 0, **place})


def test_an_image_with_channels_is_refused():
    with pytest.raises(ValueError, match="must be one plane"):
        dot_product_at(IMAGE[None], KERNEL[None, None], row=0, column=0)


def test_the_top_of_everything_is_everything():
    assert shared_top(IMAGE, -IMAGE, count=IMAGE.size) == 1


def test_opposite_rankings_share_nothing_at_the_top():
    assert shared_top(np.arange(9.0), -np.arange(9.0), count=4) == 0


@pytest.mark.parametrize("count", [0, 36])
def test_a_count_that_is_not_there_is_refused(count):
    with pytest.raises(ValueError, match=rf"`count` \(={count}\) must be at (least 1|most 35)"):
        shared_top(IMAGE, IMAGE, count=count)
