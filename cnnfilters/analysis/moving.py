"""What a network makes of digits that have been moved."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from jaxtyping import Float, Int

from cnnfilters.analysis.forward import batches

Images = Float[np.ndarray, "batch height width"]
Logits = Callable[[Images], Float[np.ndarray, "batch classes"]]
DIRECTIONS = ((0, 1), (0, -1), (1, 0), (-1, 0))  # right, left, down, up


def moved(images: Images, *, down: int = 0, right: int = 0) -> Images:
    """Images moved over blank paper; what leaves the picture is lost.

    Args:
        images: Ink, 0 for paper.
        down: Pixels; negative moves up.
        right: Pixels; negative moves left.

    Example:
        >>> moved(np.array([[[1.0, 2.0, 3.0]]]), right=1)
        array([[[0., 1., 2.]]])
    """
    height, width = images.shape[1:]
    rows, columns = _kept(down, height), _kept(right, width)
    result = np.zeros_like(images)
    result[:, rows[1], columns[1]] = images[:, rows[0], columns[0]]
    return result


def _kept(by: int, size: int) -> tuple[slice, slice]:
    """Which part of an axis stays in the picture, before and after the move."""
    by = max(-size, min(size, by))
    first, last = slice(max(0, -by), size - max(0, by)), slice(max(0, by), size - max(0, -by))
    return first, last


def accuracy_when_moved(
    logits: Logits, images: Images, labels: Int[np.ndarray, " batch"], *, pixels: int
) -> float:
    """The share of images still named right, averaged over moves in four directions.

    Args:
        logits: The network.
        images: Ink in [0, 1].
        labels: The digits that they show.
        pixels: How far each image is moved: to the right, to the left, down and up.

    Returns:
        A share in [0, 1].

    Example:
        >>> left_or_right = lambda images: images.sum(axis=1)  # where the ink is
        >>> dot, label = np.array([[[1.0, 0.0]]]), np.array([0])
        >>> accuracy_when_moved(left_or_right, dot, label, pixels=0)
        1.0
        >>> accuracy_when_moved(left_or_right, dot, label, pixels=1)  # only right is off
        0.75
    """
    steps = {(pixels * down, pixels * right) for down, right in DIRECTIONS}
    shares = [
        _accuracy(logits, moved(images, down=down, right=right), labels) for down, right in steps
    ]
    return float(np.mean(shares))


def ink_kept(images: Images, *, pixels: int) -> float:
    """The share of all ink that is still in the picture after such moves, in their mean.

    Example:
        >>> images = np.zeros((1, 28, 28))
        >>> images[0, 0, 14] = 1  # a spot at the top edge
        >>> ink_kept(images, pixels=1)  # lost in the moves that go up
        0.75
    """
    kept = [
        moved(images, down=pixels * down, right=pixels * right).sum() for down, right in DIRECTIONS
    ]
    return float(np.mean(kept) / images.sum())


def _accuracy(logits: Logits, images: Images, labels: Int[np.ndarray, " batch"]) -> float:
    hits = [logits(images[part]).argmax(axis=1) == labels[part] for part in batches(len(images))]
    return float(np.concatenate(hits).mean())
