"""LeNet-5's tables, read-outs, best units and verdicts: their words follow from their data."""

import copy
import re
import sys

import numpy as np
import pytest

from cnnfilters.digits import Digits
from cnnfilters.evidence import Claim, Interval, Rule
from cnnfilters.figures.drawing.style import CATEGORIES
from cnnfilters.figures.units.best_unit_digits import best_unit_digits
from cnnfilters.figures.units.lenet_layers import lenet_layers
from cnnfilters.figures.units.lenet_table import GROUPS, lenet_table
from cnnfilters.figures.units.probes_by_depth import THIN, probes_by_depth
from cnnfilters.figures.units.verdicts import verdicts
from cnnfilters.results import Recipe
from experiments.made_up import study

SOFTMAX = {  # of the first of two networks; the second has one point more
    "LeNet5": {
        "pixels": 90.0,
        "pixels in 84": 84.0,
        "S2": 94.0,
        "untrained S2": 92.0,
        "S2 random sums": 91.0,
        "F6": 96.0,
        "untrained F6": 80.0,
        "F6 random sums": 79.0,
        "S4": 95.0,
        "untrained S4": 93.0,
        "S4 random sums": 88.0,
        "S2 in 84": 88.0,
        "untrained S2 in 84": 82.0,
        "S4 in 84": 93.0,
        "untrained S4 in 84": 89.0,
        "F6 in 84": 96.0,
        "untrained F6 in 84": 80.0,
    },
    "SmallCNN": {
        "pixels": 90.0,
        "pixels in 84": 84.0,
        "conv1": 95.0,
        "untrained conv1": 94.0,
        "conv1 in 84": 90.0,
        "untrained conv1 in 84": 87.0,
    },
}
ARMS = {
    arm: {
        name + ending: [value - less, value - less + 1]
        for name, value in stages.items()
        for ending, less in (("", 0), (" ridge", 7))
    }
    for arm, stages in SOFTMAX.items()
}
LABELS = np.arange(20) % 10
DIGITS = Digits(
    "sample", np.zeros((20, 28, 28), np.float32), LABELS, np.zeros((20, 28, 28), np.float32),
    LABELS, "0" * 64,
)  # fmt: skip


def two_networks():
    return study(
        copy.deepcopy(ARMS),
        "hierarchy",
        features={
            "LeNet5": {"pixels": 784, "S2": 1176, "S4": 400, "F6": 84},
            "SmallCNN": {"pixels": 784, "conv1": 2304},
        },
    )


@pytest.mark.parametrize("layout", ["wide", "narrow"])
def test_every_kernel_of_the_table_is_a_filled_cell(layout):
    svg = lenet_table().svg(layout, "light")
    paths = re.findall(r'<path d="((?:M[^M"]+z)+)" fill="([^"]+)"', svg)
    assert sorted(path.count("z") for path, _ in paths) == [60, 96]
    assert sum(row[-1] for row in lenet_table().table.rows) == 60


def test_the_groups_of_the_table_cover_its_columns():
    assert sum(GROUPS.values()) == 16


def test_the_layers_are_listed_with_their_sums():
    given, *layers, sums = lenet_layers().table.rows
    assert given[:2] == ("input", "1×32×32")
    assert len(layers) == 7
    assert sums[3] == sum(row[3] for row in layers) == 60_000
    assert sums[4] == sum(row[4] for row in layers) == 340_908
    assert "61,706 and 429,342" in lenet_layers().alt


def test_every_side_follows_from_the_input_by_the_formula_of_convolution_and_pooling():
    sides = [int(row[1].split("×")[1]) for row in lenet_layers().table.rows[:6]]
    assert sides == [32, 28, 14, 10, 5, 1]
    assert all(after == before - 5 + 1 for before, after in (sides[:2], sides[2:4], sides[4:]))
    assert "32 − 5 + 1 = 28" in lenet_layers().caption


def test_the_words_of_the_probes_are_their_means():
    figure = probes_by_depth(two_networks())
    for words in (
        "Pixels 90.5 %",
        "94.5 at S2 and 96.5 at F6; untrained 92.5 and 80.5",
        "With 84 numbers each, untrained: pixels 84.5, S4 89.5, F6 80.5",
    ):
        assert words in figure.alt
    for words in (
        "Untrained, F6 reads 10.0 points worse than the pixels do",
        "an untrained S4 reads 5.0 points better than the pixels, F6 4.0 points worse",
        "Training adds 2.0 points at S2, 16.0 at F6",
    ):
        assert words in figure.caption


def test_an_untrained_stage_that_reads_better_is_said_to():
    found = two_networks()
    found.arms["LeNet5"]["untrained F6"] = [94.5, 94.5]
    assert "F6 reads 4.0 points better than the pixels do" in probes_by_depth(found).caption


def test_the_table_of_the_probes_has_every_network_of_every_curve_once():
    table = probes_by_depth(two_networks()).table
    rows = {(row[0], row[1]): row[2:] for row in table.rows}
    assert len(rows) == len(table.rows) == 2 + 3 * 3 + 2 * 2 + 2 + 2  # F6 has 84 numbers anyway
    assert rows["LeNet-5, read today, pixels", 784] == (90.0, 91.0, 83.5)
    assert rows["LeNet-5, read today, S4, untrained", 84] == (89.0, 90.0, 82.5)
    assert rows["LeNet-5, read today, S4, random sums of the pixels", 400] == (88.0, 89.0, 81.5)


@pytest.mark.parametrize("layout", ["wide", "narrow"])
def test_softmax_has_dots_and_ridge_a_thin_line_in_every_panel(layout):
    svg = probes_by_depth(two_networks()).svg(layout, "light")
    thin = re.findall(rf"stroke-width: {THIN}[;\"]", svg)
    assert len(thin) == (3 + 2) + (2 + 2) + 1  # curves of two networks at two widths, and the key
    for words in ("trained", "untrained", "random sums of the pixels", "thin: the same by ridge"):
        assert f">{words}<" in svg
    for labels in ("S2", "1,176", "2,304"):
        assert labels in svg


@pytest.mark.parametrize("layout", ["wide", "narrow"])
def test_every_digit_that_the_row_does_not_ask_for_is_framed(layout):
    shown = [[digit, digit + 10] * 6 for digit in range(10)]
    shown[4][2] = 5  # in both layouts, which show every one or every second
    best = {
        "units": list(range(10)),
        "purity": [50.0] * 9 + [100.0],
        "output": [100.0] * 10,
        "counted": [2] * 10,
        "shown": shown,
    }
    figure = best_unit_digits(study({}, "hierarchy", best={"LeNet5": best}), DIGITS)
    assert figure.svg(layout, "light").count(f"stroke: {CATEGORIES[1]}") == 1
    assert "for 9 takes 2 of 2" in figure.alt
    assert "for 0 takes 1 of 2" in figure.alt


def test_each_claim_is_a_square_of_its_verdict(monkeypatch):
    def made(mean):
        interval = Interval(mean, mean - 0.5, mean + 0.5, 5)
        return Claim("A is more.", "a", "", interval, Rule(above=0))

    pages = {"a": "x/12-b/", "b": "x/12-b/", "c": "x/7-a/"}
    means = {"a": 2.0, "b": 0.1, "c": -2.0}
    recipes = {name: Recipe(lambda *_, mean=mean: made(mean)) for name, mean in means.items()}
    module = "cnnfilters.figures.units.verdicts"
    monkeypatch.setattr(sys.modules[module], "CLAIMS", recipes)
    monkeypatch.setattr(sys.modules[module], "INPUTS", ())
    figure = verdicts(pages)
    assert figure.table.rows == [("7", 0, 0, 1), ("12", 1, 1, 0)]
    assert "1 claims are supported, 1 undecided, 1 refuted" in figure.alt
    assert figure.svg("wide", "light").count("url(#hatch)") == 2  # one claim, one in the legend
