"""Facts about the naming of kernels: how often it is right, and what chance gives."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from cnnfilters.analysis.drawn_kernels import KINDS
from cnnfilters.analysis.kernels import kernel_shares
from cnnfilters.analysis.nulls import (
    NAMING_LEVEL,
    Family,
    chance_mean,
    chance_quantile,
    fit_chance,
    kernel_fits,
)
from cnnfilters.analysis.power import DRAWN, named_shares
from cnnfilters.facts.recipes import of_each_run
from cnnfilters.kernel_bank import FAMILIES
from cnnfilters.results import Recipe
from cnnfilters.run import Run
from cnnfilters.words import percent

CLEAR, FAINT = 10.0, 2.0  # energy of a pattern over that of the noise on it
NOISE = ("smooth-noise", "noise")  # nothing is drawn, so nothing is added


def drawn_count() -> str:
    """How many kernels of each kind are drawn.

    Example:
        >>> drawn_count()
        '1,000'
    """
    return f"{DRAWN:,}"


def drawn_as(*, kind: str, name: str, snr: float | None) -> str:
    """How many in a hundred drawn kernels of a kind get a name.

    Example:
        >>> drawn_as(kind="gradient", name="edge", snr=None)
        '100'
    """
    return f"{100 * named_shares(kind, snr=snr)[name]:.0f}"


def noise_named() -> str:
    """How many in a hundred kernels of plain noise get a name.

    Example:
        >>> 0 < float(noise_named()) <= 3
        True
    """
    return f"{100 * (1 - named_shares('noise')['none']):.1f}"


def limit(*, family: Family) -> str:
    """The fit that one random kernel in a hundred exceeds.

    Example:
        >>> limit(family="edge")
        '50 %'
    """
    return percent(fit_chance()[family].limit, 0)


def fit_of_chance(*, family: Family) -> str:
    """The mean fit of random kernels.

    Example:
        >>> fit_of_chance(family="edge")
        '24 %'
    """
    return percent(fit_chance()[family].mean, 0)


def share_of_chance(*, family: Family) -> str:
    """The mean centred share of random kernels, exactly.

    Example:
        >>> share_of_chance(family="edge")  # 2 / 24
        '8 %'
    """
    return percent(chance_mean(family), 0)


def share_limit(*, family: Family) -> str:
    """The centred share that one random kernel in a hundred exceeds, exactly.

    Example:
        >>> share_limit(family="edge")  # 1 - 0.01 ** (1 / 11)
        '34 %'
    """
    return percent(chance_quantile(family, NAMING_LEVEL), 0)


def mean_fit(run: Run, *, family: Family) -> str:
    """How much of a trained kernel the best edge, line or blob explains, on average.

    Example:
        >>> weights = {"conv1.weight": np.array([[[[[0.0, 0, 0, 1, 0]] * 5]]])}  # (1, 1, 1, 5, 5)
        >>> run = Run(np.array([0]), weights, np.ones(1), np.ones(1), {}, {}, {})
        >>> mean_fit(run, family="line")
        '100 %'
    """
    return percent(float(np.mean(kernel_fits(run.kernels())._asdict()[family])), 0)


def mean_share(run: Run, *, family: Family) -> str:
    """The mean centred share of the trained kernels.

    Example:
        >>> from cnnfilters.kernel_bank import family_bases
        >>> weights = {"conv1.weight": family_bases(5)["line"][None, :, None]}  # (1, 2, 1, 5, 5)
        >>> run = Run(np.array([0]), weights, np.ones(1), np.ones(1), {}, {}, {})
        >>> mean_share(run, family="line"), mean_share(run, family="blob")
        ('100 %', '0 %')
    """
    return percent(float(np.mean(kernel_shares(run.kernels())._asdict()[family])), 0)


def _power(kind: str, snr: float | None, suffix: str = "") -> dict[str, Recipe]:
    """A row of the power table: `drawn_line_as_edge` and so on."""
    row = kind.replace("-", "_") + suffix
    return {
        f"drawn_{row}_as_{name}": Recipe(drawn_as, options={"kind": kind, "name": name, "snr": snr})
        for name in (*FAMILIES, "none")
    }


def _of_families(**makes: Callable[..., str]) -> dict[str, Recipe]:
    """The same fact of each family: `limit_edge`, `limit_line` and so on."""
    return {
        f"{name}_{family}": Recipe(make, options={"family": family})
        for name, make in makes.items()
        for family in FAMILIES
    }


FACTS = {
    "drawn_count": Recipe(drawn_count),
    "drawn_noise_named": Recipe(noise_named),
    **{
        name: recipe
        for kind in KINDS
        for name, recipe in _power(kind, None if kind in NOISE else CLEAR).items()
    },
    **{
        name: recipe
        for family in FAMILIES
        for name, recipe in _power(family, FAINT, suffix="_faint").items()
    },
    **_of_families(
        limit=limit,
        chance_fit=fit_of_chance,
        chance_share=share_of_chance,
        share_limit=share_limit,
    ),
    **of_each_run(_of_families(fit=mean_fit, share=mean_share)),
}
