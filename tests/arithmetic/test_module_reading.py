"""Which modules are taken at their class's word: sharing, subclasses, hooks, lazy layers."""

import warnings

import pytest
import torch
from torch import nn
from torch.nn.utils import parametrizations, prune, spectral_norm, weight_norm

from arithmetic.modules_at_work import run_and_weigh
from cnnfilters.arithmetic import (
    Pooling,
    ShapeError,
    count_macs,
    count_parameters,
    receptive_field,
    trace,
)

IMAGE = (8, 12, 12)


def learned(module):
    return sum(parameter.numel() for parameter in module.parameters())


def test_a_module_that_stands_twice_runs_twice_and_counts_once():
    conv = nn.Conv2d(8, 8, 3)
    table = trace(nn.Sequential(conv, conv), IMAGE)
    assert [row.output_shape for row in table.rows] == [(8, 10, 10), (8, 8, 8)]
    assert [row.parameters for row in table.rows] == [584, 0]
    assert receptive_field(nn.Sequential(conv, conv)).size == (5, 5)
    assert count_parameters(nn.Sequential(conv, conv)) == 584


def blocks(times, *, shared):
    """A block several times: the same module, or as many alike."""
    block = nn.Sequential(nn.Conv2d(8, 8, 3, padding=1), nn.BatchNorm2d(8), nn.ReLU())
    another = [nn.Sequential(nn.Conv2d(8, 8, 3, padding=1), nn.BatchNorm2d(8), nn.ReLU())]
    return nn.Sequential(*[block] * times if shared else [block, *another * (times - 1)])


def test_shared_modules_do_what_modules_alike_do_but_for_the_weights():
    shared, apart = trace(blocks(2, shared=True), IMAGE), trace(blocks(2, shared=False), IMAGE)
    assert [row.name for row in shared.rows] == ["0.0", "0.1", "0.2", "1.0", "1.1", "1.2"]
    for one, other in zip(shared.rows, apart.rows, strict=True):
        assert (one.output_shape, one.macs, one.receptive_field, one.memory) == (
            other.output_shape,
            other.macs,
            other.receptive_field,
            other.memory,
        )
    assert 2 * shared.parameters == apart.parameters
    assert count_macs(blocks(3, shared=True), IMAGE) == count_macs(blocks(3, shared=False), IMAGE)


def test_weights_that_two_modules_share_count_once():
    first, second = nn.Conv2d(8, 8, 3, bias=False), nn.Conv2d(8, 8, 3)
    second.weight = first.weight
    stack = nn.Sequential(first, second)
    assert [row.parameters for row in trace(stack, IMAGE).rows] == [576, 8]
    assert count_parameters(stack) == learned(stack) == 584


def test_a_described_layer_counts_wherever_it_stands():
    assert [row.output_shape for row in trace([Pooling(2)] * 2, IMAGE).rows] == [
        (8, 6, 6),
        (8, 3, 3),
    ]


class SamePadding(nn.Conv2d):
    def forward(self, images):
        return super().forward(nn.functional.pad(images, (0, 1, 0, 1)))


class OwnSum(nn.Conv2d):
    def _conv_forward(self, images, weight, bias):
        return super()._conv_forward(images, weight, bias)[..., ::2]


class Residual(nn.Sequential):
    def forward(self, images):
        return images + super().forward(images)


class Unchecked(nn.BatchNorm2d):
    def _check_input_dim(self, images):
        pass


class Derived(SamePadding):
    pass


@pytest.mark.parametrize(
    ("module", "what"),
    [
        (SamePadding(8, 8, 3, stride=2), "SamePadding has a forward of its own"),
        (OwnSum(8, 8, 3), "OwnSum has a _conv_forward of its own"),
        (Residual(nn.Conv2d(8, 8, 1)), "Residual has a forward of its own"),
        (Unchecked(8), "Unchecked has a _check_input_dim of its own"),
        (Derived(8, 8, 3), "SamePadding has a forward of its own"),
    ],
    ids=lambda value: type(value).__name__ if isinstance(value, nn.Module) else "",
)
def test_a_subclass_that_may_run_otherwise_is_refused_by_name(module, what):
    for stack in (module, nn.Sequential(nn.ReLU(), module), [module]):
        with pytest.raises(TypeError, match=what):
            trace(stack, IMAGE)
        with pytest.raises(TypeError, match=what):
            receptive_field(stack)


class Initialised(nn.Conv2d):
    """A class that sets its options and start values, and runs as its base does."""

    def __init__(self, channels):
        super().__init__(channels, channels, 3, padding="same", bias=False)

    def reset_parameters(self):
        nn.init.zeros_(self.weight)

    def extra_repr(self):
        return "zeros"


class Block(nn.Sequential):
    def __init__(self, channels):
        super().__init__(Initialised(channels), nn.ReLU())


def test_a_subclass_that_only_sets_itself_up_is_known():
    assert trace(Block(8), IMAGE).output_shape == Block(8)(torch.zeros(1, *IMAGE)).shape[1:]


def test_a_forward_put_on_one_module_is_refused():
    module = nn.ReLU()
    module.forward = lambda images: images[..., ::2]
    with pytest.raises(TypeError, match="this ReLU has a forward of its own"):
        trace(nn.Sequential(module), IMAGE)


@pytest.mark.parametrize("register", ["register_forward_hook", "register_forward_pre_hook"])
@pytest.mark.parametrize("inner", [True, False], ids=["layer", "stack"])
def test_a_hook_on_the_way_forward_is_refused(register, inner):
    stack = nn.Sequential(nn.ReLU())
    hook = getattr(stack[0] if inner else stack, register)(lambda *_: None)
    with pytest.raises(TypeError, match="has a forward hook, which may change its output"):
        trace(stack, IMAGE)
    hook.remove()
    assert trace(stack, IMAGE).output_shape == IMAGE


def test_a_parametrised_layer_is_refused():
    layer = parametrizations.weight_norm(nn.Conv2d(8, 8, 3))
    with pytest.raises(TypeError, match="ParametrizedConv2d has parametrizations"):
        trace(layer, IMAGE)


@pytest.mark.parametrize(
    ("layer", "words"),
    [
        (lambda: weight_norm(nn.Conv2d(8, 8, 3)), r"weight_norm, .*s.remove_weight_norm\(layer\)"),
        (lambda: spectral_norm(nn.Conv2d(8, 8, 3)), "spectral_norm, .*remove_spectral_norm"),
        (lambda: prune.l1_unstructured(nn.Conv2d(8, 8, 3), "weight", 0.5), "prune, .*prune.remove"),
    ],
    ids=["weight_norm", "spectral_norm", "prune"],
)
@pytest.mark.filterwarnings("ignore:.*weight_norm. is deprecated")
def test_what_makes_weights_anew_by_a_hook_is_named_with_its_removal(layer, words):
    with pytest.raises(TypeError, match=words):
        trace(nn.Sequential(layer()), IMAGE)


def test_exchanged_weights_are_refused():
    layer = nn.Linear(4, 3)
    layer.weight = nn.Parameter(torch.zeros(3, 5))
    with pytest.raises(ValueError, match=r"Linear: it holds 18 numbers, and .* its weights were"):
        trace(layer, (5,))


@pytest.mark.parametrize(
    ("layer", "weight"),
    [
        (nn.Conv2d(1, 8, 3), torch.zeros(8, 1, 9, 1)),
        (nn.Conv2d(2, 8, 3), torch.zeros(4, 4, 3, 3)),
        (nn.ConvTranspose2d(2, 8, 3), torch.zeros(8, 2, 3, 3)),
        (nn.Linear(4, 3), torch.zeros(4, 3)),
    ],
    ids=["sizes", "channels", "transposed convolution", "transposed"],
)
def test_weights_of_another_shape_are_refused_though_they_are_as_many(layer, weight):
    layer.weight = nn.Parameter(weight)
    with pytest.raises(ValueError, match=r"its weights have the shape .*; they were exchanged"):
        trace(layer, (8, 12, 12))


class Branches(nn.Module):
    def __init__(self):
        super().__init__()
        self.branches = [nn.ReLU(), nn.MaxPool2d(2)]

    def __iter__(self):
        return iter(self.branches)

    def forward(self, images):
        return sum(branch(images).mean() for branch in self)


def test_a_module_is_no_list_of_what_it_iterates_over():
    for module in (Branches(), torch.zeros(3)):
        with pytest.raises(TypeError, match="is no layer that is known here"):
            trace([module], IMAGE)


def test_a_class_of_the_same_name_from_elsewhere_is_not_taken_for_pytorchs():
    elsewhere = type("Conv2d", (nn.Module,), {"forward": nn.ReLU.forward})
    with pytest.raises(TypeError, match="Conv2d is no layer that is known here"):
        trace(elsewhere(), IMAGE)


@pytest.fixture
def lazy():
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # older versions say that lazy modules are new
        return nn.Sequential(nn.LazyConv2d(4, 3, stride=2), nn.LazyBatchNorm2d(), nn.LazyLinear(7))


def test_a_lazy_layer_takes_its_channels_from_what_reaches_it(lazy):
    before = trace(lazy, IMAGE)
    assert before.rows[0].layer == "Conv2d(8, 4, 3, stride=2)"
    lazy(torch.zeros(2, *IMAGE))
    assert trace(lazy, IMAGE) == before
    assert before.parameters == learned(lazy)


def test_a_lazy_layer_after_its_first_batch_is_bound_to_its_channels(lazy):
    lazy(torch.zeros(2, *IMAGE))
    with pytest.raises(ShapeError, match=r"`in_channels` \(=8\) must be 3"):
        trace(lazy, (3, 12, 12))


def test_a_lazy_layer_has_a_receptive_field_but_no_weights_yet(lazy):
    assert receptive_field(lazy[:2]).size == (3, 3)
    with pytest.raises(ValueError, match="LazyConv2d has no weights before its first image"):
        count_parameters(lazy)


def test_a_wrong_option_is_told_with_the_layer_that_has_it():
    stack = nn.Sequential(nn.ReLU(), nn.MaxPool2d(2, return_indices=True))
    with pytest.raises(
        ValueError, match=r"layer 1, MaxPool2d: `return_indices` \(=True\) gives two"
    ):
        trace(stack, IMAGE)


def test_weights_are_left_out_of_what_is_kept_even_when_shared():
    conv = nn.Conv2d(8, 8, 3, padding=1)
    stack = nn.Sequential(conv, nn.ReLU(), conv)
    three, two = (run_and_weigh(stack, torch.rand(n, *IMAGE))[1] for n in (3, 2))
    assert trace(stack, IMAGE).memory.training == three - two
