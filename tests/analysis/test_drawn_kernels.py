"""The drawn kernels: against areas worked out by hand, and noise in the stated proportion."""

import numpy as np
import pytest

from cnnfilters.analysis import drawn_kernels as module
from cnnfilters.analysis.drawn_kernels import KINDS, drawn_kernels

FEW = 60


@pytest.mark.parametrize("kind", KINDS)
def test_each_kernel_is_another_and_a_seed_repeats_them(kind):
    kernels = drawn_kernels(kind, count=FEW)
    assert kernels.shape == (FEW, 5, 5)
    assert len(np.unique(kernels.reshape(FEW, -1), axis=0)) == FEW
    np.testing.assert_array_equal(kernels, drawn_kernels(kind, count=FEW))
    assert not np.array_equal(kernels, drawn_kernels(kind, count=FEW, seed=1))


def levels(kind):
    """Each kernel between 0, its ground, and 1, its pattern, as far as both fill a pixel."""
    kernels = drawn_kernels(kind, count=FEW, side=9)
    low, high = (extreme(axis=(1, 2), keepdims=True) for extreme in (kernels.min, kernels.max))
    return (kernels - low) / (high - low)


def test_a_line_covers_its_width_times_its_length():
    covered = levels("wide-line").sum(axis=(1, 2))
    covered = np.minimum(covered, 81 - covered)  # a dark line on bright ground is one too
    assert covered.min() > 3 * 9 - 2.5  # an upright line is 3 wide and 9 long
    assert covered.max() < 3 * 9 * 2**0.5 + 1  # and longest along the diagonal


def test_an_edge_off_the_centre_halves_the_kernel_unevenly():
    covered = levels("far-edge").sum(axis=(1, 2))
    smaller = np.minimum(covered, 81 - covered)
    assert smaller.mean() == pytest.approx(81 / 2 - 1.5 * 9, abs=1.5)  # 1.5 px of every row


def test_a_disc_covers_its_area():
    kernels = drawn_kernels("blob", count=500, side=9)
    ground = kernels[:, :1, :1]  # no disc comes near the corner
    deviation = kernels - ground
    covered = (
        deviation.sum(axis=(1, 2))
        / np.take_along_axis(
            deviation.reshape(500, -1),
            np.abs(deviation).reshape(500, -1).argmax(axis=1)[:, None],
            1,
        )[:, 0]
    )
    large = covered > np.pi  # those whose middle pixel is full
    assert covered[large].max() < np.pi * 1.5**2 + 0.2
    assert covered.mean() == pytest.approx(np.pi * (1.5**3 - 0.5**3) / 3, rel=0.1)


def test_a_gradient_is_a_plane():
    kernels = drawn_kernels("gradient", count=FEW)
    for axis in (1, 2):
        np.testing.assert_allclose(np.diff(kernels, n=2, axis=axis), 0, atol=1e-12)


@pytest.mark.parametrize("snr", [0.5, 10])
def test_noise_has_the_stated_energy(snr):
    clean, noisy = drawn_kernels("line", count=2_000), drawn_kernels("line", count=2_000, snr=snr)
    noise = noisy - clean

    def energy(kernels):
        return kernels.var(axis=(1, 2)).sum()  # less its mean

    assert energy(clean) / energy(noise) == pytest.approx(snr, rel=0.05)


def test_a_few_at_a_time_give_as_many(monkeypatch):
    monkeypatch.setattr(module, "AT_ONCE", 7)
    assert len(drawn_kernels("corner", count=20)) == 20
    assert drawn_kernels("corner", count=0).shape == (0, 5, 5)


def test_smooth_noise_is_smooth_and_noise_is_not():
    alike = {
        kind: np.corrcoef(drawn_kernels(kind, count=2_000)[:, 2, 2:4].T)[0, 1]
        for kind in ("smooth-noise", "noise")
    }
    # a blur by 1 px leaves neighbours a correlation of exp(-1/4), once the levels are as one
    assert alike["smooth-noise"] > 0.7
    assert alike["noise"] < 0.5


def test_what_cannot_be_drawn_is_refused(no_type_checker):
    with pytest.raises(ValueError, match=r"`kind` \(='circle'\) must be one of edge, "):
        drawn_kernels("circle")
    with pytest.raises(ValueError, match=r"`snr` \(=0\) must be above 0"):
        drawn_kernels("edge", count=1, snr=0)
