"""Linear probes: how well a class can be read off some features by weighted sums alone."""

from __future__ import annotations

import warnings
from typing import TYPE_CHECKING, Literal

import numpy as np
from jaxtyping import Float, Int

if TYPE_CHECKING:
    from sklearn.linear_model import LogisticRegression, RidgeClassifier

Method = Literal["ridge", "softmax"]
PENALTIES: dict[Method, float] = {"ridge": 1_000.0, "softmax": 30.0}
"""On standardised features; chosen on training digits, for pixels and random sums of them."""
STEPS = 1_000  # of L-BFGS, at most; it needs about a tenth of them
TOLERANCE = 1e-4  # the steepest slope of the mean loss along a weight, where it may end


def probe_accuracy(
    features: Float[np.ndarray, "learned features"],
    labels: Int[np.ndarray, " learned"],
    held_out_features: Float[np.ndarray, "held_out features"],
    held_out_labels: Int[np.ndarray, " held_out"],
    *,
    method: Method = "ridge",
    penalty: float | None = None,
) -> float:
    """The accuracy of a linear read-out, learned on some images and counted on others.

    Either read-out is one weighted sum for each class, with a penalty on large weights, and has
    one solution, so that no learning rate stands between a layer and its score. `softmax` is
    multinomial logistic regression, which is what most papers mean by a linear probe: it asks
    that the right class come first. `ridge` fits 1 and -1 by least squares: it has its solution
    in closed form, but a sum that is right by far costs it as much as one that is wrong by far.

    Features are standardised first: else the penalty would favour layers whose numbers are large.

    Args:
        features: What the read-out is given, one row for each image.
        labels: Classes.
        held_out_features: The same for images that the read-out has not seen.
        held_out_labels: Their classes.
        method: `ridge` or `softmax`.
        penalty: Weight of the sum of squared weights against the sum over images; None: the
            method's own in `PENALTIES`. For as many features as images it must be well above 0.

    Returns:
        The share of the held-out images whose class is read correctly, in [0, 1].

    Raises:
        ValueError: `method` is neither; `penalty` is below 0, or not above 0 for softmax.
        RuntimeError: Logistic regression did not reach its solution.

    Example:
        >>> one_number = np.array([[-2.0], [-1.0], [1.0], [2.0]])
        >>> probe_accuracy(one_number, np.array([0, 0, 1, 1]), one_number, np.array([0, 0, 1, 0]))
        0.75

    Source: Alain & Bengio 2016, who read off by softmax regression.
    """
    from sklearn.exceptions import ConvergenceWarning
    from sklearn.preprocessing import StandardScaler
    from threadpoolctl import threadpool_limits

    probe = _read_out(method, PENALTIES.get(method, 0.0) if penalty is None else penalty)
    scaler = StandardScaler().fit(features)
    # one thread: the same sums in the same order on every machine, and no wait for busy cores
    with threadpool_limits(1), warnings.catch_warnings():
        warnings.simplefilter("error", ConvergenceWarning)
        try:
            probe.fit(scaler.transform(features), labels)
        except ConvergenceWarning as problem:
            raise RuntimeError(f"no read-out was found in {STEPS} steps: {problem}") from problem
    return float(probe.score(scaler.transform(held_out_features), held_out_labels))


def _read_out(method: Method, penalty: float) -> RidgeClassifier | LogisticRegression:
    """The two of scikit-learn, with one meaning of the penalty."""
    from sklearn.linear_model import LogisticRegression, RidgeClassifier

    if method not in PENALTIES:
        raise ValueError(f"`method` (={method!r}) must be one of {', '.join(PENALTIES)}")
    if penalty < 0:
        raise ValueError(f"`penalty` (={penalty}) must be at least 0")
    if method == "ridge":
        return RidgeClassifier(alpha=penalty)
    if penalty == 0:
        raise ValueError("`penalty` (=0) must be above 0 for softmax, which else may never end")
    return LogisticRegression(C=1 / penalty, max_iter=STEPS, tol=TOLERANCE)
