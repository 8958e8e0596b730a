"""Drawings, each with its words; matplotlib lives here and nowhere else."""

from __future__ import annotations

from cnnfilters.results import Recipe

FIGURES: dict[str, Recipe] = {}
