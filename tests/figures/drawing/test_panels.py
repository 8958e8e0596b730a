"""What figures are drawn from."""

from __future__ import annotations

import numpy as np
import pytest
from matplotlib.figure import Figure as Canvas

from cnnfilters.figures.drawing.panels import mosaic, pixel_image, signed_image

IMAGES = np.arange(5 * 2 * 3.0).reshape(5, 2, 3)


@pytest.mark.parametrize(
    ("columns", "gap", "shape"), [(2, 1, (8, 7)), (5, 2, (2, 23)), (8, 1, (2, 31)), (1, 0, (10, 3))]
)
def test_a_mosaic_has_room_for_all_images_and_gaps(
    columns: int, gap: int, shape: tuple[int, int]
) -> None:
    sheet = mosaic(IMAGES, columns=columns, gap=gap)
    assert sheet.shape == shape
    np.testing.assert_array_equal(np.sort(sheet[~np.isnan(sheet)]), np.arange(30))


def test_a_mosaic_goes_along_the_rows() -> None:
    sheet = mosaic(IMAGES, columns=2, gap=1)
    np.testing.assert_array_equal(sheet[:2, 4:], IMAGES[1])
    np.testing.assert_array_equal(sheet[3:5, :3], IMAGES[2])
    assert np.isnan(sheet[2]).all()
    assert np.isnan(sheet[6:, 3:]).all()


def test_zero_is_white_and_the_scale_is_shared() -> None:
    axes = Canvas().subplots()
    image = signed_image(axes, np.array([[-1.0, 0.0, 2.0]]), limit=4)
    negative, zero, positive = image.to_rgba(image.get_array())[0, :, :3]
    np.testing.assert_allclose(zero, 1, atol=0.04)
    assert negative[2] > negative[0]  # blue
    assert positive[0] > positive[2]  # red
    assert image.get_clim() == (-4, 4)


def test_ink_is_black_on_white_paper() -> None:
    image = pixel_image(Canvas().subplots(), np.array([[0.0, 1.0]]))
    paper, ink = image.to_rgba(image.get_array())[0, :, :3]
    assert paper.min() == 1
    assert ink.max() == 0


@pytest.mark.parametrize("draw", [pixel_image, lambda a, v: signed_image(a, v, limit=1)])
def test_a_picture_has_no_ticks_and_is_not_smoothed(draw: object) -> None:
    axes = Canvas().subplots()
    image = draw(axes, np.eye(2, 3))  # type: ignore[operator]
    assert len(axes.get_xticks()) == len(axes.get_yticks()) == 0
    assert image.get_interpolation() == "none"
