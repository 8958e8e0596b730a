"""Every name in torch.nn: traced as PyTorch runs it, or refused with a reason."""

import warnings

import pytest
from torch import nn

from arithmetic.modules_at_work import (
    REFUSED,
    WALK,
    Outcome,
    after_weights,
    build,
    in_python,
    in_pytorch,
)
from cnnfilters.arithmetic import count_parameters, trace
from cnnfilters.arithmetic.reading.refused import REFUSED as REASONS
from cnnfilters.arithmetic.reading.table import READERS

TRACED = {name: entry["cases"] for name, entry in WALK.items() if "cases" in entry}
LEFT_OUT = {name: entry for name, entry in WALK.items() if "refused" in entry}
TAKES_ANYTHING = {"Identity"}


def compared(cases):
    """Each case, with what PyTorch and `trace` make of it."""
    return [
        (code, shape, in_pytorch(code, tuple(shape)), in_python(code, tuple(shape)))
        for code, shape in cases
    ]


def differing(cases):
    """The cases that PyTorch and `trace` do not agree on."""
    return [case for case in compared(cases) if case[2] != case[3]]


def test_the_walk_has_every_name_in_torch_nn():
    assert set(WALK) == set(nn.modules.__all__)


def test_every_known_class_is_walked():
    assert set(READERS) | {"Sequential"} == set(TRACED)


@pytest.mark.parametrize("name", TRACED)
def test_each_layer_is_traced_as_pytorch_runs_it(name):
    cases = compared(TRACED[name])
    assert [case for case in cases if case[2] != case[3]] == []
    refused = [wanted == REFUSED for _, _, wanted, _ in cases]
    assert not all(refused)  # the walk shows the layer at work,
    assert any(refused) or name in TAKES_ANYTHING  # and what it can't take


@pytest.mark.parametrize("name", sorted(set(TRACED) - {"Sequential"}))
def test_each_layer_behind_weights_is_traced_as_pytorch_runs_it(name):
    behind = [(after_weights(code, shape), shape) for code, shape in TRACED[name]]
    assert differing(behind) == []


@pytest.mark.parametrize("name", TRACED)
def test_the_parameters_of_a_layer_alone_are_pytorchs(name):
    code = next(c for c, shape in TRACED[name] if in_python(c, tuple(shape)) != REFUSED)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        module = build(code)
    if name.startswith("Lazy"):
        with pytest.raises(ValueError, match=f"{name} has no weights before its first image"):
            count_parameters(module)
    else:
        assert count_parameters(module) == sum(p.numel() for p in module.parameters())


@pytest.mark.parametrize("name", LEFT_OUT)
def test_what_no_tracer_takes_is_refused_with_its_reason(name):
    entry = LEFT_OUT[name]
    assert REASONS[name] == entry["refused"]
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        made = eval(entry["code"], vars(nn))
    stack = nn.Sequential(made) if isinstance(made, nn.Module) else made
    with pytest.raises(TypeError, match=r"can't be traced: it |is no layer that is known"):
        trace(stack, (4, 9, 10))


def test_no_reason_is_left_without_a_class():
    assert set(REASONS) == set(LEFT_OUT)


def test_a_wrong_answer_would_be_found(monkeypatch):
    monkeypatch.setitem(READERS, "MaxPool2d", READERS["Identity"])
    (code, shape, wanted, given), *_ = differing(TRACED["MaxPool2d"])
    assert (code, shape) == ("MaxPool2d(2)", [4, 9, 10])
    assert (wanted.shape, given.shape) == ((4, 4, 5), (4, 9, 10))


def test_a_layer_taken_that_pytorch_refuses_would_be_found(monkeypatch):
    monkeypatch.setitem(READERS, "BatchNorm2d", READERS["Identity"])
    (*_, wanted, given), *_ = differing([("BatchNorm2d(4, affine=False)", [12])])
    assert (wanted, given) == (REFUSED, Outcome((12,), 0, 0, 0))
