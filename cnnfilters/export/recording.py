"""What a network really does to some digits: each operation on them, in order of execution."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from typing import Any

import numpy as np
import torch
from jaxtyping import Float
from torch import Tensor, nn

from cnnfilters.export.limits import ExportError
from cnnfilters.export.steps import Recording
from cnnfilters.export.watch import Watch

WRAPPERS = {"_orig_mod": "torch.compile", "module": "DataParallel"}
OF_A_COPY = (torch.float64, torch.float32)  # the second for a forward that will have no other


def unwrapped(network: nn.Module) -> nn.Module:
    """The reader's module inside what torch.compile and DataParallel put around it."""
    for attribute in WRAPPERS:
        inner = getattr(network, attribute, None)
        if type(network).__module__.startswith("torch.") and isinstance(inner, nn.Module):
            return unwrapped(inner)
    return network


def record(network: nn.Module, images: Float[np.ndarray, "batch 1 side side"]) -> Recording:
    """Run a network at rest on some digits and note each operation.

    Raises:
        ExportError: It cannot be run on them.
    """
    network = unwrapped(network)
    watch = Watch(network)
    answer = _run(network, images, watch)
    return Recording(watch.steps, watch.place(answer))


def answers(
    network: nn.Module, images: Float[np.ndarray, "batch 1 side side"]
) -> Float[np.ndarray, "batch classes"]:
    """What the network answers at rest, with nothing in between.

    Raises:
        ExportError: It cannot be run on them.
    """
    answer: np.ndarray = _run(unwrapped(network), images, None).double().numpy()
    return answer


def _run(network: nn.Module, images: np.ndarray, watch: Watch | None) -> Tensor:
    """Run a network in float64, or in float32 where it insists on that."""
    _check_has_numbers(network)
    reasons = []
    for dtype in OF_A_COPY:
        seen = torch.from_numpy(images).to(dtype, copy=True)  # forward may change it in place
        try:
            with _at_rest(network), watch.on(seen) if watch else nullcontext():
                answer = _call(network, seen)
        except Exception as error:  # a reader's forward fails in any way
            reasons.append(f"{type(error).__name__}: {' '.join(str(error).split())[:300]}")
        else:
            return _checked(answer, len(images))
    shape = tuple(images.shape)
    raise ExportError(f"the network could not be run on digits of shape {shape}: {reasons[-1]}")


def _call(network: nn.Module, images: Tensor) -> Any:
    """Call the network with copies of its arrays: its own keep their type, device and values."""
    if isinstance(network, torch.jit.ScriptModule):  # takes no other arrays than its own
        return network(images)
    named = [*network.named_parameters(), *network.named_buffers()]
    arrays = {name: _copy(array, images.dtype) for name, array in named}
    return torch.func.functional_call(network, arrays, (images,))


def _copy(array: Tensor, dtype: torch.dtype) -> Tensor:
    kind = dtype if array.is_floating_point() else array.dtype
    return array.detach().to(device="cpu", dtype=kind, copy=True)


@contextmanager
def _at_rest(network: nn.Module) -> Iterator[None]:
    """Dropout off and batch normalisation with its running statistics, until the end."""
    training = [(module, module.training) for module in network.modules()]
    with torch.no_grad(), torch.random.fork_rng(devices=[]):
        network.eval()
        try:
            yield
        finally:
            for module, was in training:
                module.training = was


@contextmanager
def left_as_it_was(network: nn.Module) -> Iterator[None]:
    """Give each module back, at the end, the attributes that it had.

    A forward may keep maps, or count; pruning and weight normalisation store the weight that they
    make, which here would be one of another type.
    """
    attributes = [(vars(module), dict(vars(module))) for module in network.modules()]
    try:
        yield
    finally:
        for now, before in attributes:
            now.clear()
            now.update(before)


def _check_has_numbers(network: nn.Module) -> None:
    for name, array in network.named_parameters():
        if isinstance(array, nn.parameter.UninitializedParameter):
            raise ExportError(f"`{name}` has no shape yet; run the network on one batch first")
        if array.is_meta:
            raise ExportError(f"`{name}` has no numbers: it is on the device meta")


def _checked(answer: Any, count: int) -> Tensor:
    if not isinstance(answer, Tensor):
        raise ExportError(
            f"forward gives a {type(answer).__name__}; it must give one tensor of logits"
        )
    if answer.shape != (count, 10):
        raise ExportError(
            f"forward gives shape {tuple(answer.shape)} for {count} digits; it must give "
            f"({count}, 10), one logit for each class"
        )
    return answer
