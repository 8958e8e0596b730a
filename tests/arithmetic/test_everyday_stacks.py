"""Networks as people paste them: PyTorch and `trace` say the same, or both refuse."""

import pytest
import torch
from torch import nn
from torchvision import models

from arithmetic.modules_at_work import (
    REFUSED,
    STACKS,
    WALK,
    build,
    in_python,
    in_pytorch,
    run_and_weigh,
)
from cnnfilters.arithmetic import trace

WHOLE_NETWORKS = ("AlexNet", "VGG11", "VGG11 with batch normalisation")  # hundreds of megabytes
SMALL = {stack["name"]: stack for stack in STACKS if stack["name"] not in WHOLE_NETWORKS}
NAMES_IN_ORDER = [stack["name"] for stack in STACKS]
BROKEN = NAMES_IN_ORDER[NAMES_IN_ORDER.index("batch normalisation after Flatten") :]


def light(make):
    """A network without its start values, which would take longer than all the rest."""
    with torch.device("meta"):
        module = make()
    return module.to_empty(device="cpu")


@pytest.mark.parametrize("name", SMALL)
def test_a_stack_is_traced_as_pytorch_runs_it(name):
    code, shape = SMALL[name]["code"], tuple(SMALL[name]["input"])
    wanted = in_pytorch(code, shape)
    assert in_python(code, shape) == wanted
    assert (wanted == REFUSED) == (name in BROKEN or "too few" in name)


@pytest.mark.parametrize("name", WHOLE_NETWORKS)
def test_a_whole_network_is_traced_as_pytorch_runs_it(name):
    stack = next(stack for stack in STACKS if stack["name"] == name)
    module, shape = light(lambda: build(stack["code"])).train(), tuple(stack["input"])
    table = trace(module, shape)
    (one, first), (_, second) = (run_and_weigh(module, torch.ones(n, *shape)) for n in (2, 3))
    assert table.output_shape == one.shape[1:]
    assert table.parameters == sum(parameter.numel() for parameter in module.parameters())
    assert table.memory.training == second - first


@pytest.mark.parametrize(
    ("network", "stack"),
    [
        (models.alexnet, "AlexNet"),
        (models.vgg11, "VGG11"),
        (models.vgg11_bn, "VGG11 with batch normalisation"),
    ],
    ids=["alexnet", "vgg11", "vgg11_bn"],
)
def test_torchvisions_class_is_its_stack(network, stack):
    with torch.device("meta"):
        classes, layers = network(), build(next(s["code"] for s in STACKS if s["name"] == stack))
    named, plain = trace(classes, (3, 224, 224)), trace(layers, (3, 224, 224))
    assert (named.parameters, named.macs) == (plain.parameters, plain.macs)
    assert [row.output_shape for row in named.rows] == [row.output_shape for row in plain.rows]
    assert (named.rows[0].name, named.rows[-1].name[:11]) == ("features.0", "classifier.")


def test_torchvisions_blocks_are_stacks():
    block = models.mobilenet_v2(weights=None).features[0]  # a Conv2dNormActivation
    assert [row.output_shape for row in trace(block, (3, 32, 32)).rows] == [(32, 16, 16)] * 3


def test_another_class_of_torchvisions_is_refused():
    with torch.device("meta"), pytest.raises(TypeError, match="ResNet is no layer that is known"):
        trace(models.resnet18(), (3, 224, 224))


def test_the_stem_of_a_resnet_is_traced_from_its_modules():
    with torch.device("meta"):
        net = models.resnet18()
    stem = trace(nn.Sequential(net.conv1, net.bn1, net.relu, net.maxpool), (3, 224, 224))
    assert (stem.output_shape, stem.parameters) == ((64, 56, 56), 9408 + 128)


def by_accident(code, shape):
    """Whether PyTorch takes an image that the layer is not for; we refuse such a one.

    Circles that crop more than there is are filled with whatever lies in memory; an Unfold takes
    the batch of signals for channels; the mean of a whole plane takes further axes, others do not.
    """
    circle = "CircularPad" in code and "-" in code
    unfolds = "Unfold" in code and len(shape) != 3
    return circle or unfolds or ("AdaptiveAvgPool2d" in code and len(shape) == 4)


def random_stack(generator, shape):
    """Layers of the walk one after the other, as far as PyTorch takes them on purpose."""
    cases = [code for entry in WALK.values() for code, _ in entry.get("cases", [])]
    codes, reached = [], shape
    for _ in range(40):
        code = cases[int(torch.randint(len(cases), (1,), generator=generator))]
        found = in_pytorch(f"nn.Sequential({', '.join([*codes, code])})", shape)
        if found != REFUSED and not by_accident(code, reached):
            codes.append(code)
            reached = found.shape
    return codes


@pytest.mark.parametrize("seed", range(12))
def test_layers_drawn_at_random_are_traced_as_pytorch_runs_them(seed):
    generator = torch.Generator().manual_seed(seed)
    shape = [(4, 9, 10), (4, 12), (12,), (4, 6, 7, 8)][seed % 4]
    codes = random_stack(generator, shape)
    assert len(codes) >= 4
    for refused in ("", "nn.Conv2d(99, 1, 1)"):
        code = f"nn.Sequential({', '.join(filter(None, [*codes, refused]))})"
        assert in_python(code, shape) == in_pytorch(code, shape), code
