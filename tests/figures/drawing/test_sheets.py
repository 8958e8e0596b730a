"""Square cells, and text that can be read on any data colour."""

import matplotlib as mpl
import numpy as np
import pytest
from matplotlib.figure import Figure as Canvas

from cnnfilters.figures.drawing.sheets import kernel_sheet, readable_on, sheet_cells
from cnnfilters.figures.drawing.style import SIGNED
from cnnfilters.figures.drawing.tiles import Box


def luminance(colour):
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in colour[:3]]
    return float(np.dot([0.2126, 0.7152, 0.0722], linear))


@pytest.mark.parametrize("place", np.linspace(0, 1, 41))
def test_numbers_on_the_signed_colours_have_enough_contrast(place):
    ground = mpl.colormaps[SIGNED](place)
    pair = sorted([luminance(ground), luminance(mpl.colors.to_rgb(readable_on(ground)))])
    assert (pair[1] + 0.05) / (pair[0] + 0.05) >= 4.5


@pytest.mark.parametrize(("count", "columns"), [(16, 16), (16, 8), (5, 3), (1, 1)])
def test_the_cells_of_a_sheet_are_square(count, columns):
    canvas = Canvas(figsize=(5, 9))
    box = Box(0, 0, 4, 1)
    height = kernel_sheet(canvas, box, np.zeros((count, 5, 5)), columns=columns, limit=1)
    rows, cells = sheet_cells(count, columns)
    assert height / rows == pytest.approx(4 / cells)
    assert canvas.axes[0].images[0].get_array().shape == (rows, cells)
