"""A comparison shows each network, and the interval that its claim rests on."""

import pytest
from matplotlib.figure import Figure as Canvas

from cnnfilters.evidence import Interval
from cnnfilters.figures.drawing.intervals import BELOW, BESIDE, interval_path, interval_rows

ROWS = {"few": [1.0, 2.0, 3.0], "many": [5.0, 7.0, 6.0, 8.0]}
LOOKS = [("red", "o"), ("blue", "s")]


@pytest.fixture
def axes():
    return Canvas().subplots()


def drawn(axes):
    """Across and down, of each thing that was drawn, in order."""
    return [(list(line.get_xdata()), list(line.get_ydata())) for line in axes.lines]


@pytest.mark.parametrize("places", [None, (0.0, 2.5)], ids=["one apart", "given"])
def test_a_row_has_a_dot_for_each_network_and_below_them_the_interval(axes, places):
    interval_rows(axes, ROWS, LOOKS, places=places)
    for nth, (place, values) in enumerate(zip(places or (0, 1), ROWS.values(), strict=True)):
        dots, bar, mean = drawn(axes)[3 * nth : 3 * nth + 3]
        interval = Interval.of(values)
        assert dots == (values, [place - BELOW / 2] * len(values))
        assert bar == ([interval.low, interval.high], [place + BELOW] * 2)
        assert mean == ([interval.mean], [place + BELOW])
    assert [text.get_text() for text in axes.get_yticklabels()] == list(ROWS)
    lower, upper = axes.get_ylim()
    assert lower > upper  # rows go down


def test_a_path_joins_the_means_as_far_as_stages_follow_each_other(axes):
    stages = [*ROWS.values(), [4.0, 4.5]]
    interval_path(axes, [0, 1, 2], stages, colour="red", marker="o", dash="-", joined=2)
    line, *rest = drawn(axes)
    assert line == ([BESIDE, 1 + BESIDE], [2.0, 6.5])
    for place, values in enumerate(stages):
        dots, bar, mean = rest[3 * place : 3 * place + 3]
        interval = Interval.of(values)
        assert dots == ([place] * len(values), values)
        assert bar == ([place + BESIDE] * 2, [interval.low, interval.high])
        assert mean == ([place + BESIDE], [interval.mean])


def test_one_network_has_no_interval(axes):
    with pytest.raises(ValueError, match="at least two networks"):
        interval_rows(axes, {"one": [1.0]}, LOOKS[:1])
