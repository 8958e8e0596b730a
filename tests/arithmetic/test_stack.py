"""Shapes, parameters and MACs of stacks against PyTorch's own."""

from copy import deepcopy

import pytest
import torch
from torch import nn

from cnnfilters.arithmetic import (
    ConvGeometry,
    Convolution,
    Flatten,
    Linear,
    Pointwise,
    Pooling,
    ShapeError,
    count_macs,
    count_parameters,
    trace,
)

STACKS = {
    "lenet": (
        nn.Sequential(
            nn.Conv2d(1, 6, 5, padding=2),
            nn.Tanh(),
            nn.AvgPool2d(2),
            nn.Conv2d(6, 16, 5, bias=False),
            nn.Flatten(),
            nn.Linear(16 * 10 * 10, 84),
            nn.Linear(84, 10, bias=False),
        ),
        (1, 28, 28),
    ),
    "unequal": (
        nn.Sequential(
            nn.Conv2d(3, 8, (3, 5), stride=(2, 1), padding=(0, 2), dilation=(1, 2)),
            nn.BatchNorm2d(8),
            nn.PReLU(),
            nn.MaxPool2d(3, stride=2, padding=1, ceil_mode=True),
        ),
        (3, 17, 23),
    ),
    "groups": (
        nn.Sequential(
            nn.Conv2d(4, 8, 3, groups=4, padding="same"),
            nn.Conv2d(8, 6, 1, padding="valid"),
            nn.MaxPool2d((2, 3), dilation=(2, 1)),
        ),
        (4, 9, 10),
    ),
    "up": (
        nn.Sequential(
            nn.Conv2d(2, 4, 3, stride=2),
            nn.ConvTranspose2d(4, 6, 3, stride=2, output_padding=1, groups=2),
            nn.ConvTranspose2d(6, 1, (2, 4), dilation=2, padding=(1, 0)),
        ),
        (2, 10, 13),
    ),
    "nested": (
        nn.Sequential(
            nn.Sequential(nn.Conv2d(1, 2, 3), nn.Dropout2d()), nn.Sequential(nn.Conv2d(2, 3, 3))
        ),
        (1, 8, 9),
    ),
    "rows": (nn.Sequential(nn.Conv2d(1, 2, 3), nn.Linear(6, 5)), (1, 7, 8)),
}


def with_each_stack(test):
    return pytest.mark.parametrize(("stack", "shape"), STACKS.values(), ids=STACKS)(test)


def leaves(stack):
    return {name: layer for name, layer in stack.named_modules() if not list(layer.children())}


@with_each_stack
def test_every_row_has_pytorchs_name_and_shape(stack, shape):
    seen = {}
    hooks = [
        layer.register_forward_hook(
            lambda _, __, output, name=name: seen.update({name: tuple(output.shape[1:])})
        )
        for name, layer in leaves(stack).items()
    ]
    stack(torch.zeros(2, *shape))
    for hook in hooks:
        hook.remove()  # a stack with hooks is refused: they may change what it gives
    assert {row.name: row.output_shape for row in trace(stack, shape).rows} == seen
    assert len(hooks) == len(seen)


@with_each_stack
def test_every_row_has_pytorchs_parameters(stack, shape):
    expected = {
        name: sum(parameter.numel() for parameter in layer.parameters())
        for name, layer in leaves(stack).items()
    }
    assert {row.name: row.parameters for row in trace(stack, shape).rows} == expected


@with_each_stack
def test_parameters_are_pytorchs(stack, shape):
    assert count_parameters(stack) == sum(parameter.numel() for parameter in stack.parameters())


def products_made(layer, shape):
    """How many products PyTorch sums: each is one once weights, input and padding are."""
    layer = deepcopy(layer).double()
    nn.init.ones_(layer.weight)
    layer.bias = None
    if isinstance(layer, nn.ConvTranspose2d):
        layer.padding = layer.output_padding = (0, 0)  # before anything is cut off
    elif isinstance(layer, nn.Conv2d):
        layer.padding_mode = "replicate"
    return int(layer(torch.ones(1, *shape, dtype=torch.float64)).sum())


@with_each_stack
def test_every_row_has_as_many_macs_as_pytorch_sums_products(stack, shape):
    table = trace(stack, shape)
    inputs = dict(
        zip(leaves(stack), [shape, *(row.output_shape for row in table.rows)], strict=False)
    )
    weighted = (nn.Conv2d, nn.ConvTranspose2d, nn.Linear)
    expected = {
        name: products_made(layer, inputs[name]) if isinstance(layer, weighted) else 0
        for name, layer in leaves(stack).items()
    }
    assert {row.name: row.macs for row in table.rows} == expected
    assert count_macs(stack, shape) == sum(expected.values())


def test_a_described_stack_and_its_modules_give_the_same_rows():
    described = [
        Convolution(1, 4, ConvGeometry(3, stride=2), bias=False),
        Pointwise("ReLU"),
        Pooling(2),
        Flatten(),
        Linear(36, 10),
    ]
    modules = nn.Sequential(
        nn.Conv2d(1, 4, 3, stride=2, bias=False),
        nn.ReLU(),
        nn.MaxPool2d(2),
        nn.Flatten(),
        nn.Linear(36, 10),
    )
    ours, theirs = trace(described, (1, 14, 14)), trace(modules, (1, 14, 14))
    assert [row.cells()[2:] for row in ours.rows] == [row.cells()[2:] for row in theirs.rows]


def test_the_receptive_field_ends_at_a_flatten():
    fields = [row.receptive_field for row in trace(STACKS["lenet"][0], (1, 28, 28)).rows]
    assert [field and field.size[0] for field in fields] == [5, 5, 6, 14, None, None, None]


BROKEN = {
    "no flatten": (
        [nn.Conv2d(1, 8, 3), nn.Linear(8 * 26 * 26, 10)],
        r"layer 1, Linear\(5408, 10\): .* put Flatten\(\) before it$",
    ),
    "wrong features": (
        [nn.Conv2d(1, 32, 3), nn.Flatten(), nn.Linear(32 * 7 * 7, 10)],
        r"layer 2, .*`in_features` \(=1568\) must be 21632.*; write Linear\(21632, 10\)$",
    ),
    "no flatten and wrong features": (
        [nn.Conv2d(1, 8, 3), nn.Linear(100, 10, bias=False)],
        r"put Flatten\(\) before it and write Linear\(5408, 10, bias=False\)$",
    ),
    "wrong channels": (
        [nn.Conv2d(1, 8, 3), nn.Conv2d(16, 8, 3)],
        r"layer 1, .*`in_channels` \(=16\) must be 8, as many as .*; write Conv2d\(8, 8, 3\)$",
    ),
    "wrong channels in groups": (
        [nn.Conv2d(1, 9, 3), nn.Conv2d(16, 8, 3, groups=4)],
        r"`in_channels` \(=16\) must be 9, as many as reach it and a multiple of `groups` \(=4\)$",
    ),
    "kernel larger than what is left": (
        [nn.MaxPool2d(9), nn.Conv2d(1, 8, 5)],
        r"layer 1, .*reaches over 5 rows .* has 3; choose a smaller kernel",
    ),
    "pooled away": (
        [nn.MaxPool2d(14), nn.MaxPool2d(2), nn.MaxPool2d(2)],
        r"layer 2, MaxPool2d\(2\): `kernel_size` \(=2\) reaches over 2 rows .* has 1",
    ),
    "convolution after flatten": (
        [nn.Flatten(), nn.Conv2d(1, 8, 3)],
        r"layer 1, .*needs an image .* but \(784,\) reaches it; put it before Flatten\(\)$",
    ),
    "normalisation of other channels": (
        [nn.Conv2d(1, 8, 3), nn.BatchNorm2d(16)],
        r"layer 1, BatchNorm2d\(16\): .* must be 8.*write BatchNorm2d\(8\)$",
    ),
    "nothing left of a transposed output": (
        [nn.MaxPool2d(28), nn.ConvTranspose2d(1, 1, 2, padding=1)],
        r"layer 1, ConvTranspose2d\(1, 1, 2, padding=1\): `padding`.*choose less padding$",
    ),
}


@pytest.mark.parametrize(("layers", "message"), BROKEN.values(), ids=BROKEN)
def test_a_stack_that_pytorch_refuses_is_refused_with_the_change_to_make(layers, message):
    stack = nn.Sequential(*layers).double()  # in float32 an empty output may pass
    with pytest.raises((RuntimeError, ValueError)):
        stack(torch.zeros(2, 1, 28, 28, dtype=torch.float64))
    with pytest.raises(ShapeError, match=message):
        trace(stack, (1, 28, 28))


@pytest.mark.parametrize(
    ("shape", "message"),
    [
        ((64, 1, 8, 28, 28), r"must be \(channels, height, width\).*; leave out the batch"),
        ((), r"`input_shape` \(=\(\)\) must be"),
        ((1, 0, 28), r"`input_shape` \(=0\) must be at least 1"),
    ],
    ids=str,
)
def test_an_input_that_is_no_image_is_refused(shape, message):
    with pytest.raises(ValueError, match=message):
        trace([Flatten()], shape)


def test_a_batch_before_an_image_is_told_from_a_volume():
    with pytest.raises(ShapeError, match="; leave out the batch, or Conv3d takes a volume"):
        trace([Convolution(1, 8, ConvGeometry(3))], (64, 1, 28, 28))


def test_the_printed_table_ends_with_the_sums():
    lines = str(trace(*STACKS["lenet"])).splitlines()
    assert lines[0].split()[:3] == ["name", "layer", "output"]
    assert lines[-1].split() == ["all", "layers", "10", "137,880", "492,840"]


def test_the_table_of_a_notebook_has_a_caption_and_headers():
    html = trace(STACKS["lenet"][0][:2], (1, 28, 28))._repr_html_()
    assert "<caption>A stack of 2 layers, traced</caption>" in html
    assert html.count('scope="col"') == 6
    assert html.count('scope="row"') == 4


def test_a_layers_name_is_escaped_in_html():
    assert "&lt;b&gt;" in trace([Pointwise("<b>")], (1, 2, 2))._repr_html_()
