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
from cnnfilters.figures.units.probes_by_depth import probes_by_depth
from cnnfilters.figures.units.verdicts import verdicts
from cnnfilters.results import Recipe
from experiments.made_up import study

ARMS = {
    "LeNet5": {
        "pixels": [84.0, 84.0],
        "S2": [94.0, 95.0],
        "F6": [96.0, 97.0],
        "C5": [96.0, 97.0],
        "S2 untrained": [92.0, 93.0],
        "C5 untrained": [86.0, 85.0],
        "F6 untrained": [77.0, 78.0],
    },
}
LABELS = np.arange(20) % 10
DIGITS = Digits(
    "sample", np.zeros((20, 28, 28), np.float32), LABELS, np.zeros((20, 28, 28), np.float32),
    LABELS, "0" * 64,
)  # fmt: skip


def two_networks():
    small = {"pixels": [84.0, 84.0], "conv1": [95.0, 96.0], "conv1 untrained": [94.0, 95.0]}
    return study(
        copy.deepcopy(ARMS) | {"SmallCNN": small},
        "hierarchy",
        features={
            "LeNet5": {"pixels": 784, "S2": 1176, "C5": 120, "F6": 84},
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
    *layers, sums = lenet_layers().table.rows
    assert len(layers) == 7
    assert sums[3] == sum(row[3] for row in layers) == 60_000
    assert sums[4] == sum(row[4] for row in layers) == 340_908
    assert "61,706 and 429,342" in lenet_layers().alt


def test_the_words_of_the_probes_are_their_means():
    figure = probes_by_depth(two_networks())
    for number in ("84.0 %", "94.5 at S2", "96.5 at F6", "92.5 at S2", "77.5 at F6"):
        assert number in figure.alt
    assert "adds 2.0 points" in figure.caption
    assert "19.0 after its last hidden layer" in figure.caption
    assert "reads 6.5 points worse than the pixels" in figure.caption


def test_an_untrained_stage_that_reads_better_is_said_to():
    found = two_networks()
    found.arms["LeNet5"]["F6 untrained"] = [90.0, 90.0]
    assert "reads 6.0 points better than the pixels" in probes_by_depth(found).caption


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
