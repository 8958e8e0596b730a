"""Filters from patches of images alone: no labels, no network, no back-propagation.

Independent component analysis looks for filters whose answers are as little Gaussian as can be.
Answers that are near zero for most patches and large for a few are such; a filter that finds them
has found something that images are made of.
"""

from __future__ import annotations

import math
import warnings
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from jaxtyping import Float

if TYPE_CHECKING:
    from torch import nn

MOST_STEPS = 100  # photographs need about 40; a Gaussian never settles, since it holds nothing
SETTLED = 1e-3  # change of a direction in one step, as one less the cosine

Filters = Float[np.ndarray, "components channels side side"]


class Components(NamedTuple):
    """What a fit found.

    Attributes:
        filters: Weights; a filter's answer to a patch is their dot product.
        patterns: What one unit of each answer adds to a patch, if the others stay.
        steps: How many steps it took; `MOST_STEPS` if it did not settle.
    """

    filters: Filters
    patterns: Filters
    steps: int


def fit_components(
    rows: Float[np.ndarray, "patches weights"],
    *,
    count: int,
    channels: int = 3,
    seed: int = 0,
) -> Components:
    """Find independent components by FastICA.

    The rows are projected on their `count` directions of most variance and brought to variance 1
    there (whitened). Then an orthogonal set of filters is turned until their answers are as far
    from Gaussian as the contrast log cosh can tell.

    Args:
        rows: Patches, channel by channel and row by row, as `contrast_normalised` gives them.
        count: How many components; at most as many as the rows have dimensions.
        channels: Of a patch.
        seed: Of the random start.

    Returns:
        The components. Each filter's answers have variance 1. Sign and order mean nothing; the
        weight of largest size in a pattern is made positive.

    Raises:
        ValueError: The rows are no square patches, or vary in fewer than `count` directions.

    Example:
        >>> top, bottom = np.random.default_rng(0).laplace(scale=0.5**0.5, size=(2, 2000, 1))
        >>> rows = np.hstack([top, top, bottom, bottom])  # two sources, each in a row of 2×2 pixels
        >>> found = fit_components(rows, count=2, channels=1).patterns.reshape(2, 4)
        >>> sorted(np.abs(found).round().tolist())
        [[0.0, 0.0, 1.0, 1.0], [1.0, 1.0, 0.0, 0.0]]

    Source: Hyvärinen & Oja 2000; scikit-learn's `FastICA`.
    """
    from sklearn.decomposition import FastICA
    from sklearn.exceptions import ConvergenceWarning
    from threadpoolctl import threadpool_limits

    side = _side(rows.shape[1], channels)
    rank = np.linalg.matrix_rank(np.cov(rows, rowvar=False), hermitian=True)
    if not 1 <= count <= rank:
        raise ValueError(f"`count` (={count}) must be 1 to {rank}, the dimensions of the rows")
    ica = FastICA(
        count,
        whiten="unit-variance",
        whiten_solver="eigh",
        max_iter=MOST_STEPS,
        tol=SETTLED,
        random_state=seed,
    )
    # one thread: steps are too small to share, and no result depends on how many there are
    with threadpool_limits(1), warnings.catch_warnings():
        warnings.simplefilter("ignore", ConvergenceWarning)  # `steps` says so
        warnings.filterwarnings("ignore", "There are some small singular values")  # not kept
        ica.fit(rows.astype(np.float32))  # half the time; directions are good to 1e-4 as they are
    patterns = ica.mixing_.T.astype(np.float64)
    largest = np.abs(patterns).argmax(axis=1)
    signs = np.sign(patterns[np.arange(count), largest])[:, None]
    shape = (count, channels, side, side)
    filters = (signs * ica.components_).astype(np.float64)
    return Components(filters.reshape(shape), (signs * patterns).reshape(shape), int(ica.n_iter_))


def random_mixtures(
    filters: Filters, *, times: int = 40, seed: int = 0
) -> Float[np.ndarray, "mixtures channels side side"]:
    """The filters mixed with each other at random: the null of what the analysis adds.

    A random rotation leaves everything as it was but the choice of directions: answers are still
    uncorrelated, of variance 1, and see the same part of the patches. Any rotation is as good as
    any other for Gaussian patches, so this is also the law of a fit to them.

    Args:
        filters: Of one fit.
        times: How many rotations.
        seed: Of the random numbers.

    Returns:
        `times` sets of as many filters, one after another.

    Example:
        >>> pair = np.eye(2).reshape(2, 1, 1, 2).repeat(2, axis=2)
        >>> mixed = random_mixtures(pair, times=1).reshape(2, 4)
        >>> bool(np.allclose(mixed @ mixed.T, 2 * np.eye(2)))  # perpendicular, as long as before
        True
    """
    rng, count = np.random.default_rng(seed), len(filters)
    flat = filters.reshape(count, -1)
    turns = [_rotation(rng.normal(size=(count, count))) for _ in range(times)]
    return np.concatenate([turn @ flat for turn in turns]).reshape(-1, *filters.shape[1:])


def excess_kurtosis(
    filters: Filters, rows: Float[np.ndarray, "patches weights"]
) -> Float[np.ndarray, " components"]:
    """How much oftener than Gaussian ones a filter's answers are near zero or very large.

    Args:
        filters: Of any number.
        rows: Patches.

    Returns:
        0 for Gaussian answers, 3 for those of a Laplace law; larger is sparser.

    Example:
        >>> one = np.ones((1, 1, 1, 1))
        >>> excess_kurtosis(one, np.array([[0.0], [0.0], [0.0], [4.0], [-4.0], [0.0]]))
        array([0.])
    """
    answers = rows @ filters.reshape(len(filters), -1).T
    answers = answers - answers.mean(axis=0)
    return np.asarray((answers**4).mean(axis=0) / (answers**2).mean(axis=0) ** 2 - 3)


def best_matches(
    filters: Filters, others: Float[np.ndarray, "others channels side side"]
) -> Float[np.ndarray, " components"]:
    """How well each filter is found again in another set: the largest cosine, whatever its sign.

    Args:
        filters: Of one fit.
        others: Of another, of the same shape of patch.

    Returns:
        In [0, 1]; 1 where the other set holds the same filter.

    Example:
        >>> edge = np.array([[[[-1.0, 1.0], [-1.0, 1.0]]]])
        >>> best_matches(edge, np.concatenate([-2 * edge, edge.swapaxes(2, 3)]))
        array([1.])
    """
    one, other = (
        each.reshape(len(each), -1)
        / np.linalg.norm(each.reshape(len(each), -1), axis=1, keepdims=True)
        for each in (filters, others)
    )
    return np.asarray(np.abs(one @ other.T).max(axis=1))


def as_conv2d(filters: Filters) -> nn.Conv2d:
    """The filters as a layer of PyTorch, to be slid over a whole image.

    Args:
        filters: `(components, channels, side, side)`.

    Returns:
        `Conv2d` without bias, stride 1, no padding, its weights frozen. Its input is brightness,
        `(batch, channels, height, width)`; the filters sum to zero over a patch, so that the mean
        of the brightness does not matter.

    Example:
        >>> layer = as_conv2d(np.zeros((4, 3, 8, 8)))
        >>> layer.in_channels, layer.out_channels, layer.kernel_size
        (3, 4, (8, 8))
    """
    import torch
    from torch import nn

    count, channels, side, _ = filters.shape
    layer = nn.Conv2d(channels, count, side, bias=False)
    weights = torch.tensor(filters, dtype=torch.float32)
    layer.weight = nn.Parameter(weights, requires_grad=False)
    return layer


def _side(weights: int, channels: int) -> int:
    side = math.isqrt(weights // channels)
    if channels * side**2 != weights:
        raise ValueError(
            f"`rows` (of {weights} weights) must hold square patches of {channels} channels"
        )
    return side


def _rotation(noise: Float[np.ndarray, "n n"]) -> Float[np.ndarray, "n n"]:
    """A random rotation or reflection, each as likely as another (Mezzadri 2007)."""
    q, r = np.linalg.qr(noise)
    return np.asarray(q * np.sign(np.diag(r)))
