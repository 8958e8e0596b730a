"""The measured numbers that sentences use; a page asks for one as `fact.NAME` in double braces."""

from __future__ import annotations

from cnnfilters.facts import (
    arithmetic,
    edges,
    feature_maps,
    kernels,
    learning,
    naming,
    origin,
    read_outs,
    studies,
)
from cnnfilters.results import Recipe

__all__ = ["FACTS"]

FACTS: dict[str, Recipe] = {
    **learning.FACTS,
    **kernels.FACTS,
    **naming.FACTS,
    **arithmetic.FACTS,
    **feature_maps.FACTS,
    **studies.FACTS,
    **edges.FACTS,
    **read_outs.FACTS,
    **origin.FACTS,
}
"""Every fact, by the name that a sentence asks for: how it is made, and from what."""
