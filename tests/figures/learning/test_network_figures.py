"""One digit's way and one weight's step: their words follow from their arrays."""

import numpy as np
import pytest

from cnnfilters.analysis.backward import backward
from cnnfilters.analysis.forward import Network
from cnnfilters.figures.learning.one_weight import RATE, one_weight, weight_step
from cnnfilters.figures.learning.whole_network import whole_network
from figures.runs import made_up, made_up_digits

RUN, DIGITS = made_up(), made_up_digits()


def test_the_products_sum_to_the_gradient_and_the_step_goes_against_it():
    step = weight_step(RUN, DIGITS)
    assert (step.pixels * step.map).sum() == pytest.approx(step.gradient, rel=1e-4)
    assert step.after == pytest.approx(step.before - RATE * step.gradient)


def test_the_weight_is_the_one_with_the_largest_gradient():
    gradients = backward(Network.of(RUN, 0), DIGITS.held_out_images[7], 7).kernels
    assert abs(weight_step(RUN, DIGITS).gradient) == pytest.approx(np.abs(gradients).max())


def test_the_caption_says_the_gradient_and_both_weights():
    step, caption = weight_step(RUN, DIGITS), one_weight(RUN, DIGITS).caption
    for value in (step.gradient, step.before, step.after, step.loss_before):
        assert f"{value:.3f}".replace("-", "−") in caption


def test_the_stages_of_the_network_are_all_there():
    rows = whole_network(RUN, DIGITS).table.rows
    assert [(row[1], row[2]) for row in rows] == [
        (16, 24),
        (16, 12),
        (16, 12),
        (32, 8),
        (32, 4),
        (32, 4),
    ]
