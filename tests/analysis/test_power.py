"""What is drawn is called by its name, and what is not drawn seldom has one."""

import numpy as np
import pytest

from cnnfilters.analysis import power
from cnnfilters.analysis.drawn_kernels import KINDS
from cnnfilters.analysis.kernels import kernel_shares
from cnnfilters.analysis.power import named_shares

CLEAR = [None, 10.0, 4.0]  # energy of the pattern over that of the noise; None: no noise


@pytest.mark.parametrize("snr", CLEAR)
@pytest.mark.parametrize("side", [5, 7])
@pytest.mark.parametrize("kind", ["edge", "line", "blob"])
def test_what_is_drawn_within_a_pixel_of_the_centre_is_found(kind, side, snr):
    assert named_shares(kind, side=side, snr=snr)[kind] >= 0.95


@pytest.mark.parametrize("snr", CLEAR)
@pytest.mark.parametrize("kind", ["line", "wide-line"])
def test_a_line_is_not_called_an_edge(kind, snr):
    assert named_shares(kind, snr=snr)["edge"] <= 0.05


@pytest.mark.parametrize("kind", ["far-edge", "gradient", "odd-gabor", "even-gabor", "wide-line"])
def test_what_shows_enough_has_its_right_name(kind):
    right = KINDS[kind].right
    assert named_shares(kind, snr=10.0)[right] >= 0.95


@pytest.mark.parametrize("side", [3, 4, 5, 7])
def test_noise_is_seldom_named(side):
    assert named_shares("noise", side=side, count=10_000)["none"] >= 0.97


def test_shares_of_names_add_up_to_one():
    assert sum(named_shares("gabor", count=50).values()) == pytest.approx(1)


def in_the_middle(kernels):
    """The rule of patterns that do not move: the largest share, beyond chance."""
    three = np.stack(kernel_shares(kernels)[:3], axis=-1)
    best = three.argmax(axis=-1)
    named = three.max(axis=-1) > np.array([0.35, 0.35, 0.25])[best]
    return np.where(named, np.array(["edge", "line", "blob"])[best], "none")


def test_a_rule_that_looks_at_the_middle_alone_would_be_found_out(monkeypatch):
    monkeypatch.setattr(power, "name_kernels", in_the_middle)
    found = {kind: named_shares.__wrapped__(kind, count=300) for kind in ("line", "far-edge")}
    assert found["line"]["line"] < 0.7
    assert found["line"]["edge"] > 0.1
    assert found["far-edge"]["edge"] < 0.1
