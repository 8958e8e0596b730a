"""Activation memory, layer by layer, against what PyTorch writes and keeps."""

import pytest
import torch
from torch import nn

from arithmetic.modules_at_work import STACKS, WALK, build, run_and_weigh, unwarned
from cnnfilters.arithmetic import Memory, trace

# cut smaller than its input, this one leaves more memory behind its output than it fills
WASTEFUL = ("ConvTranspose3d(4, 6, 1, padding=2)",)
NAMED = ("LeNet", "ResNet stem", "depthwise-separable", "sound", "video", "autoencoder")


def rows_in_pytorch(stack, shape):
    """Bytes that each layer writes at rest, for one image: a storage that it did not get."""
    written, batch = [], torch.rand(2, *shape)
    with torch.no_grad():
        for layer in stack.eval():
            given = batch.clone()
            batch = layer(given)
            storage = batch.untyped_storage()
            shared = storage.data_ptr() == given.untyped_storage().data_ptr()
            written.append(0 if shared else storage.nbytes() // 2)
    return written


@pytest.mark.parametrize("name", NAMED)
def test_each_row_has_what_pytorch_writes(name):
    stack = next(stack for stack in STACKS if stack["name"] == name)
    module, shape = build(stack["code"]), tuple(stack["input"])
    rows = trace(module, shape).rows
    assert [row.memory.forward for row in rows] == rows_in_pytorch(module, shape)


@unwarned
def written_alone(code, shape):
    """What PyTorch and `trace` say that one layer writes; None where either refuses."""
    try:
        module = build(code).eval()
        table = trace(module, shape)
    except (TypeError, ValueError, RuntimeError, AssertionError, ArithmeticError):
        return None
    return [row.memory.forward for row in table.rows], rows_in_pytorch(nn.Sequential(module), shape)


@pytest.mark.parametrize(
    "name", [name for name, entry in WALK.items() if "cases" in entry and name != "Sequential"]
)
def test_each_layer_writes_what_pytorch_writes(name):
    cases = [(code, written_alone(code, tuple(shape))) for code, shape in WALK[name]["cases"]]
    known = [(code, pair) for code, pair in cases if pair is not None and code not in WASTEFUL]
    assert known
    assert [(code, pair) for code, pair in known if pair[0] != pair[1]] == []


@pytest.mark.parametrize("name", NAMED)
def test_each_row_keeps_what_comes_to_what_is_kept_up_to_there(name):
    stack = next(stack for stack in STACKS if stack["name"] == name)
    layers, shape = list(build(stack["code"])), tuple(stack["input"])
    sums = []
    for depth in range(1, len(layers) + 1):
        part = nn.Sequential(*layers[:depth]).train()
        three, two = (run_and_weigh(part, torch.rand(n, *shape))[1] for n in (3, 2))
        sums.append(three - two)
    kept = [row.memory.training for row in trace(nn.Sequential(*layers), shape).rows]
    assert kept == [after - before for before, after in zip([0, *sums], sums, strict=False)]


def test_a_worked_example_can_be_checked_by_hand():
    stack = nn.Sequential(nn.Conv2d(1, 8, 3), nn.ReLU(), nn.MaxPool2d(2), nn.Flatten())
    image, maps, pooled = 4 * 28 * 28, 4 * 8 * 26 * 26, 4 * 8 * 13 * 13
    rows = trace(stack, (1, 28, 28)).rows
    assert [row.memory for row in rows] == [
        Memory(maps, image),  # the image, for the gradient of the kernels
        Memory(maps, maps),  # what it gave: where it is above 0
        Memory(pooled, 2 * pooled),  # an index of 8 bytes for each maximum
        Memory(0, 0),  # the same numbers, looked at as one row
    ]


def test_in_place_activations_share_the_memory_of_what_they_change():
    def memory(inplace):
        layers = [nn.Conv2d(3, 8, 3), nn.ReLU(inplace=inplace), nn.Conv2d(8, 8, 3)]
        return trace(nn.Sequential(*layers), (3, 9, 9)).memory

    assert memory(inplace=False).forward - memory(inplace=True).forward == 4 * 8 * 7 * 7
    assert memory(inplace=False).training == memory(inplace=True).training


def test_nothing_is_kept_before_the_first_weights():
    rows = trace(nn.Sequential(nn.Sigmoid(), nn.MaxPool2d(2), nn.Conv2d(1, 2, 3)), (1, 9, 9)).rows
    assert [row.memory.training for row in rows] == [0, 0, 4 * 4 * 4]


def test_what_two_layers_keep_counts_once():
    rows = trace(nn.Sequential(nn.Linear(5, 6), nn.Tanh(), nn.Linear(6, 7)), (5,)).rows
    assert [row.memory.training for row in rows] == [
        20,
        24,
        0,
    ]  # the third keeps what the second did


FROZEN = [
    ("nn.Linear(12, 6)", (5, 12)),
    ("nn.Linear(12, 6, bias=False)", (12,)),
    ("nn.Conv2d(4, 6, 3)", (4, 9, 12)),
    ("nn.Conv2d(4, 6, 3, padding=1, padding_mode='reflect')", (4, 9, 12)),
    ("nn.Conv2d(4, 6, 4, padding='same')", (4, 9, 12)),
    ("nn.ConvTranspose2d(4, 6, 3)", (4, 9, 12)),
    ("nn.BatchNorm2d(4)", (4, 9, 12)),
    ("nn.InstanceNorm2d(4, affine=True, track_running_stats=True)", (4, 9, 12)),
    ("nn.GroupNorm(2, 4)", (4, 9, 12)),
    ("nn.LayerNorm(12)", (4, 9, 12)),
    ("nn.RMSNorm(12)", (4, 9, 12)),
    ("nn.PReLU(4)", (4, 9, 12)),
]


def kept_in_pytorch(module, shape):
    """Bytes for one image: what a batch of three keeps beyond a batch of two."""
    three, two = (run_and_weigh(module.train(), torch.rand(n, *shape))[1] for n in (3, 2))
    return three - two


@pytest.mark.filterwarnings("ignore:Using padding=.same. with even")
@pytest.mark.parametrize("trained", [(), ("weight",), ("bias",), ("weight", "bias")], ids=str)
@pytest.mark.parametrize("first", ["", "nn.Linear(12, 12), "], ids=["alone", "behind weights"])
@pytest.mark.parametrize(("code", "shape"), FROZEN)
def test_frozen_parameters_keep_what_pytorch_keeps(code, shape, first, trained):
    module = build(f"nn.Sequential({first}{code}, nn.Tanh())")
    for name, array in module[-2].named_parameters():
        array.requires_grad_(name in trained)
    assert trace(module, shape).memory.training == kept_in_pytorch(module, shape)


def test_a_frozen_body_keeps_nothing_and_its_head_what_it_reads():
    body = nn.Sequential(nn.Conv2d(1, 2, 3), nn.ReLU(), nn.Flatten()).requires_grad_(False)
    table = trace(nn.Sequential(body, nn.Linear(32, 5)), (1, 6, 6))
    assert [row.memory.training for row in table.rows] == [0, 0, 0, 4 * 32]
    assert table.parameters == 20 + 165  # frozen numbers are parameters, too
