"""Random asymmetric convolutions, and what PyTorch makes of them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np
import torch
from torch.nn import functional

from cnnfilters.arithmetic import ConvGeometry

Array = np.ndarray[Any, np.dtype[Any]]
TOLERANCE = {np.float32: 2e-5, np.float64: 1e-12}  # of the largest value; sums of up to 120 terms


@dataclass(frozen=True, eq=False)
class Case:
    """One layer with its data."""

    geometry: ConvGeometry
    image: Array
    kernel: Array

    def __str__(self) -> str:
        sizes = ("×".join(map(str, array.shape)) for array in (self.image, self.kernel))
        return " ".join([*sizes, str(self.geometry)[len("ConvGeometry") :]])

    @property
    def size(self) -> tuple[int, int]:
        return self.image.shape[1], self.image.shape[2]

    def upstream(self) -> Array:
        """A gradient for each output number."""
        shape = (len(self.kernel), *self.geometry.output_size(self.size))
        return np.random.default_rng(1).normal(size=shape).astype(self.image.dtype)


@cache
def in_type(case: Case, dtype: type) -> Case:
    """The same case in another float type."""
    return Case(case.geometry, case.image.astype(dtype), case.kernel.astype(dtype))


@cache
def by_torch(case: Case) -> tuple[Array, Array, Array]:
    """Value, gradient of the image and gradient of the kernel, for the case's `upstream`."""
    image, kernel = (torch.tensor(x, requires_grad=True) for x in (case.image, case.kernel))
    (top, bottom), (left, right) = case.geometry.padding_pairs
    value = functional.conv2d(
        functional.pad(image, (left, right, top, bottom)),
        kernel,
        stride=case.geometry.stride_pair,
        dilation=case.geometry.dilation_pair,
        groups=case.geometry.groups,
    )
    value.backward(torch.tensor(case.upstream()))
    assert image.grad is not None
    assert kernel.grad is not None
    return value.detach().numpy(), image.grad.numpy(), kernel.grad.numpy()


def random_case(seed: int) -> Case:
    """A small layer, drawn so that every option is often not its default."""
    rng = np.random.default_rng(seed)
    kernel_size = tuple(map(int, rng.integers(1, 5, size=2)))
    dilation = tuple(map(int, rng.integers(1, 4, size=2)))
    padding, stride = _padding_and_stride(rng)
    groups = int(rng.choice([1, 1, 2, 3]))
    geometry = ConvGeometry(
        kernel_size, stride=stride, padding=padding, dilation=dilation, groups=groups
    )
    channels, filters = (int(n) for n in rng.integers(1, 4, size=2))  # of each group
    height, width = (
        extent + int(extra)
        for extent, extra in zip(geometry.extent_pair, rng.integers(0, 7, size=2), strict=True)
    )
    image = rng.normal(size=(channels * groups, height, width))
    return Case(geometry, image, rng.normal(size=(filters * groups, channels, *kernel_size)))


def _padding_and_stride(rng: np.random.Generator) -> tuple[Any, Any]:
    stride = tuple(map(int, rng.integers(1, 5, size=2)))
    kind = rng.choice(["none", "number", "pair", "sides", "same"])
    if kind == "same":
        return "same", 1
    numbers = rng.integers(0, 4, size=4).tolist()
    choices = {"none": 0, "number": numbers[0], "pair": tuple(numbers[:2])}
    return choices.get(kind, (tuple(numbers[:2]), tuple(numbers[2:]))), stride


def assert_close(actual: Array, expected: Array) -> None:
    """Equal up to rounding, in shape and in float type."""
    assert actual.dtype == expected.dtype
    tolerance = TOLERANCE[expected.dtype.type] * max(1, np.abs(expected).max())
    np.testing.assert_allclose(actual, expected, rtol=0, atol=tolerance)


CASES = [random_case(seed) for seed in range(30)]
