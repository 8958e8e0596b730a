"""The first layer at every snapshot, with what is measured of it, as a widget reads it."""

from __future__ import annotations

from typing import Any

import numpy as np
from jaxtyping import Float
from numpy.typing import ArrayLike

from cnnfilters.analysis.kernels import kernel_shares, moran_i, orientation_deg
from cnnfilters.analysis.learning import distance_from_start
from cnnfilters.analysis.nulls import name_kernels, naming_thresholds
from cnnfilters.export import pack
from cnnfilters.run import Run

DIGITS = 4  # after the point: a thousandth of a share cannot be seen


def timeline(run: Run, *, name: str) -> dict[str, Any]:
    """The first layer's kernels at every snapshot, and what is measured of them.

    Args:
        run: A training of `SmallCNN`.
        name: What the reader sees.

    Returns:
        `kernels`, packed as in an exported model, of shape `(snapshots, filters, 5, 5)`; one value
        a snapshot of `steps`, `accuracy`, `loss`, `cosine` and `change`; under `weights` and
        `learned` (weights less their start) the shares, smoothness and names of each kernel; the
        kernels' `order` by direction; and the `limits` beyond which a share earns a name.

    Example:
        >>> kernels = np.eye(25)[:2].reshape(2, 1, 1, 5, 5)  # one, whose only weight moved
        >>> weights, right = {"conv1.weight": kernels}, np.array([0.1, 0.9])
        >>> data = {"held_out_words": "ten digits"}
        >>> run = Run(np.array([0, 50]), weights, np.ones(2), right, {}, data, {})
        >>> shown = timeline(run, name="mine")
        >>> shown["steps"], shown["accuracy"], shown["cosine"]
        ([0, 50], [0.1, 0.9], [1.0, 0.0])
    """
    kernels = run.weights["conv1.weight"][:, :, 0]
    distance = distance_from_start(run)
    return {
        "name": name,
        "accuracy_on": run.data["held_out_words"],
        "steps": run.steps.tolist(),
        "accuracy": _rounded(run.accuracy),
        "loss": _rounded(run.loss),
        "cosine": _rounded(distance.cosine),
        "change": _rounded(distance.change),
        "kernels": pack(kernels),
        "weights": _looks(kernels),
        "learned": _looks(kernels - kernels[0]),
        "order": np.argsort(orientation_deg(kernels[-1])).tolist(),
        "limits": _rounded(list(naming_thresholds().values())),
    }


def _looks(kernels: Float[np.ndarray, "snapshots filters side side"]) -> dict[str, Any]:
    shares = {family: _rounded(each) for family, each in kernel_shares(kernels)._asdict().items()}
    return {
        **shares,
        "smoothness": _rounded(moran_i(kernels)),
        "names": name_kernels(kernels).tolist(),
    }


def _rounded(values: ArrayLike) -> list[Any]:
    rounded: list[Any] = np.round(np.asarray(values, dtype=float), DIGITS).tolist()
    return rounded
