"""What the widgets compute with, as JSON: the very arrays that the figures draw."""

from __future__ import annotations

from typing import Any

import numpy as np

from cnnfilters.digits import Digits
from cnnfilters.results import Recipe


def one_of_each(digits: Digits) -> dict[str, Any]:
    """The first held-out digit of each class, as ink from 0 to 255, row by row."""
    first = [int(np.flatnonzero(digits.held_out_labels == digit)[0]) for digit in range(10)]
    ink = np.rint(digits.held_out_images[first] * 255).astype(int)
    return {"words": digits.held_out_words, "images": ink.reshape(10, -1).tolist()}


WIDGET_DATA: dict[str, Recipe] = {
    "digits": Recipe(one_of_each, ("digits",)),
}
