"""Every figure of the learning chapters: legible in both layouts, and its words from its arrays."""

import re
from dataclasses import replace

import numpy as np
import pytest

from cnnfilters.analysis.learning import distance_from_start
from cnnfilters.analysis.nulls import kernel_fits
from cnnfilters.figures.drawing.figure import LAYOUTS
from cnnfilters.figures.drawing.style import SMALL
from cnnfilters.figures.learning.film_strip import LABEL_AWAY, LABEL_REACH, _roomiest, film_strip
from cnnfilters.figures.learning.four_rows import four_rows
from cnnfilters.figures.learning.kernel_numbers import kernel_numbers
from cnnfilters.figures.learning.loss_accuracy import loss_accuracy
from cnnfilters.figures.learning.shares_bars import shares_bars
from cnnfilters.figures.learning.shares_null import shares_null
from cnnfilters.figures.units.seven_maps import seven_maps
from figures.runs import STEPS, made_up, made_up_digits

DEFAULT, SMALL_START = made_up(), made_up(scale=0.1)
MAKERS = {
    "film-strip": lambda: film_strip(DEFAULT),
    "loss-accuracy": lambda: loss_accuracy(made_up(seed=1), DEFAULT, SMALL_START),
    "four-rows": lambda: four_rows(DEFAULT, SMALL_START),
    "kernel-numbers": lambda: kernel_numbers(DEFAULT),
    "shares-bars": lambda: shares_bars(DEFAULT, SMALL_START),
    "shares-null": lambda: shares_null(made_up(seed=1), DEFAULT, SMALL_START),
    "seven-maps": lambda: seven_maps(DEFAULT, made_up_digits()),
}


@pytest.fixture(scope="module", params=MAKERS)
def name(request):
    return request.param


@pytest.fixture(scope="module")
def figure(name):
    return MAKERS[name]()


def test_the_same_arrays_give_the_same_bytes(name, figure):
    again = MAKERS[name]()
    assert again.svg("narrow", "dark") == figure.svg("narrow", "dark")
    assert again.table.csv() == figure.table.csv()


@pytest.mark.parametrize("layout", LAYOUTS)
def test_no_text_is_smaller_than_the_style_allows(figure, layout):
    sizes = [
        float(size)
        for size in re.findall(r"font(?:-size)?: ([\d.]+)px", figure.svg(layout, "light"))
    ]
    assert sizes
    assert min(sizes) >= SMALL


@pytest.mark.parametrize("layout", LAYOUTS)
def test_all_text_lies_inside_the_picture(figure, layout):
    svg = figure.svg(layout, "light")
    width, height = (float(n) for n in re.search(r'viewBox="0 0 ([\d.]+) ([\d.]+)"', svg).groups())
    places = re.findall(r'<text[^>]*transform="[^"]*translate\(([\d.-]+) ([\d.-]+)\)', svg)
    places += re.findall(r'<text[^>]* x="([\d.-]+)" y="([\d.-]+)"', svg)
    assert len(places) == svg.count("<text")
    for x, y in places:
        assert 0 <= float(x) <= width
        assert 0 <= float(y) <= height


def test_the_film_strip_says_where_accuracy_and_cosine_stood():
    figure = film_strip(DEFAULT)
    cosine = distance_from_start(DEFAULT).cosine
    assert (
        f"93.0 % at step 30, where the kernels' cosine with their start is {cosine[4]:.2f}"
        in figure.alt
    )
    assert f"98.5 % and {cosine[-1]:.2f}" in figure.alt
    assert [row[0] for row in figure.table.rows] == STEPS.tolist()


def test_a_curve_is_named_beside_itself_and_away_from_the_others():
    level, falling = np.full(9, 0.5), np.linspace(0.9, 0.1, 9)  # they cross in the middle
    at, height = _roomiest(level, [falling])
    assert abs(height - 0.5) == pytest.approx(LABEL_AWAY)
    assert abs(height - falling[at]) > LABEL_AWAY
    assert LABEL_REACH <= at < 9 - LABEL_REACH


def test_curves_that_leave_no_room_are_named_all_the_same():
    assert _roomiest(np.array([0.5]), [np.array([0.5])]) == (0, 0.5)


def test_a_training_that_changes_nothing_is_said_to_change_nothing():
    figure = film_strip(made_up(pull=0))
    assert "cosine with their start is 1.00" in figure.alt
    assert re.search(r"Edge fit: (\d+ %), then \1\.", figure.alt)


def test_the_curves_name_the_steps_at_which_half_is_right():
    slow = made_up(accuracy=(0.1, 0.1, 0.1, 0.2, 0.5, 0.9))
    figure = loss_accuracy(DEFAULT, slow, DEFAULT)
    assert "by step 10 (source), 30 (default) and 10 (small start)" in figure.alt
    assert figure.caption.endswith("by step 30 and ends between 90.0 % and 98.5 %.")


def test_a_network_that_never_learns_has_no_such_step():
    chance = made_up(accuracy=(0.1,) * 6)
    with pytest.raises(ValueError, match="`run` never reaches an accuracy of 50 %"):
        loss_accuracy(DEFAULT, chance, DEFAULT)


def test_the_reveal_takes_out_what_the_start_explains_and_no_more():
    """An edge that was added to noise; half of the noise was then forgotten."""
    start, trained = DEFAULT.kernels(0), DEFAULT.kernels() - 0.5 * DEFAULT.kernels(0)
    weights = {"conv1.weight": np.stack([start, trained])[:, :, None]}
    two = {"steps": np.arange(2), "loss": np.ones(2), "accuracy": np.ones(2)}
    run = replace(DEFAULT, weights=weights, **two)
    (factor,), *_ = np.linalg.lstsq(start.reshape(-1, 1), trained.ravel())
    rest = kernel_fits(trained - factor * start).edge.mean()
    figure = four_rows(run, SMALL_START)
    assert f"trained minus {factor:.2f} times the start {100 * rest:.0f} %" in figure.alt
    assert f"hold {factor:.2f} times their random start" in figure.caption
    assert sum(str(row[0]).startswith("rest, kernel") for row in figure.table.rows) == 16


def test_every_weight_is_printed_in_hundredths():
    figure = kernel_numbers(DEFAULT)
    printed = re.findall(r"<text[^>]*>\s*(−?\d+)\s*</text>", figure.svg("wide", "light"))
    weights = [
        f"{100 * w:.0f}".replace("-0", "0").replace("-", "−") for w in DEFAULT.kernels().ravel()
    ]
    assert sorted(printed) == sorted(weights)
    assert [cell for row in figure.table.rows for cell in row[1:]] == pytest.approx(
        DEFAULT.kernels().ravel().tolist()
    )


def test_bars_count_the_names():
    noise = made_up(pull=0)
    figure = shares_bars(noise, made_up(scale=0.01))
    assert "Default start: 0 edges, 2 lines, 0 blobs, 14 unnamed" in figure.alt
    assert "small start: 16 edges, 0 lines, 0 blobs, 0 unnamed" in figure.alt
    chance = kernel_fits(noise.kernels()).chance
    for _, name, *fits in figure.table.rows:
        best = max(zip(fits, chance, strict=True))
        assert name == (best[1] if best[0] > chance[best[1]].limit else "none")


def test_the_strip_plot_counts_kernels_beyond_chance():
    figure = shares_null(made_up(pull=0), DEFAULT, made_up(scale=0.01))
    assert (
        "beyond 50 %, the 99 % point of chance: 0 at the start, 0 with the source's" in figure.alt
    )
    assert figure.alt.endswith("and 16 from a small start.")
    assert len(figure.table.rows) == 4 * 16


def test_the_maps_of_the_seven_count_what_relu_silences():
    figure = seven_maps(DEFAULT, made_up_digits())
    assert len(figure.table.rows) == 8
    silent = np.mean([row[-1] for row in figure.table.rows])
    assert f"ReLU sets {silent:.0f} % of them to zero" in figure.alt
    directions = [row[2] for row in figure.table.rows]
    assert directions == sorted(directions)
