"""LeNet-5's counts against the paper's figures, and against PyTorch's own networks."""

from __future__ import annotations

from collections import Counter

import pytest
import torch
from torch import nn
from torch.nn import functional

from cnnfilters.arithmetic import count_parameters, trace
from cnnfilters.lenet import C3_INPUTS, DESCRIBED, IMAGE, lenet_1998, lenet_today
from cnnfilters.lenet_1998 import (
    DistanceToCodes,
    LeNet1998,
    PartialConvolution,
    Subsampling,
    squash,
)
from cnnfilters.model import LeNet5

PAPER = {  # LeCun et al. 1998, section II.B: parameters, connections
    "C1": (156, 122_304),
    "S2": (12, 5_880),
    "C3": (1_516, 151_600),
    "S4": (32, 2_000),
    "C5": (48_120, 48_120),
    "F6": (10_164, 10_164),
}
TABLE_I = """
X...XXX..XXXX.XX
XX...XXX..XXXX.X
XXX...XXX..X.XXX
.XXX..XXXX..X.XX
..XXX..XXXX.XX.X
...XXX..XXXX.XXX
"""  # the paper's, a row for each map of S2


def test_every_layer_has_the_counts_that_the_paper_prints():
    counted = {layer.name: (layer.parameters, layer.connections) for layer in lenet_1998()}
    assert {name: counted[name] for name in PAPER} == PAPER
    assert sum(pair[0] for pair in counted.values()) == 60_000
    assert sum(pair[1] for pair in counted.values()) == 340_908


def test_the_total_of_connections_needs_those_of_the_output():
    *hidden, output = lenet_1998()
    assert sum(layer.connections for layer in hidden) == 340_908 - 840
    assert (output.parameters, output.connections) == (0, 10 * 84)


def test_c3_reads_the_maps_that_table_i_marks():
    rows = TABLE_I.split()
    marked = tuple(
        tuple(row for row in range(6) if rows[row][column] == "X") for column in range(16)
    )
    assert marked == C3_INPUTS


def test_every_map_of_s2_is_read_by_ten_maps_of_c3():
    assert Counter(number for reads in C3_INPUTS for number in reads) == dict.fromkeys(range(6), 10)
    assert len(set(C3_INPUTS)) == 16


def learned(module: nn.Module) -> int:
    return sum(parameter.numel() for parameter in module.parameters())


def test_the_network_of_1998_learns_as_many_numbers_as_counted():
    counted = {layer.name: layer.parameters for layer in lenet_1998()}
    model = LeNet1998()
    assert {name: learned(model.get_submodule(name.lower())) for name in counted} == counted


def test_the_network_of_1998_has_the_shapes_that_are_drawn():
    model, maps = LeNet1998(), torch.zeros(1, *IMAGE)
    for layer in lenet_1998():
        maps = model.get_submodule(layer.name.lower())(maps)
        maps = maps.flatten(1) if layer.name == "F6" else maps
        assert tuple(maps.shape[1:]) == layer.shape
        maps = maps.flatten(1) if layer.name == "C5" else maps


def lines_in(layer: nn.Module, shape: tuple[int, ...]) -> int:
    """With ones in place of all inputs and parameters, an output is the number of its lines."""
    for parameter in layer.parameters():
        nn.init.ones_(parameter)
    return int(layer(torch.ones(1, *shape)).sum())


def test_connections_are_the_lines_that_carry_a_change():
    counted = {layer.name: layer.connections for layer in lenet_1998()}
    model = LeNet1998()
    assert lines_in(model.s2, (6, 28, 28)) == counted["S2"]
    assert lines_in(model.c3, (6, 14, 14)) == counted["C3"]


def test_a_partial_convolution_is_a_full_one_with_zeros_where_the_table_is_empty():
    torch.manual_seed(1)
    layer, maps = PartialConvolution(C3_INPUTS, kernel_size=5), torch.rand(2, 6, 14, 14)
    weight, bias = torch.zeros(16, 6, 5, 5), torch.zeros(16)
    for number, (convolution, reads) in enumerate(zip(layer.filters, C3_INPUTS, strict=True)):
        weight[number, list(reads)] = convolution.weight.detach()[0]
        bias[number] = convolution.bias.detach()
    torch.testing.assert_close(layer(maps), functional.conv2d(maps, weight, bias))


@pytest.mark.parametrize("inputs", [[()], [(0, 0)]], ids=["none", "twice"])
def test_a_table_that_names_no_map_or_one_twice_is_refused(inputs):
    with pytest.raises(ValueError, match=r"`inputs` .* must name at least one map, and none twice"):
        PartialConvolution(inputs, kernel_size=5)


def test_subsampling_starts_as_the_average():
    maps = torch.rand(2, 3, 6, 4)
    torch.testing.assert_close(Subsampling(3)(maps), functional.avg_pool2d(maps, 2))


def test_the_nearest_code_has_the_least_distance():
    codes = torch.tensor([[1.0, -1.0], [-1.0, -1.0]])
    distances = DistanceToCodes(codes)(torch.tensor([[0.5, -1.0]]))
    torch.testing.assert_close(distances, torch.tensor([[0.25, 2.25]]))


def test_the_squashing_keeps_plus_and_minus_one():
    torch.testing.assert_close(
        squash(torch.tensor([-1.0, 1.0])), torch.tensor([-1.0, 1.0]), atol=1e-4, rtol=0
    )


def test_the_network_of_1998_can_learn(digits):
    torch.manual_seed(0)
    model = LeNet1998()
    images = torch.from_numpy(digits.train_images[::80, None])
    images = 1.275 * functional.pad(images, [2] * 4) - 0.1  # the paper's scale
    labels = torch.from_numpy(digits.train_labels[::80])
    optimizer = torch.optim.Adam(model.parameters(), lr=2e-3)
    losses = []
    for _ in range(20):
        optimizer.zero_grad()
        loss = functional.cross_entropy(-model(images), labels)
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
    assert losses[-1] < losses[0] / 4


def in_usual_order(model: LeNet5) -> nn.Sequential:
    """The same weights, ReLU before pooling, for images of 32x32 that are normalised already."""
    return nn.Sequential(
        model.conv1, nn.ReLU(), nn.MaxPool2d(2),
        model.conv2, nn.ReLU(), nn.MaxPool2d(2),
        model.conv3, nn.ReLU(), nn.Flatten(),
        model.hidden, nn.ReLU(), model.fc,
    )  # fmt: skip


def test_the_modern_reading_is_the_one_that_is_counted():
    model = LeNet5()
    built, described = trace(in_usual_order(model), IMAGE), trace(DESCRIBED, IMAGE)
    assert [row.output_shape for row in built.rows] == [row.output_shape for row in described.rows]
    assert built.macs == described.macs
    assert count_parameters(DESCRIBED) == learned(model)
    assert sum(layer.parameters for layer in lenet_today()) == learned(model)


def test_the_modern_reading_has_the_sizes_of_1998():
    assert [layer.shape for layer in lenet_today()] == [layer.shape for layer in lenet_1998()]


def test_pooling_today_joins_four_numbers_to_each_unit():
    counted = {layer.name: layer.connections for layer in lenet_today()}
    model = LeNet5()
    assert lines_in(model.conv2, (6, 14, 14)) == counted["C3"]
    assert counted["S2"] == 4 * 6 * 14 * 14


def test_the_margin_is_paper_and_draws_no_frame():
    torch.manual_seed(2)
    model, digit = LeNet5(), torch.rand(1, 1, 28, 28)
    padded = functional.pad(digit, [2] * 4)  # ink of 0
    torch.testing.assert_close(
        model(digit), in_usual_order(model)((padded - 0.1307) / 0.3081), rtol=1e-4, atol=1e-5
    )
    blank = model.conv1((functional.pad(torch.zeros(1, 1, 28, 28), [2] * 4) - 0.1307) / 0.3081)
    assert blank.std(dim=(2, 3)).max() < 1e-5
