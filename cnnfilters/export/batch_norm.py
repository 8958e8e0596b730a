"""Batch normalisation at rest, folded into the convolution before it."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from jaxtyping import Float

from cnnfilters.export.layers import Convolution
from cnnfilters.export.limits import ExportError

EPS = 1e-5  # PyTorch's default; a state_dict does not keep it


@dataclass(frozen=True)
class BatchNorm:
    """What batch normalisation does at rest: subtract, divide, multiply, add, for each channel.

    Attributes:
        name: What messages call it.
        mean: Subtracted from each channel: `(channels,)`.
        variance: Each channel is divided by its root: `(channels,)`.
        weight: Multiplied then; None: 1.
        bias: Added at last; None: 0.
        eps: Added to the variance, so that nothing is divided by 0.
    """

    name: str
    mean: Float[np.ndarray, "..."]
    variance: Float[np.ndarray, "..."]
    weight: Float[np.ndarray, "..."] | None = None
    bias: Float[np.ndarray, "..."] | None = None
    eps: float = EPS


def folded(convolution: Convolution, norm: BatchNorm) -> Convolution:
    """The convolution that gives what both give one after the other, reckoned in float64.

    Args:
        convolution: Its sums are normalised before anything else happens to them.
        norm: Has a channel for each filter.

    Returns:
        A convolution with other weights and another bias.

    Raises:
        ExportError: The channels are not as many as the filters.

    Example:
        >>> import numpy as np
        >>> doubled = Convolution("conv", np.full((1, 1, 1, 1), 2.0), np.array([3.0]))
        >>> norm = BatchNorm("bn", np.array([1.0]), np.array([0.25]), eps=0.0)
        >>> after = folded(doubled, norm)  # (2x + 3 - 1) / 0.5
        >>> float(after.weight[0, 0, 0, 0]), float(after.bias[0])
        (4.0, 4.0)
    """
    count = len(convolution.weight)
    for part in (norm.mean, norm.variance, norm.weight, norm.bias):
        if part is not None and np.shape(part) != (count,):
            raise ExportError(
                f"`{norm.name}` normalises {np.size(part)} channels, but `{convolution.name}` "
                f"before it gives {count}"
            )
    scale = np.float64(1) if norm.weight is None else norm.weight.astype(np.float64)
    if not (variance := norm.variance.astype(np.float64) + norm.eps).min() > 0:
        raise ExportError(f"`{norm.name}` holds a variance that is not above 0")
    factor = scale / np.sqrt(variance)
    shift = 0.0 if norm.bias is None else norm.bias.astype(np.float64)
    return replace(
        convolution,
        weight=convolution.weight * np.reshape(factor, (-1, 1, 1, 1)),
        bias=(convolution.bias - norm.mean.astype(np.float64)) * factor + shift,
    )
