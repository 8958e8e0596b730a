"""The weights of a stack: shared ones are one, and lazy ones take their shape once."""

from __future__ import annotations

from cnnfilters.arithmetic.layers import Layer
from cnnfilters.arithmetic.layers.lazy import Lazy
from cnnfilters.arithmetic.modules import Member
from cnnfilters.arithmetic.shapes import Shape, ShapeError


class Weights:
    """Those that were met on the way through a stack."""

    def __init__(self) -> None:
        self._met: set[int] = set()
        self._shaped: dict[int, Layer] = {}

    def shaped(self, member: Member, shape: Shape) -> Layer:
        """The layer; a lazy one as the first shape made it."""
        if not isinstance(member.layer, Lazy):
            return member.layer
        key = id(member.module)
        if key not in self._shaped:
            try:
                self._shaped[key] = member.layer.given(shape)
            except ValueError as error:
                raise ShapeError(f"layer {member.name}, {member.layer}: {error}") from error
        return self._shaped[key]

    def new(self, member: Member, layer: Layer) -> int:
        """Numbers that no earlier layer has counted; a description counts whenever it stands."""
        if member.module is None:
            return layer.parameters
        lazy = isinstance(member.layer, Lazy)
        held = {id(member.module): layer.parameters} if lazy else member.weights()
        fresh = {key: count for key, count in held.items() if key not in self._met}
        self._met |= fresh.keys()
        return sum(fresh.values())
