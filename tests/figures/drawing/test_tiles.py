"""Pictures fill the page between its margins, none lies on another, and a scale ends with them."""

import re
from itertools import pairwise

import numpy as np
import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure as Canvas

from cnnfilters.figures.drawing.figure import LAYOUTS, plotted
from cnnfilters.figures.drawing.style import WIDTH
from cnnfilters.figures.drawing.tiles import MARGIN, Box, Tiles, axes_in, scale_bar, write

TILES = [
    Tiles("wide", 1),
    Tiles("narrow", 2, gap=0.1),
    Tiles("wide", 4, gap=0.15, title=0.22, below=0.1, top=0.3),
    Tiles("narrow", 3, gap=0.2, title=0.4, tall=0.25),
]
each_page = pytest.mark.parametrize("tiles", TILES, ids=range(len(TILES)))


def test_a_box_is_counted_from_the_top_left_in_inches():
    axes = axes_in(Canvas(figsize=(4, 2)), Box(left=1, top=0.5, width=2, height=1))
    assert axes.get_position().bounds == pytest.approx((0.25, 0.25, 0.5, 0.5))


def test_text_hangs_from_its_place():
    canvas = Canvas(figsize=(4, 2))
    write(canvas, 1, 0.5, "words")
    assert canvas.texts[0].get_position() == pytest.approx((0.25, 0.75))
    assert canvas.texts[0].get_va() == "top"


@each_page
def test_a_row_reaches_from_margin_to_margin(tiles):
    boxes = [tiles.box(index) for index in range(tiles.columns)]
    assert boxes[0].left == MARGIN
    assert boxes[-1].right == pytest.approx(WIDTH[tiles.layout] - MARGIN)
    assert {box.top for box in boxes} == {tiles.top + tiles.title}
    assert all(b.left - a.right == pytest.approx(tiles.gap) for a, b in pairwise(boxes))


@each_page
def test_the_next_row_leaves_room_for_its_titles(tiles):
    first, second = tiles.box(0), tiles.box(tiles.columns)
    assert second.left == first.left
    assert second.top - first.bottom == pytest.approx(tiles.below + tiles.title)
    assert tiles.height(tiles.columns + 1) == pytest.approx(second.bottom + tiles.below)
    assert (
        tiles.height(1) == tiles.height(tiles.columns) == pytest.approx(first.bottom + tiles.below)
    )


def test_pictures_are_square_unless_a_height_is_given():
    assert Tiles("wide", 3).box(0).height == Tiles("wide", 3).side
    assert Tiles("wide", 3, tall=0.5).box(0)[2:] == (Tiles("wide", 3).side, 0.5)


@each_page
def test_groups_stand_further_apart_than_rows(tiles):
    second = tiles.group(1, rows=2, apart=0.7)
    assert second.box(0).top - tiles.box(2 * tiles.columns).top == pytest.approx(0.7)
    assert tiles.group(0, rows=2, apart=0.7) == tiles


@pytest.mark.parametrize("layout", LAYOUTS)
def test_a_scale_ends_at_the_margin(layout):
    canvas = Canvas(figsize=(WIDTH[layout], 1))
    renderer = FigureCanvasAgg(canvas).get_renderer()
    scale_bar(canvas, limit=2, label="weight")
    *_, most = canvas.axes[0].texts
    end = most.get_window_extent(renderer).x1 / canvas.dpi
    assert WIDTH[layout] - 2 * MARGIN < end < WIDTH[layout]


def test_a_place_that_differs_in_the_last_bit_gives_the_same_bytes():
    def drawing(left):
        def draw(canvas, _):
            axes_in(canvas, Box(left, 0.1, 1, 1)).imshow(np.eye(2))

        return plotted(draw, height=2)("wide")

    place = 0.1 + 0.2
    assert place != 0.3
    assert drawing(place) == drawing(0.3)
    names = [set(re.findall(r' id="(n\d+-\w+)"', drawing(left))) for left in (0.3, 0.31)]
    assert all(names)
    assert not names[0] & names[1]  # both may stand in one page


def test_a_height_may_depend_on_the_layout():
    drawing = plotted(lambda *_: None, height=lambda layout: 2 * WIDTH[layout])
    assert [drawing(layout).split('viewBox="')[1].split('"')[0] for layout in LAYOUTS] == [
        "0 0 518.4 1036.8",
        "0 0 244.8 489.6",
    ]
