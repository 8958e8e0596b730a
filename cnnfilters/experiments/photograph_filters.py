"""What do patches of photographs give, with no network and no label?

Nothing is trained. Independent components are fitted to small patches of photographs, and to a
Gaussian twin of them that has the same covariance. The unit of inference is a fit, with patches and
a random start of its own; where single photographs are compared, it is the photograph. The rules
were written, and the criteria mended, after trials with other seeds, before these were measured.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple, TypedDict

import numpy as np
from jaxtyping import Float

from cnnfilters.analysis.independent_components import (
    Components,
    best_matches,
    excess_kurtosis,
    fit_components,
)
from cnnfilters.analysis.orientation_and_colour import (
    Limits,
    chance_limits,
    chroma,
    kinds,
    orientation,
)
from cnnfilters.analysis.patches import (
    colour_photographs,
    contrast_normalised,
    gaussian_twin,
    photograph_patches,
    sample_patches,
)
from cnnfilters.digits import Digits
from cnnfilters.evidence import Chance
from cnnfilters.experiments.study import Arm, Quantity, Runs, Study, by_arm

PHOTOGRAPHS, GREY = Arm("photographs"), Arm("grey photographs")
TWIN, GREY_TWIN = Arm("Gaussian twin"), Arm("grey twin")
DIGITS, ONE_PHOTOGRAPH = Arm("digits"), Arm("one photograph")
# components beyond, or below, 99 % of chance
BY_CHANCE = Chance(1.0, "1 in 100, by the limit that they are counted from")
ORIENTED, COLOURED, GREYISH = (
    Quantity(name, "%", chance=BY_CHANCE) for name in ("oriented", "coloured", "grey")
)
BLOBS, COLOUR_EDGES = Quantity("blobs"), Quantity("colour edges")
SPARSENESS, STEPS = Quantity("sparseness"), Quantity("steps")
ORIENTATION_LIMIT, CHROMA_LIMIT = Quantity("orientation limit"), Quantity("chroma limit")
FOUND_AGAIN, FOUND_ELSEWHERE = Quantity("found again"), Quantity("found elsewhere")  # mean cosines

SEEDS = range(20, 25)  # 0 to 14 were those of the trials
PATCHES = 9_000  # of a fit
SIDE = 8  # pixels: a few periods of the finest stripes, few enough to fit in a second
COMPONENTS = {3: 64, 1: 40}  # by channels: 98 and 95 of 100 parts of the variance of a patch
TWIN_SEED = 1_000  # added to a seed, so that a twin's numbers are its own
DRAWN = (PHOTOGRAPHS, TWIN)
ROUNDED = 4  # digits of a drawn weight


class Fit(NamedTuple):
    """One fit with its patches and what chance would give it.

    Attributes:
        rows: The patches, one a row.
        found: Their independent components.
        limits: What chance stays below.
    """

    rows: Float[np.ndarray, "patches weights"]
    found: Components
    limits: Limits


class Drawn(TypedDict):
    """Filters and patterns of a fit, each of length 1, channels first, and what they are called.

    Attributes:
        filters: What responds.
        patterns: What each filter responds to.
        kinds: What each was found to be, such as `colour edge`.
    """

    filters: list[list[list[list[float]]]]
    patterns: list[list[list[list[float]]]]
    kinds: list[str]


@dataclass(frozen=True, kw_only=True)
class PhotographStudy(Study):
    """Direction, colour and sparseness of the components of each fit, and those of one to draw.

    Attributes:
        photographs: Their names.
        patches: Of each fit.
        components: Of each fit in colour.
        each: By arm and fit: orientation and chroma of every filter.
        shown: By arm: the first fit.
    """

    photographs: Sequence[str]
    patches: int
    components: int
    each: Mapping[str, Sequence[Mapping[str, list[float]]]]
    shown: Mapping[str, Drawn]


def measure(_runs: Runs, digits: Digits) -> PhotographStudy:
    """Direction, colour and sparseness of the components of each fit, and those of one to draw."""
    fits = _fits(digits)
    alone = {
        name: [_photograph_fit(seed, name) for seed in SEEDS[:2]] for name in colour_photographs()
    }
    numbers = {arm: [_looks(fit) for fit in every] for arm, every in fits.items()}
    numbers[ONE_PHOTOGRAPH] = [
        _looks(pair[0]) | _found_again(name, alone) for name, pair in alone.items()
    ]
    return PhotographStudy(
        arms=by_arm(numbers),
        photographs=list(alone),
        patches=PATCHES,
        components=COMPONENTS[3],
        each={arm.name: [_each(fit) for fit in fits[arm]] for arm in DRAWN},
        shown={arm.name: to_draw(*fits[arm][0][1:]) for arm in DRAWN},
        steps=0,
        held_out_words=digits.held_out_words,
    )


def _fits(digits: Digits) -> dict[Arm, list[Fit]]:
    """Every fit but those to single photographs."""
    images = list(digits.train_images[:, None])
    fits: dict[Arm, list[Fit]] = {
        PHOTOGRAPHS: [_photograph_fit(seed) for seed in SEEDS],
        GREY: [_photograph_fit(seed, grey=True) for seed in SEEDS],
        DIGITS: [_digits_fit(images, seed) for seed in SEEDS],
    }
    for twin, arm, channels in ((TWIN, PHOTOGRAPHS, 3), (GREY_TWIN, GREY, 1)):
        pairs = zip(fits[arm], SEEDS, strict=True)
        fits[twin] = [_twin_of(fit, seed, channels=channels) for fit, seed in pairs]
    return fits


def _digits_fit(images: list[np.ndarray], seed: int) -> Fit:
    patches = sample_patches(images, count=PATCHES, side=SIDE, seed=seed)
    return _fit(contrast_normalised(patches), seed, channels=1)


def _photograph_fit(seed: int, *names: str, grey: bool = False) -> Fit:
    patches = photograph_patches(names, count=PATCHES, side=SIDE, grey=grey, seed=seed)
    return _fit(contrast_normalised(patches), seed, channels=patches.shape[1])


def _twin_of(fit: Fit, seed: int, *, channels: int) -> Fit:
    return _fit(gaussian_twin(fit.rows, seed=TWIN_SEED + seed), seed, channels=channels)


def _fit(rows: Float[np.ndarray, "patches weights"], seed: int, *, channels: int) -> Fit:
    found = fit_components(rows, count=COMPONENTS[channels], channels=channels, seed=seed)
    return Fit(rows, found, chance_limits(found.filters, seed=seed))


def _looks(fit: Fit) -> dict[Quantity, float]:
    """Shares in percent, of all components of a fit."""
    filters, limits = fit.found.filters, fit.limits
    sorts = kinds(filters, limits)
    return {
        ORIENTED: 100 * float((orientation(filters) > limits.orientation).mean()),
        COLOURED: 100 * float((chroma(filters) > limits.chroma).mean()),
        GREYISH: 100 * float((chroma(filters) < limits.grey).mean()),
        BLOBS: int((sorts == "colour blob").sum()),
        COLOUR_EDGES: int((sorts == "colour edge").sum()),
        SPARSENESS: float(np.median(excess_kurtosis(filters, fit.rows))),
        STEPS: fit.found.steps,
        ORIENTATION_LIMIT: limits.orientation,
        CHROMA_LIMIT: limits.chroma,
    }


def _found_again(name: str, alone: Mapping[str, list[Fit]]) -> dict[Quantity, float]:
    """How well a photograph's filters are found in another sample of it, and in others."""
    mine, again = (fit.found.filters for fit in alone[name])
    others = [pair[1].found.filters for other, pair in alone.items() if other != name]
    return {
        FOUND_AGAIN: float(best_matches(mine, again).mean()),
        FOUND_ELSEWHERE: float(np.mean([best_matches(mine, other).mean() for other in others])),
    }


def _each(fit: Fit) -> dict[str, list[float]]:
    filters = fit.found.filters
    return {
        "orientation": orientation(filters).round(ROUNDED).tolist(),
        "chroma": chroma(filters).round(ROUNDED).tolist(),
    }


def to_draw(found: Components, limits: Limits) -> Drawn:
    """Filters and patterns of a fit, each of length 1, and what they are called.

    Args:
        found: The fit.
        limits: Its `chance_limits`.

    Returns:
        Lists, as the figures take them.

    Example:
        >>> blob = np.array([3.0, 0.0, -4.0]).reshape(1, 3, 1, 1)
        >>> drawn = to_draw(Components(blob, blob, steps=1), Limits(0.5, 0.5, 0.1))
        >>> drawn["kinds"], np.ravel(drawn["filters"]).tolist()
        (['colour blob'], [0.6, 0.0, -0.8])
    """
    return {
        "filters": _of_length_one(found.filters),
        "patterns": _of_length_one(found.patterns),
        "kinds": kinds(found.filters, limits).tolist(),
    }


def _of_length_one(filters: Float[np.ndarray, "n channels side side"]) -> list[Any]:
    lengths = np.sqrt((filters**2).sum(axis=(1, 2, 3), keepdims=True))
    weights: list[Any] = (filters / lengths).round(ROUNDED).tolist()
    return weights
