"""Facts about the patches that units choose, over several networks."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from cnnfilters.words import decimal, percent

Study = Mapping[str, Any]  # what `cnnfilters.experiments.units` measured


def coherence(study: Study, *, arm: str, of: str = "coherence") -> str:
    """The mean correlation of a unit's nine patches, over units and networks.

    Example:
        >>> coherence({"arms": {"trained": {"coherence": [0.25, 0.75]}}}, arm="trained")
        '0.50'
    """
    return decimal(np.mean(study["arms"][arm][of]))


def silent(study: Study) -> str:
    """How many units of a trained network answer to no digit, as the mean of the networks.

    Example:
        >>> silent({"arms": {"trained": {"silent": [1, 2]}}})
        '1.5'
    """
    return f"{np.mean(study['arms']['trained']['silent']):.1f}"


def digit_share(study: Study, *, arm: str) -> str:
    """The share of the commonest digit among a unit's 50 patches, over units and networks.

    Example:
        >>> digit_share({"arms": {"trained": {"digit share": [0.4, 0.6]}}}, arm="trained")
        '50 %'
    """
    return percent(float(np.mean(study["arms"][arm]["digit share"])), 0)
