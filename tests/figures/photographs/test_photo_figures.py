"""Filters in colour: zero is grey, kinds are counted, and words follow from the study."""

from collections import Counter

import numpy as np
import pytest
from matplotlib.figure import Figure as Canvas

from cnnfilters.analysis.orientation_and_colour import KINDS, direction_deg
from cnnfilters.convolution import cross_correlate
from cnnfilters.figures.drawing.colour_pictures import as_rgb, colour_sheet
from cnnfilters.figures.drawing.tiles import Box
from cnnfilters.figures.photographs.photo_filters import in_order, photo_filters
from cnnfilters.figures.photographs.photo_filters_measured import photo_filters_measured
from cnnfilters.figures.photographs.photo_responses import CROP, PHOTOGRAPH, SHRINK, photo_responses
from cnnfilters.photographs import load_photograph


@pytest.fixture
def study(photograph_study):
    return photograph_study


def test_zero_is_middle_grey_and_each_filter_fills_its_own_scale():
    filters = np.random.default_rng(0).normal(size=(4, 3, 5, 5)) * [
        [[[1]]],
        [[[9]]],
        [[[1]]],
        [[[0]]],
    ]
    filters[0, :, 0, 0] = 0
    drawn = as_rgb(filters)
    np.testing.assert_array_equal(drawn[0, :, 0, 0], 0.5)
    np.testing.assert_array_equal(drawn[3], 0.5)
    np.testing.assert_allclose(np.abs(drawn[:3] - 0.5).max(axis=(1, 2, 3)), 0.5)


def test_the_negative_of_a_filter_has_the_opposite_colours():
    filters = np.random.default_rng(0).normal(size=(4, 3, 5, 5))
    np.testing.assert_allclose(as_rgb(filters) + as_rgb(-filters), 1)


def test_a_sheet_draws_the_colours_and_leaves_the_gaps_open():
    canvas = Canvas(figsize=(2, 1))
    red, blue = np.zeros((2, 3, 2, 2))
    red[0], blue[2] = 1, 1
    colour_sheet(canvas, np.stack([red, blue]), Box(0, 0, 2, 1), columns=2)
    pixels = np.asarray(canvas.axes[0].images[0].get_array())
    assert pixels[0, :, :3].tolist() == [[1, 0.5, 0.5]] * 2 + [[0.5] * 3] + [[0.5, 0.5, 1]] * 2
    assert pixels[0, :, 3].tolist() == [1, 1, 0, 1, 1]


def test_filters_are_ordered_by_kind_and_then_by_direction(study):
    fit = in_order(study.shown["photographs"])
    places = [KINDS.index(kind) for kind in fit.kinds]
    assert places == sorted(places)
    for kind in set(fit.kinds):
        directions = direction_deg(fit.filters[np.array(fit.kinds) == kind])
        assert (np.diff(directions) >= 0).all()


def test_a_pattern_stays_with_its_filter(study):
    fit, kept = in_order(study.shown["photographs"]), study.shown["photographs"]
    pairs = {str(f): str(p) for f, p in zip(kept["filters"], kept["patterns"], strict=True)}
    for filters, patterns in zip(fit.filters, fit.patterns, strict=True):
        assert pairs[str(filters.tolist())] == str(patterns.tolist())


def test_the_sheets_count_what_they_show(study):
    figure = photo_filters(study)
    names = Counter(study.shown["photographs"]["kinds"])
    assert figure.table.rows[0][:2] == ("edge", names["edge"])
    assert f"Photographs give {names['edge']} edges" in figure.caption
    assert f"{names['edge'] + names['colour edge']} are stripes or edges" in figure.alt


def test_every_filter_is_a_dot_and_every_fit_a_row(study):
    figure = photo_filters_measured(study)
    assert len(figure.table.rows) == 5 * 2 + len(study.photographs)
    mean = np.mean(study.arms["photographs"]["oriented"])
    assert f"{mean:.0f} % have a direction" in figure.alt


def test_maps_are_cross_correlations_of_the_photograph(study):
    figure = photo_responses(study)
    pixels = load_photograph(PHOTOGRAPH, shrink=SHRINK)[:, *CROP].astype(float)
    fit = in_order(study.shown["photographs"])
    peaks = cross_correlate(pixels, fit.filters).max(axis=(1, 2))
    for _, _, greatest, _ in figure.table.rows:
        assert np.isclose(peaks, greatest).any()
    names = [row[0] for row in figure.table.rows]
    assert len(set(names)) == len(names) > 1
