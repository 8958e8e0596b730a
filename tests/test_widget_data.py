"""What the widgets get is what the figures draw."""

from __future__ import annotations

import json
from io import BytesIO

import numpy as np
import pytest
from PIL import Image

from cnnfilters.digits import Digits
from cnnfilters.results import Results
from cnnfilters.widget_data import SIDE, WIDGET_DATA, one_of_each


@pytest.mark.parametrize("name", WIDGET_DATA)
def test_everything_is_finite_json_or_a_picture(name: str, results: Results) -> None:
    recipe = WIDGET_DATA[name]
    if unknown := {*recipe.inputs} - {"digits", *results.about["results"]}:
        pytest.skip(f"{', '.join(unknown)} takes more than three short trainings")
    data = results.make(recipe)
    if name.endswith(".png"):
        assert Image.open(BytesIO(data)).size == (SIDE, SIDE)
    else:
        assert json.loads(json.dumps(data, allow_nan=False))


def test_the_ten_digits_are_the_first_held_out_of_each_class(digits: Digits) -> None:
    data = one_of_each(digits)
    images = np.array(data["images"]).reshape(10, 28, 28) / 255
    for digit, image in enumerate(images):
        first = digits.held_out_images[digits.held_out_labels == digit][0]
        np.testing.assert_allclose(image, first, atol=1e-6)
