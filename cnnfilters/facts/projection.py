"""Facts about pictures of what units answer to: projections and class images."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from cnnfilters.words import decimal

Study = Mapping[str, Any]


def agreement(study: Study, *, method: str) -> str:
    """The mean rank correlation of a method with the gradient, over the units of conv2.

    Example:
        >>> agreement({"units": {"agreement": {"guided": [0.5, 0.7]}}}, method="guided")
        '0.60'
    """
    return decimal(np.mean(study["units"]["agreement"][method]))


def kept(study: Study, *, method: str, stage: str) -> str:
    """The rank correlation with the trained picture, as the mean of the networks.

    Example:
        >>> study = {"arms": {"default": {"guided anew": [0.5, 0.7]}}}
        >>> kept(study, method="guided", stage="anew")
        '0.60'
    """
    return decimal(np.mean(study["arms"]["default"][f"{method} {stage}"]))


def projected(study: Study) -> str:
    """How many digits were projected for each network.

    Example:
        >>> projected({"digits": 200})
        '200'
    """
    return str(study["digits"])


def ink(study: Study, *, way: str) -> str:
    """The mean ink of the class images of all networks.

    Example:
        >>> ink({"arms": {"default": {"plain ink": [20.0, 30.0]}}}, way="plain")
        '25 %'
    """
    return f"{np.mean(study['arms']['default'][f'{way} ink']):.0f} %"
