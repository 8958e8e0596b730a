"""Edge, line and blob shares against hand-made kernels, an independent fit, and their laws."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from cnnfilters.analysis.kernels import (
    kernel_shares,
    moran_i,
    orientation_deg,
)

KERNELS = arrays(np.float64, (5, 5), elements=st.floats(-1, 1, width=16))


def gaussian_fields(side):
    """Centred coordinates (right and up are positive) and the Gaussian that fills the kernel."""
    y, x = np.mgrid[:side, :side] - (side - 1) / 2
    return x, -y, np.exp(-(x**2 + y**2) / (2 * (side / 4) ** 2))


def edge(angle_deg, side=5):
    x, y, bell = gaussian_fields(side)
    angle = np.radians(angle_deg)
    return (x * np.cos(angle) + y * np.sin(angle)) * bell


def line(angle_deg, side=5):
    x, y, bell = gaussian_fields(side)
    angle = np.radians(angle_deg)
    across, along = x * np.cos(angle) + y * np.sin(angle), y * np.cos(angle) - x * np.sin(angle)
    return (across**2 - along**2) * bell


def blob(side=5):
    x, y, bell = gaussian_fields(side)
    return ((x**2 + y**2) / (side / 4) ** 2 - 2) * bell


@pytest.mark.parametrize("side", [3, 4, 5, 7])
@pytest.mark.parametrize("angle", [0, 30, 90, 217])
def test_an_edge_at_any_angle_is_all_edge(side, angle):
    assert kernel_shares(edge(angle, side)).edge == pytest.approx(1)


@pytest.mark.parametrize("side", [4, 5, 7])
@pytest.mark.parametrize("angle", [0, 30, 90, 217])
def test_a_line_at_any_angle_is_all_line(side, angle):
    assert kernel_shares(line(angle, side)).line == pytest.approx(1)


@pytest.mark.parametrize("side", [3, 4, 5, 7])
def test_a_blob_is_all_blob(side):
    assert kernel_shares(blob(side)).blob == pytest.approx(1)


@pytest.mark.parametrize(
    ("kernel", "family"),
    [
        ([[-1, -1, 0, 1, 1]] * 5, "edge"),
        ([[-1, 0, 2, 0, -1]] * 5, "line"),
        ([[-1] * 5, [-1, 1, 2, 1, -1], [-1, 2, 3, 2, -1], [-1, 1, 2, 1, -1], [-1] * 5], "blob"),
        ([[1, -1, 1, -1, 1], [-1, 1, -1, 1, -1]] * 2 + [[1, -1, 1, -1, 1]], "rest"),
    ],
    ids=["step", "bar", "spot", "checkerboard"],
)
def test_a_kernel_drawn_by_hand_is_most_of_all_its_family(kernel, family):
    shares = kernel_shares(kernel)._asdict()
    assert max(shares, key=shares.__getitem__) == family


@settings(deadline=None)  # a busy machine is no failure
@given(KERNELS)
def test_the_four_shares_are_shares_and_add_up_to_one(kernel):
    shares = np.stack(kernel_shares(kernel))
    assert (shares >= 0).all()
    assert shares.sum() == pytest.approx(1)


@settings(deadline=None)  # a busy machine is no failure
@given(KERNELS, st.sampled_from([-1.0, -0.01, 3.0, 1e6]), st.sampled_from([0.0, -2.0, 0.5]))
def test_sign_scale_and_brightness_do_not_change_a_share(kernel, scale, shift):
    changed = kernel_shares(scale * (kernel + shift))
    np.testing.assert_allclose(np.stack(changed), np.stack(kernel_shares(kernel)), atol=1e-6)


@settings(deadline=None)  # a busy machine is no failure
@given(KERNELS)
def test_turning_and_mirroring_a_kernel_do_not_change_a_share(kernel):
    before = np.stack(kernel_shares(kernel))
    for turned in (np.rot90(kernel), kernel[::-1], kernel.T):
        np.testing.assert_allclose(np.stack(kernel_shares(turned)), before, atol=1e-9)


def test_the_edge_share_is_the_best_fit_over_all_angles():
    kernel = np.random.default_rng(1).normal(size=(5, 5))
    pattern = (kernel - kernel.mean()).ravel()
    templates = [edge(angle).ravel() for angle in np.arange(0, 360, 0.25)]
    best = max(np.corrcoef(pattern, template)[0, 1] ** 2 for template in templates)
    assert kernel_shares(kernel).edge == pytest.approx(best, abs=1e-4)


def test_axes_before_the_last_two_are_kept():
    kernels = np.random.default_rng(2).normal(size=(3, 4, 5, 5))
    shares = kernel_shares(kernels)
    assert shares.edge.shape == (3, 4)
    assert shares.line[2, 1] == pytest.approx(kernel_shares(kernels[2, 1]).line)


@pytest.mark.parametrize("value", [0.0, 0.1, -7.3])
def test_a_constant_kernel_is_all_rest(value):
    assert kernel_shares(np.full((5, 5), value)) == (0, 0, 0, 1)


@pytest.mark.parametrize("angle", [0, 10, 45, 90, 135, 180, 271, 359])
def test_the_orientation_of_an_edge_is_found(angle):
    assert orientation_deg(3 * edge(angle) + 1) == pytest.approx(angle)


def test_a_smooth_ramp_is_smoother_than_noise_and_noise_than_a_checkerboard():
    ramp = np.add.outer(np.arange(5.0), np.arange(5.0))
    noise = np.random.default_rng(3).normal(size=(2_000, 5, 5))
    assert moran_i(ramp) == pytest.approx(
        3 / 4
    )  # neighbours: 1 + 2 for the two axes; itself: 2 + 2
    assert moran_i(noise).mean() == pytest.approx(-1 / 24, abs=0.01)
    assert moran_i(np.indices((5, 5)).sum(0) % 2) < -0.9


@pytest.mark.parametrize("measure", [kernel_shares, moran_i, orientation_deg])
@pytest.mark.parametrize(
    ("kernels", "rule"),
    [
        (np.ones((3, 4)), r"`kernels` \(shape \(3, 4\)\) must be square, of side 3 or more"),
        (np.ones((2, 2)), r"side 3 or more"),
        (np.ones(5), r"must be square"),
        (np.full((3, 3), np.nan), r"`kernels` must be finite"),
    ],
    ids=["oblong", "tiny", "flat", "nan"],
)
def test_what_is_no_kernel_is_refused(measure, kernels, rule):
    with pytest.raises(ValueError, match=rule):
        measure(kernels)
