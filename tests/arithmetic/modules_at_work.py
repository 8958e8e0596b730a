"""Code as people paste it, what PyTorch makes of it, and what our tracer does."""

from __future__ import annotations

import ast
import json
import warnings
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from pathlib import Path
from typing import Any

import torch
from torch import nn
from torch.utils.flop_counter import FlopCounterMode

from cnnfilters.arithmetic import Trace, trace

HERE = Path(__file__).parent
WALK = json.loads((HERE / "torch_modules.json").read_text(encoding="utf-8"))["modules"]
STACKS = json.loads((HERE / "stacks.json").read_text(encoding="utf-8"))["stacks"]
NAMES = {name: getattr(nn, name) for name in nn.modules.__all__}
NAMES |= {"nn": nn, "torch": torch, "OrderedDict": OrderedDict}
REFUSALS = (ArithmeticError, AssertionError, IndexError, RuntimeError, TypeError, ValueError)
Shape = tuple[int, ...]


@dataclass(frozen=True)
class Outcome:
    """What a network gives for one image; all of it None where it gives nothing."""

    shape: Shape | None
    parameters: int | None = None
    macs: int | None = None
    training: int | None = None  # bytes that autograd keeps


REFUSED = Outcome(None)


def build(code: str) -> nn.Module:
    """The value of the last statement, an expression or what it assigns."""
    *before, last = ast.parse(code).body
    names = dict(NAMES)
    exec(compile(ast.Module(before, []), "pasted", "exec"), names)
    module = eval(compile(ast.Expression(last.value), "pasted", "eval"), names)
    if not isinstance(module, nn.Module):
        raise TypeError(f"{code} is no module")
    return module


def unwarned(function: Callable[[str, Shape], Outcome]) -> Callable[[str, Shape], Outcome]:
    """The same without warnings: PyTorch warns of what may not have been meant, and does it."""

    @wraps(function)
    def quiet(code: str, shape: Shape) -> Outcome:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return function(code, shape)

    return quiet


@unwarned
def in_pytorch(code: str, shape: Shape) -> Outcome:
    """At rest and in training, with batches of two and three: a shape must come out each time."""
    try:
        module = build(code).eval()
        with FlopCounterMode(display=False) as counter, torch.no_grad():
            given = checked(module(torch.zeros(2, *shape)), 2)  # 2 FLOPs a product, 2 images
        module.train()
        kept = []
        for batch in (2, 3):
            output, size = run_and_weigh(module, torch.rand(batch, *shape))
            kept.append(size)
            if checked(output, batch) != given:
                return REFUSED
    except REFUSALS:
        return REFUSED
    parameters = sum(parameter.numel() for parameter in module.parameters())
    return Outcome(given, parameters, counter.get_total_flops() // 4, kept[1] - kept[0])


def checked(output: Any, batch: int) -> Shape:
    """The shape behind the batch; refused if there is none, or nothing is left."""
    if not isinstance(output, torch.Tensor):
        raise TypeError("several things come out")
    first, *shape = output.shape
    if first != batch or not shape or 0 in shape:
        raise ValueError("no shape without the batch")
    return tuple(shape)


def run_and_weigh(module: nn.Module, images: torch.Tensor) -> tuple[Any, int]:
    """The output, and the bytes of all that autograd keeps and that is no parameter."""
    weights = {parameter.untyped_storage().data_ptr() for parameter in module.parameters()}
    kept = {}  # storages, held so that none is reused

    def pack(tensor: torch.Tensor) -> torch.Tensor:
        storage = tensor.untyped_storage()
        if storage.data_ptr() not in weights:
            kept[storage.data_ptr()] = storage
        return tensor

    with torch.autograd.graph.saved_tensors_hooks(pack, lambda tensor: tensor):
        output = module(images)
    return output, sum(storage.nbytes() for storage in kept.values())


@unwarned
def in_python(code: str, shape: Shape) -> Outcome:
    """What `trace` says of the same code; code that PyTorch itself can't build is refused."""
    try:
        table = trace(build(code), shape)
    except REFUSALS:
        return REFUSED
    return outcome(table)


def outcome(table: Trace) -> Outcome:
    """The sums of a table."""
    return Outcome(table.output_shape, table.parameters, table.macs, table.memory.training)


def after_weights(code: str, shape: Shape) -> str:
    """The same layer behind one that learns, so that a gradient flows through it."""
    return f"nn.Sequential(nn.Linear({shape[-1]}, {shape[-1]}), {code})"
