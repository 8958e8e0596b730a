"""The ledger: every sentence about networks that the site holds itself to."""

from __future__ import annotations

from cnnfilters.experiments import (
    frozen_filters,
    initialisation,
    labels_and_pixels,
    silenced_kernels,
)
from cnnfilters.results import Recipe

CLAIMS: dict[str, Recipe] = {
    **initialisation.CLAIMS,
    **labels_and_pixels.CLAIMS,
    **frozen_filters.CLAIMS,
    **silenced_kernels.CLAIMS,
}
