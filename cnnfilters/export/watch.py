"""Every operation on some digits, noted while a network runs, whoever asks for it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn.modules.module import register_module_forward_hook, register_module_forward_pre_hook
from torch.utils._python_dispatch import TorchDispatchMode
from torch.utils._pytree import tree_leaves, tree_map

from cnnfilters.export.steps import DIGITS, Step


class Watch(TorchDispatchMode):  # type: ignore[no-untyped-call]  # torch leaves it untyped
    """Notes what happens to the digits while it is on.

    Modules, functions and operators all end in ATen's operations, each with its true arguments:
    an activation inside a `forward` is seen like one that is a module.

    Args:
        network: Its modules lend the steps their names.
    """

    def __init__(self, network: nn.Module) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self.names = {id(module): name for name, module in network.named_modules()}
        self.steps: list[Step] = []
        self._places: dict[int, int] = {}  # id of a tensor -> the step that made it
        self._kept: list[Tensor] = []  # so that no id comes twice
        self._inside: list[nn.Module] = []  # modules that run at the moment, outermost first

    @contextmanager
    def on(self, digits: Tensor) -> Iterator[None]:
        """Note what happens to these digits; what was noted before is forgotten."""
        self.steps, self._inside = [], []
        self._places, self._kept = {id(digits): DIGITS}, [digits]
        hooks = (
            register_module_forward_pre_hook(self._enter),
            register_module_forward_hook(self._leave, always_call=True),
        )
        try:
            with self:
                yield
        finally:
            for hook in hooks:
                hook.remove()

    def place(self, tensor: Tensor) -> int | None:
        """The step that made a tensor, `DIGITS`, or None for what does not come from them."""
        return self._places.get(id(tensor))

    def __torch_dispatch__(
        self, func: Any, types: Any, args: tuple[Any, ...] = (), kwargs: Any = None
    ) -> Any:
        """Called by PyTorch for each operation."""
        kwargs = kwargs or {}
        with self:  # inference_mode hands on what is elsewhere already taken apart
            parts = func.decompose(*args, **kwargs)
        if parts is not NotImplemented:
            return parts
        outcome = func(*args, **kwargs)
        arguments = _by_name(func, args, kwargs)
        inputs = tuple(
            self._places[id(leaf)] for leaf in tree_leaves(arguments) if id(leaf) in self._places
        )
        if inputs:
            self._note(func.overloadpacket.__name__.rstrip("_"), arguments, inputs, outcome)
        return outcome

    def _note(
        self, operation: str, arguments: Mapping[str, Any], inputs: tuple[int, ...], outcome: Any
    ) -> None:
        held = {name: self._held(value) for name, value in arguments.items()}
        module = self._inside[-1] if self._inside else None
        name, kind = self.names.get(id(module), ""), type(module).__name__
        results = [leaf for leaf in tree_leaves(outcome) if isinstance(leaf, Tensor)]
        for number, result in enumerate(results):
            which = f"{operation}[{number}]" if number else operation
            self._places[id(result)] = len(self.steps)
            self._kept.append(result)
            self.steps.append(Step(which, name, kind, held, inputs, _array(result)))

    def _held(self, value: Any) -> Any:
        """An argument with arrays for tensors, and None for those that come from the digits."""

        def of(leaf: Any) -> Any:
            if not isinstance(leaf, Tensor):
                return leaf
            return None if id(leaf) in self._places else _array(leaf)

        return tree_map(of, value)

    def _enter(self, module: nn.Module, _: Any) -> None:
        self._inside.append(module)

    def _leave(self, *_: Any) -> None:
        self._inside.pop()


def _by_name(func: Any, args: tuple[Any, ...], kwargs: Mapping[str, Any]) -> dict[str, Any]:
    """All arguments of an operation, those that were left out as well."""
    known = func._schema.arguments
    named = {argument.name: argument.default_value for argument in known}
    return {**named, **dict(zip(named, args, strict=False)), **kwargs}


def _array(tensor: Tensor) -> np.ndarray:
    """A copy, which a later operation in place leaves alone."""
    with torch.utils._python_dispatch._disable_current_modes():
        known = tensor.detach().cpu()  # numpy has no bfloat16
        copy: np.ndarray = (known.double() if known.is_floating_point() else known.clone()).numpy()
    return copy.copy()
