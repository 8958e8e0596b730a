"""How well one unit, by itself, tells one class from the others."""

from __future__ import annotations

import numpy as np
from jaxtyping import Float, Int


def purity(
    activations: Float[np.ndarray, "n units"], labels: Int[np.ndarray, " n"]
) -> Float[np.ndarray, "units classes"]:
    """Of the images that excite a unit most, the share that show a class.

    As many of the strongest images are taken as there are images of the class, so a perfect
    detector of it has 1, and a unit that knows nothing has the share of the class among all. Of
    equal activations, such as the zeros that ReLU leaves, an equal part of each class is taken.

    Args:
        activations: One row for each image.
        labels: Classes, 0 to the largest, each at least once.

    Returns:
        A share in [0, 1] for each unit and class. It is precision and recall at once, since as
        many images are taken as there are to be found.

    Example:
        >>> activations = np.array([[3.0, 0.0], [2.0, 0.0], [1.0, 0.0], [0.0, 0.0]])
        >>> purity(activations, np.array([0, 1, 0, 1]))  # the second unit says nothing
        array([[0.5, 0.5],
               [0.5, 0.5]])

    Source: known in information retrieval as R-precision; Manning et al. 2008, section 8.4.
    """
    is_class = labels[:, None] == np.arange(labels.max() + 1)  # (n, classes)
    counts = is_class.sum(axis=0)
    return np.stack([_of_unit(unit, is_class, counts) for unit in activations.T])


def best_units(
    activations: Float[np.ndarray, "n units"], labels: Int[np.ndarray, " n"]
) -> Int[np.ndarray, " classes"]:
    """For each class the unit that is purest for it.

    Choose on some images and measure on others: the best of many units on the same images would
    be flattered by chance.

    Example:
        >>> best_units(np.array([[3.0, 0.0], [0.0, 2.0]]), np.array([1, 0]))
        array([1, 0])
    """
    return np.asarray(purity(activations, labels).argmax(axis=0))


def _of_unit(
    unit: Float[np.ndarray, " n"],
    is_class: np.ndarray,
    counts: Int[np.ndarray, " classes"],
) -> Float[np.ndarray, " classes"]:
    shares = np.empty(len(counts))
    for label, count in enumerate(counts):
        limit = np.partition(unit, -count)[-count]  # the weakest that is still taken
        above, level = unit > limit, unit == limit
        left = count - above.sum()  # to be taken from those on the limit
        found = is_class[above, label].sum() + left * is_class[level, label].mean()
        shares[label] = found / count
    return shares
