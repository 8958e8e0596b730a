"""What chapters state as exact, recomputed."""

import math
import re

import numpy as np
import pytest
import torch
from torch import nn
from torch.nn import functional

from cnnfilters.analysis.nulls import chance_mean, chance_quantile
from cnnfilters.digits import MEAN, STD
from cnnfilters.lenet import lenet_1998
from cnnfilters.model import SmallCNN
from docs.chapters import CHAPTERS, DOCS, number, section

ROW = re.compile(r"^\| [^|]+ \| (?P<shape>[\d×]+) \| (?P<learned>[\d,]+) \|$", re.M)


def stages() -> list[tuple[list[int], int]]:
    rows = ROW.finditer(section("11-training", "From a digit to a loss"))
    return [
        ([int(n) for n in row["shape"].split("×")], int(row["learned"].replace(",", "")))
        for row in rows
    ]


def test_the_stages_of_the_network_have_these_shapes() -> None:
    model, maps = SmallCNN(), torch.zeros(1, 1, 28, 28)
    shapes = [list(maps.shape[1:])]
    for layer in (model.conv1, model.conv2):
        for stage in (layer, nn.MaxPool2d(2), nn.ReLU()):
            maps = stage(maps)
            shapes.append(list(maps.shape[1:]))
    shapes.append(list(model.fc(maps.flatten(1)).shape[1:]))
    assert [shape for shape, _ in stages()] == shapes
    assert math.prod(shapes[-2]) == number(
        section("11-training", "From a digit to a loss"), r"sums of (\d+) numbers"
    )


def test_the_stages_of_the_network_learn_these_many_numbers() -> None:
    model = SmallCNN()
    layers = [model.conv1, model.conv2, model.fc]
    learned = [sum(weight.numel() for weight in layer.parameters()) for layer in layers]
    assert [count for _, count in stages() if count] == learned


def test_pooling_and_relu_commute() -> None:
    maps = torch.randn(2, 3, 8, 8, generator=torch.Generator().manual_seed(0))
    pool_first = functional.relu(functional.max_pool2d(maps, 2))
    torch.testing.assert_close(pool_first, functional.max_pool2d(functional.relu(maps), 2))


def test_guessing_costs_the_logarithm_of_ten() -> None:
    text = section("11-training", "From a digit to a loss")
    assert math.log(10) == pytest.approx(number(text, r"\\ln 10 \\approx ([\d.]+)\$"), abs=0.005)


def test_kernels_start_within_the_stated_bounds() -> None:
    text = section("11-training", "The same training from a small start")
    bound = number(text, r"between \$-[\d.]+\$ and \$([\d.]+)\$")
    torch.manual_seed(0)
    weights = torch.stack([SmallCNN().conv1.weight.detach() for _ in range(20)])
    assert weights.abs().max().item() == pytest.approx(bound, rel=1e-3)


def test_a_random_kernel_has_the_stated_edge_share() -> None:
    text = section("12-reading-the-weights", "What would chance give?")
    assert 100 * chance_mean("edge") == pytest.approx(
        number(text, r"about ([\d.]+) %\. One"), abs=0.05
    )
    assert 100 * chance_quantile("edge", 0.95) == pytest.approx(
        number(text, r"1/11\}\$, about ([\d.]+) %"), abs=0.05
    )


def test_blank_paper_has_the_stated_value() -> None:
    text = section("14-feature-maps", "The frame that is not there")
    top, bottom = number(text, r"0 - ([\d.]+)\}"), number(text, r"\}\{([\d.]+)\}")
    assert (top, bottom) == (MEAN, STD)
    assert -top / bottom == pytest.approx(number(text, r"\\approx (-[\d.]+)"), abs=5e-4)


def test_lenet_has_the_stated_counts() -> None:
    text = section("17-the-hierarchy", "The ladder itself: LeNet-5")
    layers = {layer.name: layer for layer in lenet_1998()}
    late = layers["C5"].parameters + layers["F6"].parameters
    early = sum(layers[name].parameters for name in ("C1", "S2", "C3", "S4"))
    assert early == number(text, r"together hold ([\d,]+) parameters")
    assert late == number(text, r"other ([\d,]+), or")
    assert 100 * late / (early + late) == pytest.approx(number(text, r"or ([\d.]+) %"), abs=0.05)
    assert early + late == number(text, r"come to ([\d,]+), not")
    assert layers["output"].connections == number(text, r"which makes (\d+) lines")
    assert layers["C1"].parameters == number(text, r"C1 has (\d+) parameters")
    places = math.prod(layers["C1"].shape[1:])
    assert places == number(text, r"each used at (\d+) places")


@pytest.mark.parametrize("chapter", sorted(CHAPTERS))
def test_each_source_of_a_chapter_is_in_the_bibliography_word_for_word(chapter: str) -> None:
    bibliography = (DOCS / "references.md").read_text(encoding="utf-8")
    listed = {line.removeprefix("- ") for line in bibliography.splitlines() if line[:2] == "- "}
    cited = re.findall(r"^\d+\. (.+)$", section(chapter, "Sources"), re.M)
    assert cited
    assert set(cited) <= listed


@pytest.mark.parametrize("chapter", sorted(CHAPTERS))
def test_each_chapter_has_its_parts(chapter: str) -> None:
    text = CHAPTERS[chapter].read_text(encoding="utf-8")
    for part in ("<!-- figure: ", "!!! misconception", "!!! remember", "??? solution"):
        assert part in text, f"{chapter} lacks {part}"
    assert 2 <= section(chapter, "Check yourself").count("??? question") <= 3


@pytest.mark.parametrize("page", sorted(DOCS.rglob("*.md")), ids=lambda page: page.stem)
def test_no_figure_stands_twice_on_one_page(page) -> None:  # type: ignore[no-untyped-def]
    names = re.findall(r"^ *<!-- figure: (\S+) -->$", page.read_text(encoding="utf-8"), re.M)
    unique, counts = np.unique(names, return_counts=True)
    assert not unique[counts > 1].size
