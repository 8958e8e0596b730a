"""Facts about pictures of what units answer to: projections and class images."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from cnnfilters.words import decimal

Study = Mapping[str, Any]


def agreement(study: Study, *, method: str) -> str:
    """The mean rank correlation of a method with the gradient, over the units of conv2."""
    return decimal(np.mean(study["units"]["agreement"][method]))


def kept(study: Study, *, method: str, stage: str) -> str:
    """The rank correlation with the trained picture, as the mean of the networks."""
    return decimal(np.mean(study["arms"]["default"][f"{method} {stage}"]))


def projected(study: Study) -> str:
    """How many digits were projected for each network."""
    return str(study["digits"])


def ink(study: Study, *, way: str) -> str:
    """The mean ink of the class images of all networks."""
    return f"{np.mean(study['arms']['default'][f'{way} ink']):.0f} %"
