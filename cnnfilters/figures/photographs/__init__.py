"""Filters that photographs give, what they measure and what they answer: chapter 16."""

from __future__ import annotations

from cnnfilters.figures.photographs import photo_filters, photo_filters_measured, photo_responses
from cnnfilters.results import Recipe

STUDY = ("study:photograph_filters",)

FIGURES: dict[str, Recipe] = {
    "photo-filters": Recipe(photo_filters.photo_filters, STUDY),
    "photo-filters-measured": Recipe(photo_filters_measured.photo_filters_measured, STUDY),
    "photo-responses": Recipe(photo_responses.photo_responses, STUDY),
}
"""By the name that a page asks for, in the order of the chapters."""
