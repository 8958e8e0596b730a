"""Small windows of images as rows of numbers, and Gaussian rows that vary together as they do."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from jaxtyping import Float

from cnnfilters.analysis.random_kernels import gaussian_rows
from cnnfilters.photographs import load_photograph, photographs

FLOOR = 0.1  # of a window's contrast, in brightness: what is fainter is not blown up to full size
Image = Float[np.ndarray, "channels _ _"]
Rows = Float[np.ndarray, "patches weights"]


def colour_photographs() -> tuple[str, ...]:
    """The photographs in colour whose packages state a licence, so that pages may show them.

    Example:
        >>> colour_photographs()
        ('astronaut', 'chelsea', 'coffee', 'rocket', 'china', 'flower')
    """
    return tuple(
        name for name, picture in photographs().items() if picture.colour and picture.licence
    )


def photograph_patches(
    names: Sequence[str] = (),
    *,
    count: int,
    side: int = 8,
    grey: bool = False,
    shrink: int = 2,
    seed: int = 0,
) -> Float[np.ndarray, "patches channels side side"]:
    """Random windows of photographs, about as many of each photograph.

    Args:
        names: Of `photographs()`; empty for all in colour with a stated licence.
        count: How many windows in all.
        side: Rows, and columns, of a window.
        grey: Whether to mix the colours into one channel of luminance.
        shrink: Side of the blocks of pixels that are averaged first: neighbouring pixels of a file
            share what camera and compression made of them.
        seed: Of the random places.

    Returns:
        Brightness in [0, 1].

    Raises:
        ValueError: A name is unknown, or the windows don't fit.

    Example:
        >>> photograph_patches(["chelsea"], count=5, side=3).shape
        (5, 3, 3, 3)
    """
    images = [
        load_photograph(name, grey=grey, shrink=shrink) for name in names or colour_photographs()
    ]
    return sample_patches(images, count=count, side=side, seed=seed)


def sample_patches(
    images: Sequence[Image], *, count: int, side: int, seed: int = 0
) -> Float[np.ndarray, "patches channels side side"]:
    """Random windows of images: first an image, then a place in it, each as likely as another.

    Args:
        images: All with equally many channels; of any sizes.
        count: How many windows.
        side: Rows, and columns, of a window.
        seed: Of the random numbers.

    Returns:
        The windows, float64.

    Raises:
        ValueError: There is no image, or one is smaller than a window.

    Example:
        >>> sample_patches([np.arange(6.0).reshape(1, 2, 3)], count=1, side=2, seed=1)
        array([[[[0., 1.],
                 [3., 4.]]]])
    """
    smallest = min((min(image.shape[1:]) for image in images), default=0)
    if not 1 <= side <= smallest:
        raise ValueError(f"`side` (={side}) must be 1 to {smallest}, the shortest side of an image")
    rng = np.random.default_rng(seed)
    found = []
    for image in (images[index] for index in rng.integers(len(images), size=count)):
        top, left = (int(rng.integers(size - side + 1)) for size in image.shape[1:])
        found.append(image[:, top : top + side, left : left + side])
    return np.stack(found).astype(np.float64)


def contrast_normalised(patches: Float[np.ndarray, "patches channels side side"]) -> Rows:
    """Each window as a row: less its mean, over its contrast, so that dim ones count, too.

    Args:
        patches: Brightness in [0, 1].

    Returns:
        Rows of mean 0. The contrast is the standard deviation of all numbers of a window together,
        with a floor: a channel that is brighter than the others stays so.

    Example:
        >>> rows = contrast_normalised(np.array([[[[0.0, 1.0], [1.0, 0.0]]]]))
        >>> rows.round(2)  # 0.5 / sqrt(0.25 + 0.01)
        array([[-0.98,  0.98,  0.98, -0.98]])
    """
    rows = patches.reshape(len(patches), -1)
    rows = rows - rows.mean(axis=1, keepdims=True)
    return np.asarray(rows / np.sqrt(rows.var(axis=1, keepdims=True) + FLOOR**2))


def gaussian_twin(rows: Rows, *, seed: int = 0) -> Rows:
    """As many random rows of the same mean and covariance, from a normal distribution.

    The twin has every brightness, contrast, colour and smoothness that pairs of pixels have, and
    nothing else: a normal distribution holds no structure beyond its covariance.

    Args:
        rows: Windows as rows.
        seed: Of the random numbers.

    Returns:
        Rows of the same shape.

    Example:
        >>> rows = np.array([[1.0, 1.0], [-1.0, -1.0]] * 50)
        >>> twin = gaussian_twin(rows)
        >>> bool(np.allclose(twin[:, 0], twin[:, 1]))  # pixels that are always equal stay equal
        True
    """
    covariance = np.cov(rows, rowvar=False, bias=True)
    return np.asarray(rows.mean(axis=0) + gaussian_rows(covariance, count=len(rows), seed=seed))
