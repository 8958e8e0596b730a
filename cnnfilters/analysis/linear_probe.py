"""Linear probes: how well a class can be read off some features by weighted sums alone."""

from __future__ import annotations

import numpy as np
from jaxtyping import Float, Int

PENALTY = 1_000.0  # on standardised features; chosen on training digits, as the chapter says


def probe_accuracy(
    features: Float[np.ndarray, "learned features"],
    labels: Int[np.ndarray, " learned"],
    held_out_features: Float[np.ndarray, "held_out features"],
    held_out_labels: Int[np.ndarray, " held_out"],
    *,
    penalty: float = PENALTY,
) -> float:
    """The accuracy of a linear read-out, learned on some images and counted on others.

    The read-out is scikit-learn's ridge classifier: a least-squares fit of one weighted sum for
    each class, with a penalty on large weights. It has one solution, found in closed form, so no
    learning rate and no stopping rule stands between a layer and its score. Features are
    standardised first: else the penalty would favour layers whose numbers are large.

    Args:
        features: What the read-out is given, one row for each image.
        labels: Classes.
        held_out_features: The same for images that the read-out has not seen.
        held_out_labels: Their classes.
        penalty: Weight of the sum of squared weights, at least 0; for as many features as images
            it must be well above 0.

    Returns:
        The share of the held-out images whose class is read correctly, in [0, 1].

    Raises:
        ValueError: `penalty` is below 0.

    Example:
        >>> one_number = np.array([[-2.0], [-1.0], [1.0], [2.0]])
        >>> probe_accuracy(one_number, np.array([0, 0, 1, 1]), one_number, np.array([0, 0, 1, 0]))
        0.75

    Source: Alain & Bengio 2016, who read off by softmax regression.
    """
    from sklearn.linear_model import RidgeClassifier
    from sklearn.pipeline import make_pipeline
    from sklearn.preprocessing import StandardScaler

    if penalty < 0:
        raise ValueError(f"`penalty` (={penalty}) must be at least 0")
    probe = make_pipeline(StandardScaler(), RidgeClassifier(alpha=penalty))
    probe.fit(features, labels)
    return float(probe.score(held_out_features, held_out_labels))
